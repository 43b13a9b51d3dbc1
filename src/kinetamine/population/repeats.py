"""A study once more for each of several possible truths: the same people, other numbers from the papers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import numpy as np
from jaxtyping import Float

from kinetamine import posterior
from kinetamine.course import Course
from kinetamine.engine.model import Effect, PKModel
from kinetamine.errors import FieldError, UnknownNameError
from kinetamine.population.batch import Runner
from kinetamine.population.conduct import prepared
from kinetamine.population.endpoints import endpoints
from kinetamine.population.findings import Findings
from kinetamine.population.lot import stacked
from kinetamine.population.streams import uniforms
from kinetamine.population.uncertainty import uncertain

FEWEST_DRAWS, MOST_DRAWS, MOST_PEOPLE = 20, 500, 1000
"""People in each draw, at most: the same in all of them, so that chance in who they are cancels."""
CONTAINS = "uncertainty of the papers' numbers, as far as it is known; not how people differ"
Column = Callable[[str], np.ndarray]
"""One column of endpoints by its name."""


@dataclass(frozen=True, repr=False)
class Repeats:
    """The endpoints of the same people in each draw of the numbers.

    Attributes:
        varied: the numbers that were drawn, as ``depression.SIZE``; all others stay as they are, though not certain.
    """

    people: int
    varied: tuple[str, ...]
    tables: tuple[dict[str, np.ndarray], ...]
    contains: str = CONTAINS

    def spread(self, of: Callable[[Column], float], levels: tuple[float, float] = (0.05, 0.95)) -> tuple[float, float]:
        """Quantiles between draws of anything that is made of columns, such as a median or a share.

        Raises:
            UnknownNameError: there is no such column.
        """
        low, high = np.quantile([of(_column(table)) for table in self.tables], levels)
        return float(low), float(high)


def require_draws(draws: object) -> None:
    """Refuse a number of draws that means nothing; none at all are fine.

    Raises:
        FieldError: in one sentence.
    """
    if draws and (isinstance(draws, bool) or not isinstance(draws, int) or not FEWEST_DRAWS <= draws <= MOST_DRAWS):
        raise FieldError("draws", draws, f"0, or {FEWEST_DRAWS} to {MOST_DRAWS}: fewer make no band")


def repeated(
    found: Findings, draws: int, *, threads: int = 2, progress: Callable[[int], None] | None = None
) -> Repeats:
    """Simulate the first people of a study under each draw; at most ``MOST_PEOPLE`` of them.

    The method is the one that answered in the study, or a better one, where that is not exact enough for the first
    draw.

    Raises:
        FieldError: a number of draws that means nothing.
        SolverError: the error is above the study's tolerance, or somebody could not be solved.
    """
    require_draws(draws)
    study, method = found.study, found.method
    smaller = replace(study, people=min(study.people, MOST_PEOPLE))
    tables: list[dict[str, np.ndarray]] = []
    varied: tuple[str, ...] = ()
    for done, values in enumerate(truths(study.typical, draws, study.seed), start=1):
        given = replace(study.course, parameters=(*study.course.parameters, *values))
        runner = Runner(replace(smaller, course=given), threads=threads, method=method)
        if done == 1:
            method = prepared(runner.study, runner)[0].method
        tables.append(_endpoints(Runner(runner.study, threads=threads, method=method)))
        varied = tuple(name for name, _ in values)
        if progress is not None:
            progress(done)
    return Repeats(smaller.people, varied, tuple(tables))


def truths(course: Course, draws: int, seed: int) -> Iterator[tuple[tuple[str, float], ...]]:
    """What ``Course(parameters=...)`` is given in each draw.

    Numbers of the calibration come from one row of its posterior, jointly; others from their own published intervals.
    Those that the user set stay.
    """
    known = posterior.load(posterior.of_mechanism(course.mechanism))
    rows = (uniforms(seed, "uncertainty/posterior", draws) * len(next(iter(known.values())))).astype(int)
    problem = course.problem()
    jointly: dict[str, Float[np.ndarray, " draw"]] = {}
    apart = []
    entries: tuple[PKModel | Effect, ...] = (problem.model, *problem.effects)
    for entry in entries:
        fitted = {name: known[key] for name, key in _fitted(course, entry) if key in known}
        jointly |= {f"{entry.name}.{name}": values[rows] for name, values in fitted.items()}
        others = {name: one for name, one in entry.parameters.items() if name not in fitted}
        if others:
            apart.append(uncertain(entry.name, others, draws, seed))
    for draw in range(draws):
        by_interval = [pair for one in apart for pair in one.given(draw)]
        yield (*((name, float(values[draw])) for name, values in jointly.items()), *by_interval)


def _fitted(course: Course, entry: PKModel | Effect) -> Iterator[tuple[str, str]]:
    """Parameters that the calibration may hold, with their names there."""
    treatments = [*((course.replaced,) if course.replaced else ()), *course.beside]
    for name, estimate in entry.parameters.items():
        if not estimate.note.startswith("set by the user"):
            yield name, posterior.name_of(entry.name, name, course.comparator, [one.name for one in treatments])


def _endpoints(runner: Runner) -> dict[str, np.ndarray]:
    study = runner.study
    return stacked(
        [endpoints(study, batch) for first, count in study.chunks for batch in runner.batches(study.draw(first, count))]
    )


def _column(table: dict[str, np.ndarray]) -> Column:
    def column(name: str) -> np.ndarray:
        if name not in table:
            raise UnknownNameError("column", name, table)
        return table[name]

    return column
