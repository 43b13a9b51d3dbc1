"""Equations written down as they run: values that record the arithmetic done with them.

A model's functions are called with symbols in place of numbers and give back expressions. Equal expressions are one
object, so that what two equations share can be found. An expression of constants knows its value too: where code
branches on it, the branch of that value is taken, and noted.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any
from weakref import WeakValueDictionary

from kinetamine.errors import SolverError

_FUNCTIONS: Mapping[str, Callable[..., float]] = {
    "plus": lambda a, b: a + b,
    "minus": lambda a, b: a - b,
    "times": lambda a, b: a * b,
    "divide": lambda a, b: a / b,
    "power": lambda a, b: a**b,
    "negative": lambda a: -a,
    "exp": math.exp,
    "max": max,
    "min": min,
}
_UFUNCS = {
    "add": "plus",
    "subtract": "minus",
    "multiply": "times",
    "divide": "divide",
    "true_divide": "divide",
    "power": "power",
    "negative": "negative",
    "exp": "exp",
    "maximum": "max",
    "minimum": "min",
}
"""NumPy's names."""
_DECIDED: ContextVar[list[str] | None] = ContextVar("decided", default=None)


class Expression:
    """A number that is not known yet, or one that remembers where it came from."""

    __slots__ = ("__weakref__", "value")
    dtype = float
    value: float | None

    def __add__(self, other: object) -> Expression:
        """A sum."""
        return call("plus", self, other)

    def __radd__(self, other: object) -> Expression:
        """A sum."""
        return call("plus", other, self)

    def __sub__(self, other: object) -> Expression:
        """A difference."""
        return call("minus", self, other)

    def __rsub__(self, other: object) -> Expression:
        """A difference."""
        return call("minus", other, self)

    def __mul__(self, other: object) -> Expression:
        """A product."""
        return call("times", self, other)

    def __rmul__(self, other: object) -> Expression:
        """A product."""
        return call("times", other, self)

    def __truediv__(self, other: object) -> Expression:
        """A quotient."""
        return call("divide", self, other)

    def __rtruediv__(self, other: object) -> Expression:
        """A quotient."""
        return call("divide", other, self)

    def __pow__(self, other: object) -> Expression:
        """A power."""
        return call("power", self, other)

    def __rpow__(self, other: object) -> Expression:
        """A power."""
        return call("power", other, self)

    def __neg__(self) -> Expression:
        """The opposite."""
        return call("negative", self)

    def __lt__(self, other: object) -> bool:
        """Decided by the values, and noted."""
        return self._decide("<", other, lambda a, b: a < b)

    def __le__(self, other: object) -> bool:
        """Decided by the values, and noted."""
        return self._decide("<=", other, lambda a, b: a <= b)

    def __gt__(self, other: object) -> bool:
        """Decided by the values, and noted."""
        return self._decide(">", other, lambda a, b: a > b)

    def __ge__(self, other: object) -> bool:
        """Decided by the values, and noted."""
        return self._decide(">=", other, lambda a, b: a >= b)

    def __bool__(self) -> bool:
        """Whether it is not zero: decided by the value, and noted."""
        return self._decide("!=", 0.0, lambda a, b: a != b)

    def __float__(self) -> float:
        """Its value, and a note that it was taken as a number."""
        _note(f"{infix(self)} taken as {self._known():g}")
        return self._known()

    def __array_namespace__(self, **_given: object) -> Any:
        """What ``engine.maths`` asks for."""
        return Namespace

    def __array_ufunc__(self, ufunc: Any, method: str, *given: Any, **more: Any) -> Any:
        """NumPy's functions on it are recorded too."""
        if method != "__call__" or more or ufunc.__name__ not in _UFUNCS:
            return NotImplemented
        return call(_UFUNCS[ufunc.__name__], *given)

    def __repr__(self) -> str:
        """As a formula."""
        return infix(self)

    def _decide(self, sign: str, other: object, holds: Callable[[float, float], bool]) -> bool:
        right = wrap(other)
        answer = holds(self._known(), right._known())  # noqa: SLF001 - of the same class
        _note(f"{infix(self)} {sign} {infix(right)} is {str(answer).lower()}")
        return answer

    def _known(self) -> float:
        if self.value is None:
            message = f"the equations branch on {infix(self)}, which changes in time: that cannot be written down"
            raise SolverError(message)
        return self.value


class Literal(Expression):
    """A number that stands in the equations."""

    __slots__ = ()
    value: float


class Symbol(Expression):
    """A name; constants have a value."""

    __slots__ = ("name",)
    name: str

    def __init__(self, name: str, value: float | None = None) -> None:
        """Each is its own: equal names do not make equal symbols."""
        self.name, self.value = name, value


class Call(Expression):
    """An operation on other expressions."""

    __slots__ = ("operation", "parts")
    operation: str
    parts: tuple[Expression, ...]


class Namespace:
    """The functions of ``engine.maths`` on expressions."""

    @staticmethod
    def exp(x: Expression) -> Expression:
        """e to the power x."""
        return call("exp", x)

    @staticmethod
    def maximum(x: Expression, floor: Expression) -> Expression:
        """The larger one."""
        return call("max", x, floor)

    @staticmethod
    def asarray(x: object, **_given: object) -> Expression:
        """Whatever it is, as an expression."""
        return wrap(x)


TIME = Symbol("time")
"""Hours since the course began."""
_LITERALS: WeakValueDictionary[str, Literal] = WeakValueDictionary()
_CALLS: WeakValueDictionary[tuple[object, ...], Call] = WeakValueDictionary()


