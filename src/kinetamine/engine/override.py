"""An entry with some of its numbers replaced by the user's, and marked so."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, TypeVar

from kinetamine.engine.model import Effect, Estimate, PKModel, Provenance, Route
from kinetamine.errors import FieldError, UnknownNameError

Entry = TypeVar("Entry", PKModel, Route, Effect)
_FACTOR = 1000.0
"""How far a number may lie from the library's: beyond it lies a slip of the keyboard, or a unit mistaken."""
_FREE = ("EXP", "AGE", "QH_age")
"""Exponents and slopes begin so: they may have either sign."""
_DIVISORS = ("50", "HALF", "GAMMA", "SR", "FU", "SYN_MAX")
"""In names of pure numbers by which equations divide, or which are powers: they cannot be nothing."""
_CAN_BE_NOTHING = ("1/", "mmHg", "beats/min", "points")
"""Units of rates and of largest effects begin so; by all else that has a unit, equations divide."""


def with_values(entry: Entry, values: Mapping[str, Any]) -> Entry:
    """The entry with other parameter values, in the units it states; the source says that the user set them.

    Raises:
        UnknownNameError: the entry has no such parameter; the message offers the nearest.
        FieldError: a value is not a finite number, or lies where the parameter has no meaning.
    """
    if not values:
        return entry
    parameters = dict(entry.parameters)
    for name, value in values.items():
        if name not in parameters:
            raise UnknownNameError(f"parameter of {entry.name}", name, parameters)
        stood = parameters[name]
        if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
            raise FieldError(f"{entry.name}.{name}", value, f"a finite number in {stood.unit}")
        low, high = allowed(name, stood)
        if not low <= value <= high:
            raise FieldError(f"{entry.name}.{name}", value, f"{low:g} to {high:g}{_said(stood)}")
        note = f"set by the user; the library has {stood.value:g}"
        parameters[name] = replace(
            stood, value=float(value), provenance=Provenance.ASSUMED, note=note, where="the course", interval=None
        )
    return replace(entry, parameters=parameters)


def allowed(name: str, estimate: Estimate) -> tuple[float, float]:
    """Between what a parameter means something: fractions within 0 and 1, what has a dimension above 0.

    Anything lies within a factor of a thousand of the library's value; what is nothing there, below a thousand.
    """
    value, known = estimate.value, estimate.interval or ()
    size = max(map(abs, (value, *known))) or 1.0
    if min(value, *known, 0.0) < 0.0 or name.startswith(_FREE):
        return -_FACTOR * size, _FACTOR * size
    if estimate.unit.startswith("fraction"):
        return 0.0, 1.0
    pure = estimate.unit == "1"
    divides = any(word in name for word in _DIVISORS) if pure else not estimate.unit.startswith(_CAN_BE_NOTHING)
    return (value / _FACTOR if divides else 0.0), _FACTOR * size


def _said(estimate: Estimate) -> str:
    unit = "" if estimate.unit == "1" else f" {estimate.unit}"
    return f"{unit}; the library has {estimate.value:g}"
