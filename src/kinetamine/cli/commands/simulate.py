"""kinetamine simulate: one course, from milligrams to mood."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kinetamine.cli.flags import CourseFlags, OutputFlags, PersonFlags, TableFlags
from kinetamine.cli.wiring import command

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kinetamine.course import Course


@command
def simulate(
    course: CourseFlags,
    person: PersonFlags,
    output: OutputFlags,
    table: TableFlags,
    file: Annotated[
        Path | None,
        typer.Argument(metavar="FILE", help="A course (.toml) or a NONMEM event table (.csv).", show_default=False),
    ] = None,
) -> None:
    """Simulate a course and summarise it; flags override the file."""
    from kinetamine.cli.courses import read_courses
    from kinetamine.cli.files import wanted_files

    courses = read_courses(file, person, course, table)
    if output.only_doses:
        _doses(courses, output)
        return
    files = wanted_files(output)
    if output.as_json:
        from kinetamine.cli.machine import print_courses

        print_courses(courses, files, output)
    else:
        from kinetamine.cli.reading import say_courses

        say_courses(courses, files, output)


def _doses(courses: Mapping[str, Course], output: OutputFlags) -> None:
    from kinetamine.cli.dose_table import say_doses
    from kinetamine.cli.terminal import out, print_json
    from kinetamine.engine.table_cells import about
    from kinetamine.report.given import given

    found = {}
    for identity, course in courses.items():
        with about(identity if len(courses) > 1 else ""):
            found[identity] = given(course)
    if output.as_json:
        print_json({identity or "1": [dose.to_json() for dose in doses] for identity, doses in found.items()})
        return
    for identity, doses in found.items():
        if identity:
            out().rule(f"Person {identity}", align="left", style="dim")
        if doses:
            say_doses(doses, most=None)
        else:
            out().print("No dose: another treatment is given in ketamine's place.")
