"""From a file and flags to courses: one, or one for each person of an event table."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, cast

from kinetamine import catalogue
from kinetamine.course import Course, load, parse_regimen
from kinetamine.engine.dose import above_most
from kinetamine.engine.person import Person
from kinetamine.engine.table_cells import about
from kinetamine.errors import FieldError, RowError, UnknownNameError

if TYPE_CHECKING:
    from kinetamine.cli.flags import PersonFlags, TableFlags, TreatmentFlags
    from kinetamine.engine.event_table import EventTable
    from kinetamine.engine.person import Sex
    from kinetamine.engine.regimen import Regimen

_NAME = re.compile(r"[a-z]+(_[a-z0-9]+)+")
TABLES = (".csv", ".txt", ".dat", ".tab")
"""Suffixes of event tables; anything else is read as a TOML course."""


def read_courses(
    file: Path | None, person: PersonFlags, course: TreatmentFlags, table: TableFlags | None = None
) -> dict[str, Course]:
    """Courses by the identity of the person, flags applied; a course that is not from a table is under "".

    Raises:
        InputError: the file or a flag is not what it must be.
    """
    if file is not None and file.suffix.lower() in TABLES:
        if course.regimen is not None:
            raise FieldError("--regimen", course.regimen, "no regimen beside an event table, which holds the doses")
        return _from_table(file, person, course, table)
    return {"": read_course(file, person, course)}


def read_course(file: Path | None, person: PersonFlags, flags: TreatmentFlags) -> Course:
    """The course of a TOML file or of ``--regimen``, flags applied.

    Raises:
        InputError: the file or a flag is not what it must be.
    """
    changes = flags.changes()
    if flags.regimen is not None:
        changes |= {"regimen": _regimen(flags.regimen), "events": ()}
    if file is not None:
        course = load(file)
        return _titled(replace(course, person=course.person.with_covariates(**person.covariates()), **changes))
    if flags.regimen is None and flags.comparator is None and flags.background is None:
        raise FieldError("course", None, 'a file such as course.toml, or --regimen "0.5 mg/kg iv over 40 min"')
    return _titled(Course(person=Person().with_covariates(**person.covariates()), **changes))


def _titled(course: Course) -> Course:
    """A course that gives no ketamine is not called one of ketamine, unless its owner calls it so."""
    if course.comparator is None or course.replaced is None or course.title != Course.title:
        return course
    return replace(course, title=f"A course of treatment: {course.replaced.title}")


def _regimen(words: str) -> Regimen:
    if _NAME.fullmatch(words) and words not in catalogue.names("regimens"):
        raise UnknownNameError("regimen", words, catalogue.names("regimens"))
    return parse_regimen(words)


def _from_table(file: Path, person: PersonFlags, course: TreatmentFlags, flags: TableFlags | None) -> dict[str, Course]:
    from kinetamine.cli.terminal import say_notes
    from kinetamine.engine.event_table import read_event_table

    if not file.is_file():
        raise FieldError("event table", str(file), "a readable CSV file")
    tables = read_event_table(
        file,
        form=flags.form if flags else None,
        route=flags.route if flags else None,
        covariate_interpolation=flags.covariates if flags else None,
        sex_codes=_sex_codes(flags.sex_codes) if flags and flags.sex_codes else None,
        restart_after_reset=bool(flags and flags.restart_after_reset),
        known_routes=catalogue.names("routes"),
    )
    courses = {}
    for identity, one in tables.items():
        with about(identity if len(tables) > 1 else ""):
            courses[identity] = _of_person(one, person, course)
    say_notes(next(iter(tables.values())).notes)
    return courses


def _of_person(table: EventTable, person: PersonFlags, course: TreatmentFlags) -> Course:
    if not any(event.is_dose for event in table.events):
        raise FieldError("event table", "no dose", "at least one row with EVID 1 or 4")
    given = person.covariates()
    _require_possible(table, person.weight)
    title = {"title": f"Person {table.identity}"} | course.changes()
    return Course(
        person=table.person(table.events[0].time_h).with_covariates(**given),
        events=table.events,
        person_changes=tuple((time, one.with_covariates(**given)) for time, one in _changes(table)),
        **title,
    )


def _require_possible(table: EventTable, weight_kg: float | None) -> None:
    """Refuse what is absurd for a weight that stands in a flag and not in the table."""
    for event in table.events:
        amount = event.amount_mg or event.rate_mg_per_h
        expected = above_most(amount, event.length_h, weight_kg) if event.is_dose else ""
        if expected:
            raise RowError(event.row, "AMT", f"{amount:g} mg of base", expected)


def _changes(table: EventTable) -> list[tuple[float, Person]]:
    """The person between two times of the table; the middle of an interval serves both interpolations."""
    times = sorted({time for course in table.covariates.values() for time, _ in course})
    changes: list[tuple[float, Person]] = []
    last = table.person(table.events[0].time_h)
    for start, end in zip(times, [*times[1:], times[-1] + 1.0] if times else [], strict=True):
        now = table.person(0.5 * (start + end))
        if now != last:
            changes.append((start, now))
        last = now
    return changes


def _sex_codes(codes: str) -> dict[str, Sex]:
    pairs = [pair.split("=") for pair in codes.split(",")]
    if any(len(pair) != 2 or pair[1].strip() not in {"female", "male"} for pair in pairs):
        raise FieldError("--sex-codes", codes, "codes such as 0=male,1=female")
    return {code.strip(): cast("Sex", sex.strip()) for code, sex in pairs}
