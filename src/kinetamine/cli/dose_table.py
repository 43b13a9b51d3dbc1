"""The doses as understood, row by row: what a second person checks before anything else."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, Any

from rich.text import Text

from kinetamine.cli.fitting import Fitted
from kinetamine.cli.terminal import columns, moment, out, table
from kinetamine.engine.dose import BETWEEN_DEVICES_H
from kinetamine.engine.event_table import expand
from kinetamine.engine.schedule import DAY_H
from kinetamine.report.words import figure

if TYPE_CHECKING:
    from kinetamine.course import Course
    from kinetamine.engine.events import Event
    from kinetamine.engine.regimen import DoseRow

_TOLERANCE_H = 1e-6
SHOWN = 12
"""Rows printed when the doses are not what was asked for."""


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


def say_doses(doses: Sequence[Given], *, most: int | None = SHOWN) -> None:
    """Print the doses; beyond ``most`` rows only how many more there are."""
    shown = doses if most is None or len(doses) <= most + 1 else doses[:most]
    forms, ways = _each(dose.form for dose in doses), _each(dose.to for dose in doses)
    headings = ["dose", "when", "stated", "mg base", "mg/kg", "over", "total mg"]
    if all(dose.mg_per_kg is None for dose in doses):
        headings.remove("mg/kg")
    before_over = headings.index("over")
    headings[before_over:before_over] = (["form"] if len(forms) > 1 else []) + (["route"] if len(ways) > 1 else [])
    body = columns(
        table(),
        *((heading, "left" if heading in _TEXTS else "right") for heading in headings),
        wrap=("form", "stated"),
    )
    for dose in shown:
        cells = _cells(dose)
        body.add_row(*(cells[heading] for heading in headings))
    console = out()
    console.print(Text(_headline(doses, forms, ways), style="bold"))
    console.print(Fitted(body))
    if len(shown) < len(doses):
        console.print(Text(f"... {len(doses) - len(shown)} more (--doses shows them all)", style="dim"))
    console.print()


_TEXTS = ("when", "stated", "form", "route", "over")


def _each(words: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(words))


def _headline(doses: Sequence[Given], forms: list[str], ways: list[str]) -> str:
    number = len({dose.number for dose in doses})
    what = f"{number} dose{'s' if number > 1 else ''} of {' and '.join(forms)}, {' and '.join(ways)}"
    return f"{what}: {figure(doses[-1].total_mg)} mg of base in all"


def _cells(dose: Given) -> dict[str, str]:
    return {
        "dose": str(dose.number),
        "when": moment(dose.time_h),
        "stated": dose.stated,
        "mg base": figure(dose.base_mg),
        "mg/kg": "" if dose.mg_per_kg is None else figure(dose.mg_per_kg),
        "form": dose.form,
        "route": dose.to,
        "over": dose.over,
        "total mg": figure(dose.total_mg),
    }


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
