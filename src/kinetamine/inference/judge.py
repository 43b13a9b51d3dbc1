"""What a fit is worth: intervals of predictions, trials left out, what the data determine, what matters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import jax
import jax.numpy as jnp
import numpy as np

from kinetamine.engine.maths import Z90
from kinetamine.engine.model import Effect
from kinetamine.inference.batch import batch, follow
from kinetamine.inference.fit import Mode, Model, Search
from kinetamine.inference.free import values
from kinetamine.inference.grid import expose, names_seen
from kinetamine.inference.law import person_of


@dataclass(frozen=True)
class Predictive:
    """What another trial like each one would find, in points.

    Attributes:
        middle, sd: of the prediction; the SD holds the numbers, the trial and the error of its own sampling.
        known: SD of the middle, from the numbers alone.
    """

    middle: np.ndarray
    sd: np.ndarray
    known: np.ndarray
    observed: np.ndarray

    @property
    def inside(self) -> np.ndarray:
        """Which observations lie in the 90 % interval."""
        return np.asarray(np.abs(self.observed - self.middle) <= Z90 * self.sd)

    @property
    def width(self) -> float:
        """Mean width of the 90 % intervals, points."""
        return float(np.mean(2.0 * Z90 * self.sd))


def predictive(model: Model, draws: np.ndarray) -> Predictive:
    """From draws of the standardised free numbers."""
    expected = jax.jit(model.expected)
    solved = [tuple(np.asarray(one) for one in expected(z)) for z in draws]
    falls = np.stack([fall for fall, _ in solved])
    between = np.mean([np.diag(covariance) for _, covariance in solved], axis=0)
    points = np.asarray([one.baseline for one in model.found])
    sd = np.sqrt(np.var(falls, axis=0) + between)
    return Predictive(
        points * falls.mean(axis=0), points * sd, points * falls.std(axis=0), points * np.asarray(model.falls)
    )


@dataclass(frozen=True)
class LeftOut:
    """How well the other trials foretell one.

    Attributes:
        log_density: of all its rows together.
        error: mean distance of its rows from the middle, points.
        inside: share of its rows in the 90 % interval.
    """

    trial: str
    rows: int
    log_density: float
    error: float
    inside: float


class Foretell:
    """Leaves out one trial after the other: refits without it, and foretells it."""

    def __init__(self, model: Model, mode: Mode) -> None:
        """For one model, from its mode with all trials."""
        self.model, self.mode, self.search = model, mode, Search(model)
        self._expected = jax.jit(model.expected)

    def __call__(self, trial: str) -> LeftOut:
        """The trial's own rows from the mode without it, its curvature, and what others of its programme tell."""
        out = np.asarray([one.trial == trial for one in self.model.found])
        without = self.search.most_probable(self.mode.z, weight=1.0 - out)
        middle, covariance = self._conditional(without.z, out)
        steps = 1e-3 * np.eye(len(without.z))
        ends = [[self._conditional(without.z + sign * step, out)[0] for sign in (1.0, -1.0)] for step in steps]
        slope = np.stack([(up - down) / 2e-3 for up, down in ends], axis=1)
        covariance = covariance + slope @ without.covariance @ slope.T
        miss = self.model.falls[out] - middle
        _, size = np.linalg.slogdet(2.0 * np.pi * covariance)
        density = -0.5 * float(size + miss @ np.linalg.solve(covariance, miss))
        points = np.asarray([one.baseline for one in self.model.found])[out]
        inside = np.abs(miss) <= Z90 * np.sqrt(np.diag(covariance))
        return LeftOut(trial, int(out.sum()), density, float(np.mean(np.abs(miss) * points)), float(inside.mean()))

    def _conditional(self, z: np.ndarray, out: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Mean and covariance of the rows left out, given all others."""
        fall, covariance = (np.asarray(one) for one in self._expected(z))
        across = covariance[np.ix_(out, ~out)]
        gain = np.linalg.solve(covariance[np.ix_(~out, ~out)], across.T).T
        return fall[out] + gain @ (self.model.falls - fall)[~out], covariance[np.ix_(out, out)] - gain @ across.T


def determined(draws: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Standard deviations of the posterior along its own axes, the prior's being 1, smallest first; and the axes."""
    sizes, axes = np.linalg.eigh(np.cov(draws.T))
    return np.sqrt(sizes), axes


def entwined(draws: np.ndarray, names: Sequence[str], above: float = 0.6) -> list[tuple[str, str, float]]:
    """Pairs of numbers that the data know only together, with their correlation, strongest first."""
    correlation = np.corrcoef(draws.T)
    pairs = [
        (one, other, float(correlation[i, j])) for i, one in enumerate(names) for j, other in enumerate(names) if i < j
    ]
    return sorted((pair for pair in pairs if abs(pair[2]) >= above), key=lambda pair: -abs(pair[2]))


def elasticities(
    effect: Effect, given: Mapping[str, float], wanted: Mapping[str, tuple[str, float]]
) -> dict[str, dict[str, float]]:
    """Per cent by which relief changes when a parameter does by one, for every parameter above 0.

    Args:
        given: values that replace the typical ones.
        wanted: a name for each, with regimen and hours.
    """
    words = list(dict.fromkeys(regimen for regimen, _ in wanted.values()))
    times = [[time for regimen, time in wanted.values() if regimen == one] for one in words]
    names = names_seen(effect)
    together = batch([expose(one, person_of(None), hours, names) for one, hours in zip(words, times, strict=True)])
    places = [(together.node(words.index(regimen), time), words.index(regimen)) for regimen, time in wanted.values()]
    typical = {**vars(effect.typical()), **given}
    moved = [name for name, value in typical.items() if value > 0.0]

    def log_relief(logs: jax.Array) -> jax.Array:
        path = follow(effect, together, {**typical, **dict(zip(moved, jnp.exp(logs), strict=True))}, "relief")
        return jnp.log(jnp.stack([path[node, regimen, 0] for node, regimen in places]))

    slopes = np.asarray(jax.jacfwd(log_relief)(jnp.log(jnp.asarray([typical[name] for name in moved]))))
    return {label: dict(zip(moved, map(float, slopes[place]), strict=True)) for place, label in enumerate(wanted)}


def as_values(model: Model, draws: np.ndarray) -> dict[str, np.ndarray]:
    """Draws on their own scales, by name."""
    return {name: np.asarray(column) for name, column in values(model.free, draws.T).items()}
