"""A number that remembers how it was made: model equations run on symbols leave their expression graph behind.

Equal expressions are one node (common subexpressions cost nothing), constants fold, and what depends on
parameters alone is marked ``fixed``: it is computed once per person, not once per step.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from typing import Union

from kinetamine.engine.vector.namespace import NAMESPACE, Namespace

Operand = Union["Symbol", float]

_FOLD: dict[str, Callable[..., float]] = {
    "add": lambda a, b: a + b,
    "sub": lambda a, b: a - b,
    "mul": lambda a, b: a * b,
    "div": lambda a, b: a / b,
    "max": max,
    "min": min,
    "abs": abs,
    "sqrt": math.sqrt,
    "exp": math.exp,
    "log": math.log,
    "pow": lambda a, b: a**b,
    "above": lambda a, b: float(a > b),
    "vanish": lambda a: 0.0 * a,
    "choose": lambda condition, a, b: a if condition > 0.0 else b,
}


class Graph:
    """All symbols of one model, in the order they were made, which is an order of evaluation."""

    def __init__(self) -> None:
        """Start empty."""
        self.nodes: list[Symbol] = []
        self._known: dict[tuple[object, ...], Symbol] = {}

    def constant(self, value: Operand) -> Symbol:
        """A number as a symbol of this graph; a symbol stays what it is."""
        return value if isinstance(value, Symbol) else self._node("constant", (), float(value), fixed=True)

    def load(self, array: str, index: int, *, fixed: bool = False) -> Symbol:
        """What stands at a place of an array in memory when the code runs."""
        return self._node("load", (), (array, index), fixed=fixed)

    def make(self, operation: str, *operands: Operand) -> Symbol:
        """The node of an operation, or the one there is, or the number it folds to."""
        arguments = tuple(self.constant(one) for one in operands)
        if all(one.operation == "constant" for one in arguments):
            with suppress(ArithmeticError, ValueError):  # 1/0 is left for the run, whose status will say so
                return self.constant(_FOLD[operation](*(one.number for one in arguments)))
        if operation in {"add", "mul"} and arguments[0].index > arguments[1].index:
            arguments = arguments[::-1]
        return self._node(operation, arguments, None, fixed=all(one.fixed for one in arguments))

    def _node(self, operation: str, arguments: tuple[Symbol, ...], value: object, *, fixed: bool) -> Symbol:
        key = (operation, value, math.copysign(1.0, value) if isinstance(value, float) else 0, *map(id, arguments))
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = Symbol(self, operation, arguments, value, fixed)
            self.nodes.append(found)
        return found


class Symbol:
    """One node of a graph; arithmetic on it makes more."""

    __slots__ = ("arguments", "fixed", "graph", "index", "operation", "value")
    dtype = float
    """What an array would say; ``engine.maths`` passes it on to ``asarray``."""

    def __init__(
        self,
        graph: Graph,
        operation: str,
        arguments: tuple[Symbol, ...],
        value: object,
        fixed: bool,  # noqa: FBT001
    ) -> None:
        """Made by its graph alone."""
        self.graph, self.operation, self.arguments, self.value, self.fixed = graph, operation, arguments, value, fixed
        self.index = len(graph.nodes)

    @property
    def number(self) -> float:
        """The value of a constant."""
        assert isinstance(self.value, float)  # noqa: S101 - only asked of constants
        return self.value

    @property
    def place(self) -> tuple[str, int]:
        """Array and index of a load."""
        return self.value  # type: ignore[return-value] # only asked of loads

    def equals(self, number: float) -> bool:
        """Whether this is that very constant."""
        return self.operation == "constant" and self.value == number

    def __array_namespace__(self) -> Namespace:
        """The functions that take symbols."""
        return NAMESPACE

    def __add__(self, other: Operand) -> Symbol:
        """The sum; adding zero adds no node."""
        other = self.graph.constant(other)
        if other.equals(0.0):
            return self
        return other if self.equals(0.0) else self.graph.make("add", self, other)

    def __sub__(self, other: Operand) -> Symbol:
        """The difference."""
        other = self.graph.constant(other)
        if other is self:
            return self.graph.constant(0.0)
        return self if other.equals(0.0) else self.graph.make("sub", self, other)

    def __mul__(self, other: Operand) -> Symbol:
        """The product; zero and one are seen through."""
        other = self.graph.constant(other)
        for one, another in ((self, other), (other, self)):
            if one.equals(0.0):
                return one
            if one.equals(1.0):
                return another
        return self.graph.make("mul", self, other)

    def __truediv__(self, other: Operand) -> Symbol:
        """The quotient; by something fixed it is a product, its reciprocal being computed once per person."""
        other = self.graph.constant(other)
        if other.equals(1.0) or self.equals(0.0):
            return self
        if other.fixed and not (self.fixed and self.operation == "constant"):
            return self * self.graph.make("div", 1.0, other)
        return self.graph.make("div", self, other)

    def __pow__(self, power: Operand) -> Symbol:
        """The power; small whole powers are products, halves are roots."""
        power = self.graph.constant(power)
        if power.operation == "constant":
            if power.number == 0.5:
                return self.graph.make("sqrt", self)
            if power.number.is_integer() and abs(power.number) <= 16:
                return self._whole(int(power.number))
        return self.graph.make("pow", self, power)

    def _whole(self, power: int) -> Symbol:
        if power < 0:
            return 1.0 / self._whole(-power)
        if power < 2:
            return self if power else self.graph.constant(1.0)
        half = self._whole(power // 2)
        return half * half * self if power % 2 else half * half

    def __neg__(self) -> Symbol:
        """Minus this."""
        return self.graph.make("sub", 0.0, self)

    def __abs__(self) -> Symbol:
        """The size of this."""
        return self.graph.make("abs", self)

    def __radd__(self, other: float) -> Symbol:
        """The sum with a plain number in front."""
        return self + other

    def __rsub__(self, other: float) -> Symbol:
        """The difference from a plain number."""
        return self.graph.constant(other) - self

    def __rmul__(self, other: float) -> Symbol:
        """The product with a plain number in front."""
        return self * other

    def __rtruediv__(self, other: float) -> Symbol:
        """A plain number divided by this."""
        return self.graph.constant(other) / self

    def __rpow__(self, base: float) -> Symbol:
        """A plain number to the power of this."""
        return self.graph.make("exp", math.log(base) * self)

    def __bool__(self) -> bool:
        """Refuse: one text runs for all people, so no branch may depend on a value."""
        message = "equations cannot branch on a value: use maximum and minimum of engine.maths"
        raise TypeError(message)

    def __float__(self) -> float:
        """Refuse: a symbol has no value yet."""
        message = "equations must use the functions of engine.maths, not those of math"
        raise TypeError(message)


def reached(roots: Iterable[Symbol], *, beyond: Callable[[Symbol], bool] = lambda _one: True) -> list[Symbol]:
    """The roots and all they are made of, in order of evaluation; stops at nodes that ``beyond`` refuses."""
    found: dict[int, Symbol] = {}
    waiting = list(roots)
    while waiting:
        one = waiting.pop()
        if one.index not in found:
            found[one.index] = one
            if beyond(one):
                waiting.extend(one.arguments)
    return [found[index] for index in sorted(found)]


_AGAIN: dict[str, Callable[[Symbol, Symbol], Symbol]] = {
    "add": operator.add,
    "sub": operator.sub,
    "mul": operator.mul,
    "div": operator.truediv,
}


def replaced(roots: Iterable[Symbol], by: Mapping[Symbol, Symbol]) -> list[Symbol]:
    """The roots with some symbols replaced by others, all they are made of included."""
    roots = list(roots)
    new: dict[int, Symbol] = {one.index: other for one, other in by.items()}
    for one in reached(roots, beyond=lambda one: one.index not in new):
        if one.index not in new:
            arguments = [new[argument.index] for argument in one.arguments]
            if all(map(operator.is_, arguments, one.arguments)):
                new[one.index] = one
            elif one.operation in _AGAIN:
                new[one.index] = _AGAIN[one.operation](*arguments)
            else:
                new[one.index] = one.graph.make(one.operation, *arguments)
    return [new[one.index] for one in roots]
