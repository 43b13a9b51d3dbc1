"""Rare readings by quadrature against closed forms and brute-force sampling."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy.special import ndtr

from kinetamine.engine.spread import probability_above


def test_nothing_given_is_noise_alone() -> None:
    """Peaks of zero in 8 sessions, SD 12.4: 1 - Phi(40/12.4)^8 = 0.5 %, the label's placebo arm."""
    found = probability_above(40.0, [0.0] * 8, 0.5, 12.4)
    assert found == pytest.approx(1.0 - ndtr(40.0 / 12.4) ** 8, rel=1e-9)
    assert found == pytest.approx(0.005, abs=5e-4)


def test_equal_people_are_independent_sessions() -> None:
    """Without a person effect the sessions multiply."""
    assert probability_above(25.0, [10.0, 20.0], 0.0, 8.0) == pytest.approx(1 - ndtr(15 / 8) * ndtr(5 / 8), rel=1e-9)


def test_person_effect_alone_has_a_closed_form() -> None:
    """Without noise: P(eta > ln(40/10)), however many sessions."""
    assert probability_above(40.0, [10.0, 8.0], 0.5, 0.0) == pytest.approx(ndtr(-math.log(4.0) / math.sqrt(0.5)))
    assert probability_above(40.0, [10.0], 0.5, 1e-3) == pytest.approx(ndtr(-math.log(4.0) / math.sqrt(0.5)), abs=0.02)


@pytest.mark.parametrize("ceiling", [math.inf, 120.0])
def test_agrees_with_sampling(ceiling: float) -> None:
    """400 000 people and eight sessions; the quadrature must lie within four standard errors."""
    rng, peaks = np.random.default_rng(3), np.array([6.0, 8.0] * 4)
    factor = np.exp(0.78 * rng.standard_normal((400_000, 1)))
    own = factor * peaks if math.isinf(ceiling) else ceiling * (1 - (1 - peaks / ceiling) ** factor)
    share = (own + 11.0 * rng.standard_normal(own.shape) > 40.0).any(axis=1).mean()
    error = math.sqrt(share * (1 - share) / 400_000)
    assert abs(probability_above(40.0, list(peaks), 0.78**2, 11.0, ceiling) - share) < 4 * error


def test_more_of_everything_is_more_likely() -> None:
    """More sessions, higher peaks and a lower threshold all raise it; no session never happens."""
    base = probability_above(40.0, [8.0] * 4, 0.4, 10.0)
    assert probability_above(40.0, [8.0] * 8, 0.4, 10.0) > base
    assert probability_above(40.0, [12.0] * 4, 0.4, 10.0) > base
    assert probability_above(30.0, [8.0] * 4, 0.4, 10.0) > base
    assert probability_above(40.0, [], 0.4, 10.0) == 0.0


def test_nobody_passes_the_ceiling_without_noise() -> None:
    """A threshold above the ceiling is out of reach for everybody."""
    assert probability_above(130.0, [50.0], 4.0, 0.0, ceiling=120.0) == 0.0
    assert probability_above(40.0, [50.0], 0.0, 0.0, ceiling=120.0) == 1.0
