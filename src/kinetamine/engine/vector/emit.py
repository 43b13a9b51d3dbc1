"""From symbols to straight-line vector code: a routine reads arrays, computes, and writes an array."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from kinetamine.engine.vector.code import DOUBLE, Code, Function, Width
from kinetamine.engine.vector.elementary import exp, log
from kinetamine.engine.vector.symbol import Symbol, reached

Place = tuple[str, int]
"""An array and a row."""
Kept = Callable[[Symbol], Place | None]


class Constants:
    """What depends on parameters alone and is used while time runs: one row of an array for each."""

    ARRAY = "constants"

    def __init__(self) -> None:
        """Start empty."""
        self.rows: dict[int, int] = {}
        self.symbols: list[Symbol] = []

    def place(self, symbol: Symbol) -> Place | None:
        """Where a symbol is kept, if it is one of these."""
        if not symbol.fixed or symbol.operation == "constant":
            return None
        if symbol.index not in self.rows:
            self.rows[symbol.index] = len(self.symbols)
            self.symbols.append(symbol)
        return self.ARRAY, self.rows[symbol.index]


def nowhere(_symbol: Symbol) -> Place | None:
    """Nothing is kept: everything is computed on the spot."""
    return None


Target = tuple[Symbol, Place]
"""What is computed, and where it goes."""


def rows(array: str, symbols: Sequence[Symbol], first: int = 0) -> list[Target]:
    """Targets one after another."""
    return [(one, (array, first + row)) for row, one in enumerate(symbols)]


def routine(
    name: str, arrays: Sequence[str], targets: Sequence[Target], kept: Kept = nowhere, width: Width = DOUBLE
) -> tuple[Function, str]:
    """A function of the arrays by name, and its text.

    What is computed is stored at once, so that it need not wait in a register; unless others still have to read what
    stood there.

    Args:
        kept: where a symbol lies in memory already.
    """
    function = Function(name, tuple(f"ptr %{one}" for one in arrays))
    writer = Writer(Code(function, width=width), kept)
    ordered = sorted(targets, key=lambda target: target[0].index)
    late = _still_read(ordered, kept)
    waiting = []
    for symbol, place in ordered:
        value = writer.value(symbol)
        if place in late:
            waiting.append((value, place))
        else:
            writer.store(value, place)
    for value, place in waiting:
        writer.store(value, place)
    return function, writer.code.end()


def _still_read(targets: Sequence[Target], kept: Kept) -> set[Place]:
    """Places that are overwritten and that any other target is made of."""
    readers: dict[Place, int] = {place: 0 for _, place in targets}
    loads = [one for one in reached(one for one, _ in targets) if one.operation == "load" and one.place in readers]
    if not loads:
        return set()
    for symbol, own in targets:
        for one in reached([symbol], beyond=lambda one: kept(one) is None):
            if one.operation == "load" and one.place in readers and one.place != own:
                readers[one.place] += 1
    return {place for place, count in readers.items() if count}


class Writer:
    """Writes each symbol when it is first needed; what lies in memory is read anew each time, and holds no register."""

    def __init__(self, code: Code, kept: Kept, names: Mapping[int, str] | None = None) -> None:
        """Start with the names of what is computed already, by index."""
        self.code, self.kept = code, kept
        self.names = dict(names or {})

    def value(self, wanted: Symbol) -> str:
        """The name of a symbol's value, computed if it is not there."""
        waiting = [wanted]
        while waiting:
            one = waiting[-1]
            missing = [other for other in one.arguments if not self._is_there(other)]
            if missing and not self._is_there(one):
                waiting.extend(reversed(missing))
                continue
            waiting.pop()
            if not self._is_there(one):
                arguments = (self._name(argument) for argument in one.arguments)
                self.names[one.index] = _WRITE[one.operation](self.code, *arguments)
        return self._name(wanted)

    def _is_there(self, one: Symbol) -> bool:
        return one.index in self.names or self._place(one) is not None or one.operation == "constant"

    def _place(self, one: Symbol) -> Place | None:
        return self.kept(one) or (one.place if one.operation == "load" else None)

    def _name(self, one: Symbol) -> str:
        if one.index in self.names:
            return self.names[one.index]
        if one.operation == "constant":
            return self.code.width.splat(one.number)
        array, row = self._place(one) or one.place
        return self.code.load(f"%{array}", row)

    def store(self, value: str, place: Place) -> None:
        """Put a value in its place."""
        self.code.store(value, f"%{place[0]}", place[1])


def _arithmetic(instruction: str) -> Callable[..., str]:
    # "contract" lets a product and a sum become one instruction, nothing else: same input, same numbers
    return lambda code, a, b: code.set(f"{instruction} contract {code.width.vector} {a}, {b}")


def _choose(comparison: str) -> Callable[..., str]:
    return lambda code, a, b: code.choose(comparison, b, a)  # not-a-number in a stays


def _above(code: Code, a: str, b: str) -> str:
    mask = code.set(f"fcmp ogt {code.width.vector} {a}, {b}")
    return code.select(mask, code.width.splat(1.0), code.width.splat(0.0))


def _select(code: Code, condition: str, a: str, b: str) -> str:
    return code.select(code.set(f"fcmp ogt {code.width.vector} {condition}, {code.width.splat(0.0)}"), a, b)


def _intrinsic(name: str) -> Callable[..., str]:
    def write(code: Code, a: str) -> str:
        return code.set(f"call {code.width.vector} {code.width.intrinsic(name)}({code.width.vector} {a})")

    return write


def _elementary(function: Callable[[Width], Function]) -> Callable[..., str]:
    return lambda code, a: code.call(function(code.width), a)


def _power(code: Code, a: str, b: str) -> str:
    power = code.set(f"fmul {code.width.vector} {b}, {code.call(log(code.width), a)}")
    return code.call(exp(code.width), power)


def _vanish(code: Code, a: str) -> str:
    """Zero, unless a is not finite."""
    return code.set(f"fmul contract {code.width.vector} {a}, {code.width.splat(0.0)}")


_WRITE: dict[str, Callable[..., str]] = {
    "add": _arithmetic("fadd"),
    "sub": _arithmetic("fsub"),
    "mul": _arithmetic("fmul"),
    "div": _arithmetic("fdiv"),
    "max": _choose("ogt"),
    "min": _choose("olt"),
    "above": _above,
    "choose": _select,
    "vanish": _vanish,
    "abs": _intrinsic("fabs"),
    "sqrt": _intrinsic("sqrt"),
    "exp": _elementary(exp),
    "log": _elementary(log),
    "pow": _power,
}
