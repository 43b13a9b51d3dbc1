"""People side by side: the order in memory that lets one instruction serve eight of them."""

from __future__ import annotations

import numpy as np
from jaxtyping import Float

from kinetamine.engine.vector.code import LANES

ALIGNMENT = 64
"""Bytes; a vector lies in one cache line."""


def groups(people: int) -> int:
    """How many vectors hold so many people."""
    return -(-people // LANES)


def room(shape: tuple[int, ...], kind: type = float) -> np.ndarray:
    """An array that begins on a cache line, not initialised."""
    size = int(np.prod(shape)) * np.dtype(kind).itemsize
    raw = np.empty(size + ALIGNMENT, dtype=np.uint8)
    start = -raw.ctypes.data % ALIGNMENT
    return raw[start : start + size].view(kind).reshape(shape)


def pack(by_person: Float[np.ndarray, "person ..."]) -> Float[np.ndarray, "group ... lane"]:
    """Person first to lane last; the last person fills the lanes that are left over."""
    people = len(by_person)
    packed = room((groups(people), *by_person.shape[1:], LANES))
    whole = people // LANES
    packed[:whole] = np.moveaxis(by_person[: whole * LANES].reshape(whole, LANES, *by_person.shape[1:]), 1, -1)
    if whole < len(packed):
        rest = np.minimum(np.arange(whole * LANES, len(packed) * LANES), people - 1)
        packed[whole] = np.moveaxis(by_person[rest], 0, -1)
    return packed


def unpack(packed: Float[np.ndarray, "group ... lane"], people: int) -> Float[np.ndarray, "person ..."]:
    """Lane last to person first: a copy, for no stride leads from one group into the next."""
    return np.moveaxis(packed, -1, 1).reshape(len(packed) * LANES, *packed.shape[1:-1])[:people]
