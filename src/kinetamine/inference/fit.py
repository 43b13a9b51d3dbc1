"""Free numbers from observations: expected values and their covariance, the most probable numbers, draws by NUTS."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from scipy.optimize import minimize

from kinetamine.inference.free import COMMON, EMPIRICAL, MIXTURE, Free, values
from kinetamine.inference.law import Law, seen_in
from kinetamine.inference.rows import Observation, beside
from kinetamine.treatment import DEFAULT_MECHANISM, Shares, shares_of

MODELS: Mapping[str, tuple[Shares, tuple[Free, ...]]] = {
    "mixture": (DEFAULT_MECHANISM, (*MIXTURE, *COMMON)),
    "empirical": (shares_of("empirical"), (*EMPIRICAL, *COMMON)),
}
RELIEF_24H = (0.60, 0.02)
"""Relief of the typical person a day after 0.5 mg/kg, by convention: only its product with SIZE is seen."""
KEPT_A_WEEK = (0.60, 0.05)
"""Of that, what is left at day 7: a half-life of 8 to 10 days, as the difference between arms has (Wilkinson 2018,
Price 2022). Assumed of the drug part, for trials cannot tell it from what unblinding adds to ketamine's arm."""
AFTER_SIX = (1.20, 0.05)
"""Relief two to three days after the sixth of thrice weekly infusions, over relief a day after one."""
TENTH_OF_A_DOSE = (0.5, 0.2)
"""Relief at 24 h after 0.1 mg/kg over that after 0.5: 0.2 mg/kg was not superior, 0.5 and 1.0 were (Fava 2018)."""
QUARTER_OF_A_DOSE = (0.75, 0.15)
"""After 0.25 mg/kg: minor where 0.5 and 1.0 mg/kg were greater and lasted longer (Glue 2017)."""
ARKETAMINE_60 = (0.4, 0.25)
"""After 60 mg of arketamine: -15.3 against -13.7 points on placebo (phase 2, library/findings/r_alone.py)."""
WITHIN_PROGRAMME = 0.5
"""Share of the variance between trials that trials of one programme have in common; one programme cannot tell it."""


class Model:
    """Observations under one mechanism: expected values and covariance for any free numbers.

    Trials differ: each has its own change of the nonspecific part and of the drug part, each arm one of its own that
    lasts, each number one of its own. All are normal and enter in proportion, so they are integrated out exactly.

    Args:
        name: a key of `MODELS`.
        anchored: with what is laid down about the course of relief (`RELIEF_24H` and the like).
    """

    def __init__(self, name: str, found: Sequence[Observation], *, anchored: bool = True) -> None:
        """Solve the kinetics and lay out what does not depend on the free numbers."""
        shares, self.free = MODELS[name]
        self.name, self.found, self.anchored = name, tuple(found), anchored
        self.law = Law(shares, [*seen_in(self.found), *((one, None) for one in beside())])
        self.relief: Callable[[Mapping[str, Any]], tuple[Any, Any]] = self.law.relief
        self.falls = np.asarray([one.fall for one in self.found])
        self.plain = np.asarray([one.error for one in self.found])
        self.pooled = np.asarray([one.pooled for one in self.found])
        self.pairs = np.asarray([1.0 + float(one.less is not None) for one in self.found])
        self.same, self.arms = _same_trial(self.found), _shared_arms(self.found)
        self.unspecific = self.drug = self.same
        self.refer(np.zeros(len(self.free)))

    def refer(self, z: np.ndarray) -> None:
        """Take what differs between trials as parts of the falls expected there.

        Were it in proportion to the falls being fitted, small falls would be likelier because they differ less.
        """
        _, unspecific, drug = self.slopes(z)
        self.unspecific = self.same * np.outer(unspecific, unspecific)
        self.drug = self.same * np.outer(drug, drug)

    def slopes(self, z: Any) -> tuple[Any, Any, Any]:
        """Expected falls, and what they change by per unit of a trial's own nonspecific and drug part."""
        means = self._means(values(self.free, z))[0]
        return self._rows(means.fall), self._rows(means.by_nonspecific), self._rows(means.by_drug)

    def expected(self, z: Any) -> tuple[Any, Any]:
        """Falls and their covariance, from standardised free numbers."""
        given = values(self.free, z)
        return self._rows(self._means(given)[0].fall), self.covariance(given)

    def covariance(self, given: Mapping[str, Any], *, errors: bool = True) -> Any:
        """Of the observations around the falls expected; with their own errors, or between trials alone."""
        shared = (
            given["heterogeneity.NONSPECIFIC"] ** 2 * self.unspecific
            + given["heterogeneity.DRUG"] ** 2 * self.drug
            + given["heterogeneity.ARM"] ** 2 * self.arms
        )
        own = given["heterogeneity.TIME"] ** 2 * self.pairs / self.pooled
        return shared + jnp.diag(own + self.plain**2 if errors else own)

    def log_posterior(self, z: Any, weight: Any = None) -> Any:
        """Logarithm of the posterior density, up to a constant.

        Args:
            weight: 1 for observations that count, 0 for those left out; all count by default.
        """
        given = values(self.free, z)
        means, typical = self._means(given)
        miss = self.falls - self._rows(means.fall)
        covariance = self.covariance(given)
        if weight is not None:
            miss = miss * weight
            covariance = covariance * jnp.outer(weight, weight) + jnp.diag(1.0 - weight)
        return _log_normal(miss, covariance) - 0.5 * jnp.sum(z**2) - 0.5 * jnp.sum(self._off(typical) ** 2)

    def _means(self, given: Mapping[str, Any]) -> tuple[Any, Any]:
        """Falls in every cell, and relief of the typical person there."""
        mean, typical = self.relief(given)
        return self.law.means(given, mean), typical

    def _off(self, relief: Any) -> Any:
        """How far the course of relief lies from what is laid down, over what is tolerated."""
        if not self.anchored:
            return jnp.zeros(1)
        day, week, six, tenth, quarter, arketamine = relief[-len(beside()) :]
        laid_down = (
            (day, RELIEF_24H),
            (week / day, KEPT_A_WEEK),
            (six / day, AFTER_SIX),
            (tenth / day, TENTH_OF_A_DOSE),
            (quarter / day, QUARTER_OF_A_DOSE),
            (arketamine / day, ARKETAMINE_60),
        )
        return jnp.stack([(found - wanted) / tolerated for found, (wanted, tolerated) in laid_down])

    def _rows(self, cells: Any) -> Any:
        """From cells to observations: the group, or the group less its control."""
        count = len(self.found)
        less = np.flatnonzero([one.less is not None for one in self.found])
        return cells[:count].at[less].add(-cells[count : count + len(less)])


