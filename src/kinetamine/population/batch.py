"""A chunk of people through the population engine, or through the reference engine where that one cannot."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from threading import Lock

import numpy as np
from jaxtyping import Bool, Float, Int

from kinetamine.engine.dosing import Delivery
from kinetamine.engine.drivers import Drivers
from kinetamine.engine.model import Effect
from kinetamine.engine.problem import Problem
from kinetamine.engine.vector.kernel import Kernel, compile  # noqa: A004 - its name
from kinetamine.engine.vector.layout import pack
from kinetamine.engine.vector.method import Collocation, Method
from kinetamine.engine.vector.prune import prune
from kinetamine.engine.vector.result import Result
from kinetamine.engine.vector.whole import assemble
from kinetamine.errors import OutsideStudiedRangeError
from kinetamine.population.study import Study
from kinetamine.population.table import People
from kinetamine.population.treated import Treated, studied

VECTOR, REFERENCE = "vector", "reference"
_AT_ONCE = 200
"""People whom the reference engine solves together."""
_ROUGH, _ROUGH_H = 1e-3, 4.0
"""A study that allows such errors is done in blocks of up to so long: a quarter less work, errors of 5e-5 not 1e-5."""
_ONE_AT_A_TIME = Lock()
"""The reference engine's turn: LSODA keeps what it knows in one place for the whole process."""


@dataclass(frozen=True)
class Batch:
    """Some people of a chunk and what became of them.

    Attributes:
        people: those who were simulated, in the order of the result; ``numbers`` are theirs in the population.
        inside: who lies inside what the models were built on; the others are extrapolated.
        by_reference: whom the reference engine solved.
    """

    people: People
    numbers: Int[np.ndarray, " person"]
    inside: Bool[np.ndarray, " person"]
    by_reference: Bool[np.ndarray, " person"]
    result: Result


class Runner:
    """Simulates people of one study, for several threads at once; what is compiled is compiled once."""

    def __init__(self, study: Study, *, threads: int = 2, method: Method | None = None) -> None:
        """Nothing is compiled before the first people."""
        self.study, self.threads, self.method = study, threads, method or _fast(study)
        self._kernel: Kernel | None = None
        self._compiling = Lock()

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

    def taken(self, people: People) -> Int[np.ndarray, " row"]:
        """Rows of those who are simulated: who lies inside, or everybody where the course goes beyond."""
        return np.flatnonzero(studied(self.study.course, people) | self.study.course.outside)

    def batches(self, people: People) -> Iterator[Batch]:
        """Everybody taken, in groups that one problem can hold; who is lost in one engine is solved by the other.

        Raises:
            SolverError: somebody could not be solved by either.
        """
        rows = self.taken(people)
        if not len(rows):
            return
        inside, treated = studied(self.study.course, people), self.treated(people)
        for alike in treated.alike(_AT_ONCE if self.why_reference else len(rows), rows):
            result = self.solve(treated.problem(alike))
            lost = result.status != 0
            for row in np.flatnonzero(lost):
                result = _filled(result, int(row), self.exact(treated.problem(alike[[row]])))
            by_reference = lost | bool(self.why_reference)
            yield Batch(people.rows(alike), alike + people.first, inside[alike], by_reference, result)

    def treated(self, people: People) -> Treated:
        """The study's course for these people, at the study's times."""
        course = replace(self.study.course, outside=True, times_h=tuple(self.study.times_h))
        return Treated(course, people, differences=self.study.differences)

    def solve(self, problem: Problem) -> Result:
        """One problem by the engine that answers."""
        return self.exact(problem) if self.why_reference else self._vector(problem)

    def exact(self, problem: Problem) -> Result:
        """The same by the reference engine."""
        from kinetamine.engine.solve import simulate  # noqa: PLC0415 - SciPy, only once there is work to do

        names, count = self.study.watched, problem.people + 1
        with _ONE_AT_A_TIME:
            found = simulate(replace(problem, effects=_needed(problem.effects, names)))
        values = np.stack([_everybody(found[name].typical, found[name].people, count) for name in names], axis=-1)
        return _result(names, values)

    def _vector(self, problem: Problem) -> Result:
        times_h = self.study.times_h
        whole = assemble(problem, float(times_h[-1]))
        with self._compiling:
            if self._kernel is None:
                self._kernel = compile(prune(whole.equations, self.study.watched))
        return whole.run(self._kernel, times_h, method=self.method, threads=self.threads)


def _fast(study: Study) -> Collocation:
    """The fast method, no more exact than the study asks for."""
    longest_h = _ROUGH_H if study.tolerance >= _ROUGH else Collocation.longest_h
    return Collocation(precision=study.precision, longest_h=longest_h)


def _needed(effects: tuple[Effect, ...], names: Sequence[str]) -> tuple[Effect, ...]:
    """The effects that predict any of these, and those that they see; all of them where none does."""
    wanted, found = set(names), list[Effect]()
    for one in reversed(effects):
        if wanted & {readout.name for readout in one.readouts}:
            wanted |= set(one.inputs)
            found.insert(0, one)
    return tuple(found) or effects  # without any, nothing would ask for arterial blood


def nobody(study: Study) -> OutsideStudiedRangeError:
    """What is to be said where none of the people lies inside what the models were built on."""
    reasons = study.typical.outside_reasons() or ("all of them",)
    return OutsideStudiedRangeError([f"all {study.people} people of {study.population}, for example {reasons[0]}"])


def together(results: Sequence[Result]) -> Result:
    """Several results of one study as one."""
    return _result(results[0].names, np.concatenate([one.array() for one in results]))


def _result(names: tuple[str, ...], values: Float[np.ndarray, "person time output"]) -> Result:
    count = len(values)
    return Result(names, count, pack(values), np.zeros(count, dtype=np.int64), np.full(count, np.nan))


def _everybody(
    first: Float[np.ndarray, " time"], others: Float[np.ndarray, "person time"] | None, count: int
) -> Float[np.ndarray, "person time"]:
    """A series of everybody; some are the same for all, and have no people of their own."""
    return np.tile(first, (count, 1)) if others is None else np.vstack((first, others))


def _filled(result: Result, person: int, alone: Result) -> Result:
    """The result with one person's numbers from elsewhere."""
    group, lane = divmod(person, result.blocks.shape[-1])
    result.blocks[group, ..., lane] = alone.person(0)
    status = result.status.copy()
    status[person] = 0
    return replace(result, status=status)
