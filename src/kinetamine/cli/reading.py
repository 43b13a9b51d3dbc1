"""What ``simulate`` prints for a person to read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from rich.text import Text

from kinetamine.cli.dose_table import given, say_doses
from kinetamine.cli.files import Wanted, write_all
from kinetamine.cli.terminal import columns, out, progress, say_disclaimer, say_warnings, say_written, table
from kinetamine.course import simulate
from kinetamine.report.summary import COURSE, summary
from kinetamine.report.words import figure, person_words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.table import Table

    from kinetamine.cli.flags import OutputFlags
    from kinetamine.course import Course
    from kinetamine.engine.trajectory import Trajectory
    from kinetamine.report.rows import Row


def say_courses(courses: Mapping[str, Course], files: Sequence[Wanted], flags: OutputFlags) -> None:
    """Simulate every course, print what it comes to, and write its files."""
    written = []
    for identity in progress(list(courses), "Simulating"):
        course = courses[identity]
        doses = given(course)
        trajectory = simulate(course)
        written += write_all(files, flags, trajectory, course, identity if len(courses) > 1 else "")
        _say_heading(course)
        say_doses(doses)
        _say_summary(trajectory)
        say_warnings(trajectory.warnings)
    say_written(written)
    say_disclaimer()


def _say_heading(course: Course) -> None:
    people = f"{course.people} virtual people" if course.people else "typical person only"
    console = out()
    console.print()
    console.print(Text(course.title, style="bold cyan"))
    console.print(Text(f"{person_words(course.person)}; {course.pk_model.name}; {people}", style="dim"))
    console.print()


def _say_summary(trajectory: Trajectory) -> None:
    rows = summary(trajectory)
    console = out()
    for section, members in groupby(rows, key=lambda row: row.section):
        console.print(_section(section, members))
        console.print()


def _section(section: str, rows: Iterable[Row]) -> Table:
    body = columns(
        table(section),
        ("", "left"),
        ("typical", "right"),
        ("5th\u201395th", "right"),
        ("unit", "left"),
        ("when", "left"),
        wrap=("", "when"),
    )
    for row in rows:
        between = f"{figure(row.range[0])} \u2013 {figure(row.range[1])}" if row.range else ""
        body.add_row(row.quantity, Text(figure(row.value), style="bold"), Text(between, style="dim"), row.unit, row.time)
    return body
