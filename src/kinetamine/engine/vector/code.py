"""Writing LLVM assembly as text: names, memory, loops and conditions; ``emit`` adds the arithmetic.

Text needs no library to write and is its own key for the cache of compiled code. Vectors hold one number for each of
eight or sixteen people; arrays in memory are rows of vectors.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Width:
    """Numbers side by side in a vector, which is 64 bytes: one cache line and one AVX-512 register.

    Narrower machines use a half or a quarter of it at a time.
    """

    bits: int

    @property
    def lanes(self) -> int:
        """People per vector."""
        return 512 // self.bits

    @property
    def number(self) -> str:
        """The type of a number."""
        return "double" if self.bits == 64 else "float"

    @property
    def vector(self) -> str:
        """The type of a vector of numbers."""
        return f"<{self.lanes} x {self.number}>"

    @property
    def whole(self) -> str:
        """The type of a vector of integers."""
        return f"<{self.lanes} x i{self.bits}>"

    @property
    def mask(self) -> str:
        """The type of a vector of yes and no."""
        return f"<{self.lanes} x i1>"

    @property
    def rounding(self) -> float:
        """The distance from 1 to the next number."""
        return 2.0 ** (-52 if self.bits == 64 else -23)

    def intrinsic(self, name: str) -> str:
        """The name of one of LLVM's functions of vectors."""
        return f"@llvm.{name}.v{self.lanes}f{self.bits}"

    def splat(self, value: float) -> str:
        """A vector with one number in all lanes."""
        if self.bits == 32:  # LLVM writes a float with the bits of a double, and wants it exact
            with np.errstate(over="ignore"):
                value = float(np.float32(value))
        return f"<{', '.join([f'{self.number} {number(value)}'] * self.lanes)}>"

    def splat_whole(self, value: int) -> str:
        """A vector of integers with one number in all lanes."""
        return f"<{', '.join([f'i{self.bits} {value}'] * self.lanes)}>"


DOUBLE, SINGLE = Width(64), Width(32)
LANES, VECTOR, WHOLE, MASK = DOUBLE.lanes, DOUBLE.vector, DOUBLE.whole, DOUBLE.mask
"""Of double precision."""
BYTES = 64
"""Of a vector: the same for either width, and so are places in memory."""
_ALIGNED = {
    "i8": 1,
    "i32": 4,
    "i64": 8,
    "ptr": 8,
    "double": 8,
    "float": 4,
    "<8 x i8>": 8,
    "<16 x i8>": 16,
    "<8 x float>": 32,
}
"""Bytes; vectors lie on 64."""


def number(value: float) -> str:
    """A double as LLVM reads it exactly: its bits."""
    return f"0x{struct.unpack('>Q', struct.pack('>d', value))[0]:016X}"


@dataclass(frozen=True)
class Function:
    """A function of the module: its name and its parameters, each "type name"."""

    name: str
    parameters: tuple[str, ...]
    result: str = "void"


