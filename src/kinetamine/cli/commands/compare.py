"""kinetamine compare: the same course by several PK models."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kinetamine.cli.flags import CourseFlags, PersonFlags, listed
from kinetamine.cli.wiring import command
from kinetamine.errors import FieldError

if TYPE_CHECKING:
    from kinetamine.course import Course
    from kinetamine.engine.trajectory import Trajectory
    from kinetamine.report.exposures import Exposure


@command
def compare(
    what: Annotated[str, typer.Argument(metavar="COURSE", help="A course (.toml) or doses in words.")],
    person: PersonFlags,
    models: Annotated[str | None, typer.Option("--models", help="PK models, by comma.", metavar="NAMES")] = None,
    outside: Annotated[bool, typer.Option("--outside", help="Include models outside their studied range.")] = False,
    figure: Annotated[
        Path | None,
        typer.Option(
            "--figure", help="Picture: .png, .pdf or .svg; or .html, a report.", metavar="FILE", show_default=False
        ),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON, and nothing else.")] = False,
) -> None:
    """Compare what several PK models predict for one course."""
    from kinetamine import course as courses
    from kinetamine.cli.courses import TABLES, read_course
    from kinetamine.cli.files import PICTURES, Wanted, write_comparison
    from kinetamine.cli.terminal import print_json, say_written
    from kinetamine.report.exposures import exposures, left_out

    if Path(what).suffix.lower() in TABLES:
        raise FieldError("COURSE", what, "a course (.toml) or doses in words; kinetamine simulate takes event tables")
    is_file = Path(what).suffix == ".toml"
    flags = CourseFlags(regimen=None if is_file else what, outside=outside)
    course = read_course(Path(what) if is_file else None, person, flags)
    picture = Wanted("--figure", figure).checked(PICTURES) if figure else None
    found = courses.compare(course, listed(models) if models else None)
    rows = exposures(found, course)
    missing = {} if models else left_out(found, course)
    if as_json:
        print_json({"exposures": [row.to_json() for row in rows], "left_out": missing})
    else:
        _say(course, found, rows, missing)
    if picture:
        path = write_comparison(picture, found, course)
        if not as_json:
            say_written([path])


def _say(
    course: Course, found: dict[str, Trajectory], rows: list[Exposure], missing: dict[str, tuple[str, ...]]
) -> None:
    from kinetamine.cli.comparison import say_comparison
    from kinetamine.cli.dose_table import say_doses
    from kinetamine.cli.terminal import say_disclaimer
    from kinetamine.report.given import given

    say_doses(given(course))
    say_comparison(found, rows, missing)
    say_disclaimer()
