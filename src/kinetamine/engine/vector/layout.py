"""People side by side: the order in memory that lets one instruction serve eight of them, or sixteen."""

from __future__ import annotations

import numpy as np
from jaxtyping import Float

from kinetamine.engine.vector.code import LANES

ALIGNMENT = 64
"""Bytes; a vector lies in one cache line."""


def groups(people: int, lanes: int = LANES) -> int:
    """How many vectors hold so many people."""
    return -(-people // lanes)


def room(shape: tuple[int, ...], kind: type = float) -> np.ndarray:
    """An array that begins on a cache line, not initialised."""
    size = int(np.prod(shape)) * np.dtype(kind).itemsize
    raw = np.empty(size + ALIGNMENT, dtype=np.uint8)
    start = -raw.ctypes.data % ALIGNMENT
    return raw[start : start + size].view(kind).reshape(shape)


def pack(
    by_person: Float[np.ndarray, "person ..."], lanes: int = LANES, kind: type = float
) -> Float[np.ndarray, "group ... lane"]:
    """Person first to lane last; the last person fills the lanes that are left over."""
    people = len(by_person)
    packed = room((groups(people, lanes), *by_person.shape[1:], lanes), kind)
    whole = people // lanes
    packed[:whole] = np.moveaxis(by_person[: whole * lanes].reshape(whole, lanes, *by_person.shape[1:]), 1, -1)
    if whole < len(packed):
        rest = np.minimum(np.arange(whole * lanes, len(packed) * lanes), people - 1)
        packed[whole] = np.moveaxis(by_person[rest], 0, -1)
    return packed


def unpack(packed: Float[np.ndarray, "group ... lane"], people: int) -> Float[np.ndarray, "person ..."]:
    """Lane last to person first: a copy, for no stride leads from one group into the next."""
    return np.moveaxis(packed, -1, 1).reshape(len(packed) * packed.shape[-1], *packed.shape[1:-1])[:people]
