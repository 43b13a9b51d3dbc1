"""kinetamine sensitivity: which numbers of a course move its results most."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

import typer

from kinetamine.cli.flags import PersonFlags, TreatmentFlags
from kinetamine.cli.wiring import command


@dataclass(frozen=True, kw_only=True)
class SensitivityFlags:
    """What varies and what is looked at."""

    target: Annotated[
        str | None,
        typer.Option(
            "--target",
            help="Columns of the endpoints, by comma: madrs_24h,cadss_max.",
            metavar="NAMES",
            show_default="a level, an effect and a score",
        ),
    ] = None
    vary: Annotated[
        str,
        typer.Option(
            "--vary",
            help="people (as they differ), numbers (as they are uncertain), all, or names by comma: "
            "CL,depression.SIZE; a range may be given: CL=50:90.",
            metavar="WORDS",
        ),
    ] = "all"
    method: Annotated[
        Literal["sobol", "morris"], typer.Option("--method", help="Indices after Sobol', or screening after Morris.")
    ] = "sobol"
    samples: Annotated[
        int | None,
        typer.Option(
            "--samples",
            help="Base samples of Sobol', a power of two; or trajectories of Morris.",
            metavar="N",
            show_default="256, or 32",
        ),
    ] = None
    seed: Annotated[int, typer.Option("--seed", help="Of the samples.", metavar="N")] = 1
    threads: Annotated[int, typer.Option("--threads", help="Threads of this process.", metavar="N")] = 2
    figure: Annotated[
        Path | None,
        typer.Option("--figure", help="Picture: .png, .pdf or .svg.", metavar="FILE", show_default=False),
    ] = None
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON, and nothing else.")] = False


@command
def sensitivity(
    course: TreatmentFlags,
    person: PersonFlags,
    wanted: SensitivityFlags,
    file: Annotated[
        Path | None, typer.Argument(metavar="COURSE", help="A course (.toml), unless --regimen.", show_default=False)
    ] = None,
) -> None:
    """Rank the numbers behind a course by how much they move its results."""
    from kinetamine.cli.courses import read_course
    from kinetamine.cli.files import Wanted, write_whole
    from kinetamine.cli.sensitivities import found_for, say_sensitivity, targets_of
    from kinetamine.cli.study_flags import PICTURES
    from kinetamine.cli.terminal import print_json, say_disclaimer, say_written
    from kinetamine.report.sensitivity_document import as_mapping, asked

    picture = Wanted("--figure", wanted.figure).checked(PICTURES) if wanted.figure else None
    study, names = asked(read_course(file, person, course), targets_of(wanted.target), wanted.seed)
    found = found_for(study, names, wanted)
    model = study.problem.model.name
    if wanted.as_json:
        print_json(as_mapping(found, study))
    else:
        say_sensitivity(found, study)
    if picture:
        from kinetamine.report.sensitivity import write_sensitivity

        path = write_whole(picture, lambda part: write_sensitivity(found, model, part))
        if not wanted.as_json:
            say_written([path])
    if not wanted.as_json:
        say_disclaimer()
