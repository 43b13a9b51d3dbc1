"""Exposure measures against the closed form of one exponential."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinetamine.errors import FieldError
from kinetamine.exposure import Curve


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
