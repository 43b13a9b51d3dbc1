"""Populations of the library: every number sourced, people drawn from them as published."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pytest

from contracts.vocabulary import UNIT
from kinetamine import catalogue
from kinetamine.engine.model import Provenance
from kinetamine.engine.population import SEXES, Population, Spread
from kinetamine.population import people

NAMES = catalogue.names("populations")
OWN_UNITS = {"cm", "kg/m2", "treatments"}
"""Units that only populations have."""
DRAWN = 20_000
SIGMAS = 4.5
"""Sampling errors allowed: some hundred comparisons are made."""


def _population(name: str) -> Population:
    found: Population = catalogue.load("populations", name)
    return found


@pytest.mark.parametrize("name", NAMES)
def test_every_number_has_a_unit_a_source_and_a_place(name: str) -> None:
    population = _population(name)
    for where, estimate in population.estimates():
        assert math.isfinite(estimate.value), where
        assert estimate.unit in OWN_UNITS or UNIT.fullmatch(estimate.unit), where
        assert estimate.where.strip(), where
        assert estimate.source in population.references, where
        assert estimate.note or estimate.provenance is Provenance.MEASURED, where
        assert estimate.provenance is not Provenance.UNVERIFIED, where


@pytest.mark.parametrize("name", NAMES)
def test_means_and_spreads_match_their_sources(name: str) -> None:
    population, drawn = _population(name), people(name, DRAWN, seed=20260101)
    for code, sex in enumerate(SEXES):
        rows = drawn.sex == code
        for covariate in population.covariates:
            marginal = population.marginal(covariate, sex)
            if not isinstance(marginal, Spread):
                continue
            values = drawn.bmi[rows] if covariate == "bmi" else drawn[covariate][rows]
            mean, sd, count = marginal.mean.value, marginal.sd.value, int(rows.sum())
            # Where a diastolic pressure would cross the systolic one it is lowered: 0.1 mmHg in the mean.
            bias = 0.15 if covariate == "diastolic_mmhg" else 0.0
            assert values.mean() == pytest.approx(mean, abs=SIGMAS * sd / math.sqrt(count) + bias), (covariate, sex)
            kurtosis = float(np.mean(((values - mean) / sd) ** 4))
            error = sd * math.sqrt(max(kurtosis - 1.0, 1.0) / (4.0 * count))
            assert values.std() == pytest.approx(sd, abs=SIGMAS * error + bias), (covariate, sex)


@pytest.mark.parametrize("name", NAMES)
def test_correlations_match_their_sources(name: str) -> None:
    from scipy.special import ndtri  # noqa: PLC0415 - as the code under test
    from scipy.stats import rankdata  # noqa: PLC0415

    population, drawn = _population(name), people(name, DRAWN, seed=7)
    for code, sex in enumerate(SEXES):
        rows = drawn.sex == code
        count = int(rows.sum())
        for (one, other), estimate in population.correlations.get(sex, {}).items():
            if "hypertension" in {one, other}:
                continue
            columns = [drawn.bmi if part == "bmi" else drawn[part] for part in (one, other)]
            scores = [ndtri((rankdata(column[rows]) - 0.5) / count) for column in columns]
            found = np.corrcoef(scores[0], scores[1])[0, 1]
            assert found == pytest.approx(estimate.value, abs=SIGMAS / math.sqrt(count) + 0.01), (one, other, sex)


@pytest.mark.parametrize("name", NAMES)
def test_shares_match_their_sources(name: str) -> None:
    population, drawn = _population(name), people(name, DRAWN, seed=20260101)
    table = drawn.to_pandas()
    error = SIGMAS * 0.5 / math.sqrt(DRAWN)
    assert (table["sex"] == "female").mean() == pytest.approx(population.women.value, abs=error)
    for group, share in population.ancestry.items():
        assert (table["ancestry"] == group).mean() == pytest.approx(share.value, abs=error)
    ages = [*sorted(population.hypertension), math.inf]
    for begin, end in pairwise(ages):
        band = table[(table["age_y"] >= begin) & (table["age_y"] < end)]
        if len(band) > 200:
            allowed = SIGMAS * 0.5 / math.sqrt(len(band))
            assert band["hypertension"].mean() == pytest.approx(population.hypertension[begin].value, abs=allowed)


@pytest.mark.parametrize("name", NAMES)
def test_genotypes_are_in_hardy_weinberg_equilibrium(name: str) -> None:
    population, drawn = _population(name), people(name, DRAWN, seed=3)
    table = drawn.to_pandas()
    for group, frequency in population.cyp2b6_6.items():
        some = table[table["ancestry"] == group] if population.ancestry else table
        q = frequency.value
        expected = {"*1/*1": (1.0 - q) ** 2, "*1/*6": 2.0 * q * (1.0 - q), "*6/*6": q * q}
        for diplotype, share in expected.items():
            if len(some) > 200:
                allowed = SIGMAS * math.sqrt(share * (1.0 - share) / len(some))
                assert (some["cyp2b6"] == diplotype).mean() == pytest.approx(share, abs=allowed)


def test_the_trials_of_resistant_depression_have_their_printed_baseline() -> None:
    drawn = people("trd_trials", DRAWN, seed=1)
    assert drawn["madrs"].mean() == pytest.approx(37.4, abs=0.15)
    assert drawn["madrs"].std() == pytest.approx(5.6, abs=0.15)
    assert (drawn["failed_treatments"] > 2.0).mean() == pytest.approx(87.0 / 295.0, abs=0.015)


def test_americans_have_the_body_mass_index_that_was_measured_though_only_weight_and_height_are_drawn() -> None:
    drawn = people("us_adults", DRAWN, seed=1)
    women = drawn.bmi[drawn.sex == 0]
    men = drawn.bmi[drawn.sex == 1]
    assert (women.mean(), women.std()) == pytest.approx((28.76, 7.41), rel=0.03)
    assert (men.mean(), men.std()) == pytest.approx((28.50, 5.88), rel=0.03)


def test_people_with_hypertension_stand_as_far_above_the_others_as_published() -> None:
    drawn = people("us_adults", DRAWN, seed=1)
    high = drawn["systolic_mmhg"][drawn.hypertension].mean()
    normal = drawn["systolic_mmhg"][~drawn.hypertension].mean()
    assert normal == pytest.approx(116.0, abs=2.0)
    assert high - normal == pytest.approx(18.0, abs=4.0)
