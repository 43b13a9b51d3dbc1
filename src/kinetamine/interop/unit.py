"""Units of expressions: what each part of an equation is measured in, and which numbers in it carry a unit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from kinetamine import units
from kinetamine.errors import FieldError
from kinetamine.interop.symbols import Call, Expression, Literal, Symbol

_KINDS = {"g": "gram", "L": "litre", "s": "second", "mol": "mole", "mmHg": "pascal"}
"""Units of Kinetamine that SBML's base units stand for."""
_FACTORS = {"pascal": 133.322387415}
"""Pascal in one mmHg, by definition."""
_YEAR_H = 24.0 * 365.25
_COUNTED = ("1", "points", "mm", "beats", "sessions", "times", "probability", "ratio", "fraction")
"""Scores, counts and shares: SBML calls all of them dimensionless; mm are those of a visual scale."""


@dataclass(frozen=True)
class Unit:
    """A product of powers of named units, such as mg to the 1 and L to the -1."""

    powers: tuple[tuple[str, float], ...] = ()

    @property
    def name(self) -> str:
        """An identifier, such as ``mg_per_L``."""
        over = [_power(name, power) for name, power in self.powers if power > 0.0]
        under = [_power(name, -power) for name, power in self.powers if power < 0.0]
        return "_".join([*over, *(word for one in under for word in ("per", one))]) or "dimensionless"

    @property
    def measure(self) -> tuple[tuple[tuple[str, float], ...], float]:
        """Which base units to which powers, and the factor: equal in units that mean the same."""
        kinds: dict[str, float] = {}
        factor = 1.0
        for name, power in self.powers:
            kind, size = base(name)
            kinds[kind] = kinds.get(kind, 0.0) + power
            factor *= size**power
        left = sorted((kind, power) for kind, power in kinds.items() if abs(power) > 1e-9)
        return tuple(left), factor

    def times(self, other: Unit, power: float = 1.0) -> Unit:
        """The product with a power of another."""
        powers = dict(self.powers)
        for name, one in other.powers:
            powers[name] = powers.get(name, 0.0) + power * one
        return Unit(tuple((name, one) for name, one in powers.items() if abs(one) > 1e-9))


def _power(name: str, power: float) -> str:
    return name if power == 1.0 else f"{name}{power:g}".replace(".", "_")


NONE = Unit()
"""A pure number."""


@cache
def base(name: str) -> tuple[str, float]:
    """SBML's base unit of a named unit, and how many of it there are in one.

    Raises:
        FieldError: neither SBML nor Kinetamine knows the unit.
    """
    if name == "year":
        return "second", 3600.0 * _YEAR_H
    for unit, kind in _KINDS.items():
        try:
            return kind, units.convert(1.0, name, unit) * _FACTORS.get(kind, 1.0)
        except FieldError:
            continue
    raise FieldError("unit", name, "a unit of mass, volume, time, substance or pressure")


@cache
def unit_of(text: str) -> Unit:
    """The unit that words such as ``L/h/year`` or ``mm per ng/mL`` stand for.

    Raises:
        FieldError: a unit in it is not known.
    """
    over, per, under = text.partition(" per ")
    if per:
        return unit_of(over).times(unit_of(under), -1.0)
    first, *others = [word.strip().split(" ")[0] for word in text.split("/")]
    found = NONE if first in _COUNTED else _checked(first)
    for other in others:
        found = found.times(NONE if other in _COUNTED else _checked(other), -1.0)
    return found


def _checked(name: str) -> Unit:
    base(name)
    return Unit(((name, 1.0),))


def counted(text: str) -> bool:
    """Whether a unit says more than SBML can: a score, a count or a share of something."""
    return text != "1" and any(word.split(" ")[0] in _COUNTED[1:] for word in text.replace(" per ", "/").split("/"))


HOUR, PER_HOUR, MG, MG_PER_L, NG_PER_ML = (unit_of(one) for one in ("h", "1/h", "mg", "mg/L", "ng/mL"))

FREE = "free"
"""A number without unit: takes that of what it is added to, and none in a product."""
UNKNOWN = "unknown"
Found = Unit | str


class Inference:
    """Finds the unit of expressions from those of their symbols."""

    def __init__(self, known: Mapping[str, Unit]) -> None:
        """Take the units of symbols by name; one that is not there is not known."""
        self.known = known
        self._found: dict[Expression, Found] = {}

    def of(self, given: Expression) -> Found:
        """The unit, FREE or UNKNOWN."""
        if given not in self._found:
            self._found[given] = self._of(given)
        return self._found[given]

    def _of(self, given: Expression) -> Found:
        if isinstance(given, Symbol):
            return self.known.get(given.name, UNKNOWN)
        if not isinstance(given, Call):
            return FREE
        parts = [self.of(part) for part in given.parts]
        match given.operation:
            case "exp":
                return NONE
            case "times" | "divide":
                return _product(parts, 1.0 if given.operation == "times" else -1.0)
            case "power":
                return _raised(parts[0], given.parts[1])
            case _:
                measured = [one for one in parts if isinstance(one, Unit)]
                return measured[0] if measured else max(parts, key=lambda one: one == UNKNOWN)


def _product(parts: list[Found], power: float) -> Found:
    if UNKNOWN in parts:
        return UNKNOWN
    left, right = (one if isinstance(one, Unit) else NONE for one in parts)
    return FREE if parts == [FREE, FREE] else left.times(right, power)


def _raised(root: Found, exponent: Expression) -> Found:
    if not isinstance(exponent, Literal):
        return NONE  # nothing else can be raised to a power that is not a number
    return NONE.times(root, exponent.value) if isinstance(root, Unit) else root
