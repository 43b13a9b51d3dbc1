"""What the tests of the comparators share: an entry's course and benefit at a time."""

from __future__ import annotations

from kinetamine import catalogue
from kinetamine.engine.comparator import Comparator

WEEK_H = 168.0


def entry(name: str) -> Comparator:
    """The comparator of that name."""
    found = catalogue.load("comparators", name)
    assert isinstance(found, Comparator)
    return found


def share(name: str, time_h: float, of_h: float) -> float:
    """How much of the effect at ``of_h`` is there at ``time_h``."""
    held = entry(name)
    return float(held.course(held.typical(), time_h) / held.course(held.typical(), of_h))


def benefit(name: str, time_h: float, outcome: str = "depression") -> float:
    """Fraction of what is left that the treatment itself takes away by then."""
    held = entry(name)
    return float(held.parameters[held.sizes[outcome]].value * held.course(held.typical(), time_h))


def conviction(name: str) -> float:
    """How strongly its arm believes."""
    held = entry(name)
    return held.parameters["CONVICTION"].value
