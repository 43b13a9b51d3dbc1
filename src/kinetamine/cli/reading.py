"""What ``simulate`` prints for a person to read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from rich.text import Text

from kinetamine.cli.digest import say_digest
from kinetamine.cli.dose_table import say_doses
from kinetamine.cli.files import Wanted, write_all
from kinetamine.cli.fitting import Fitted
from kinetamine.cli.harms import say_harms
from kinetamine.cli.terminal import columns, out, progress, say_disclaimer, say_warnings, say_written, table
from kinetamine.course import Course
from kinetamine.engine.table_cells import about
from kinetamine.report.arms import mechanism_words, run, treatments, uses_mechanism
from kinetamine.report.doses import doses_of
from kinetamine.report.given import Given, given
from kinetamine.report.harms import Harms, harms_of
from kinetamine.report.rows import Row
from kinetamine.report.summary import COURSE, summary
from kinetamine.report.words import figure, person_words

if TYPE_CHECKING:
    from kinetamine.cli.flags import OutputFlags

_COMPARED = ("Peak CADSS", "Largest rise of systolic pressure")


@dataclass(frozen=True)
class Done:
    """What is left of a simulation once its files are written."""

    course: Course
    doses: list[Given]
    rows: tuple[Row, ...]
    warnings: tuple[str, ...]
    files: list[Path]
    mechanism: str = ""
    harms: Harms | None = None


def say_courses(courses: Mapping[str, Course], files: Sequence[Wanted], flags: OutputFlags) -> None:
    """Simulate every course, write its files, and print what it comes to."""
    with progress(list(courses), "Simulating") as identities:
        done = {identity: _run(identity, courses, files, flags) for identity in identities}
    if len(done) == 1:
        _say_one(*done.values())
    else:
        _say_many(done)
    say_written([path for one in done.values() for path in one.files])
    say_disclaimer()


def _run(identity: str, courses: Mapping[str, Course], files: Sequence[Wanted], flags: OutputFlags) -> Done:
    course, whose = courses[identity], identity if len(courses) > 1 else ""
    with about(whose):
        doses = given(course)
        trajectory = run(course)
        written = write_all(files, flags, trajectory, course, whose)
        return Done(
            course,
            doses,
            summary(trajectory),
            trajectory.warnings,
            written,
            mechanism_words(course) if uses_mechanism(trajectory) else "",
            harms_of(course),
        )


def _say_one(done: Done) -> None:
    course, console = done.course, out()
    people = f"{course.people} virtual people" if course.people else "typical person only"
    console.print()
    console.print(Text(course.title, style="bold cyan"))
    model = f"{course.pk_model.name}; " if course.doses else ""
    console.print(Text(f"{person_words(course.person)}; {model}{people}", style="dim"))
    if done.mechanism:
        console.print(Text(f"mechanism: {done.mechanism} (kinetamine hypotheses: its rivals)", style="dim"))
    console.print()
    if done.doses:
        say_doses(done.doses)
    if treatments(course):
        console.print(Text(doses_of(course).sentence if not done.doses else f"Beside it: {treatments(course)}."))
        console.print()
    say_digest(done.rows)
    say_harms(done.harms)
    say_warnings(done.warnings)


def _say_many(done: Mapping[str, Done]) -> None:
    """One line a person; each person's own report has the rest."""
    first = list(dict.fromkeys(row.quantity for one in done.values() for row in one.rows if row.section == COURSE))
    peaks = [quantity for quantity in first if quantity.startswith("Cmax")][:2]
    quantities = [*peaks, *(quantity for quantity in first if quantity in _COMPARED)]
    body = columns(
        table(f"{len(done)} people"),
        ("ID", "left"),
        ("model", "left"),
        ("doses", "right"),
        ("mg base", "right"),
        *((_on_short_lines(quantity), "right") for quantity in quantities),
    )
    for identity, one in done.items():
        values = {row.quantity: row.value for row in one.rows if row.section == COURSE}
        numbers = (figure(values.get(quantity)) for quantity in quantities)
        total = figure(one.doses[-1].total_mg if one.doses else 0.0)
        count = str(one.doses[-1].number if one.doses else 0)
        body.add_row(identity, one.course.pk_model.name, count, total, *numbers)
    console = out()
    console.print(Fitted(body))
    console.print()
    by_sentence: dict[str, list[str]] = {}
    for identity, one in done.items():
        for sentence in one.warnings:
            by_sentence.setdefault(sentence, []).append(identity)
    say_warnings(f"{sentence} (ID {', '.join(who)})" for sentence, who in by_sentence.items())


def _on_short_lines(quantity: str) -> str:
    words = quantity.replace(",", "").replace("Largest rise of", "rise of").split()
    return "\n".join(words)
