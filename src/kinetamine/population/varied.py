"""A course of one person under many sets of numbers at once: compiled once, each set a person to the engine."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from jaxtyping import Float

from kinetamine.engine.maths import Number
from kinetamine.engine.model import Effect, PKModel, Values
from kinetamine.engine.person import Person
from kinetamine.engine.problem import Problem
from kinetamine.engine.trajectory import Series
from kinetamine.engine.vector.kernel import Kernel, compile  # noqa: A004 - its name
from kinetamine.engine.vector.prune import prune
from kinetamine.engine.vector.result import Result
from kinetamine.engine.vector.whole import Whole, assemble
from kinetamine.errors import FieldError, UnknownNameError
from kinetamine.population.accuracy import error
from kinetamine.population.endpoints import columns, summaries
from kinetamine.population.factors import Factor, by_entry
from kinetamine.population.study import Study

CHUNK = 4096
"""Sets of numbers simulated together."""
CHECKED = 4
"""Sets that the reference engine solves too."""
_CANNOT = (TypeError, ValueError)
"""What NumPy raises where an equation asks which of two numbers is larger, and is given many."""
Arrays = Mapping[str, Float[np.ndarray, " row"]]


@dataclass(frozen=True)
class Target:
    """What is looked at: a column of the endpoints."""

    column: str
    words: str
    unit: str


class Varied:
    """What becomes of targets as factors vary.

    Attributes:
        study: the course with its own person, and the outputs behind the targets.
    """

    def __init__(self, study: Study, factors: Sequence[Factor], *, threads: int = 2) -> None:
        """Refuse what would need another schedule; nothing is compiled before the first values.

        Raises:
            FieldError: a factor that settles when something is absorbed: all sets share one schedule.
            OutsideStudiedRangeError: the person lies outside what the models were built on.
        """
        self.study, self.factors, self.threads = study, tuple(factors), threads
        self.base = replace(study.course, people=0, times_h=tuple(study.times_h)).problem()
        self._kernel: Kernel | None = None
        self._require_one_schedule()

    def __call__(self, shares: Float[np.ndarray, "row factor"]) -> dict[str, Float[np.ndarray, " row"]]:
        """Every column of the watched outputs, for shares of each factor's range.

        Raises:
            SolverError: a set of numbers could not be solved.
        """
        values = np.stack([one.at(shares[:, place]) for place, one in enumerate(self.factors)], axis=1)
        found = [self._solved(values[begin : begin + CHUNK]) for begin in range(0, len(values), CHUNK)]
        parts = [summaries(self.study, one) for one in found]
        return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}

    def error(self, shares: Float[np.ndarray, "row factor"]) -> float:
        """The largest error of the watched outputs against the reference engine, of the first sets given."""
        from kinetamine.engine.solve import simulate  # noqa: PLC0415 - SciPy, only once there is work to do

        some = shares[:CHECKED]
        values = np.stack([one.at(some[:, place]) for place, one in enumerate(self.factors)], axis=1)
        exact, found = simulate(self.problem(values)), self._solved(values)
        return max(error(found[name], _everybody(exact[name])) for name in self.study.watched)

    def problem(self, values: Float[np.ndarray, "row factor"]) -> Problem:
        """The problem in which each set of typical values is a person, alike in all else."""
        given, count = by_entry(self.factors, values), len(values)
        return replace(
            self.base,
            people=count - 1,
            model=_model(self.base.model, given.get(self.base.model.name, {}), count),
            effects=tuple(_effect(one, given.get(one.name, {}), count) for one in self.base.effects),
        )

    def _whole(self, values: Float[np.ndarray, "row factor"]) -> Whole:
        return assemble(self.problem(values), float(self.study.times_h[-1]))

    def _solved(self, values: Float[np.ndarray, "row factor"]) -> Result:
        whole = self._whole(values)
        if self._kernel is None:
            self._kernel = compile(prune(whole.equations, self.study.watched))
        return whole.run(self._kernel, self.study.times_h, threads=self.threads).require()

    def _require_one_schedule(self) -> None:
        typical = np.array([[one.value for one in self.factors]])
        for place, one in enumerate(self.factors):
            if one.entry != self.base.model.name:
                continue
            low, high = typical.copy(), typical.copy()
            low[0, place], high[0, place] = one.low, one.high
            if not np.array_equal(self._whole(low).schedule.times_h, self._whole(high).schedule.times_h):
                raise FieldError("vary", one.name, "a number that does not settle when something is absorbed")


def targets(study: Study, names: Sequence[str]) -> tuple[Target, ...]:
    """The columns of those names.

    Raises:
        UnknownNameError: there is no such column.
    """
    known = {name: words for name, words in columns(study).items() if name.startswith(study.watched)}
    for name in names:
        if name not in known:
            raise UnknownNameError("target", name, known)
    split = [known[name].rpartition(", ") for name in names]
    return tuple(Target(name, words, unit) for name, (words, _, unit) in zip(names, split, strict=True))


def _everybody(series: Series) -> Float[np.ndarray, "row time"]:
    first = series.typical[None]
    return first if series.people is None else np.vstack((first, series.people))


def _model(model: PKModel, given: Arrays, count: int) -> PKModel:
    def individual(_p: Values, person: Person, species: str) -> dict[str, Number]:
        return _many(lambda p: model.individual(p, person, species), vars(model.typical()), given, count)

    return replace(model, individual=individual, variability={}, covariance={})


def _effect(effect: Effect, given: Arrays, count: int) -> Effect:
    def individual(_p: Values, person: Person) -> dict[str, Number]:
        return _many(lambda p: effect.individual(p, person), vars(effect.typical()), given, count)

    def states(p: Values, person: Person) -> dict[str, Number]:
        some = {name: value for name, value in vars(p).items() if np.ndim(value)}
        rest = {name: value for name, value in vars(p).items() if not np.ndim(value)}
        return _many(lambda own: effect.states(own, person), rest, some, count)

    return replace(effect, individual=individual, states=states, variability={}, covariance={})


def _many(
    of: Callable[[Values], Mapping[str, Number]], typical: Mapping[str, Number], given: Arrays, count: int
) -> dict[str, Number]:
    """All sets at once where the equations allow it, or else one by one; numbers that do not vary stay numbers."""
    if not given:
        return dict(of(Values(**typical)))
    try:
        return dict(of(Values(**{**typical, **given})))
    except _CANNOT:
        each = [
            of(Values(**{**typical, **{name: float(value[row]) for name, value in given.items()}}))
            for row in range(count)
        ]
        return {name: np.array([one[name] for one in each]) for name in each[0]}
