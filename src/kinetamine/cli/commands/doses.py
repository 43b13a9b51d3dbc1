"""kinetamine doses: the doses that some words mean."""

from __future__ import annotations

from typing import Annotated

import typer

from kinetamine.cli.flags import CourseFlags, PersonFlags
from kinetamine.cli.wiring import command


@command
def doses(
    words: Annotated[str, typer.Argument(help='Such as "0.5 mg/kg iv over 40 min, twice weekly for 3 weeks".')],
    weight: Annotated[float | None, typer.Option("--weight", help="Body weight in kg.", metavar="KG")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON, and nothing else.")] = False,
) -> None:
    """Print the doses that words mean, row by row."""
    from kinetamine.cli.courses import read_course
    from kinetamine.cli.dose_table import given, say_doses
    from kinetamine.cli.terminal import print_json

    found = given(read_course(None, PersonFlags(weight=weight), CourseFlags(regimen=words)))
    if as_json:
        print_json([dose.to_json() for dose in found])
    else:
        say_doses(found, most=None)
