"""Every dose of a course as it was understood, repetitions and devices spelled out: what a second person checks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import Any

from kinetamine.course import Course
from kinetamine.engine.dose import BETWEEN_DEVICES_H
from kinetamine.engine.event_table import expand
from kinetamine.engine.events import Event
from kinetamine.engine.regimen import DoseRow
from kinetamine.engine.schedule import DAY_H
from kinetamine.report.words import figure

_TOLERANCE_H = 1e-6


@dataclass(frozen=True, kw_only=True)
class Given:
    """One dose that is given at one time; every nasal device has its own.

    Attributes:
        stated: as prescribed; the mg of base where it came from an event table.
        over: how long it takes, in words.
        form: molecule, and salt where it is not base.
        to: route, or the compartment an event table names.
    """

    number: int
    time_h: float
    stated: str
    base_mg: float
    mg_per_kg: float | None
    form: str
    to: str
    over: str
    total_mg: float

    @property
    def day(self) -> int:
        """From 1."""
        return int(self.time_h // DAY_H) + 1

    def to_json(self) -> dict[str, Any]:
        """Plain values, units in the names."""
        return {"day": self.day} | vars(self)


def given(course: Course) -> list[Given]:
    """Every dose of a course, repetitions spelled out; none where another treatment is given in its place.

    Raises:
        FieldError: a dose is per kg and the weight is not known.
    """
    if not course.doses:
        return []
    if course.regimen is not None:
        return [_from_row(row) for row in course.regimen.table(course.person)]
    doses = [event for event in expand(course.events) if event.is_dose]
    totals = list(accumulate(dose.amount_mg for dose in doses))
    weight = course.person.weight_kg
    numbers = _numbers(doses)
    return [_from_event(numbers[place], dose, totals[place], weight) for place, dose in enumerate(doses)]


def _numbers(doses: Sequence[Event]) -> list[int]:
    """The number of each dose; nasal devices that follow each other make one."""
    new = [True, *(not _is_next_device(before, dose) for before, dose in pairwise(doses))]
    return list(accumulate(map(int, new)))[: len(doses)]


def _is_next_device(before: Event, dose: Event) -> bool:
    alike = before.route == dose.route == "intranasal" and before.form == dose.form
    return alike and 0.0 < dose.time_h - before.time_h <= BETWEEN_DEVICES_H + _TOLERANCE_H


def _from_row(row: DoseRow) -> Given:
    device = f", device {row.device} of {row.devices}" if row.devices > 1 else ""
    return Given(
        number=row.number,
        time_h=row.time_h,
        stated=row.stated + device,
        base_mg=row.base_mg,
        mg_per_kg=row.mg_per_kg,
        form=row.form.value + ("" if row.salt == "base" else f" {row.salt}"),
        to=row.route.replace("_", " "),
        over=_length(row.duration_h),
        total_mg=row.cumulative_mg,
    )


def _from_event(number: int, event: Event, total_mg: float, weight_kg: float | None) -> Given:
    return Given(
        number=number,
        time_h=event.time_h,
        stated=f"row {event.row}",
        base_mg=event.amount_mg,
        mg_per_kg=event.amount_mg / weight_kg if weight_kg else None,
        form=event.form.value,
        to=(event.route or event.compartment or "the model's own way").replace("_", " "),
        over=_pace(event),
        total_mg=total_mg,
    )


def _pace(event: Event) -> str:
    if event.steady_state and event.amount_mg == 0.0:
        return f"{figure(event.rate_mg_per_h)} mg/h for ever"
    if event.rate_mg_per_h < 0.0:
        return "as modelled"
    if event.rate_mg_per_h > 0.0:
        return _length(event.amount_mg / event.rate_mg_per_h)
    return _length(event.duration_h or 0.0)


def _length(duration_h: float) -> str:
    if duration_h == 0.0:
        return "at once"
    return f"{figure(duration_h)} h" if duration_h >= 2.0 else f"{figure(60.0 * duration_h)} min"
