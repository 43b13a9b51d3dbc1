"""Draw virtual people from a population: correlated covariates, genotype, co-medication."""

from __future__ import annotations

import numpy as np
from jaxtyping import Float, Int

from kinetamine import catalogue
from kinetamine.engine.population import BODY_MASS_INDEX, GROUPS, HYPERTENSION, SEXES, Population
from kinetamine.population.marginals import STEP, covariate
from kinetamine.population.streams import normals, require, uniforms
from kinetamine.population.table import People

_PULSE_MMHG = 10.0
"""Least distance between the two pressures: the copula alone would cross them in one of some thousands."""


def people(population: Population | str, n: int, seed: int, first: int = 0) -> People:
    """People ``first`` to ``first + n - 1`` of a seed; each is the same whatever else is drawn, and where.

    Args:
        population: a population or the name of one in the library.
        n: how many.
        first: number of the first, for those who draw in chunks or on many workers.

    Raises:
        FieldError, UnknownNameError: numbers that mean nothing, a population that is not known.
    """
    require(n, seed, first)
    group: Population = catalogue.load("populations", population) if isinstance(population, str) else population
    draw = _Draw(group, n, seed, first)
    sex = (draw.share("sex") >= group.women.value).astype(np.int8)
    scores = draw.scores(sex)
    numbers = _numbers(group, sex, scores)
    ancestry = draw.one_of("ancestry", [group.ancestry[one].value if one in group.ancestry else 0.0 for one in GROUPS])
    return People(
        population=group,
        seed=seed,
        first=first,
        numbers=numbers,
        sex=sex,
        ancestry=ancestry if group.ancestry else np.full(n, GROUPS.index("other"), dtype=np.int8),
        diplotype=draw.diplotype(ancestry),
        hypertension=_hypertension(group, numbers, scores),
        comedication={
            drug: draw.share(f"comedication/{drug}") < _by_sex([shares[one].value for one in SEXES], sex)
            for drug, shares in group.comedication.items()
        },
    )


class _Draw:
    """The random numbers of these people, by what they are for."""

    def __init__(self, population: Population, n: int, seed: int, first: int) -> None:
        self.population, self.n, self.seed, self.first = population, n, seed, first

    def share(self, what: str, occasion: int = 0) -> Float[np.ndarray, " person"]:
        return uniforms(self.seed, f"covariate/{what}", self.n, self.first, occasion)

    def scores(self, sex: Int[np.ndarray, " person"]) -> dict[str, np.ndarray]:
        """Normal scores that hang together as published, women's and men's by their own correlations."""
        names = self.population.correlated
        alone = np.stack([normals(self.seed, f"covariate/{one}", self.n, self.first) for one in names])
        found = np.empty_like(alone)
        for code, one in enumerate(SEXES):
            lower = self.population.copula(one)
            for row in range(len(names)):  # a sum in fixed order: the same to the last bit on every machine
                total = np.zeros(int((sex == code).sum()))
                for column in range(row + 1):
                    total = total + lower[row, column] * alone[column, sex == code]
                found[row, sex == code] = total
        return dict(zip(names, found, strict=True))

    def one_of(self, what: str, shares: list[float]) -> Int[np.ndarray, " person"]:
        """A position for each person, by shares."""
        upper = np.cumsum(shares)
        drawn = np.searchsorted(upper, self.share(what) * max(upper[-1], 1e-300), side="right")
        return np.asarray(np.minimum(drawn, len(shares) - 1), dtype=np.int8)

    def diplotype(self, ancestry: Int[np.ndarray, " person"]) -> Int[np.ndarray, " person"]:
        """How many of the two alleles are ``*6``: each by itself, as in Hardy-Weinberg equilibrium."""
        frequencies = self.population.cyp2b6_6
        if not frequencies:
            return np.full(self.n, -1, dtype=np.int8)
        other = frequencies["other"].value if "other" in frequencies else 0.0
        own = np.array([frequencies[one].value if one in frequencies else other for one in GROUPS])[ancestry]
        alleles = [self.share("cyp2b6", occasion) < own for occasion in range(2)]
        return np.asarray(alleles[0].astype(np.int8) + alleles[1], dtype=np.int8)


def _by_sex(values: list[float], sex: Int[np.ndarray, " person"]) -> Float[np.ndarray, " person"]:
    return np.asarray(np.array(values)[sex])


def _numbers(population: Population, sex: np.ndarray, scores: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """Every numeric covariate, the weight from the body mass index where that was published."""
    numbers: dict[str, np.ndarray] = {}
    for name in (one for one in population.correlated if one != HYPERTENSION):
        values = np.empty(len(sex))
        for code, one in enumerate(SEXES):
            values[sex == code] = covariate(name, population.marginal(name, one), scores[name][sex == code])
        numbers[name] = values
    if BODY_MASS_INDEX in numbers:
        weight = numbers.pop(BODY_MASS_INDEX) * (numbers["height_cm"] / 100.0) ** 2
        numbers["weight_kg"] = np.round(np.round(weight / STEP["weight_kg"]) * STEP["weight_kg"], 6)
    if {"systolic_mmhg", "diastolic_mmhg"} <= set(numbers):
        numbers["diastolic_mmhg"] = np.minimum(numbers["diastolic_mmhg"], numbers["systolic_mmhg"] - _PULSE_MMHG)
    return numbers


def _hypertension(population: Population, numbers: dict[str, np.ndarray], scores: dict[str, np.ndarray]) -> np.ndarray:
    """Who has it: in each age band the published share, those most prone to it."""
    from scipy.special import ndtr  # noqa: PLC0415 - as in streams

    count = len(next(iter(numbers.values())))
    if not population.hypertension:
        return np.zeros(count, dtype=bool)
    ages = sorted(population.hypertension)
    shares = np.array([population.hypertension[age].value for age in ages])
    years = numbers.get("age_y", np.full(count, ages[0]))
    own = shares[np.clip(np.searchsorted(ages, years, side="right") - 1, 0, len(ages) - 1)]
    return np.asarray(ndtr(scores[HYPERTENSION]) > 1.0 - own)
