"""The doses as they were understood: a table row by row, and the regimen in one sentence."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kinetamine.course import Course
from kinetamine.engine.dose import Dose
from kinetamine.engine.events import Event
from kinetamine.engine.listing import length
from kinetamine.engine.regimen import Regimen
from kinetamine.report.arms import treatments
from kinetamine.report.sessions import session_count
from kinetamine.report.words import days_words, figure

HEADINGS = ("Dose", "Day", "Time, h", "As stated", "mg", "mg base", "mg/kg", "Form", "Route", "Over", "Total mg base")


@dataclass(frozen=True)
class Doses:
    """What is printed of the doses."""

    sentence: str
    rows: tuple[tuple[str, ...], ...]
    total_mg: float
    drug: str = "ketamine"


def doses_of(course: Course) -> Doses:
    """From the regimen where there is one, or else from the event table; none where another treatment is given."""
    if course.comparator is not None or not course.doses:
        return Doses(_without_ketamine(course), (), 0.0)
    if not isinstance(course.regimen, Regimen):
        return _from_events(course)
    table = course.regimen.table(course.person)
    rows = tuple(
        (
            str(row.number),
            str(row.day),
            figure(row.time_h),
            row.stated,
            figure(row.amount_mg),
            figure(row.base_mg),
            figure(row.mg_per_kg),
            f"{row.form.value} ({row.salt})",
            _route(row.route) + (f", device {row.device} of {row.devices}" if row.devices > 1 else ""),
            length(row.duration_h),
            figure(row.cumulative_mg),
        )
        for row in table
    )
    total = table[-1].cumulative_mg if table else 0.0
    return Doses(_sentence(course, course.regimen), rows, total, _drug(course.doses))


def _without_ketamine(course: Course) -> str:
    """What is given instead, and when."""
    given = treatments(course)
    if course.scheduled and (course.replaced is None or course.replaced.sessions):
        days = [int(begin // 24.0) + 1 for begin, _ in course.contacts or ()]
        many = f"{len(days)} {'session' if len(days) == 1 else 'sessions'}"
        return f"No ketamine. {given}: {many}, on {days_words(days)}."
    return f"No ketamine. {given}: from day 1 on, day after day or visit after visit."


def _sentence(course: Course, doses: Iterable[Dose]) -> str:
    """Doses that differ in time only are told together."""
    alike: dict[tuple[str, ...], list[int]] = {}
    for dose in doses:
        milligrams = dose.mg(course.person)
        stated = dose.stated if dose.unit == "mg" else f"{dose.stated} ({figure(milligrams)} mg)"
        over = f" over {length(dose.duration_h)}" if dose.duration_h else ""
        salt = " hydrochloride" if dose.salt == "hydrochloride" else ""
        words = (stated, dose.form.value + salt, _route(dose.route) + over)
        alike.setdefault(words, []).append(int(dose.time_h // 24.0) + 1)
    parts = [
        f"{len(days)} {'dose' if len(days) == 1 else 'doses'} of {stated} {form}, {how}, on {days_words(days)}"
        for (stated, form, how), days in alike.items()
    ]
    given, visits = sum(len(days) for days in alike.values()), session_count(course.doses)
    within = "" if visits == given else f"; in {visits} {'session' if visits == 1 else 'sessions'}"
    return "; ".join(parts) + within + "."


def _from_events(course: Course) -> Doses:
    rows: list[tuple[str, ...]] = []
    total = 0.0
    given = sorted(((event, start) for event in course.doses for start in event.starts_h), key=lambda one: one[1])
    for event, time_h in given:
        total += event.amount_mg
        weight = course.person.weight_kg
        rows.append(
            (
                str(len(rows) + 1),
                str(int(time_h // 24.0) + 1),
                figure(time_h),
                f"row {event.row}" if event.row else "–",
                figure(event.amount_mg),
                figure(event.amount_mg),
                figure(event.amount_mg / weight if weight else None),
                event.form.value,
                _route(event.route or event.compartment or "–"),
                length(event.length_h),
                figure(total),
            )
        )
    count = len(rows)
    return Doses(
        f"{count} {'dose' if count == 1 else 'doses'} from an event table.", tuple(rows), total, _drug(course.doses)
    )


def _drug(events: Iterable[Event]) -> str:
    """The one molecule that was given, or ketamine in general."""
    forms = {event.form for event in events if event.is_dose}
    return forms.pop().value if len(forms) == 1 else "ketamine"


def _route(name: str) -> str:
    return name.replace("_", " ")
