"""What a trial of a course would find: the mean of an arm, or the difference between two, and how sure that is.

An interval holds three things, kept apart: the numbers of the model are known only as far as trials fix them
(posterior draws, or an entry's own intervals); trials differ by more than their people do (heterogeneity, from the
same fit); and the mean of n people strays from the mean of all.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from jaxtyping import Float
from scipy.stats import norm

from kinetamine import posterior
from kinetamine.course import Course
from kinetamine.engine.comparator import HOURS_PER_DAY
from kinetamine.engine.maths import Z95
from kinetamine.engine.model import Effect, Estimate
from kinetamine.engine.problem import Problem
from kinetamine.engine.solve import simulate
from kinetamine.errors import FieldError, UnknownNameError

PEOPLE = 200
"""Virtual people for the mean over people and their spread."""
DRAWS = 100
"""Draws for what is not known of the numbers, and as many imagined trials."""
_NONSPECIFIC, _DRUG = "BELIEF", "SIZE"
"""Parameters of an outcome that differ between trials."""


@dataclass(frozen=True, kw_only=True)
class Forecast:
    """The predicted mean of a group of n, or a difference of two such means, over time.

    Attributes:
        mean: over people like this, in an average trial.
        sd_numbers, sd_trials, sd_sampling: what the interval is made of, one standard deviation each.
    """

    readout: str
    unit: str
    n: int
    level: float
    times_h: Float[np.ndarray, " time"]
    mean: Float[np.ndarray, " time"]
    sd_numbers: Float[np.ndarray, " time"]
    sd_trials: Float[np.ndarray, " time"]
    sd_sampling: Float[np.ndarray, " time"]

    @property
    def notes(self) -> tuple[str, ...]:
        """What the interval does not hold: where nothing is known of how trials differ, or of the numbers."""
        trials, numbers = bool(np.any(self.sd_trials > 0.0)), bool(np.any(self.sd_numbers > 0.0))
        if trials and numbers:
            return ()
        if not trials and not numbers:
            missing = "neither how trials differ nor how exact the numbers are is known"
        else:
            missing = f"how {'exact the numbers are' if trials else 'trials differ'} is not known"
        return (f"{self.readout}: {missing}, so the interval is too narrow.",)

    @property
    def half_width(self) -> Float[np.ndarray, " time"]:
        """Of the interval in which a trial's mean falls with the chance ``level``."""
        variance = self.sd_numbers**2 + self.sd_trials**2 + self.sd_sampling**2
        return np.asarray(norm.ppf(0.5 + self.level / 2.0) * np.sqrt(variance))

    @property
    def interval(self) -> tuple[np.ndarray, np.ndarray]:
        """Its lower and upper end."""
        return self.mean - self.half_width, self.mean + self.half_width


def as_mapping(found: Forecast, against: str | None = None) -> dict[str, object]:
    """A forecast as plain values; ``against``: the comparator that it is a difference to."""
    low, high = found.interval
    return {
        "readout": found.readout,
        "unit": found.unit,
        "n": found.n,
        "level": found.level,
        "against": against,
        "days": (found.times_h / HOURS_PER_DAY).tolist(),
        "mean": found.mean.tolist(),
        "low": low.tolist(),
        "high": high.tolist(),
        "sd_numbers": found.sd_numbers.tolist(),
        "sd_trials": found.sd_trials.tolist(),
        "sd_sampling": found.sd_sampling.tolist(),
        "notes": list(found.notes),
    }


def predict(
    course: Course, *, n: int, times_h: tuple[float, ...], readout: str = "madrs", level: float = 0.90
) -> Forecast:
    """The mean of n people given this course, as a trial would find it.

    Raises:
        InputError: the course cannot be simulated or has no such readout; ``n`` or ``level`` means nothing.
    """
    _require(n, level)
    arm = _Arm(course, readout, times_h)
    return _forecast(arm, n, level, arm.mean, arm.numbers, arm.trials, arm.sd**2)


def contrast(
    course: Course, control: Course, *, n: int, times_h: tuple[float, ...], readout: str = "madrs", level: float = 0.90
) -> Forecast:
    """Course minus control with n people in each; what both arms share, the trial and the numbers, cancels.

    Raises:
        InputError: as ``predict``.
    """
    _require(n, level)
    one, other = _Arm(course, readout, times_h), _Arm(control, readout, times_h)
    mean, numbers, trials = one.mean - other.mean, one.numbers - other.numbers, one.trials - other.trials
    return _forecast(one, n, level, mean, numbers, trials, one.sd**2 + other.sd**2)


def _require(n: int, level: float) -> None:
    if isinstance(n, bool) or not float(n).is_integer() or n < 1:
        raise FieldError("n", n, "a whole number of people, 1 or more")
    if not 0.0 < level < 1.0:
        raise FieldError("level", level, "a chance between 0 and 1, as 0.9")


def _forecast(
    arm: _Arm, n: int, level: float, mean: np.ndarray, numbers: np.ndarray, trials: np.ndarray, variance: np.ndarray
) -> Forecast:
    return Forecast(
        readout=arm.readout,
        unit=arm.unit,
        n=n,
        level=level,
        times_h=np.asarray(arm.times_h),
        mean=mean,
        sd_numbers=numbers.std(axis=0),
        sd_trials=trials.std(axis=0),
        sd_sampling=np.sqrt(variance / n),
    )


