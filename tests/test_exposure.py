"""Exposure measures against the closed form of one exponential."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinetamine.errors import FieldError
from kinetamine.exposure import Curve, area


def decay(rate: float, start: float = 100.0) -> Curve:
    """start x exp(-rate t), dense, over ten half-lives."""
    times = np.linspace(0.0, 10.0 * np.log(2.0) / rate, 4001)
    return Curve(times, start * np.exp(-rate * times))


@given(rate=st.floats(0.01, 10.0))
def test_one_exponential_has_known_measures(rate: float) -> None:
    curve = decay(rate)
    assert curve.cmax == 100.0
    assert curve.tmax_h == 0.0
    assert curve.half_life_h == pytest.approx(np.log(2.0) / rate, rel=1e-6)
    assert curve.auc() == pytest.approx(100.0 / rate, rel=1e-5)
    assert curve.mrt_h == pytest.approx(1.0 / rate, rel=1e-4)


def test_a_partial_area_ends_where_asked_between_two_times() -> None:
    curve = Curve(np.array([0.0, 1.0, 2.0]), np.array([0.0, 10.0, 10.0]))
    assert curve.auc(1.5) == pytest.approx(5.0 + 5.0)


def test_a_curve_without_a_tail_says_so() -> None:
    with pytest.raises(FieldError, match="terminal phase"):
        _ = Curve(np.array([0.0, 1.0]), np.array([1.0, 5.0])).lambda_z


TIMES = np.array([0.0, 0.5, 1.0, 3.0, 8.0])


@given(rate=st.floats(-2.0, 5.0), start=st.floats(1e-250, 1e6))
def test_an_area_is_exact_where_a_level_decays_and_a_trapezoid_where_it_rises(rate: float, start: float) -> None:
    levels = start * np.exp(-rate * TIMES)
    exact = -start * np.expm1(-rate * TIMES[-1]) / rate if abs(rate) > 1e-9 else start * TIMES[-1]
    assert area(levels, TIMES) == pytest.approx(exact if rate > 0.0 else np.trapezoid(levels, TIMES), rel=1e-9)


def test_areas_of_several_levels_with_nothing_and_rounding_below_nothing() -> None:
    levels = np.array([[0.0, 4.0, 2.0, 0.0, 0.0], [0.0, -1e-12, 0.0, -1e-12, 0.0], [1.0, 5e-324, 0.0, 1.0, 1.0]]).T
    expected = [1.0 + 0.5 * 2.0 / np.log(2.0) + 2.0, -4e-12, 0.5 / np.log(1.0 / 2.3e-308) + 1.0 + 5.0]
    assert area(levels, TIMES) == pytest.approx(expected, rel=1e-3, abs=1e-15)
    with np.errstate(all="raise"):
        assert np.isnan(area(np.array([1.0, np.nan, 0.5, 0.25, 0.1]), TIMES))


def test_nearly_level_is_nearly_a_trapezoid() -> None:
    for fall in (1e-4, 1.1e-5, 0.9e-5, 1e-9, 0.0):
        levels = 100.0 * (1.0 - fall * TIMES)
        assert area(levels, TIMES) == pytest.approx(np.trapezoid(levels, TIMES), rel=1e-7)
