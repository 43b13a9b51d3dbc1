"""kinetamine cite: the BibTeX of exactly what was used."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kinetamine.cli.wiring import command


@command
def cite(
    names: Annotated[
        list[str] | None,
        typer.Argument(metavar="NAME...", help="Models, routes, effects, regimens ...", show_default=False),
    ] = None,
    course: Annotated[
        Path | None,
        typer.Option("--course", help="A course: cite all that a run of it uses.", metavar="FILE", show_default=False),
    ] = None,
) -> None:
    """Print BibTeX for entries of the library, or for all that a course uses."""
    from kinetamine import citation
    from kinetamine.report.entries import find

    used: list[object] = [find(name).entry for name in names or []]
    if course is not None:
        used.append(_run(course))
    text = citation.cite(*used)
    if text:
        typer.echo(text)
    else:
        typer.echo("Nothing to cite: these entries hold by definition.", err=True)


def _run(file: Path) -> object:
    """A run of the typical person: its references are what a full run uses."""
    from dataclasses import replace

    from kinetamine.cli.courses import read_course
    from kinetamine.cli.flags import CourseFlags, PersonFlags
    from kinetamine.course import simulate

    return simulate(replace(read_course(file, PersonFlags(), CourseFlags()), people=0))