def wrap(given: object) -> Expression:
    """An expression as it is; a number as a literal."""
    if isinstance(given, Expression):
        return given
    value = float(given)  # type: ignore[arg-type]  # a number of any kind; anything else raises here
    found = _LITERALS.get(value.hex())
    if found is None:
        found = Literal()
        found.value = value
        _LITERALS[value.hex()] = found
    return found


def call(operation: str, *given: object) -> Expression:
    """The operation on these, simplified where that is exact, and the same object whenever it is the same."""
    parts = tuple(wrap(one) for one in given)
    for simpler in (_simplified, _recognised):
        if (simple := simpler(operation, parts)) is not None:
            return simple
    key = (operation, *map(id, parts))
    found = _CALLS.get(key)
    if found is None:
        found = Call()
        found.operation, found.parts = operation, parts
        values = [part.value for part in parts]
        known = None not in values
        found.value = float(_FUNCTIONS[operation](*values)) if known else None
        _CALLS[key] = found
    return found


def _simplified(operation: str, parts: tuple[Expression, ...]) -> Expression | None:
    """What needs no operation: numbers only, nothing added, one times something."""
    if all(isinstance(part, Literal) for part in parts):
        return wrap(_FUNCTIONS[operation](*(part.value for part in parts)))
    zero, one = wrap(0.0), wrap(1.0)
    first, last = parts[0], parts[-1]
    found: Expression | None = None
    match operation:
        case "plus" if first is zero:
            found = last
        case "plus" | "minus" if last is zero:
            found = first
        case "minus" if first is zero:
            found = call("negative", last)
        case "times" if first is one:
            found = last
        case "times" | "divide" | "power" if last is one:
            found = first
        case "power" if last is zero or first is one:
            found = one
        case "times" | "divide" if first is zero or (operation == "times" and last is zero):
            found = zero
    return found


def _recognised(operation: str, parts: tuple[Expression, ...]) -> Expression | None:
    """What reads better as another operation."""
    first, last = parts[0], parts[-1]
    match operation:
        case "negative" if isinstance(first, Call) and first.operation == "negative":
            return first.parts[0]
        case "negative" if isinstance(first, Call) and first.operation == "max" and any(map(_is_opposite, first.parts)):
            return call("min", *(call("negative", part) for part in first.parts))
        case "max" if isinstance(first, Call) and first.operation == "max" and first.parts[-1] is last:
            return first
        case _:
            return None


def _is_opposite(one: Expression) -> bool:
    return isinstance(one, Call) and one.operation == "negative"


@contextmanager
def noting() -> Iterator[list[str]]:
    """Every decision that is taken on a value inside, in words."""
    said: list[str] = []
    token = _DECIDED.set(said)
    try:
        yield said
    finally:
        _DECIDED.reset(token)


def _note(sentence: str) -> None:
    said = _DECIDED.get()
    if said is not None and sentence not in said:
        said.append(sentence)


def rewrite(given: Expression, changed: Mapping[Expression, Expression]) -> Expression:
    """The expression with each of these in place of what it stands for."""
    done: dict[Expression, Expression] = dict(changed)

    def follow(one: Expression) -> Expression:
        if one not in done:
            done[one] = call(one.operation, *map(follow, one.parts)) if isinstance(one, Call) else one
        return done[one]

    return follow(given)


def inside(given: Iterable[Expression]) -> set[Expression]:
    """These and everything in them, each once."""
    found: set[Expression] = set()
    coming = list(given)
    while coming:
        one = coming.pop()
        if one not in found:
            found.add(one)
            coming += one.parts if isinstance(one, Call) else ()
    return found


def evaluate(given: Expression, values: Mapping[str, float]) -> float:
    """Its value where symbols have these values; those that are not named have their own.

    Raises:
        SolverError: a symbol has no value.
    """
    found: dict[Expression, float] = {}

    def follow(one: Expression) -> float:
        if one not in found:
            if isinstance(one, Call):
                found[one] = _FUNCTIONS[one.operation](*map(follow, one.parts))
            elif isinstance(one, Symbol) and one.name in values:
                found[one] = values[one.name]
            else:
                found[one] = one._known()  # noqa: SLF001 - of the same class
        return found[one]

    return float(follow(given))


_SIGNS = {"plus": (" + ", 1), "minus": (" - ", 1), "times": (" * ", 2), "divide": (" / ", 2), "power": ("^", 4)}


def infix(given: Expression) -> str:
    """As a formula on one line, as libSBML reads it."""
    return _infix(given)[0]


def _infix(given: Expression) -> tuple[str, int]:
    """The formula and how strongly it holds together."""
    if isinstance(given, Symbol):
        return given.name, 9
    if not isinstance(given, Call):
        return repr(given.value).removesuffix(".0"), 9
    texts = [_infix(part) for part in given.parts]
    if given.operation == "negative":
        return f"-{_held(texts[0], 3)}", 3
    if given.operation not in _SIGNS:
        return f"{given.operation}({', '.join(text for text, _ in texts)})", 9
    sign, strength = _SIGNS[given.operation]
    right = strength if given.operation in {"plus", "times"} else strength + 1
    left = strength + 1 if given.operation == "power" else strength
    return f"{_held(texts[0], left)}{sign}{_held(texts[1], right)}", strength


def _held(text: tuple[str, int], least: int) -> str:
    return text[0] if text[1] >= least else f"({text[0]})"
