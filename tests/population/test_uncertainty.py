"""How well numbers are known: labelled, from intervals or a fit, apart from how people differ."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from kinetamine import catalogue
from kinetamine.engine.model import Estimate
from kinetamine.errors import FieldError
from kinetamine.population import uncertain
from population.test_draw import number


def within(value: float, low: float, high: float, unit: str = "1") -> Estimate:
    return replace(number(value, unit), interval=(low, high))


@pytest.mark.parametrize(
    ("estimate", "scale"),
    [
        (within(121.0, 90.0, 163.0), "log-normal"),
        (within(0.0, -1.0, 1.0), "normal"),
        (within(10.0, 8.0, 12.0), "normal"),
        (within(0.5, 0.3, 0.7, "fraction of baseline"), "logit-normal"),
    ],
)
def test_draws_have_the_published_interval(estimate: Estimate, scale: str) -> None:
    found = uncertain("entry", {"C50": estimate}, 20_000, seed=1)
    assert estimate.interval is not None
    width = estimate.interval[1] - estimate.interval[0]
    assert np.percentile(found.values["C50"], [2.5, 97.5]) == pytest.approx(estimate.interval, abs=0.03 * width)
    assert found.by["C50"] == f"published interval, {scale}"
    assert np.median(found.values["C50"]) == pytest.approx(estimate.value, abs=0.02 * width)


def test_it_says_what_it_is_and_what_is_missing() -> None:
    found = uncertain("dissociation", catalogue.load("effects", "dissociation").parameters, 10, seed=1)
    assert "not how people differ" in found.label
    assert "GAMMA" in found.fixed
    assert "C50" not in found.fixed
    assert len(found) == 10
    assert {name for name, _ in found.given(3)} == {"dissociation.C50", "dissociation.KE0"}


def test_a_fit_comes_before_intervals_and_its_rows_stay_whole() -> None:
    samples = np.arange(100.0)
    parameters = {"C50": within(50.0, 40.0, 60.0), "EMAX": number(1.0)}
    found = uncertain("entry", parameters, 500, seed=1, posterior={"C50": samples, "EMAX": 2.0 * samples})
    assert found.by == {"C50": "posterior of a fit", "EMAX": "posterior of a fit"}
    assert (found.values["EMAX"] == 2.0 * found.values["C50"]).all()
    assert found.values["C50"].mean() == pytest.approx(49.5, abs=5.0)


def test_a_posterior_that_does_not_fit_is_refused() -> None:
    with pytest.raises(FieldError, match="posterior"):
        uncertain("entry", {"C50": number(1.0)}, 5, seed=1, posterior={"EMAX": np.ones(3)})
    both = {"C50": number(1.0), "EMAX": number(1.0)}
    with pytest.raises(FieldError, match="same number of samples"):
        uncertain("entry", both, 5, seed=1, posterior={"C50": np.ones(3), "EMAX": np.ones(2)})
