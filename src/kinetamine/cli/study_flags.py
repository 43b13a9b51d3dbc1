"""Options of a study of many people, in groups; each field is one option."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from kinetamine.errors import FieldError, UnknownNameError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kinetamine.course import Course
    from kinetamine.population.study import Study
    from kinetamine.population.workers import Workers

_WHO = "The people"
_WATCHED = "What is watched"
_RUN = "How it is run"
_OUTPUT = "What to write"
_MOST_THREADS = 256
PICTURES = (".png", ".pdf", ".svg")


def _option(flag: str, help_text: str, panel: str, **more: Any) -> Any:
    return typer.Option(*flag.split(), help=help_text, rich_help_panel=panel, **more)


@dataclass(frozen=True, kw_only=True)
class StudyFlags:
    """Who they are and what is watched in them."""

    n: Annotated[int, _option("-n --n --people", "How many people.", _WHO, metavar="N")] = 10_000
    population: Annotated[
        str,
        _option("--population", "Whom to draw; kinetamine models --kind populations lists them.", _WHO, metavar="NAME"),
    ] = "trd_trials"
    seed: Annotated[
        int, _option("--seed", "Of the people; the same seed draws the same people.", _WHO, metavar="N")
    ] = 1
    draws: Annotated[
        int,
        _option(
            "--draws",
            "Repeat with so many draws, 20 or more, of the papers' uncertain numbers, the first 1000 people each time.",
            _WATCHED,
            metavar="K",
        ),
    ] = 0
    outputs: Annotated[
        str | None,
        _option(
            "--outputs",
            "Levels and readouts to watch, by comma, or all.",
            _WATCHED,
            metavar="NAMES",
            show_default="levels, effects and scores",
        ),
    ] = None
    threshold: Annotated[
        list[str] | None,
        _option(
            "--threshold",
            "Count who reaches a value: systolic_rise=40. May be repeated.",
            _WATCHED,
            metavar="NAME=VALUE",
            show_default=False,
        ),
    ] = None
    readings: Annotated[
        bool,
        _option("--readings", "Count shares by scores as somebody would read them, scatter included.", _WATCHED),
    ] = False
    exposure_response: Annotated[
        list[str] | None,
        _option(
            "--exposure-response",
            "A column of the endpoints by bins of another: ketamine_arterial_max:madrs_24h. May be repeated.",
            _WATCHED,
            metavar="EXPOSURE:RESPONSE",
            show_default=False,
        ),
    ] = None
    bins: Annotated[int, _option("--bins", "Bins of equal number for it.", _WATCHED, metavar="N")] = 5

    def study(self, course: Course, how: RunFlags) -> Study:
        """The study that they ask for.

        Raises:
            InputError: in one sentence.
        """
        from dataclasses import replace

        from kinetamine.population.study import Study

        names = None if self.outputs is None or self.outputs.strip() == "all" else _names(self.outputs)
        asked = Study(
            course=course,
            readings=self.readings,
            population=self.population,
            people=self.n,
            seed=self.seed,
            outputs=names,
            thresholds=_thresholds(self.threshold or ()),
            tolerance=how.tolerance,
            precision=how.precision,
        )
        return replace(asked, outputs=tuple(asked.predicted)) if self.outputs and names is None else asked

    def pairs(self, known: tuple[str, ...]) -> list[tuple[str, str]]:
        """Exposure and response of each table that is wanted.

        Raises:
            InputError: no pair, or a column that is not known.
        """
        found = []
        for text in self.exposure_response or ():
            exposure, colon, response = (part.strip() for part in text.partition(":"))
            if not (exposure and colon and response):
                expected = "two columns, such as ketamine_arterial_max:madrs_24h"
                raise FieldError("--exposure-response", text, expected)
            for name in (exposure, response):
                if name not in known:
                    raise UnknownNameError("column", name, known)
            found.append((exposure, response))
        return found


@dataclass(frozen=True, kw_only=True)
class RunFlags:
    """How exactly, where, and with how many."""

    tolerance: Annotated[
        float,
        _option("--tolerance", "Largest error against the reference solver, as a share.", _RUN, metavar="SHARE"),
    ] = 1e-3
    precision: Annotated[
        Literal["double", "mixed"],
        _option("--precision", "Of the steps: mixed is faster and less exact.", _RUN),
    ] = "double"
    folder: Annotated[
        Path | None,
        _option(
            "--folder",
            "Keep finished pieces here; the same command takes the study up again.",
            _RUN,
            metavar="DIR",
            show_default=False,
        ),
    ] = None
    threads: Annotated[int, _option("--threads", "Threads of this process.", _RUN, metavar="N")] = 2
    workers: Annotated[
        int | None,
        _option("--workers", "Processes on this machine instead.", _RUN, metavar="N", show_default=False),
    ] = None
    cluster: Annotated[
        str | None,
        _option(
            "--cluster",
            "A Dask cluster that runs already: tcp://host:8786.",
            _RUN,
            metavar="ADDRESS",
            show_default=False,
        ),
    ] = None

    def others(self) -> Workers | None:
        """Other processes or machines, where they are asked for.

        Raises:
            FieldError: both, or numbers that mean nothing.
        """
        require_threads(self.threads)
        if self.workers is not None and self.cluster is not None:
            raise FieldError("--workers", self.workers, "either --workers or --cluster, not both")
        if self.workers is None and self.cluster is None:
            return None
        from kinetamine.population.workers import Workers

        return Workers(processes=self.workers, address=self.cluster)


@dataclass(frozen=True, kw_only=True)
class StudyOutputFlags:
    """What to write beside the tables."""

    figure: Annotated[
        Path | None,
        _option("--figure", "Picture of the bands: .png, .pdf or .svg.", _OUTPUT, metavar="FILE", show_default=False),
    ] = None
    csv: Annotated[
        Path | None,
        _option(
            "--csv", "Bands over time, a row for each output and time.", _OUTPUT, metavar="FILE", show_default=False
        ),
    ] = None
    endpoints: Annotated[
        Path | None,
        _option("--endpoints", "A row for each person: .parquet or .csv.", _OUTPUT, metavar="FILE", show_default=False),
    ] = None
    as_json: Annotated[bool, _option("--json", "Print everything as JSON, and nothing else.", _OUTPUT)] = False


def require_threads(threads: int) -> None:
    """Refuse a number of threads that means nothing.

    Raises:
        FieldError: in one sentence.
    """
    if not 1 <= threads <= _MOST_THREADS:
        raise FieldError("--threads", threads, f"1 to {_MOST_THREADS} threads")


def _names(text: str) -> tuple[str, ...]:
    found = tuple(dict.fromkeys(name.strip() for name in text.split(",") if name.strip()))
    if not found:
        raise FieldError("--outputs", text, "names by comma, or all")
    return found


def _thresholds(texts: Sequence[str]) -> dict[str, float]:
    found: dict[str, float] = {}
    for text in texts:
        name, value = _threshold(text)
        if name in found:
            raise FieldError("--threshold", text, f"one value for each output, as {name} has {found[name]:g} already")
        found[name] = value
    return found


def _threshold(text: str) -> tuple[str, float]:
    name, _, value = text.partition("=")
    try:
        return name.strip(), float(value)
    except ValueError as error:
        raise FieldError("--threshold", text, "an output and a number, such as systolic_rise=40") from error