class Code:
    """One function being written; text goes to the block opened last."""

    def __init__(self, function: Function, attributes: str = "internal", width: Width = DOUBLE) -> None:
        """Open the function; what it returns is said by ``end``."""
        self.function, self.attributes, self.width = function, attributes, width
        self.lines: list[str] = []
        self.entry: list[str] = []
        self.count = 0

    def do(self, text: str) -> None:
        """Write an instruction without result."""
        self.lines.append(f"  {text}")

    def set(self, text: str) -> str:
        """Write an instruction and name its result."""
        self.count += 1
        name = f"%v{self.count}"
        self.lines.append(f"  {name} = {text}")
        return name

    def room(self, kind: str = "", count: int = 1) -> str:
        """Memory on the stack, for one thing or a row of them: vectors unless said."""
        self.count += 1
        name = f"%m{self.count}"
        self.entry.append(f"  {name} = alloca {kind or self.width.vector}, i64 {count}, align 64")
        return name

    def at(self, array: str, index: str | int, kind: str = VECTOR) -> str:
        """The address of one element of an array."""
        return array if index in {0, "0"} else self.set(f"getelementptr inbounds {kind}, ptr {array}, i64 {index}")

    def load(self, array: str, index: str | int = 0, kind: str = "") -> str:
        """Read one element: a vector unless said."""
        kind = kind or self.width.vector
        return self.set(f"load {kind}, ptr {self.at(array, index, kind)}, align {_ALIGNED.get(kind, BYTES)}")

    def store(self, value: str, array: str, index: str | int = 0, kind: str = "") -> None:
        """Write one element: a vector unless said."""
        kind = kind or self.width.vector
        self.do(f"store {kind} {value}, ptr {self.at(array, index, kind)}, align {_ALIGNED.get(kind, BYTES)}")

    def stream(self, value: str, array: str, index: str | int = 0) -> None:
        """Write one vector past the caches: what is not read again soon need not be fetched before it is overwritten.

        Before others read it there must be a ``fence``.
        """
        place = self.at(array, index)
        self.do(f"store {self.width.vector} {value}, ptr {place}, align {BYTES}, !nontemporal !{{i32 1}}")

    def fence(self) -> None:
        """Let all that was written be seen by everybody."""
        self.do("fence seq_cst")

    def spread(self, value: str) -> str:
        """A vector with one number in all lanes."""
        vector, lanes = self.width.vector, self.width.lanes
        one = self.set(f"insertelement {vector} poison, {self.width.number} {value}, i32 0")
        return self.set(f"shufflevector {vector} {one}, {vector} poison, <{lanes} x i32> zeroinitializer")

    def fma(self, a: str, b: str, c: str) -> str:
        """a b + c, rounded once."""
        vector = self.width.vector
        return self.set(f"call {vector} {self.width.intrinsic('fma')}({vector} {a}, {vector} {b}, {vector} {c})")

    def choose(self, comparison: str, one: str, other: str) -> str:
        """One where it compares so with the other, else the other, also where one is not a number."""
        chosen = self.set(f"fcmp {comparison} {self.width.vector} {one}, {other}")
        return self.select(chosen, one, other)

    def select(self, mask: str, one: str, other: str) -> str:
        """One where the mask is set, else the other."""
        vector = self.width.vector
        return self.set(f"select {self.width.mask} {mask}, {vector} {one}, {vector} {other}")

    def all(self, mask: str) -> str:
        """Whether it holds for everybody."""
        return self.set(f"icmp eq i{self.width.lanes} {self._bits(mask)}, -1")

    def any(self, mask: str) -> str:
        """Whether it holds for anybody."""
        return self.set(f"icmp ne i{self.width.lanes} {self._bits(mask)}, 0")

    def _bits(self, mask: str) -> str:
        return self.set(f"bitcast {self.width.mask} {mask} to i{self.width.lanes}")

    def clear(self, array: str, rows: int) -> None:
        """Make rows of vectors zero."""
        self.do(f"call void @llvm.memset.p0.i64(ptr {array}, i8 0, i64 {rows * BYTES}, i1 0)")

    def copy(self, to: str, source: str, rows: int) -> None:
        """Copy rows of vectors."""
        self.do(f"call void @llvm.memcpy.p0.p0.i64(ptr align 64 {to}, ptr align 64 {source}, i64 {rows * BYTES}, i1 0)")

    def call(self, function: Function, *arguments: str) -> str:
        """Call another function of the module; arguments in order, without types."""
        kinds = (parameter.rsplit(" %", 1)[0] for parameter in function.parameters)
        given = ", ".join(f"{kind} {one}" for kind, one in zip(kinds, arguments, strict=True))
        text = f"call {function.result} @{function.name}({given})"
        if function.result != "void":
            return self.set(text)
        self.do(text)
        return ""

    def label(self, name: str) -> None:
        """Begin a block, falling into it from the one before."""
        if not self.lines or not self.lines[-1].lstrip().startswith("br "):
            self.do(f"br label %{name}")
        self.lines.append(f"{name}:")

    def branch(self, condition: str, yes: str, no: str) -> None:
        """Go one of two ways."""
        self.do(f"br i1 {condition}, label %{yes}, label %{no}")

    @contextmanager
    def when(self, condition: str) -> Iterator[None]:
        """A block that is run only if the condition holds."""
        self.count += 1
        yes, after = f"when{self.count}", f"after{self.count}"
        self.branch(condition, yes, after)
        self.lines.append(f"{yes}:")
        yield
        self.label(after)

    @contextmanager
    def loop(self) -> Iterator[tuple[str, str]]:
        """A block run again and again: yields the labels of its begin and of what follows it, to branch to."""
        self.count += 1
        again, done = f"again{self.count}", f"done{self.count}"
        self.label(again)
        yield again, done
        self.do(f"br label %{again}")
        self.lines.append(f"{done}:")

    def leave_unless(self, condition: str, done: str) -> None:
        """Stay in a loop only while the condition holds."""
        self.count += 1
        stay = f"stay{self.count}"
        self.branch(condition, stay, done)
        self.lines.append(f"{stay}:")

    @contextmanager
    def count_to(self, limit: str, start: str = "0") -> Iterator[str]:
        """A block run for each whole number from start up to below the limit: yields the number."""
        counter = self.room("i64")
        self.store(start, counter, kind="i64")
        with self.loop() as (_, done):
            index = self.load(counter, kind="i64")
            self.leave_unless(self.set(f"icmp slt i64 {index}, {limit}"), done)
            yield index
            self.store(self.set(f"add nuw nsw i64 {index}, 1"), counter, kind="i64")

    def end(self, result: str = "") -> str:
        """The text of the whole function."""
        parameters = ", ".join(self.function.parameters)
        self.do(f"ret {self.function.result} {result}".rstrip())
        head = f"define {self.attributes} {self.function.result} @{self.function.name}({parameters}) #0 {{"
        return "\n".join([head, "entry:", *self.entry, *self.lines, "}", ""])
