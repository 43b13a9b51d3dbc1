"""Sessions of a course from its records alone: doses close enough in time to be one visit."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kinetamine.engine.events import Event, Form
from kinetamine.errors import FieldError

TOGETHER_H = 6.0
"""A dose that starts within this long after the end of the former belongs to the same session."""
DAY_H, WEEK_H = 24.0, 168.0
WINDOW_WEEKS = 4
"""Frequency and amount are looked at in the busiest weeks, so many at most."""


@dataclass(frozen=True)
class Given:
    """One dose as it was given; the route is empty when it went straight into a compartment."""

    start_h: float
    end_h: float
    amount_mg: float
    form: Form
    route: str


@dataclass(frozen=True)
class Visit:
    """One session: doses close enough in time to be one visit."""

    doses: tuple[Given, ...]

    @property
    def start_h(self) -> float:
        """When its first dose starts."""
        return self.doses[0].start_h

    @property
    def end_h(self) -> float:
        """When its last dose ends."""
        return max(dose.end_h for dose in self.doses)

    @property
    def length_h(self) -> float:
        """From the first start to the last end."""
        return self.end_h - self.start_h

    @property
    def amount_mg(self) -> float:
        """mg of base, of whatever form."""
        return sum(dose.amount_mg for dose in self.doses)

    @property
    def racemic_mg(self) -> float:
        """mg of the racemate with as much of the enantiomer given: esketamine counts twice."""
        return sum(dose.amount_mg * max(dose.form.parts.values()) / 0.5 for dose in self.doses)


@dataclass(frozen=True)
class Weekly:
    """How much a week, each number the most in any four weeks."""

    sessions: float
    drug_days: float
    racemic_mg: float


def visits(events: Iterable[Event]) -> tuple[Visit, ...]:
    """All sessions in time order, ADDL repetitions counted one by one.

    Raises:
        FieldError: there is no dose, or a record stands for doses that it does not state.
    """
    clusters: list[list[Given]] = []
    end_h = -math.inf
    for dose in sorted((one for event in events for one in _given(event)), key=lambda one: one.start_h):
        if dose.start_h <= end_h + TOGETHER_H:
            clusters[-1].append(dose)
        else:
            clusters.append([dose])
        end_h = max(end_h, dose.end_h)
    if not clusters:
        raise FieldError("events", "no dose", "at least one dose")
    return tuple(Visit(tuple(cluster)) for cluster in clusters)


def busiest(given: Sequence[Visit]) -> Weekly:
    """The busiest four weeks; a shorter course is taken over its own weeks, a begun one counted whole."""
    found = []
    for first in given:
        inside = [one for one in given if 0.0 <= one.start_h - first.start_h < WINDOW_WEEKS * WEEK_H]
        span = max(one.end_h for one in inside) - first.start_h
        weeks = min(math.floor(span / WEEK_H) + 1, WINDOW_WEEKS)
        days = sum(day < first.start_h / DAY_H + 7 * weeks for day in drug_days(inside))
        racemic = sum(one.racemic_mg for one in inside)
        found.append((len(inside) / weeks, min(days / weeks, 7.0), racemic / weeks))
    return Weekly(*(max(column) for column in zip(*found, strict=True)))


def drug_days(given: Iterable[Visit]) -> frozenset[int]:
    """Days of the course, from 0, on which drug is given."""
    return frozenset(
        day
        for visit in given
        for dose in visit.doses
        for day in range(int(dose.start_h // DAY_H), int(max(dose.end_h - 1e-9, dose.start_h) // DAY_H) + 1)
    )


def _given(event: Event) -> Iterable[Given]:
    if event.is_dose and event.steady_state:
        expected = "doses stated one by one: a steady state stands for doses that are not counted"
        raise FieldError("steady_state", event.steady_state, expected)
    for start in event.starts_h:
        yield Given(start, start + event.length_h, event.amount_mg, event.form, event.route or "")
