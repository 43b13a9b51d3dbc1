"""Counting numbers of bins, in assembly: bytes that a kernel wrote are loaded, and the count of each becomes one more.

Some cells at a time are counted for all groups of people, so that their counts stay in the fastest memory.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from functools import cache

from kinetamine.engine.vector.code import BYTES, Code, Function
from kinetamine.engine.vector.jit import Library

_PARAMETERS = ("ptr %numbers", "i64 %groups", "i64 %cells", "i64 %slots", "ptr %counts", "i64 %from", "i64 %until")
_TOGETHER = 16
"""Cells counted together: so many counts are in the fastest memory, so many bytes of a group follow each other."""
_ROOM = 256 + 16
"""Of counts for each cell: one for every byte, and some more, lest the same bin of the next cell be 4096 bytes away."""
_AHEAD = 8
"""Groups whose bytes are asked for before they are needed."""

_DECLARED = """
declare void @llvm.prefetch.p0(ptr, i32, i32, i32)
declare void @llvm.memset.p0.i64(ptr, i8, i64, i1)
"""


@cache
def counter(lanes: int) -> Callable[..., None]:
    """The compiled routine: bytes are (group, cell, lane), counts (cell, slot); from a cell to below another."""
    library = Library(_text(lanes))
    kinds = [ctypes.c_void_p if one.startswith("ptr") else ctypes.c_int64 for one in _PARAMETERS]
    function = library.function("count", None, kinds)

    def call(*arguments: int, _library: Library = library) -> None:
        function(*arguments)

    return call


def _text(lanes: int) -> str:
    code = Code(Function("count", _PARAMETERS), "")
    tiles = code.set(f"sdiv i64 {code.set('sub i64 %until, %from')}, {_TOGETHER}")
    with code.count_to(tiles) as tile:
        _cells(code, lanes, code.set(f"add i64 %from, {code.set(f'mul i64 {tile}, {_TOGETHER}')}"), _TOGETHER)
    rest = code.set(f"add i64 %from, {code.set(f'mul i64 {tiles}, {_TOGETHER}')}")
    with code.count_to("%until", rest) as cell:
        _cells(code, lanes, cell, 1)
    return _DECLARED + code.end()


def _cells(code: Code, lanes: int, first: str, count: int) -> None:
    """Count so many cells for everybody; one of each in turn, for a count waits for the last one of the same bin."""
    local = code.room("i32", count * _ROOM)
    code.do(f"call void @llvm.memset.p0.i64(ptr {local}, i8 0, i64 {4 * count * _ROOM}, i1 0)")
    with code.count_to("%groups") as group:
        cell = code.set(f"add i64 {first}, {code.set(f'mul i64 {group}, %cells')}")
        place = code.at("%numbers", code.set(f"mul i64 {cell}, {lanes}"), "i8")
        ahead = code.at(place, code.set(f"mul i64 %cells, {_AHEAD * lanes}"), "i8")
        for line in range(0, count * lanes, BYTES):
            code.do(f"call void @llvm.prefetch.p0(ptr {code.at(ahead, line, 'i8')}, i32 0, i32 3, i32 1)")
        for lane in range(lanes):
            for i in range(count):
                slot = code.set(f"zext i8 {code.load(place, i * lanes + lane, 'i8')} to i64")
                counted = code.at(code.at(local, i * _ROOM, "i32"), slot, "i32")
                code.store(code.set(f"add i32 {code.load(counted, kind='i32')}, 1"), counted, kind="i32")
    for i in range(count):
        begin = code.set(f"mul i64 {code.set(f'add i64 {first}, {i}')}, %slots")
        total, part = code.at("%counts", begin, "i64"), code.at(local, i * _ROOM, "i32")
        with code.count_to("%slots") as slot:
            more = code.set(f"zext i32 {code.load(part, slot, 'i32')} to i64")
            code.store(code.set(f"add i64 {code.load(total, slot, 'i64')}, {more}"), total, slot, "i64")