@dataclass(frozen=True)
class Mode:
    """The most probable numbers: standardised, and the covariance that the curvature there implies."""

    z: np.ndarray
    covariance: np.ndarray
    log_posterior: float


class Search:
    """Finds modes of one model; compiled once, whatever is left out."""

    def __init__(self, model: Model) -> None:
        """For one model, as it now is."""
        self.model = model
        self._target = jax.jit(jax.value_and_grad(lambda z, weight: -model.log_posterior(z, weight)))

    def most_probable(
        self, start: np.ndarray | None = None, weight: np.ndarray | None = None, held: Sequence[str] = ()
    ) -> Mode:
        """The mode of the posterior, by quasi-Newton steps.

        Args:
            weight: 1 for observations that count, 0 for those left out.
            held: names of free numbers that stay where they start.
        """
        model = self.model
        counted = np.ones(len(model.found)) if weight is None else weight

        def both(z: np.ndarray) -> tuple[float, np.ndarray]:
            value, slope = self._target(z, counted)
            return float(value), np.asarray(slope)

        begin = np.zeros(len(model.free)) if start is None else start
        bounds = [(at, at) if one.name in held else (-8.0, 8.0) for one, at in zip(model.free, begin, strict=True)]
        found: Any = minimize(
            both,
            begin,
            jac=True,
            method="L-BFGS-B",
            bounds=bounds,
            options={"maxiter": 300, "maxcor": 30, "gtol": 1e-3},
        )
        curvature = _curvature(lambda z: both(z)[1], found.x)
        return Mode(found.x, np.linalg.inv(curvature), -float(found.fun))


def settled(model: Model, start: np.ndarray | None = None, held: Sequence[str] = (), rounds: int = 3) -> Mode:
    """The mode, with differences between trials taken in proportion to the falls expected there."""
    mode = Search(model).most_probable(start, held=held)
    for _ in range(rounds - 1):
        model.refer(mode.z)
        mode = Search(model).most_probable(mode.z, held=held)
    return mode


def _curvature(slope: Callable[[np.ndarray], np.ndarray], at: np.ndarray, step: float = 1e-3) -> np.ndarray:
    """Second derivatives from central differences of the gradient, no flatter than the prior."""
    rows = [(slope(at + step * one) - slope(at - step * one)) / (2.0 * step) for one in np.eye(len(at))]
    full = 0.5 * (np.asarray(rows) + np.asarray(rows).T)
    sizes, directions = np.linalg.eigh(full)
    return np.asarray(directions * np.maximum(sizes, 0.7) @ directions.T)


def _log_normal(miss: Any, covariance: Any) -> Any:
    root = jnp.linalg.cholesky(covariance)
    scaled = jax.scipy.linalg.solve_triangular(root, miss, lower=True)
    return -0.5 * jnp.sum(scaled**2) - jnp.sum(jnp.log(jnp.diag(root))) - 0.5 * len(miss) * jnp.log(2.0 * jnp.pi)


def _same_trial(found: Sequence[Observation]) -> np.ndarray:
    """How far two observations share what differs between trials: 1 in one trial, less in one programme.

    In a pool the differences of its trials average out.
    """
    pooled = np.asarray([one.pooled for one in found])
    trial = np.asarray([[float(one.trial == other.trial) for other in found] for one in found])
    programme = np.asarray([[float(one.programme == other.programme) for other in found] for one in found])
    shared = (1.0 - WITHIN_PROGRAMME) * trial + WITHIN_PROGRAMME * programme
    return np.asarray(shared / np.sqrt(np.outer(pooled, pooled)))


def _shared_arms(found: Sequence[Observation]) -> np.ndarray:
    """How much of the arms' own, lasting differences two observations share."""
    arms = list(dict.fromkeys(group.arm for one in found for group in (one.group, one.less) if group))
    member = np.zeros((len(found), len(arms)))
    for row, one in enumerate(found):
        member[row, arms.index(one.group.arm)] += 1.0
        if one.less is not None:
            member[row, arms.index(one.less.arm)] -= 1.0
    return np.asarray(member @ member.T / np.asarray([one.pooled for one in found]))
