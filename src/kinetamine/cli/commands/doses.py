"""kinetamine doses: the doses that some words mean."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kinetamine.cli.flags import CourseFlags, PersonFlags
from kinetamine.cli.wiring import command


@command
def doses(
    words: Annotated[str, typer.Argument(help='Such as "0.5 mg/kg iv over 40 min, twice weekly for 3 weeks".')],
    weight: Annotated[float | None, typer.Option("--weight", help="Body weight in kg.", metavar="KG")] = None,
    nonmem: Annotated[
        Path | None, typer.Option("--nonmem", help="Write a NONMEM event table (.csv).", metavar="PATH")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON, and nothing else.")] = False,
) -> None:
    """Print the doses that words mean, row by row."""
    from kinetamine.cli.courses import read_course
    from kinetamine.cli.dose_table import say_doses
    from kinetamine.cli.files import Wanted, write_whole
    from kinetamine.cli.terminal import print_json, say_written
    from kinetamine.engine.event_table import regimen_table, write_event_table
    from kinetamine.report.given import given

    course = read_course(None, PersonFlags(weight=weight), CourseFlags(regimen=words))
    found = given(course)
    if nonmem is not None and course.regimen is not None:
        wanted = Wanted("--nonmem", nonmem).checked((".csv",))
        tables = {"1": regimen_table(course.regimen, course.person)}
        write_whole(wanted, lambda part: write_event_table(tables, part))
    if as_json:
        print_json([dose.to_json() for dose in found])
    else:
        say_doses(found, most=None)
        say_written([nonmem] if nonmem else [])
