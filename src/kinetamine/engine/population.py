"""Who is treated, as a group: how covariates are spread and hang together, each number with its source."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, fields
from typing import Literal, get_args

import numpy as np
from jaxtyping import Float

from kinetamine.citation import Reference
from kinetamine.engine.model import Estimate
from kinetamine.engine.person import Sex
from kinetamine.errors import FieldError, UnknownNameError

Shape = Literal["normal", "log-normal"]
Group = Literal["white", "black", "asian", "japanese", "other"]
Pair = tuple[str, str]

BODY_MASS_INDEX = "bmi"
"""May be given in place of the weight, which then follows from it and the height."""
HYPERTENSION = "hypertension"
"""In a correlation: how prone a person is to it; the most prone share of each age has it."""
CONTINUOUS = (
    *("age_y", "height_cm", "weight_kg", BODY_MASS_INDEX, "systolic_mmhg", "diastolic_mmhg", "heart_rate_bpm"),
    *("madrs", "hama", "caps5", "pcl5", "ssi", "pain_nrs"),
)
"""Covariates with a mean and a spread, in the order in which they are drawn."""
WHOLE = ("failed_treatments", "previous_sessions")
"""Covariates that are counted."""
SEXES: tuple[Sex, ...] = get_args(Sex)
GROUPS: tuple[Group, ...] = get_args(Group)
_SUM = 1e-6


@dataclass(frozen=True, kw_only=True)
class Spread:
    """A covariate with a mean and a standard deviation, both of the people inside the limits, as tables print them.

    Attributes:
        shape: of the distribution before people outside the limits were left out.
        low, high: limits: who may enter a trial, what a scale can show, or what a human can be.
    """

    mean: Estimate
    sd: Estimate
    low: float
    high: float
    shape: Shape = "normal"

    def __post_init__(self) -> None:
        """Refuse a spread that nobody can have."""
        if not self.low < self.mean.value < self.high:
            raise FieldError("mean", self.mean.value, f"between the limits, {self.low:g} and {self.high:g}")
        if not 0.0 < self.sd.value < self.high - self.low:
            raise FieldError("sd", self.sd.value, "more than 0 and less than the distance between the limits")
        if self.shape == "log-normal" and self.low <= 0.0:
            raise FieldError("low", self.low, "more than 0 where the logarithm is normal")


@dataclass(frozen=True)
class Counts:
    """A covariate that is counted, by the share of people with each count."""

    shares: Mapping[int, Estimate]

    def __post_init__(self) -> None:
        """Refuse shares that do not make a whole."""
        _whole("shares", self.shares.values())


@dataclass(frozen=True, kw_only=True)
class PoissonAbove:
    """A covariate that is counted: the least that everybody has, and a Poisson number beyond it.

    Attributes:
        beyond: mean number beyond ``least``.
        most: nobody has more.
    """

    least: int
    beyond: Estimate
    most: int

    def __post_init__(self) -> None:
        """Refuse a mean that no count can have."""
        if self.most <= self.least or not 0.0 <= self.beyond.value < self.most - self.least:
            raise FieldError("beyond", self.beyond.value, f"0 to less than {self.most - self.least}")


Marginal = Spread | Counts | PoissonAbove


@dataclass(frozen=True)
class BySex:
    """A covariate that women and men differ in."""

    female: Marginal
    male: Marginal


@dataclass(frozen=True, kw_only=True)
class Population:
    """A group of people as published: marginals, correlations, shares.

    Attributes:
        women: share of women.
        covariates: marginals by covariate name; what is absent is the same for all, as in ``Person()``.
        correlations: by sex and pair of covariates, of normal scores (each covariate ranked and brought to a normal
            curve: a Gaussian copula); pairs not named are independent given the others.
        hypertension: share of people with it, by the age from which the share holds.
        ancestry: share of each group; Asian and Japanese ancestry act on kinetics, the others on genotype alone.
        cyp2b6_6: frequency of the allele CYP2B6*6 by ancestry; empty: not typed. All other alleles count as ``*1``.
        comedication: share of people who take each drug, of either sex; drugs that are no library interaction are
            drawn and shown, and do not act.
    """

    name: str
    title: str
    references: tuple[Reference, ...]
    women: Estimate
    covariates: Mapping[str, Marginal | BySex]
    correlations: Mapping[Sex, Mapping[Pair, Estimate]] = field(default_factory=dict)
    hypertension: Mapping[float, Estimate] = field(default_factory=dict)
    ancestry: Mapping[Group, Estimate] = field(default_factory=dict)
    cyp2b6_6: Mapping[Group, Estimate] = field(default_factory=dict)
    comedication: Mapping[str, Mapping[Sex, Estimate]] = field(default_factory=dict)
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse what is not a group of people.

        Raises:
            UnknownNameError: a covariate is not known.
            FieldError: shares do not make a whole, or correlations contradict each other.
        """
        for name in self.covariates:
            if name not in (*CONTINUOUS, *WHOLE):
                raise UnknownNameError(f"covariate of {self.name}", name, (*CONTINUOUS, *WHOLE))
        if {"weight_kg", BODY_MASS_INDEX} <= set(self.covariates):
            raise FieldError(BODY_MASS_INDEX, self.name, "either the weight or the body mass index: one follows")
        if BODY_MASS_INDEX in self.covariates and "height_cm" not in self.covariates:
            raise FieldError("height_cm", None, "a height, from which and the body mass index the weight follows")
        if self.ancestry:
            _whole("ancestry", self.ancestry.values())
        for name, shares in self._all_shares():
            if not 0.0 <= shares.value <= 1.0:
                raise FieldError(f"{self.name}, {name}", shares.value, "a share from 0 to 1")
        for sex in SEXES:
            self.copula(sex)

    def _all_shares(self) -> Iterator[tuple[str, Estimate]]:
        yield "women", self.women
        for where in ("hypertension", "ancestry", "cyp2b6_6"):
            yield from ((f"{where} {key}", estimate) for key, estimate in getattr(self, where).items())
        for drug, by_sex in self.comedication.items():
            yield from ((f"{drug} {sex}", estimate) for sex, estimate in by_sex.items())

    def marginal(self, name: str, sex: Sex) -> Marginal:
        """How one covariate is spread among women or men."""
        found = self.covariates[name]
        return getattr(found, sex) if isinstance(found, BySex) else found

    @property
    def correlated(self) -> tuple[str, ...]:
        """What may hang together, in the order in which it is drawn."""
        here = [name for name in (*CONTINUOUS, *WHOLE) if name in self.covariates]
        return (*here, HYPERTENSION) if self.hypertension else tuple(here)

    def copula(self, sex: Sex) -> Float[np.ndarray, "covariate covariate"]:
        """The lower triangle that makes independent normal numbers hang together as published.

        Raises:
            UnknownNameError, FieldError: a pair is not known, or no people can have these correlations.
        """
        names = self.correlated
        matrix = np.eye(len(names))
        for pair, estimate in self.correlations.get(sex, {}).items():
            for name in pair:
                if name not in names:
                    raise UnknownNameError(f"correlation of {self.name}", name, names)
            i, j = (names.index(name) for name in pair)
            if i == j or not abs(estimate.value) < 1.0:
                raise FieldError(_said(self.name, *pair, sex), estimate.value, "two covariates, between -1 and 1")
            matrix[i, j] = matrix[j, i] = estimate.value
        return _lower(matrix, names, f"{self.name}", sex)

    def estimates(self) -> Iterator[tuple[str, Estimate]]:
        """Every number with the place it stands in."""
        yield from self._all_shares()
        for name in self.covariates:
            for sex in SEXES:
                marginal = self.marginal(name, sex)
                yield from ((f"{name} {sex} {part}", estimate) for part, estimate in _numbers(marginal))
        for sex, pairs in self.correlations.items():
            yield from ((f"{one}, {other} {sex}", estimate) for (one, other), estimate in pairs.items())


