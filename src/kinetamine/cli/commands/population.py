"""kinetamine population: one course given to thousands of virtual people."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kinetamine.cli.flags import TableFlags, TreatmentFlags
from kinetamine.cli.study_flags import RunFlags, StudyFlags, StudyOutputFlags
from kinetamine.cli.wiring import command

INTERRUPTED = 130
"""Exit code of a study that was stopped from the keyboard, as shells have it; what is printed is what was done."""


@command
def population(
    course: TreatmentFlags,
    who: StudyFlags,
    how: RunFlags,
    output: StudyOutputFlags,
    table: TableFlags,
    file: Annotated[
        Path | None,
        typer.Argument(metavar="FILE", help="A course (.toml) or a NONMEM event table (.csv).", show_default=False),
    ] = None,
) -> None:
    """Give a course to many virtual people, and show how they differ."""
    from kinetamine.cli.population_run import done, load_ahead, one_course, say_stopped, stopped, wanted_files
    from kinetamine.cli.terminal import print_json

    files = wanted_files(output)
    others = how.others()
    try:
        study = who.study(one_course(file, course, table), how)
        load_ahead(files)
        found = done(study, who, how, others)
    except KeyboardInterrupt:
        say_stopped(None, how.folder)
        raise typer.Exit(INTERRUPTED) from None
    if output.as_json:
        from kinetamine.report.population_document import as_mapping

        written = [one.write(found) for one in files]
        print_json(as_mapping(found, written))
    else:
        from kinetamine.cli.population_words import say_found
        from kinetamine.cli.terminal import say_disclaimer, say_written

        say_found(found)
        say_written(one.write(found) for one in files)
        say_disclaimer()
    if stopped(found, who):
        say_stopped(found.findings, how.folder)
        raise typer.Exit(INTERRUPTED)
