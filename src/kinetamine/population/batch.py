"""A chunk of people through the population engine, or through the reference engine where that one cannot."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from jaxtyping import Float, Int

from kinetamine.engine.dosing import Delivery
from kinetamine.engine.drivers import Drivers
from kinetamine.engine.problem import Problem
from kinetamine.engine.vector.kernel import Kernel, compile  # noqa: A004 - its name
from kinetamine.engine.vector.layout import pack
from kinetamine.engine.vector.method import Collocation, Method
from kinetamine.engine.vector.prune import prune
from kinetamine.engine.vector.result import Result
from kinetamine.engine.vector.whole import assemble
from kinetamine.errors import SolverError
from kinetamine.population.study import Study
from kinetamine.population.table import People
from kinetamine.population.treated import Treated, studied

VECTOR, REFERENCE = "vector", "reference"


@dataclass(frozen=True)
class Batch:
    """Some people of a chunk and what became of them.

    Attributes:
        people: those who were simulated, in the order of the result; ``numbers`` are theirs in the population.
    """

    people: People
    numbers: Int[np.ndarray, " person"]
    result: Result


class Runner:
    """Simulates chunks of one study; what is compiled is compiled once."""

    def __init__(self, study: Study, *, threads: int = 2, method: Method | None = None) -> None:
        """Nothing is compiled before the first chunk."""
        self.study, self.threads, self.method = study, threads, method or Collocation()
        self._kernel: Kernel | None = None

    @cached_property
    def why_reference(self) -> str:
        """Why the population engine cannot take the study; empty where it can."""
        for one in Drivers(self.study.problem).kinetics.values():
            odd = next((action for action in one.actions if not isinstance(action, Delivery)), None)
            if odd is not None:
                return f"the doses hold a {type(odd).__name__.lower()}"
        return ""

    @property
    def engine(self) -> str:
        """Which engine answers."""
        return REFERENCE if self.why_reference else VECTOR

    def inside(self, people: People) -> Int[np.ndarray, " row"]:
        """Rows of those who lie inside what the models were built on; everybody, where the course goes beyond."""
        if self.study.course.outside:
            return np.arange(len(people))
        return np.flatnonzero(studied(self.study.course, people))

    def batches(self, people: People) -> Iterator[Batch]:
        """Everybody inside, in groups that one problem can hold; who is lost in one engine is solved by the other.

        Raises:
            SolverError: somebody could not be solved by either.
        """
        rows = self.inside(people)
        if not len(rows):
            return
        treated = self.treated(people)
        for alike in treated.alike(len(rows), rows):
            result = self.solve(treated.problem(alike))
            for lost in np.flatnonzero(result.status):
                result = _filled(result, int(lost), self._reference(treated.problem(alike[[lost]])))
            yield Batch(people.rows(alike), alike + people.first, result)

    def treated(self, people: People) -> Treated:
        """The study's course for these people, at the study's times."""
        course = replace(self.study.course, outside=True, times_h=tuple(self.study.times_h))
        return Treated(course, people, differences=self.study.differences)

    def solve(self, problem: Problem) -> Result:
        """One problem by the engine that answers."""
        return self._reference(problem) if self.why_reference else self._vector(problem)

    def _vector(self, problem: Problem) -> Result:
        times_h = self.study.times_h
        whole = assemble(problem, float(times_h[-1]))
        if self._kernel is None:
            self._kernel = compile(prune(whole.equations, self.study.watched))
        kept = self._kernel.equations
        if kept.parameters != whole.equations.parameters:
            message = "people of one study need different equations"
            raise SolverError(message)
        boluses = {name: amounts for name, amounts in whole.schedule.boluses.items() if name in kept.boluses}
        schedule = replace(whole.schedule, boluses=boluses)
        return self._kernel.run(whole.parameters, schedule, times_h, method=self.method, threads=self.threads)

    def _reference(self, problem: Problem) -> Result:
        return by_reference(problem, self.study.watched)


def by_reference(problem: Problem, names: tuple[str, ...]) -> Result:
    """The same by the reference engine."""
    from kinetamine.engine.solve import simulate  # noqa: PLC0415 - SciPy, only once there is work to do

    found = simulate(problem)
    values = np.stack([_everybody(found[name].typical, found[name].people) for name in names], axis=-1)
    count = len(values)
    return Result(names, count, pack(values), np.zeros(count, dtype=np.int64), np.full(count, np.nan))


def _everybody(
    first: Float[np.ndarray, " time"], others: Float[np.ndarray, "person time"] | None
) -> Float[np.ndarray, "person time"]:
    return first[None] if others is None else np.vstack((first, others))


def _filled(result: Result, person: int, alone: Result) -> Result:
    """The result with one person's numbers from elsewhere."""
    group, lane = divmod(person, result.blocks.shape[-1])
    result.blocks[group, ..., lane] = alone.person(0)
    status = result.status.copy()
    status[person] = 0
    return replace(result, status=status)
