"""Random numbers by seed, name and person: computed, not consumed, so that no order of work changes them.

Philox is a cipher: key and counter go in, 256 bits come out. The key holds the seed and a hash of the stream's
name, the counter the person, and the occasion beside it. Person 7 is therefore the same person among ten or
among a million, in any chunk, on any number of workers, on every system.
"""

from __future__ import annotations

import hashlib

import numpy as np
from jaxtyping import Float

from kinetamine.errors import FieldError

MOST_PEOPLE = 10_000_000
_MOST_SEED = 2**63 - 1
_WORDS = 4
"""Philox gives four 64-bit words for each counter."""
_BITS = 53


def require(people: object, seed: object, first: object = 0) -> None:
    """Refuse numbers of people and seeds that mean nothing.

    Raises:
        FieldError: in one sentence.
    """
    require_whole("people", people, 1, MOST_PEOPLE)
    require_whole("seed", seed, 0)
    require_whole("first", first, 0)


def require_whole(field: str, given: object, least: int, most: int = _MOST_SEED) -> None:
    """Refuse what is not a whole number within limits.

    Raises:
        FieldError: in one sentence.
    """
    if isinstance(given, bool) or not isinstance(given, int) or not least <= given <= most:
        raise FieldError(field, given, f"a whole number from {least} to {most}")


def uniforms(seed: int, stream: str, people: int, first: int = 0, occasion: int = 0) -> Float[np.ndarray, " person"]:
    """Numbers between 0 and 1, neither included, one for each of the people from ``first`` on.

    Args:
        occasion: session, reading or other repetition within one person.
    """
    hashed = int.from_bytes(hashlib.blake2b(stream.encode(), digest_size=8).digest(), "little")
    block, word = divmod(occasion, _WORDS)
    counter = np.array([first, block, 0, 0], dtype=np.uint64)
    generator = np.random.Philox(key=np.array([seed, hashed], dtype=np.uint64), counter=counter)
    words = generator.random_raw(people * _WORDS).reshape(people, _WORDS)[:, word]
    # The upper 53 bits, and half a step up: never 0 and never 1.
    return (np.asarray(words >> np.uint64(64 - _BITS), dtype=np.float64) + 0.5) * 2.0**-_BITS


def normals(seed: int, stream: str, people: int, first: int = 0, occasion: int = 0) -> Float[np.ndarray, " person"]:
    """Standard normal numbers, one for each of the people from ``first`` on."""
    from scipy.special import ndtri  # noqa: PLC0415 - SciPy, only once there is somebody to draw

    return np.asarray(ndtri(uniforms(seed, stream, people, first, occasion)))
