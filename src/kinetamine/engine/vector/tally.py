"""Counting many people's values into bins, in assembly: each cell (an output at a time) has bins of its own.

A few cells at a time are counted for all groups of people, so that their bins stay in the fastest memory.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from kinetamine.engine.vector.binned import place_of
from kinetamine.engine.vector.code import BYTES, Code, Function, Width
from kinetamine.engine.vector.jit import Library

FIELDS = ("values", "groups", "cells", "bins", "first", "inverse", "least", "most", "counts")
"""The 8-byte fields of what the routine is told. Of each cell: where its bins begin, one over their width, a vector of
the least and of the most so far, and ``bins + EXTRA`` counts: below all bins, in each, above all, and no numbers."""
EXTRA = 3
MOST_BINS = 2**16 - 1
"""Of bins and these: what can be written in 16 bits."""
_NUMBERS = {"groups", "cells", "bins"}
_TOGETHER = 8
"""Cells counted together: so many lines of memory follow each other."""
_BY_TURNS = 4
"""Cells counted by turns: one count waits for the last if both are of one bin, as many people's often are."""
_AHEAD = 4
"""Groups whose values are asked for before they are needed."""


@cache
def tally(width: Width) -> Callable[[int, int, int], None]:
    """The compiled routine, of the address of the fields, and of the cells from the first to below the last."""
    library = Library(_text(width))
    function = library.function("tally", None, (ctypes.c_void_p, ctypes.c_int64, ctypes.c_int64))

    def call(fields: int, first: int, until: int, _library: Library = library) -> None:
        function(fields, first, until)

    return call


class _Cell(NamedTuple):
    """What the loop over people needs of a cell: vectors, places of vectors, and where its counts begin."""

    first: str
    inverse: str
    least: str
    most: str
    counts: str


def _text(width: Width) -> str:
    code = Code(Function("tally", ("ptr %task", "i64 %from", "i64 %until")), "", width)
    writer = _Tally(code)
    tiles = code.set(f"sdiv i64 {code.set('sub i64 %until, %from')}, {_TOGETHER}")
    with code.count_to(tiles) as tile:
        writer.cells(code.set(f"add i64 %from, {code.set(f'mul i64 {tile}, {_TOGETHER}')}"), _TOGETHER)
    rest = code.set(f"add i64 %from, {code.set(f'mul i64 {tiles}, {_TOGETHER}')}")
    with code.count_to("%until", rest) as cell:
        writer.cells(cell, 1)
    return "declare void @llvm.prefetch.p0(ptr, i32, i32, i32)\n" + code.end()


class _Tally:
    """Writes the loop over people for some cells."""

    def __init__(self, code: Code) -> None:
        self.code, self.width = code, code.width
        self.task = {name: code.load("%task", i, "i64" if name in _NUMBERS else "ptr") for i, name in enumerate(FIELDS)}
        over, lost, self.size = (code.set(f"add i64 {self.task['bins']}, {more}") for more in (1, 2, EXTRA))
        self.top, self.lost = (
            code.spread(code.set(f"sitofp i64 {one} to {self.width.number}")) for one in (over, lost)
        )

    def cells(self, first: str, count: int) -> None:
        """Count so many cells for everybody."""
        code, task = self.code, self.task
        cells = [self._cell(code.set(f"add i64 {first}, {i}")) for i in range(count)]
        self._prefetch_counts(code.set(f"add i64 {first}, {count}"), count)
        with code.count_to(task["groups"]) as group:
            before = code.set(f"mul i64 {group}, {task['cells']}")
            place = code.at(task["values"], code.set(f"add i64 {first}, {before}"))
            ahead = code.at(place, code.set(f"mul i64 {task['cells']}, {_AHEAD}"))
            for line in range(count):
                self._prefetch(code.at(ahead, line))
            pairs = [(cell, self._place(code.load(place, i), cell)) for i, cell in enumerate(cells)]
            for begin in range(0, count, _BY_TURNS):
                self._count(pairs[begin : begin + _BY_TURNS])
        for i, cell in enumerate(cells):
            for name, kept in (("least", cell.least), ("most", cell.most)):
                code.store(code.load(kept), task[name], code.set(f"add i64 {first}, {i}"))

    def _prefetch_counts(self, first: str, count: int) -> None:
        """Ask for the bins of the cells that come next."""
        code = self.code
        begin = code.at(self.task["counts"], code.set(f"mul i64 {first}, {self.size}"), "i64")
        lines = code.set(f"udiv i64 {code.set(f'mul i64 {self.size}, {8 * count}')}, {BYTES}")
        with code.count_to(lines) as line:
            self._prefetch(code.at(begin, line))

    def _prefetch(self, place: str) -> None:
        self.code.do(f"call void @llvm.prefetch.p0(ptr {place}, i32 0, i32 3, i32 1)")

    def _cell(self, index: str) -> _Cell:
        code, task = self.code, self.task
        first, inverse = (code.spread(code.load(task[name], index, self.width.number)) for name in ("first", "inverse"))
        least, most = code.room(), code.room()
        for name, place in (("least", least), ("most", most)):
            code.store(code.load(task[name], index), place)
        counts = code.at(task["counts"], code.set(f"mul i64 {index}, {self.size}"), "i64")
        return _Cell(first, inverse, least, most, counts)

    def _place(self, value: str, cell: _Cell) -> str:
        """The bins that a value of everybody belongs to, as numbers; the extremes are kept on the way."""
        code, vector = self.code, self.width.vector
        code.store(code.choose("olt", value, code.load(cell.least)), cell.least)
        code.store(code.choose("ogt", value, code.load(cell.most)), cell.most)
        place = place_of(code, value, cell.first, cell.inverse, self.top)
        return code.select(code.set(f"fcmp uno {vector} {value}, {value}"), self.lost, place)

    def _count(self, pairs: Sequence[tuple[_Cell, str]]) -> None:
        """Count everybody's values of some cells, one of each cell in turn."""
        code = self.code
        for slots in zip(*(self._slots(place) for _, place in pairs), strict=True):
            for (cell, _), slot in zip(pairs, slots, strict=True):
                counted = code.at(cell.counts, slot, "i64")
                code.store(code.set(f"add i64 {code.load(counted, kind='i64')}, 1"), counted, kind="i64")

    def _slots(self, places: str) -> Iterator[str]:
        """Each lane's as a whole number: four in 64 bits, for taking a vector apart is what costs most here."""
        code, lanes = self.code, self.width.lanes
        wide = code.set(f"fptosi {self.width.vector} {places} to <{lanes} x i32>")
        short = code.set(f"trunc <{lanes} x i32> {wide} to <{lanes} x i16>")
        fours = code.set(f"bitcast <{lanes} x i16> {short} to <{lanes // 4} x i64>")
        for four in range(lanes // 4):
            bits = code.set(f"extractelement <{lanes // 4} x i64> {fours}, i32 {four}")
            for one in range(4):
                shifted = code.set(f"lshr i64 {bits}, {16 * one}") if one else bits
                yield code.set(f"and i64 {shifted}, {MOST_BINS}") if one < 3 else shifted
