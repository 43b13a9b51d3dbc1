"""The same equations in JAX give the same numbers, and derivatives that finite differences confirm."""

from __future__ import annotations

import jax
import numpy as np
import pytest

from kinetamine import catalogue
from kinetamine.engine.events import Event, EventId
from kinetamine.engine.gradient import concentrations
from kinetamine.engine.kinetics import Kinetics
from kinetamine.engine.person import Person
from kinetamine.engine.problem import Problem
from kinetamine.engine.solve import simulate
from kinetamine.errors import FieldError

TIMES_H = np.array([0.0, 0.25, 0.5, 1.0, 2.0, 3.0, 3.1, 6.0])


def problem(*events: Event) -> Problem:
    """An infusion and a bolus by vein, 80 kg."""
    return Problem(
        model=catalogue.load("pk", "kamp_2020"),
        events=events
        or (
            Event(time_h=0.0, amount_mg=35.0, route="intravenous", duration_h=40 / 60),
            Event(time_h=3.0, amount_mg=20.0, route="intravenous"),
        ),
        person=Person(weight_kg=80.0),
        routes={"intravenous": catalogue.load("routes", "intravenous")},
        times_h=tuple(TIMES_H),
    )


@pytest.mark.parametrize(("species", "prefix"), [("S", "s_"), ("R", "r_")])
def test_jax_runs_the_same_equations_to_1e8(species: str, prefix: str) -> None:
    one = problem()
    exact = simulate(one)
    solved = 1000.0 * np.asarray(concentrations(one, species, TIMES_H))
    for column, output in enumerate(one.model.outputs):
        expected = exact[f"{prefix}{output.name}"].typical
        assert solved[:, column] == pytest.approx(expected, abs=1e-8 * expected.max())


def test_gradient_of_a_level_by_clearance_is_the_finite_difference() -> None:
    one = problem()
    clearance = float(Kinetics(one, "S").system().parameters.CL)

    def level(value: float) -> jax.Array:
        return concentrations(one, "S", TIMES_H, {"CL": value})[-1, 0]

    step = 1e-3
    difference = (level(clearance + step) - level(clearance - step)) / (2 * step)
    assert float(jax.grad(level)(clearance)) == pytest.approx(float(difference), rel=1e-5)


def test_a_reset_is_refused_in_words() -> None:
    dose = Event(time_h=0.0, amount_mg=35.0, route="intravenous")
    with pytest.raises(FieldError, match="a reset or a steady state"):
        concentrations(problem(dose, Event(time_h=1.0, evid=EventId.RESET)), "S", TIMES_H)
