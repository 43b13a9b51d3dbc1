"""Random effects: reproducible, correlated as published, zero for the typical person."""

from __future__ import annotations

import numpy as np
import pytest

from engine.conftest import given
from kinetamine.engine.model import Variability, omega2_from_cv
from kinetamine.engine.people import draw, vary
from kinetamine.errors import SolverError

SPREAD = {"CL": Variability(given(0.04, "1")), "V1": Variability(given(0.09, "1"))}


def test_nobody_is_drawn_when_nobody_is_asked_for() -> None:
    assert draw("model", SPREAD, {}, 0, 1) == {}


def test_person_zero_is_typical_and_the_rest_vary_as_published() -> None:
    etas = draw("model", SPREAD, {("CL", "V1"): given(0.03, "1")}, 20_000, 1)
    assert etas["CL"][0] == etas["V1"][0] == 0.0
    found = np.cov(etas["CL"][1:], etas["V1"][1:])
    assert found == pytest.approx(np.array([[0.04, 0.03], [0.03, 0.09]]), rel=0.05)


def test_the_stream_depends_on_the_owner_and_not_on_what_else_is_drawn() -> None:
    assert (draw("a", SPREAD, {}, 5, 1)["CL"] == draw("a", SPREAD, {}, 5, 1)["CL"]).all()
    assert (draw("a", SPREAD, {}, 5, 1)["CL"] != draw("b", SPREAD, {}, 5, 1)["CL"]).any()


def test_an_impossible_covariance_is_refused_by_name() -> None:
    with pytest.raises(SolverError, match="model: its covariance matrix"):
        draw("model", SPREAD, {("CL", "V1"): given(0.9, "1")}, 5, 1)


def test_log_and_logit_scales() -> None:
    etas = {"CL": np.array([0.0, 0.5]), "F1": np.array([0.0, 100.0])}
    varied = vary({"CL": 10.0, "F1": 0.5}, {**SPREAD, "F1": Variability(given(1.0, "1"), scale="logit")}, etas)
    assert varied["CL"] == pytest.approx([10.0, 10.0 * np.exp(0.5)])
    assert varied["F1"] == pytest.approx([0.5, 1.0])


def test_cv_and_omega2_are_each_others_inverse() -> None:
    assert Variability(given(omega2_from_cv(30.0), "1")).cv_percent == pytest.approx(30.0)