class _Arm:
    """One arm: the mean over people, their spread, and how both kinds of draws move the typical person."""

    def __init__(self, course: Course, readout: str, times_h: tuple[float, ...]) -> None:
        self.readout, self.times_h = readout, times_h
        self.course = replace(course, people=0, times_h=times_h)
        self.problem = self.course.problem()
        owners = [one for one in self.problem.effects if readout in {each.name for each in one.readouts}]
        if not owners:
            raise UnknownNameError("readout", readout, [r.name for one in self.problem.effects for r in one.readouts])
        self.outcome = owners[0]
        self.unit = next(one.unit for one in self.outcome.readouts if one.name == readout)

    @cached_property
    def mean(self) -> Float[np.ndarray, " time"]:
        """Over people."""
        return np.asarray(self._people.mean(axis=0))

    @cached_property
    def sd(self) -> Float[np.ndarray, " time"]:
        """Between people, one reading's own scatter included."""
        residual = self.outcome.residual.get(self.readout)
        return np.asarray(np.sqrt(self._people.var(axis=0) + (residual.value**2 if residual else 0.0)))

    @cached_property
    def numbers(self) -> Float[np.ndarray, "draw time"]:
        """How far the typical person moves with each draw of the numbers."""
        return self._moved(_draws_of_numbers(self.course, self.problem.effects))

    @cached_property
    def trials(self) -> Float[np.ndarray, "draw time"]:
        """How far the typical person moves from trial to trial."""
        return self._moved(_draws_of_trials(self.course, self.outcome, self.problem.effects))

    @cached_property
    def _people(self) -> Float[np.ndarray, "people time"]:
        return _values(replace(self.problem, people=PEOPLE), self.readout)

    def _moved(self, given: Mapping[str, Mapping[str, np.ndarray]]) -> Float[np.ndarray, "draw time"]:
        alike = tuple(replace(one, variability={}, covariance={}) for one in self.problem.effects)
        model = replace(self.problem.model, variability={}, covariance={})
        problem = replace(self.problem, people=DRAWS, given=given, effects=alike, model=model)
        values = _values(problem, self.readout)
        return np.asarray(values - values.mean(axis=0))


def _values(problem: Problem, readout: str) -> Float[np.ndarray, "people time"]:
    series = simulate(problem)[readout]
    people = problem.people
    return np.tile(series.typical, (people, 1)) if series.people is None else series.people


def _draws_of_numbers(course: Course, effects: tuple[Effect, ...]) -> dict[str, dict[str, np.ndarray]]:
    """By effect and parameter, the typical person's value first: joint where there is a posterior, else by interval."""
    stream = np.random.default_rng(course.seed)
    known = posterior.load(posterior.of_mechanism(course.mechanism))
    given: dict[str, dict[str, np.ndarray]] = {}
    for effect in effects:
        found = given.setdefault(effect.name, {})
        for name, estimate in effect.parameters.items():
            draws = known.get(_name_in_posterior(course, effect.name, name))
            if draws is not None and not estimate.note.startswith("set by the user"):
                found[name] = _first(estimate.value, draws[:DRAWS])
            elif effect.stage == "mood" and estimate.interval is not None:
                found[name] = _first(estimate.value, _drawn(estimate, stream.standard_normal(DRAWS)))
    return given


def _drawn(estimate: Estimate, z: np.ndarray) -> np.ndarray:
    """Values as its own 95 % interval has them: log-normal where it lies above zero, else normal and not beyond it."""
    low, high = estimate.interval or (estimate.value, estimate.value)
    if low > 0.0:
        return np.asarray(estimate.value * np.exp(math.log(high / low) / (2.0 * Z95) * z))
    return np.asarray(np.clip(estimate.value + (high - low) / (2.0 * Z95) * z, low, high))


def _name_in_posterior(course: Course, owner: str, parameter: str) -> str:
    treatments = (*((course.replaced,) if course.replaced else ()), *course.beside)
    return posterior.name_of(owner, parameter, course.comparator, [one.name for one in treatments])


def _draws_of_trials(course: Course, outcome: Effect, effects: tuple[Effect, ...]) -> dict[str, dict[str, np.ndarray]]:
    """Values in imagined trials: sizes of drug and of other treatments by a factor, the nonspecific one in its odds.

    What is not the drug's moves together, as it does in the trials.
    """
    stream = np.random.default_rng(course.seed + 1)
    spread = posterior.between_trials(posterior.of_mechanism(course.mechanism))
    drug, other = stream.standard_normal((2, DRAWS))
    found: dict[str, dict[str, np.ndarray]] = {outcome.name: {}}
    typical = outcome.typical()
    if hasattr(typical, _DRUG):
        found[outcome.name][_DRUG] = _first(typical.SIZE, _capped(typical.SIZE * np.exp(spread.drug * drug)))
    if hasattr(typical, _NONSPECIFIC):
        odds = math.log(typical.BELIEF / (1.0 - typical.BELIEF)) + spread.nonspecific * other
        found[outcome.name][_NONSPECIFIC] = _first(typical.BELIEF, 1.0 / (1.0 + np.exp(-odds)))
    for effect in effects:
        sizes = [name for name in effect.parameters if effect.name == "treatment" and "_SIZE_" in name]
        for name in sizes:
            size = effect.parameters[name].value
            found.setdefault(effect.name, {})[name] = _first(size, _capped(size * np.exp(spread.background * other)))
    return found


def _first(typical: float, drawn: np.ndarray) -> Float[np.ndarray, " person"]:
    return np.concatenate(([typical], drawn))


def _capped(size: np.ndarray) -> np.ndarray:
    """A size is a fraction."""
    return np.asarray(np.minimum(size, 0.99))