def _numbers(marginal: Marginal) -> Iterator[tuple[str, Estimate]]:
    for part in fields(marginal):
        value = getattr(marginal, part.name)
        if isinstance(value, Estimate):
            yield part.name, value
        elif isinstance(value, Mapping):
            yield from ((str(key), estimate) for key, estimate in value.items())


def _whole(where: str, shares: Collection[Estimate]) -> None:
    total = math.fsum(estimate.value for estimate in shares)
    if any(estimate.value < 0.0 for estimate in shares) or abs(total - 1.0) > _SUM:
        raise FieldError(where, total, "shares of 0 or more that sum to 1")


def _said(population: str, one: str, other: str, sex: Sex) -> str:
    return f"{population}: correlation of {one} with {other}, {sex}"


def _lower(matrix: np.ndarray, names: tuple[str, ...], population: str, sex: Sex) -> np.ndarray:
    """The Cholesky factor, or a sentence with the pair that contradicts the others most."""
    for size in range(2, len(names) + 1):
        if not _positive(matrix[:size, :size]):
            last = size - 1
            order = sorted(range(last), key=lambda other: -abs(matrix[last, other]))
            culprit = next((one for one in order if _positive(_without(matrix[:size, :size], one))), order[0])
            expected = "a value that the other correlations allow: together they are not positive definite"
            where = _said(population, names[culprit], names[last], sex)
            raise FieldError(where, float(matrix[last, culprit]), expected)
    return np.asarray(np.linalg.cholesky(matrix))


def _positive(matrix: np.ndarray) -> bool:
    return bool(np.linalg.eigvalsh(matrix)[0] > 1e-10)


def _without(matrix: np.ndarray, column: int) -> np.ndarray:
    changed = matrix.copy()
    changed[-1, column] = changed[column, -1] = 0.0
    return changed
