"""Propagators against SciPy's own exponential, and against an ODE solver on a system they could get wrong."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.integrate import solve_ivp
from scipy.linalg import expm

from kinetamine.engine.dosing import Delivery, SteadyState
from kinetamine.engine.linear import Propagator, propagate
from kinetamine.errors import SolverError

# Three equal rates in a row: no full set of eigenvectors, so an eigen-decomposition would fail.
CHAIN = np.array([[-2.0, 0.0, 0.0], [2.0, -2.0, 0.0], [0.0, 2.0, -2.0]])
STATES = ("first", "second", "third")


def test_one_step_is_the_matrix_exponential() -> None:
    decay, gain = Propagator(CHAIN[None]).step(0.7)
    assert decay[0] == pytest.approx(expm(0.7 * CHAIN), rel=1e-12, abs=1e-15)
    assert CHAIN @ gain[0] == pytest.approx(decay[0] - np.eye(3), abs=1e-13)


def test_transit_chain_with_equal_rates_agrees_with_an_ode_solver() -> None:
    nodes = np.linspace(0.0, 5.0, 26)
    segments = propagate(STATES, [(0.0, CHAIN[None])], [Delivery(0.0, "first", 10.0, 1.5)], nodes)
    times = np.concatenate([segment.times_h for segment in segments])
    exact = np.concatenate([segment.states[:, 0] for segment in segments])

    def rates(_t: float, x: np.ndarray, rate: float) -> np.ndarray:
        return np.asarray(CHAIN @ x + np.array([rate, 0.0, 0.0]))

    during = solve_ivp(rates, (0.0, 1.5), np.zeros(3), "DOP853", [1.0, 1.5], args=(10.0 / 1.5,), rtol=1e-12, atol=1e-13)
    later = solve_ivp(rates, (1.5, 5.0), during.y[:, -1], "DOP853", [3.0, 5.0], args=(0.0,), rtol=1e-12, atol=1e-13)
    for time_h, expected in ((1.0, during.y[:, 0]), (3.0, later.y[:, 0]), (5.0, later.y[:, 1])):
        assert exact[np.isclose(times, time_h)][0] == pytest.approx(expected, rel=1e-8)


def test_slopes_are_those_of_the_equations() -> None:
    segments = propagate(STATES, [(0.0, CHAIN[None])], [Delivery(0.0, "first", 10.0)], np.linspace(0.0, 2.0, 9))
    for segment in segments:
        assert segment.slopes[:, 0] == pytest.approx(segment.states[:, 0] @ CHAIN.T, abs=1e-12)


@given(first=st.floats(0.01, 4.0), second=st.floats(0.01, 4.0))
def test_two_short_steps_make_a_long_one(first: float, second: float) -> None:
    propagator, start, rate = Propagator(CHAIN[None]), np.array([[3.0, 2.0, 1.0]]), np.array([[0.5, 0.0, 0.1]])
    twice = propagator.after(second, propagator.after(first, start, rate), rate)
    assert twice == pytest.approx(propagator.after(first + second, start, rate), rel=1e-9)


def test_steady_state_of_what_is_never_eliminated_is_refused() -> None:
    closed = np.array([[[-1.0, 1.0], [1.0, -1.0]]])
    endless = SteadyState(0.0, (Delivery(0.0, "one", 1.0),), 0.0, added=False)
    with pytest.raises(SolverError, match="never eliminated"):
        propagate(("one", "two"), [(0.0, closed)], [endless], np.array([0.0, 1.0]))


def test_leaves_cost_no_exponential_and_change_nothing() -> None:
    """Two effect sites behind the chain, one of them nearly as fast as the chain itself."""
    matrix = np.zeros((1, 5, 5))
    matrix[0, :3, :3] = CHAIN
    matrix[0, 3, [1, 3]] = 0.4, -0.8
    matrix[0, 4, [2, 4]] = 2.1, -2.1
    whole, split = Propagator(matrix, [0]), Propagator(matrix, [0], leaves=2)
    for hours in (1e-3, 0.2, 3.0, 40.0):
        for expected, found in zip(whole.step(hours), split.step(hours), strict=True):
            assert found == pytest.approx(expected, rel=1e-9, abs=1e-11)
