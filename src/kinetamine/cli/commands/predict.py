"""kinetamine predict: what a trial of this course would find, with all that is not known."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kinetamine.cli.flags import CourseFlags, PersonFlags
from kinetamine.cli.wiring import command
from kinetamine.errors import FieldError

if TYPE_CHECKING:
    import numpy as np

    from kinetamine.prediction import Forecast


@dataclass(frozen=True, kw_only=True)
class ForecastFlags:
    """What is to be forecast."""

    n: Annotated[int, typer.Option("--n", help="People in the arm, or in each of two.", metavar="N")] = 30
    against: Annotated[
        str | None,
        typer.Option("--against", help="Difference to this comparator.", metavar="NAME", show_default=False),
    ] = None
    readout: Annotated[str, typer.Option("--readout", help="What is measured.", metavar="NAME")] = "madrs"
    days: Annotated[
        str, typer.Option("--days", help="When, in days since the first session, by comma.", metavar="DAYS")
    ] = "0,1,3,7,14,28"
    level: Annotated[float, typer.Option("--level", help="Chance that the interval holds the mean.")] = 0.9
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON, and nothing else.")] = False


@command
def predict(
    course: CourseFlags,
    person: PersonFlags,
    wanted: ForecastFlags,
    file: Annotated[
        Path | None, typer.Argument(metavar="COURSE", help="A course (.toml), unless --regimen.", show_default=False)
    ] = None,
) -> None:
    """Predict the mean of an arm, or the difference between two, as a trial would find it."""
    from kinetamine import prediction
    from kinetamine.cli.courses import read_course
    from kinetamine.cli.terminal import print_json
    from kinetamine.engine.comparator import HOURS_PER_DAY

    given = read_course(file, person, course)
    asked: dict[str, Any] = {
        "n": wanted.n,
        "times_h": tuple(HOURS_PER_DAY * day for day in _days(wanted.days)),
        "readout": wanted.readout,
        "level": wanted.level,
    }
    if wanted.against is None:
        found = prediction.predict(given, **asked)
    else:
        found = prediction.contrast(given, replace(given, comparator=wanted.against), **asked)
    if wanted.as_json:
        print_json(prediction.as_mapping(found, wanted.against))
    else:
        _say(found, given.title, wanted.against)


def _days(text: str) -> tuple[float, ...]:
    try:
        days = sorted({float(piece) for piece in text.split(",")})
    except ValueError as error:
        raise FieldError("--days", text, "days by comma, as 1,7,28") from error
    if not days or days[0] < 0.0:
        raise FieldError("--days", text, "days of 0 or more")
    return tuple(days)


def _spread(sd: np.ndarray, at: int, digits: int) -> str:
    """A standard deviation; a dash where it is zero at all times, since nothing is known of it."""
    return f"{sd[at]:.{digits}f}" if (sd > 0.0).any() else "–"


def _say(found: Forecast, title: str, against: str | None) -> None:
    from kinetamine.cli.fitting import Fitted
    from kinetamine.cli.terminal import columns, out, say_disclaimer, say_warnings, table
    from kinetamine.engine.comparator import HOURS_PER_DAY

    what = f"mean {found.readout}" if against is None else f"difference in {found.readout} to {against}"
    arms = f"{found.n} people" if against is None else f"{found.n} people an arm"
    body = columns(
        table(f"{title}: {what}, {arms}"),
        ("day", "right"),
        (f"mean\n{found.unit}", "right"),
        (f"{100.0 * found.level:g} % of trials", "right"),
        ("numbers", "right"),
        ("trials", "right"),
        ("sampling", "right"),
    )
    low, high = found.interval
    digits = 1 if found.unit not in {"fraction", "1", "ratio"} else 3
    for at, time_h in enumerate(found.times_h):
        body.add_row(
            f"{time_h / HOURS_PER_DAY:g}",
            f"{found.mean[at]:.{digits}f}",
            f"{low[at]:.{digits}f} to {high[at]:.{digits}f}",
            *(_spread(sd, at, digits) for sd in (found.sd_numbers, found.sd_trials, found.sd_sampling)),
        )
    out().print(Fitted(body))
    say_warnings(found.notes)
    out().print("The last three columns are the standard deviations that the interval is made of.", style="dim")
    say_disclaimer()
