"""Cutting time into blocks: short after each switch, where all is in motion, longer and longer after it.

Lengths are a power of two times the shortest, so that what is computed once per length (and person) is computed
for few lengths. No block crosses a switch.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property, lru_cache, reduce

import numpy as np
from jaxtyping import Float, Int

from kinetamine.engine.vector.method import Collocation

NODES = 5
"""Per block, equidistant, both ends among them."""
AHEAD = (NODES - 1) ** 2
"""Weights per block to guess its nodes from those before."""
_SAME_H = 1e-8
"""Times closer than this are one time."""


def trapezoids(times_h: Float[np.ndarray, " time"]) -> Float[np.ndarray, " time"]:
    """What each time counts for in an integral over all of them."""
    halves = 0.5 * np.diff(times_h)
    return np.append(halves, 0.0) + np.append(0.0, halves) if len(times_h) else times_h


@dataclass(frozen=True)
class Blocks:
    """Blocks in order of time, and how outputs are read from them.

    Attributes:
        lengths_h: the different lengths, each twice the one before.
        kinds: of each block, which of the lengths.
        segments: of each block, which segment of the schedule it lies in.
        until: how many output times lie at the begin of all, then at or before the end of each block.
        times_h: the output times.
        weights: of each of them, of the five nodes of its block.
    """

    lengths_h: Float[np.ndarray, " kind"]
    kinds: Int[np.ndarray, " block"]
    segments: Int[np.ndarray, " block"]
    until: Int[np.ndarray, " edge"]
    times_h: Float[np.ndarray, " time"]
    weights: Float[np.ndarray, "time 5"]

    @cached_property
    def arrays(self) -> dict[str, np.ndarray]:
        """By the names of a task."""
        return {
            "lengths": self.lengths_h,
            "kinds": self.kinds,
            "block_segments": self.segments,
            "until": self.until,
            "basis": np.ascontiguousarray(self.weights),
            "ahead": self._ahead(),
            "trapezoids": trapezoids(self.times_h),
            "areas": self._areas(),
        }

    def _areas(self) -> Float[np.ndarray, "block 5"]:
        """What each node of each block counts for in the area of its output times."""
        first, count = self.until[0], len(self.kinds)
        blocks = np.repeat(np.arange(count), np.diff(self.until))
        counted = self.weights[first:] * trapezoids(self.times_h)[first:, None]
        return np.stack([np.bincount(blocks, one, count) for one in counted.T], axis=1)

    def _ahead(self) -> Float[np.ndarray, "block 16"]:
        """How to guess the nodes of a block from the last four before it: along a parabola; after a switch, no change.

        A higher power would be nearer where all is smooth, but enlarges what sweeps left unsettled.
        """
        ratio = np.append(0.0, 2.0 ** np.diff(self.kinds) * (np.diff(self.segments) == 0))
        ahead = ratio[:, None] * np.arange(1.0, NODES)
        found = np.zeros((len(self.kinds), NODES - 1, NODES - 1))
        found[:, :, -3] = ahead * (ahead + 1.0) / 2.0
        found[:, :, -2] = -ahead * (ahead + 2.0)
        found[:, :, -1] = (ahead + 1.0) * (ahead + 2.0) / 2.0
        return found.reshape(-1, AHEAD)


def cut_again(
    switches_h: Float[np.ndarray, " switch"], times_h: Float[np.ndarray, " time"], method: Collocation
) -> Blocks:
    """The same as ``cut``, remembered: people who come in pieces all have the same blocks."""
    return _remembered(switches_h.tobytes(), times_h.tobytes(), method)


@lru_cache(maxsize=4)
def _remembered(switches_h: bytes, times_h: bytes, method: Collocation) -> Blocks:
    return cut(np.frombuffer(switches_h), np.frombuffer(times_h), method)


def cut(switches_h: Float[np.ndarray, " switch"], times_h: Float[np.ndarray, " time"], method: Collocation) -> Blocks:
    """Cut the segments between switches into blocks and place the output times in them."""
    spans = np.diff(switches_h)
    shortest = reduce(_common, spans)
    low = min(0, math.floor(math.log2(method.first_h / shortest)))
    unit = shortest * 2.0**low
    top = max(0, math.floor(math.log2(method.longest_h / unit) + 1e-9))
    start = min(top, max(0, math.floor(math.log2(method.first_h / unit) + 1e-9)))
    levels, segments = [], []
    for segment, length in enumerate(spans):
        some = _graded(round(length / unit), start, top, method.repeats)
        levels += some
        segments += [segment] * len(some)
    kinds = np.array(levels)
    lengths = unit * 2.0 ** np.arange(kinds.min(), kinds.max() + 1)
    kinds -= kinds.min()
    until, weights = _outputs(switches_h, times_h, lengths[kinds], np.array(segments))
    return Blocks(lengths, kinds, np.array(segments), until, times_h, weights)


def _common(one: float, other: float) -> float:
    """The greatest common divisor of two lengths of time (Euclid)."""
    while other > _SAME_H:
        one, other = other, one % other
        other = 0.0 if one - other < _SAME_H else other
    return one


def _graded(units: int, start: int, top: int, repeats: int) -> list[int]:
    """Levels of the blocks of one segment of so many units: up, along, and down to what is left."""
    found: list[int] = []
    level = start
    while units >= 2**level:
        climbing = level < top and len(found) and found[-repeats:] == [level] * repeats
        level += bool(climbing and units >= 2 ** (level + 1))
        found.append(level)
        units -= 2**level
    for lower in reversed(range(level)):
        if units >= 2**lower:
            found.append(lower)
            units -= 2**lower
    return found


def _outputs(
    switches_h: np.ndarray, times_h: np.ndarray, lengths: np.ndarray, segments: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    before = np.concatenate(([0.0], np.cumsum(lengths)[:-1]))
    first = np.searchsorted(segments, segments)  # of the same segment
    starts = switches_h[segments] + before - before[first]
    ends = np.append(starts[1:], switches_h[-1])
    until = np.searchsorted(times_h, ends + _SAME_H, side="right")
    until[-1] = len(times_h)
    block = np.minimum(np.searchsorted(until, np.arange(len(times_h)), side="right"), len(lengths) - 1)
    theta = (times_h - starts[block]) / lengths[block] * (NODES - 1)
    return np.append(np.searchsorted(times_h, switches_h[0], side="right"), until), lagrange(theta)


def lagrange(places: Float[np.ndarray, " place"]) -> Float[np.ndarray, "place 5"]:
    """The weights of the values at nodes 0, 1, 2, 3, 4 in the quartic through them, at other places."""
    return np.stack(
        [
            np.prod([(places - other) / (node - other) for other in range(NODES) if other != node], axis=0)
            for node in range(NODES)
        ],
        axis=-1,
    )
