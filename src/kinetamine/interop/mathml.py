"""Expressions as MathML, as SBML Level 3 Version 2 has it, with the unit of every number."""

from __future__ import annotations

import math

from kinetamine.interop.symbols import TIME, Call, Expression, Literal, Symbol
from kinetamine.interop.unit import HOUR, NONE, Inference, Unit

SBML = "http://www.sbml.org/sbml/level3/version2/core"
"""Namespace of the language."""
_MATHML = "http://www.w3.org/1998/Math/MathML"
_TIME = "http://www.sbml.org/sbml/symbols/time"
_ELEMENTS = {"negative": "minus"}


class Writer:
    """Writes expressions whose symbols have known units.

    A bare number gets the unit that makes its equation right: that of what it is added to, or what a factor lacks.
    It gets no conversion that it is not: 60 may be minutes in an hour, 59 may not.
    """

    def __init__(self, inference: Inference) -> None:
        """Take what knows the units; ``used`` gathers those that numbers were given."""
        self.inference = inference
        self.used: dict[str, Unit] = {}

    def formula(self, given: Expression, wanted: Unit) -> str:
        """A whole ``math`` element; ``wanted``: the unit of the result."""
        return _math(self._written(given, wanted))

    def trigger(self, time_h: float) -> str:
        """True from a time on."""
        return _math(f"<apply><geq/>{_symbol(TIME)}{self._number(time_h, HOUR)}</apply>")

    def _written(self, given: Expression, wanted: Unit | None) -> str:
        if isinstance(given, Symbol):
            return _symbol(given)
        if not isinstance(given, Call):
            return self._number(given._known(), wanted or NONE)  # noqa: SLF001 - a literal has a value
        parts = _flat(given)
        if given.operation == "exp" and isinstance(parts[0], Symbol):
            return f"<apply><exp/>{self._pure(parts[0])}</apply>"
        units = self._units(given, parts, wanted)
        written = "".join(self._written(part, unit) for part, unit in zip(parts, units, strict=True))
        return f"<apply><{_ELEMENTS.get(given.operation, given.operation)}/>{written}</apply>"

    def _pure(self, given: Symbol) -> str:
        """A symbol as a pure number: where its equation multiplied it by one of something, that one is said."""
        unit = self._of(given) or NONE
        if not unit.measure[0]:
            return _symbol(given)
        return f"<apply><times/>{_symbol(given)}{self._number(1.0, NONE.times(unit, -1.0))}</apply>"

    def _units(self, given: Call, parts: list[Expression], wanted: Unit | None) -> list[Unit | None]:
        """The unit that each part must have, where that is known."""
        match given.operation:
            case "times":
                return self._of_factors(parts, wanted)
            case "divide":
                return self._of_quotient(parts, wanted)
            case "power":
                exponent = parts[1].value if isinstance(parts[1], Literal) else None
                return [NONE.times(wanted, 1.0 / exponent) if wanted and exponent else NONE, NONE]
            case "exp":
                return [NONE]
            case _:
                return [wanted or self._of(given)] * len(parts)

    def _of_factors(self, parts: list[Expression], wanted: Unit | None) -> list[Unit | None]:
        units = [self._of(part) for part in parts]
        place = next((index for index, part in enumerate(parts) if isinstance(part, Literal)), None)
        others = [unit for index, unit in enumerate(units) if index != place]
        if place is not None and wanted is not None and None not in others:
            lacking = wanted
            for unit in others:
                lacking = lacking.times(unit or NONE, -1.0)
            units[place] = _allowed(parts[place], lacking)
        return units

    def _of_quotient(self, parts: list[Expression], wanted: Unit | None) -> list[Unit | None]:
        over, under = (self._of(part) for part in parts)
        if wanted is None:
            return [over, under]
        if isinstance(parts[1], Literal) and over is not None:
            return [over, _allowed(parts[1], over.times(wanted, -1.0))]
        aim = None if under is None else wanted.times(under)
        return [_allowed(parts[0], aim) if isinstance(parts[0], Literal) and aim else aim or over, under]

    def _of(self, given: Expression) -> Unit | None:
        found = self.inference.of(given)
        return found if isinstance(found, Unit) else NONE if isinstance(given, Literal) else None

    def _number(self, value: float, unit: Unit) -> str:
        self.used[unit.name] = unit
        mantissa, _, exponent = repr(float(value)).partition("e")
        kind = ' type="e-notation"' if exponent else ""
        digits = f"{mantissa}<sep/>{int(exponent)}" if exponent else mantissa.removesuffix(".0")
        return f'<cn{kind} sbml:units="{unit.name}"> {digits} </cn>'


def _allowed(given: Expression, lacking: Unit) -> Unit:
    """The unit that a number may have: a conversion only if it is that conversion."""
    kinds, factor = lacking.measure
    is_conversion = not kinds and not math.isclose(factor, 1.0)
    right = given.value is not None and math.isclose(given.value * factor, 1.0)
    return NONE if is_conversion and not right else lacking if kinds or is_conversion else NONE


def _math(content: str) -> str:
    return f'<math xmlns="{_MATHML}" xmlns:sbml="{SBML}">{content}</math>'


def _symbol(given: Symbol) -> str:
    if given is TIME:
        return f'<csymbol encoding="text" definitionURL="{_TIME}"> time </csymbol>'
    return f"<ci> {given.name} </ci>"


def _flat(given: Call) -> list[Expression]:
    """The terms of a sum or the factors of a product, all on one level."""
    if given.operation not in {"plus", "times"}:
        return list(given.parts)
    first, last = given.parts
    if isinstance(first, Call) and first.operation == given.operation:
        return [*_flat(first), last]
    return [first, last]
