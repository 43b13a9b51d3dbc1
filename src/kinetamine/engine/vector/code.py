"""Writing LLVM assembly as text: names, memory, loops and conditions; ``emit`` adds the arithmetic.

Text needs no library to write and is its own key for the cache of compiled code. Vectors hold one number for
each of ``LANES`` people; arrays in memory are rows of vectors.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

LANES = 8
"""People per vector: 64 bytes, one cache line and one AVX-512 register; narrower machines use two or four."""
VECTOR = f"<{LANES} x double>"
WHOLE = f"<{LANES} x i64>"
MASK = f"<{LANES} x i1>"


def number(value: float) -> str:
    """A double as LLVM reads it exactly: its bits."""
    return f"0x{struct.unpack('>Q', struct.pack('>d', value))[0]:016X}"


def splat(value: float) -> str:
    """A vector with one number in all lanes."""
    return f"<{', '.join([f'double {number(value)}'] * LANES)}>"


def whole(value: int) -> str:
    """A vector of integers with one number in all lanes."""
    return f"<{', '.join([f'i64 {value}'] * LANES)}>"


@dataclass(frozen=True)
class Function:
    """A function of the module: its name and its parameters, each "type name"."""

    name: str
    parameters: tuple[str, ...]
    result: str = "void"


class Code:
    """One function being written; text goes to the block opened last."""

    def __init__(self, function: Function, attributes: str = "internal") -> None:
        """Open the function; what it returns is said by ``end``."""
        self.function, self.attributes = function, attributes
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

    def room(self, kind: str, count: int = 1) -> str:
        """Memory on the stack, for one thing or a row of them."""
        self.count += 1
        name = f"%m{self.count}"
        self.entry.append(f"  {name} = alloca {kind}, i64 {count}, align 64")
        return name

    def at(self, array: str, index: str | int, kind: str = VECTOR) -> str:
        """The address of one element of an array."""
        return array if index in {0, "0"} else self.set(f"getelementptr inbounds {kind}, ptr {array}, i64 {index}")

    def load(self, array: str, index: str | int = 0, kind: str = VECTOR) -> str:
        """Read one element; vectors lie on 64 bytes."""
        return self.set(f"load {kind}, ptr {self.at(array, index, kind)}, align {64 if kind == VECTOR else 8}")

    def store(self, value: str, array: str, index: str | int = 0, kind: str = VECTOR) -> None:
        """Write one element."""
        self.do(f"store {kind} {value}, ptr {self.at(array, index, kind)}, align {64 if kind == VECTOR else 8}")

    def spread(self, value: str) -> str:
        """A vector with one double in all lanes."""
        one = self.set(f"insertelement {VECTOR} poison, double {value}, i32 0")
        return self.set(f"shufflevector {VECTOR} {one}, {VECTOR} poison, <{LANES} x i32> zeroinitializer")

    def fma(self, a: str, b: str, c: str) -> str:
        """a b + c, rounded once."""
        return self.set(f"call {VECTOR} @llvm.fma.v{LANES}f64({VECTOR} {a}, {VECTOR} {b}, {VECTOR} {c})")

    def all(self, mask: str) -> str:
        """Whether it holds for everybody."""
        bits = self.set(f"bitcast {MASK} {mask} to i{LANES}")
        return self.set(f"icmp eq i{LANES} {bits}, -1")

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
