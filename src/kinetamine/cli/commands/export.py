"""kinetamine export: a course for other people's software."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kinetamine.cli.flags import CourseFlags, PersonFlags, TableFlags, listed
from kinetamine.cli.wiring import command
from kinetamine.errors import FieldError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kinetamine.course import Course
    from kinetamine.interop.measurements import Measurement

_FORMATS = "What to write"
_DATA = "Data"


@dataclass(frozen=True, kw_only=True)
class ExportFlags:
    """What to write, and the data that go with it."""

    sbml: Annotated[
        Path | None,
        typer.Option(
            "--sbml", help="The typical person's equations as SBML.", metavar="FILE", rich_help_panel=_FORMATS
        ),
    ] = None
    nonmem: Annotated[
        Path | None,
        typer.Option("--nonmem", help="Doses and simulated readings.", metavar="FILE", rich_help_panel=_FORMATS),
    ] = None
    petab: Annotated[
        Path | None,
        typer.Option("--petab", help="An estimation problem.", metavar="DIR", rich_help_panel=_FORMATS),
    ] = None
    outputs: Annotated[
        str | None,
        typer.Option(
            "--outputs", help="What --nonmem reads, by comma; DVID numbers it.", metavar="NAMES", rich_help_panel=_DATA
        ),
    ] = None
    times: Annotated[
        str | None,
        typer.Option("--times", help="When --nonmem reads, by comma.", metavar="HOURS", rich_help_panel=_DATA),
    ] = None
    residual: Annotated[
        bool, typer.Option("--residual", help="Readings of --nonmem stray as real ones do.", rich_help_panel=_DATA)
    ] = False
    study: Annotated[
        str | None,
        typer.Option(
            "--study",
            help="Published results for --petab; its doses must be yours.",
            metavar="NAME",
            rich_help_panel=_DATA,
        ),
    ] = None
    arm: Annotated[
        str, typer.Option("--arm", help="Of that study.", metavar="NAME", rich_help_panel=_DATA, show_default=False)
    ] = ""
    estimate: Annotated[
        str | None,
        typer.Option(
            "--estimate",
            help="Numbers for --petab to find: CL,depression.SIZE.",
            metavar="NAMES",
            rich_help_panel=_DATA,
        ),
    ] = None


@command
def export(
    course: CourseFlags,
    person: PersonFlags,
    table: TableFlags,
    flags: ExportFlags,
    file: Annotated[
        Path | None,
        typer.Argument(metavar="FILE", help="A course (.toml) or a NONMEM event table (.csv).", show_default=False),
    ] = None,
) -> None:
    """Write a course as SBML, as a NONMEM table or as a PEtab problem, for other software."""
    from kinetamine.cli.courses import read_courses
    from kinetamine.cli.terminal import say_disclaimer, say_warnings, say_written

    _check(flags)
    _require_used(flags, course.people)
    # Without --people a table holds the typical person alone.
    courses = {
        name: replace(one, people=course.people or 0) for name, one in read_courses(file, person, course, table).items()
    }
    texts = {**_sbml(courses, flags), **_nonmem(courses, flags), **_petab(courses, flags, file, table)}
    say_warnings(
        dict.fromkeys(line for one in courses.values() for line in one.warnings() if line.startswith("OUTSIDE"))
    )
    say_written(_write(texts))
    say_disclaimer()


def _check(flags: ExportFlags) -> None:
    """Refuse what cannot be written before any work is done."""
    from kinetamine.cli.files import Wanted

    if flags.sbml is None and flags.nonmem is None and flags.petab is None:
        raise FieldError("export", None, "at least one of --sbml FILE.xml, --nonmem FILE.csv and --petab DIR")
    if flags.sbml is not None:
        Wanted("--sbml", flags.sbml).checked((".xml", ".sbml"))
    if flags.nonmem is not None:
        Wanted("--nonmem", flags.nonmem).checked((".csv",))
    if flags.petab is not None and flags.petab.exists() and not flags.petab.is_dir():
        raise FieldError("--petab", str(flags.petab), "a folder, not a file")


def _require_used(flags: ExportFlags, people: int | None) -> None:
    """Refuse what says nothing about any of the files that are asked for."""
    table, problem = flags.nonmem is not None, flags.petab is not None
    readings = table or (problem and flags.study is None)
    a_table, a_problem = "--nonmem FILE.csv beside it", "--petab DIR beside it"
    rules = (
        ("--people", people, table, f"{a_table}: SBML and PEtab hold the typical person alone"),
        ("--outputs", flags.outputs, readings, f"{a_table}, or --petab DIR with the readings of a table"),
        ("--times", flags.times, table, a_table),
        ("--residual", flags.residual, table, a_table),
        ("--study", flags.study, problem, a_problem),
        ("--arm", flags.arm, problem and flags.study is not None, "--petab DIR and --study NAME beside it"),
        ("--estimate", flags.estimate, problem, a_problem),
    )
    for flag, given, is_used, expected in rules:
        if given and not is_used:
            raise FieldError(flag, given, expected)


Texts = dict[tuple[str, Path], str]
"""By flag and place."""


def _sbml(courses: Mapping[str, Course], flags: ExportFlags) -> Texts:
    if flags.sbml is None:
        return {}
    from kinetamine.cli.files import Wanted
    from kinetamine.engine.table_cells import about
    from kinetamine.interop.sbml import to_sbml

    texts: Texts = {}
    for identity, one in courses.items():
        with about(identity if len(courses) > 1 else ""):
            place = Wanted("--sbml", flags.sbml).for_person(identity if len(courses) > 1 else "").path
            texts["--sbml", place] = to_sbml(one)
    return texts


def _nonmem(courses: Mapping[str, Course], flags: ExportFlags) -> Texts:
    if flags.nonmem is None:
        return {}
    from kinetamine.interop.nonmem import Wanted, to_nonmem

    outputs = () if flags.outputs is None else listed(flags.outputs)
    wanted = Wanted(outputs=outputs, times_h=_hours(flags.times), residual=flags.residual)
    return {("--nonmem", flags.nonmem): to_nonmem(courses, wanted)}


def _hours(text: str | None) -> tuple[float, ...]:
    try:
        return tuple(float(one) for one in (text or "").split(",") if one.strip())
    except ValueError as error:
        raise FieldError("--times", text, "hours between commas, such as 0.5,1,24") from error


def _petab(courses: Mapping[str, Course], flags: ExportFlags, file: Path | None, table: TableFlags) -> Texts:
    if flags.petab is None:
        return {}
    from kinetamine.cli.files import Wanted
    from kinetamine.cli.terminal import say_notes
    from kinetamine.engine.table_cells import about
    from kinetamine.interop.petab import estimation_problem

    names = () if flags.estimate is None else listed(flags.estimate)
    texts: Texts = {}
    for identity, one in courses.items():
        with about(identity if len(courses) > 1 else ""):
            folder = Wanted("--petab", flags.petab).for_person(identity if len(courses) > 1 else "").path
            measured = _measured(one, identity, flags, file, table)
            problem = estimation_problem(one, measured, names)
            texts |= {("--petab", folder / name): text for name, text in problem.items()}
            say_notes(dict.fromkeys(each.caution for each in measured if each.caution))
    return texts


def _measured(
    course: Course, identity: str, flags: ExportFlags, file: Path | None, table: TableFlags
) -> tuple[Measurement, ...]:
    """Published results, or the readings of the table."""
    from kinetamine import catalogue
    from kinetamine.cli.courses import TABLES
    from kinetamine.engine.event_table import read_event_table
    from kinetamine.interop.measurements import from_observations, published

    if flags.study is not None:
        return published(flags.study, course, flags.arm)
    if file is None or file.suffix.lower() not in TABLES:
        raise FieldError("--petab", str(flags.petab), "readings beside it: --study NAME, or an event table with DV")
    tables = read_event_table(
        file,
        form=table.form,
        route=table.route,
        covariate_interpolation=table.covariates,
        restart_after_reset=table.restart_after_reset,
        known_routes=catalogue.names("routes"),
    )
    return from_observations(tables[identity].observations, () if flags.outputs is None else listed(flags.outputs))


def _write(texts: Texts) -> list[Path]:
    """Every file; nothing is written before all of it is known."""
    from kinetamine.interop.whole import write_texts

    folders: dict[tuple[str, Path], dict[str, str]] = {}
    for (flag, place), text in texts.items():
        folders.setdefault((flag, place.parent), {})[place.name] = text
    written: list[Path] = []
    for (flag, folder), files in folders.items():
        try:
            written += write_texts(folder, files)
        except OSError as error:
            expected = f"a path that can be written to ({error.strerror or error})"
            raise FieldError(flag, str(folder), expected) from error
    return written
