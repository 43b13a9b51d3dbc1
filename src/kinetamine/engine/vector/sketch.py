"""Quantiles of many people without keeping them: at each time, of each output, values are counted into bins.

Sketches of different people with the same bins add up to that of all of them, exactly and in any order: the bins must
come from the same people every time, not from whoever happens to be first.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from jaxtyping import Float, Int, UInt8

from kinetamine.engine.vector.code import DOUBLE, SINGLE
from kinetamine.engine.vector.count import counter
from kinetamine.engine.vector.layout import room
from kinetamine.engine.vector.result import Result
from kinetamine.engine.vector.tally import EXTRA, FIELDS, MOST_BINS, tally
from kinetamine.errors import FieldError

BINS = 256
BYTE_BINS = 2**8 - EXTRA
"""The most whose numbers, and those of what is outside of them, can be written in a byte."""
_MARGIN = 0.25
"""How far bins go beyond the least and the most of a few people, as a part of what is between."""
_PIECES = 8
"""Pieces of work for each thread, so that none waits long for the others."""
_FLAT, _NOTHING = 3e-5, 1e-30
"""What bins span at least: as a part of the size of the values, for single precision has seven digits; and in all."""


@dataclass(frozen=True)
class Edges:
    """The bins: of each output at each time, where they begin and how wide each is; the same number of them."""

    first: Float[np.ndarray, "time output"]
    width: Float[np.ndarray, "time output"]
    bins: int = BINS

    def __post_init__(self) -> None:
        """Judge the number.

        Raises:
            FieldError: no bins, or more than can be counted.
        """
        if not 0 < self.bins <= MOST_BINS - EXTRA:
            raise FieldError("bins", self.bins, f"1 to {MOST_BINS - EXTRA}")

    @classmethod
    def around(cls, pilot: Result, bins: int = BINS) -> Edges:
        """Bins that hold what a few people show, and some more.

        Raises:
            FieldError: none of them was solved.
        """
        solved = pilot.array()[pilot.status == 0].astype(float)
        if not len(solved):
            raise FieldError("pilot", 0, "at least one person who was solved")
        low, high = solved.min(axis=0), solved.max(axis=0)
        margin = np.maximum(_MARGIN * (high - low), np.maximum(_FLAT * np.abs(high), _NOTHING))
        return cls(low - margin, (high - low + 2.0 * margin) / bins, bins)

    def numbers(
        self, values: Float[np.ndarray, "*some time output"], kind: type
    ) -> UInt8[np.ndarray, "*some time output"]:
        """The bins that values lie in, as a kernel of that kind of numbers writes them; the last is of no numbers."""
        place = (values.astype(kind) - self.first.astype(kind)) * (1.0 / self.width).astype(kind) + kind(1.0)
        found: np.ndarray = np.where(np.isnan(place), self.bins + 2, np.clip(place, 0.0, self.bins + 1.0))
        return found.astype(np.uint8)

    def same(self, other: Edges) -> bool:
        """Whether counts of both can be added."""
        pairs = ((self.first, other.first), (self.width, other.width))
        return self.bins == other.bins and all(np.array_equal(one, another) for one, another in pairs)


@dataclass(frozen=True)
class Binned:
    """People of whom only the bins are known that their values lie in.

    Attributes:
        numbers: a byte for each value, people side by side: 0 below the bins, then each of them, above, and of people
            who were not solved, or are none. May be given back to be used again.
        status, estimates: as of a ``Result``.
    """

    edges: Edges
    people: int
    numbers: UInt8[np.ndarray, "group time output lane"]
    status: Int[np.ndarray, " person"]
    estimates: Float[np.ndarray, " person"]


@dataclass(frozen=True)
class Sketch:
    """How many people's values lie in each bin; what is outside of them is counted too.

    Attributes:
        counts: below the bins, in each, above them, and of people who were not solved.
        least: the smallest value of anybody, or the begin of the bins if only bins were known; infinite where there is
            nobody.
        most: the largest, or the end of the bins.
    """

    edges: Edges
    counts: Int[np.ndarray, "time output slot"]
    least: Float[np.ndarray, "time output"]
    most: Float[np.ndarray, "time output"]

    @classmethod
    def empty(cls, edges: Edges) -> Sketch:
        """Of nobody."""
        shape = edges.first.shape
        counts = np.zeros((*shape, edges.bins + EXTRA), dtype=np.int64)
        return cls(edges, counts, np.full(shape, np.inf), np.full(shape, -np.inf))

    @property
    def people(self) -> int:
        """How many were solved."""
        return int(self.counts[..., :-1].sum(axis=-1).max(initial=0))

    @property
    def lost(self) -> int:
        """How many were not, and are left out."""
        return int(self.counts[..., -1].max(initial=0))

    @property
    def resolution(self) -> Float[np.ndarray, "time output"]:
        """What a quantile may be off, where it lies within the bins: the width of one."""
        return self.edges.width

    def add(self, result: Result, *, threads: int = 2) -> None:
        """Count the people of a run, in place; each thread has cells of its own, so that their number changes nothing.

        Raises:
            FieldError: other times or outputs than those of the bins.
        """
        shape = result.blocks.shape[1:3]
        if result.summaries or shape != self.edges.first.shape:
            raise FieldError("result", shape, f"values of {self.edges.first.shape} times and outputs")
        blocks, lanes = result.blocks, result.blocks.shape[-1]
        whole = result.people // lanes
        self._count(blocks[:whole], threads)
        if whole < len(blocks):  # the lanes left over hold nobody
            rest = room(blocks[whole:].shape, blocks.dtype.type)
            rest[:] = blocks[whole:]
            rest[..., result.people - whole * lanes :] = np.nan
            self._count(rest, threads)
            self.counts[..., -1] -= lanes * len(rest) - (result.people - whole * lanes)

    def add_binned(self, found: Binned, *, threads: int = 2) -> None:
        """Count people of whom the bins are known, in place: the same counts as of their values.

        Raises:
            FieldError: other bins.
        """
        if not self.edges.same(found.edges):
            raise FieldError("found", "other bins", "numbers of the same bins")
        groups, *_, lanes = found.numbers.shape
        call, cells, slots = counter(lanes), self.least.size, self.counts.shape[-1]
        given = (found.numbers.ctypes.data, groups, cells, slots, self.counts.ctypes.data)
        _in_pieces(lambda begin, end, _held: call(*given, begin, end), cells, threads, found)
        if nobody := groups * lanes - found.people:
            self.counts[..., -1] -= nobody
        np.minimum(self.least, self.edges.first, out=self.least)
        np.maximum(self.most, self.edges.first + self.edges.bins * self.edges.width, out=self.most)

    def merge(self, other: Sketch) -> Sketch:
        """Of the people of both.

        Raises:
            FieldError: bins that are not the same.
        """
        if not self.edges.same(other.edges):
            raise FieldError("sketch", "other bins", "the same bins, made from the same people")
        least, most = np.minimum(self.least, other.least), np.maximum(self.most, other.most)
        return Sketch(self.edges, self.counts + other.counts, least, most)

    def of(self, output: int) -> Sketch:
        """The same people's values of one output alone."""
        edges = Edges(self.edges.first[:, [output]], self.edges.width[:, [output]], self.edges.bins)
        return Sketch(edges, self.counts[:, [output]], self.least[:, [output]], self.most[:, [output]])

    def quantiles(self, levels: Sequence[float]) -> Float[np.ndarray, "level time output"]:
        """Quantiles as numpy's, people spread evenly within each bin; no number where nobody was solved."""
        below = np.concatenate((np.zeros((*self.least.shape, 1)), np.cumsum(self.counts[..., :-1], axis=-1)), axis=-1)
        found = np.full((len(levels), *self.least.shape), np.nan)
        people = below[..., -1]
        for level, into in zip(levels, found, strict=True):
            rank = level * np.maximum(people - 1.0, 0.0)
            low = np.floor(rank)
            one, next_one = self._ranked(below, low), self._ranked(below, np.minimum(low + 1.0, people - 1.0))
            np.copyto(into, one + (rank - low) * (next_one - one), where=people > 0)
        return found

    def _ranked(self, below: np.ndarray, rank: np.ndarray) -> np.ndarray:
        """The value of the person of that rank, if those of a bin stand evenly in it."""
        slot = np.clip(np.sum(below[..., 1:] <= rank[..., None], axis=-1), 0, self.edges.bins + 1)
        before, after = (np.take_along_axis(below, at[..., None], axis=-1)[..., 0] for at in (slot, slot + 1))
        edges = self.edges
        left = np.where(slot == 0, self.least, edges.first + (slot - 1) * edges.width)
        right = np.where(slot == edges.bins + 1, self.most, edges.first + slot * edges.width)
        left, right = np.maximum(left, self.least), np.minimum(right, self.most)
        with np.errstate(invalid="ignore", divide="ignore"):  # where there is nobody, which the caller leaves out
            value: np.ndarray = left + (rank - before + 0.5) / (after - before) * (right - left)
        return value

    def arrays(self) -> dict[str, np.ndarray]:
        """All of it as plain arrays, to be saved."""
        kept = {"first": self.edges.first, "width": self.edges.width, "bins": np.array(self.edges.bins)}
        return {**kept, "counts": self.counts, "least": self.least, "most": self.most}

    @classmethod
    def of_arrays(cls, arrays: Mapping[str, np.ndarray]) -> Sketch:
        """What ``arrays`` gave."""
        edges = Edges(arrays["first"], arrays["width"], int(arrays["bins"]))
        return cls(edges, arrays["counts"], arrays["least"], arrays["most"])

    def _count(self, blocks: Float[np.ndarray, "group time output lane"], threads: int) -> None:
        if not blocks.size:
            return
        width = DOUBLE if blocks.dtype == np.float64 else SINGLE
        cells, kind = self.least.size, blocks.dtype.type
        extremes = room((2, cells, width.lanes), kind)
        extremes[:] = np.stack([self.least.ravel(), self.most.ravel()])[..., None]
        places = {"values": blocks, "least": extremes[0], "most": extremes[1], "counts": self.counts}
        places["first"], places["inverse"] = self.edges.first.astype(kind), (1.0 / self.edges.width).astype(kind)
        numbers = {"groups": len(blocks), "cells": cells, "bins": self.edges.bins}
        task = np.array([numbers[one] if one in numbers else places[one].ctypes.data for one in FIELDS], dtype=np.int64)
        call = tally(width)
        _in_pieces(lambda begin, end, _held: call(task.ctypes.data, begin, end), cells, threads, places)
        self.least[:] = extremes[0].min(axis=-1).reshape(self.least.shape)
        self.most[:] = extremes[1].max(axis=-1).reshape(self.most.shape)


def _in_pieces(count: Callable[[int, int, object], None], cells: int, threads: int, held: object) -> None:
    """Count all cells, some at a time: from the first to below the last."""
    bounds = np.linspace(0, cells, _PIECES * threads + 1).astype(int)
    with ThreadPoolExecutor(threads) as pool:
        # A thread whose start is interrupted from the keyboard is not waited for: it holds the memory it writes to.
        for one in [pool.submit(count, int(begin), int(end), held) for begin, end in pairwise(bounds)]:
            one.result()
