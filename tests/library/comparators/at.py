"""What the tests of the comparators share: an entry's course and benefit at a time."""

from __future__ import annotations

from functools import cache

from kinetamine import Course, Person, catalogue, simulate
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


@cache
def fall(name: str, day: float, *, regimen: str | None = None, background: tuple[str, ...] = ()) -> float:
    """Mean fall of the MADRS over people, as part of the baseline: belief and the treatment's own benefit."""
    course = Course(
        person=Person(weight_kg=70.0),
        regimen=regimen,  # type: ignore[arg-type]  # words are read
        comparator=name,
        background=background,
        effects=(),
        people=400,
        follow_up_days=max(day, 1.0),
    )
    found = simulate(course)
    people = found["madrs"].people
    assert people is not None
    baseline = course.person.madrs
    return 1.0 - float(people[:, found.times_h.searchsorted(24.0 * day)].mean()) / baseline


ONCE, SPRAYS = "0.5 mg/kg iv over 40 min", "84 mg esketamine intranasal twice weekly for 4 weeks"
