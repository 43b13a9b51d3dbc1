"""Random effects by seed, entry, parameter and person."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kinetamine.engine.model import Estimate, Variability
from kinetamine.errors import FieldError, SolverError
from kinetamine.population import between_occasions, between_people, residuals
from kinetamine.population.differences import draw
from population.test_draw import number

SPREAD = {"CL": Variability(number(0.04)), "V1": Variability(number(0.09))}


@settings(max_examples=30)
@given(first=st.integers(0, 10**6), cut=st.integers(1, 9))
def test_a_persons_effects_are_the_same_in_any_chunk(first: int, cut: int) -> None:
    covariance = {("CL", "V1"): number(0.03)}
    whole = between_people("model", SPREAD, covariance, 10, 1, first)
    part = between_people("model", SPREAD, covariance, 10 - cut, 1, first + cut)
    assert all((whole[name][cut:] == part[name]).all() for name in SPREAD)


def test_they_vary_and_hang_together_as_published() -> None:
    etas = between_people("model", SPREAD, {("CL", "V1"): number(0.03)}, 20_000, 1)
    assert np.cov(etas["CL"], etas["V1"]) == pytest.approx(np.array([[0.04, 0.03], [0.03, 0.09]]), rel=0.05)


def test_drawn_as_the_engine_does_person_zero_is_typical() -> None:
    etas = draw("model", SPREAD, {}, 5, 1)
    assert len(etas["CL"]) == 6
    assert etas["CL"][0] == 0.0
    assert (etas["CL"][1:] == between_people("model", SPREAD, {}, 5, 1)["CL"]).all()
    assert draw("model", SPREAD, {}, 0, 1) == {}


def test_another_owner_or_parameter_is_another_stream() -> None:
    one = between_people("one", SPREAD, {}, 5, 1)
    assert (one["CL"] != between_people("other", SPREAD, {}, 5, 1)["CL"]).all()
    alone = between_people("one", {"V1": SPREAD["V1"]}, {}, 5, 1)
    assert (one["V1"] == alone["V1"]).all()


def test_an_impossible_covariance_is_refused_with_the_pair() -> None:
    with pytest.raises(SolverError, match=r"model: its covariance matrix .* CL with V1"):
        between_people("model", SPREAD, {("CL", "V1"): number(0.9)}, 5, 1)


@pytest.mark.parametrize("covariance", [{}, {("CL", "V1"): number(float("nan"))}])
def test_a_covariance_that_is_no_number_is_refused(covariance: dict[tuple[str, str], Estimate]) -> None:
    spread = SPREAD if covariance else {"CL": Variability(number(float("nan")))}
    with pytest.raises(FieldError, match=r"model: covariance of CL with (CL|V1): given nan, expected a finite number"):
        between_people("model", spread, covariance, 5, 1)


def test_sessions_differ_within_a_person() -> None:
    sessions = [between_occasions("model", SPREAD, 20_000, 1, session)["CL"] for session in range(5)]
    assert np.std(sessions, axis=1) == pytest.approx(0.2, rel=0.03)
    assert np.abs(np.corrcoef(sessions) - np.eye(5)).max() < 0.03
    assert (between_occasions("model", SPREAD, 2, 1, 3, first=7)["CL"] == sessions[3][7:9]).all()


def test_readings_are_new_every_time() -> None:
    found = residuals("depression", "madrs", 3.0, 10_000, 1, readings=6)
    assert found.shape == (10_000, 6)
    assert found.std(axis=0) == pytest.approx(3.0, rel=0.04)
    assert np.abs(np.corrcoef(found.T) - np.eye(6)).max() < 0.05
    assert (residuals("depression", "madrs", 3.0, 5, 1, readings=2, first=50) == found[50:55, :2]).all()


@pytest.mark.parametrize("session", [-1, 0.5])
def test_a_session_is_a_whole_number(session: int) -> None:
    with pytest.raises(FieldError, match="session"):
        between_occasions("model", SPREAD, 5, 1, session)


def test_a_negative_spread_is_refused() -> None:
    with pytest.raises(FieldError, match="sd"):
        residuals("depression", "madrs", -1.0, 5, 1, readings=1)
