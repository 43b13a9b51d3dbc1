"""From a file and flags to courses: one, or one for each person of an event table."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, cast

from kinetamine import catalogue
from kinetamine.course import Course, load, parse_regimen
from kinetamine.engine.person import Person
from kinetamine.errors import FieldError

if TYPE_CHECKING:
    from kinetamine.cli.flags import CourseFlags, PersonFlags, TableFlags
    from kinetamine.engine.event_table import EventTable
    from kinetamine.engine.person import Sex

TABLES = (".csv", ".txt", ".dat", ".tab")
"""Suffixes of event tables; anything else is read as a TOML course."""


def read_courses(
    file: Path | None, person: PersonFlags, course: CourseFlags, table: TableFlags | None = None
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


def read_course(file: Path | None, person: PersonFlags, flags: CourseFlags) -> Course:
    """The course of a TOML file or of ``--regimen``, flags applied.

    Raises:
        InputError: the file or a flag is not what it must be.
    """
    changes = flags.changes()
    if flags.regimen is not None:
        changes |= {"regimen": parse_regimen(flags.regimen), "events": ()}
    if file is not None:
        course = load(file)
        return replace(course, person=course.person.with_covariates(**person.covariates()), **changes)
    if flags.regimen is None:
        raise FieldError("course", None, 'a file such as course.toml, or --regimen "0.5 mg/kg iv over 40 min"')
    return Course(person=Person().with_covariates(**person.covariates()), **changes)


def _from_table(file: Path, person: PersonFlags, course: CourseFlags, flags: TableFlags | None) -> dict[str, Course]:
    from kinetamine.engine.event_table import read_event_table

    if not file.is_file():
        raise FieldError("event table", str(file), "a readable CSV file")
    tables = read_event_table(
        file,
        form=flags.form if flags else None,
        route=flags.route if flags else None,
        covariate_interpolation=flags.covariates if flags else None,
        sex_codes=_sex_codes(flags.sex_codes) if flags and flags.sex_codes else None,
        known_routes=catalogue.names("routes"),
    )
    return {identity: _of_person(one, person, course) for identity, one in tables.items()}


def _of_person(table: EventTable, person: PersonFlags, course: CourseFlags) -> Course:
    if not any(event.is_dose for event in table.events):
        raise FieldError(f"event table, ID {table.identity}", "no dose", "at least one row with EVID 1 or 4")
    given = person.covariates()
    title = {"title": f"Person {table.identity}"} | course.changes()
    return Course(
        person=table.person(table.events[0].time_h).with_covariates(**given),
        events=table.events,
        person_changes=tuple((time, one.with_covariates(**given)) for time, one in _changes(table)),
        **title,
    )


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
