"""Counting many people's values into bins, in assembly: each cell (an output at a time) has bins of its own.

A few cells at a time are counted for all groups of people, so that their bins stay in the fastest memory.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from functools import cache
from typing import NamedTuple

from kinetamine.engine.vector.code import DOUBLE, LANES, VECTOR, WHOLE, Code, Function
from kinetamine.engine.vector.jit import Library

FIELDS = ("values", "groups", "cells", "bins", "first", "inverse", "least", "most", "counts")
"""The 8-byte fields of what the routine is told. Of each cell: where its bins begin, one over their width, a vector of
the least and of the most so far, and ``bins + EXTRA`` counts: below all bins, in each, above all, and no numbers."""
EXTRA = 3
_NUMBERS = {"groups", "cells", "bins"}
_TOGETHER = 8
"""Cells counted together: so many lines of memory follow each other."""
_AHEAD = 4
"""Groups whose values are asked for before they are needed."""


@cache
def tally(kind: str, lanes: int) -> Callable[[int, int, int], None]:
    """The compiled routine, of the address of the fields, and of the cells from the first to below the last.

    Args:
        kind: of the values: double or float.
        lanes: people side by side, in whole vectors.
    """
    library = Library(_text(kind, lanes // LANES))
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


def _text(kind: str, parts: int) -> str:
    code = Code(Function("tally", ("ptr %task", "i64 %from", "i64 %until")), "")
    writer = _Tally(code, kind, parts)
    tiles = code.set(f"sdiv i64 {code.set('sub i64 %until, %from')}, {_TOGETHER}")
    with code.count_to(tiles) as tile:
        writer.cells(code.set(f"add i64 %from, {code.set(f'mul i64 {tile}, {_TOGETHER}')}"), _TOGETHER)
    rest = code.set(f"add i64 %from, {code.set(f'mul i64 {tiles}, {_TOGETHER}')}")
    with code.count_to("%until", rest) as cell:
        writer.cells(cell, 1)
    return code.end()


class _Tally:
    """Writes the loop over people for some cells."""

    def __init__(self, code: Code, kind: str, parts: int) -> None:
        self.code, self.kind, self.parts = code, kind, parts
        self.task = {name: code.load("%task", i, "i64" if name in _NUMBERS else "ptr") for i, name in enumerate(FIELDS)}
        self.over, self.lost, self.size = (code.set(f"add i64 {self.task['bins']}, {more}") for more in (1, 2, EXTRA))
        self.top = code.spread(code.set(f"sitofp i64 {self.over} to double"))
        self.none = code.spread(code.set(f"sitofp i64 {self.lost} to double"))
        self.slots = code.room(WHOLE)

    def cells(self, first: str, count: int) -> None:
        """Count so many cells for everybody."""
        code, task = self.code, self.task
        cells = [self._cell(code.set(f"add i64 {first}, {i}")) for i in range(count)]
        begin = code.set(f"mul i64 {first}, {self.parts}")
        stride = code.set(f"mul i64 {task['cells']}, {self.parts}")
        vector = f"<{LANES} x {self.kind}>"
        with code.count_to(task["groups"]) as group:
            place = code.at(
                task["values"], code.set(f"add i64 {begin}, {code.set(f'mul i64 {group}, {stride}')}"), vector
            )
            ahead = code.at(place, code.set(f"mul i64 {stride}, {_AHEAD}"), vector)
            for line in range(count * self.parts):
                code.do(f"call void @llvm.prefetch.p0(ptr {code.at(ahead, line, vector)}, i32 0, i32 3, i32 1)")
            for i, cell in enumerate(cells):
                for part in range(self.parts):
                    value = code.load(place, i * self.parts + part, vector)
                    self._value(value if vector == VECTOR else code.set(f"fpext {vector} {value} to {VECTOR}"), cell)
        for i, cell in enumerate(cells):
            for name, place in (("least", cell.least), ("most", cell.most)):
                code.store(code.load(place), task[name], code.set(f"add i64 {first}, {i}"))

    def _cell(self, index: str) -> _Cell:
        code, task = self.code, self.task
        first, inverse = (code.spread(code.load(task[name], index, "double")) for name in ("first", "inverse"))
        least, most = code.room(VECTOR), code.room(VECTOR)
        for name, place in (("least", least), ("most", most)):
            code.store(code.load(task[name], index), place)
        return _Cell(
            first, inverse, least, most, code.at(task["counts"], code.set(f"mul i64 {index}, {self.size}"), "i64")
        )

    def _value(self, value: str, cell: _Cell) -> None:
        code = self.code
        code.store(code.choose("olt", value, code.load(cell.least)), cell.least)
        code.store(code.choose("ogt", value, code.load(cell.most)), cell.most)
        place = code.set(f"fmul {VECTOR} {code.set(f'fsub {VECTOR} {value}, {cell.first}')}, {cell.inverse}")
        place = code.choose("olt", code.set(f"fadd {VECTOR} {place}, {DOUBLE.splat(1.0)}"), self.top)
        place = code.choose("ogt", place, DOUBLE.splat(0.0))
        wrong = code.set(f"fcmp uno {VECTOR} {value}, {value}")
        place = code.select(wrong, self.none, place)
        code.store(code.set(f"fptosi {VECTOR} {place} to {WHOLE}"), self.slots, kind=WHOLE)
        for lane in range(LANES):
            slot = code.at(cell.counts, code.load(self.slots, lane, "i64"), "i64")
            code.store(code.set(f"add i64 {code.load(slot, kind='i64')}, 1"), slot, kind="i64")
