"""The whole chain in JAX gives the same numbers, and derivatives that finite differences confirm."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import jax
import numpy as np
import pytest

from kinetamine import catalogue
from kinetamine.course import Course
from kinetamine.engine.events import Event, EventId
from kinetamine.engine.gradient import trajectory
from kinetamine.engine.person import Person
from kinetamine.engine.problem import Problem
from kinetamine.engine.solve import simulate
from kinetamine.errors import FieldError, UnknownNameError

REGIMENS = {
    "one infusion": ("0.5 mg/kg iv over 40 min", (0.0, 0.25, 2 / 3, 1.0, 4.0, 24.0, 72.0, 168.0)),
    "six infusions": (
        "0.5 mg/kg iv over 40 min, three times weekly for 2 weeks",
        (0.5, 24.0, 96.5, 264.0, 312.0, 600.0),
    ),
    "nasal": ("84 mg intranasal esketamine, twice weekly for 2 weeks", (0.5, 1.0, 24.0, 72.5, 240.0, 408.0)),
}
NUMBERS = ("CL", "nmda_occupancy.IC50_K", "mechanism.BDNF_GAIN", "depression.SIZE")
"""One of the kinetics, of the receptor, of the chain and of the outcome."""


def problem(name: str) -> Problem:
    """A course with depression."""
    words, times_h = REGIMENS[name]
    person = Person(weight_kg=80.0)
    return Course(regimen=words, person=person, effects=(), people=0, times_h=times_h).problem()  # type: ignore[arg-type]


@cache
def _solved(name: str) -> Callable[[dict[str, Any]], dict[str, jax.Array]]:
    """Compiled once: everything at the regimen's times, by what is changed."""
    one = problem(name)
    return jax.jit(lambda changed: trajectory(one, np.asarray(one.times_h), changed))


@pytest.mark.parametrize("name", REGIMENS)
def test_jax_runs_the_same_equations_to_1e6(name: str) -> None:
    """Every level, readout and score, in parts of its largest value."""
    exact = simulate(problem(name))
    solved = _solved(name)(_library() if name == "one infusion" else {})
    assert set(solved) == set(exact.series)
    for series in exact:
        top = np.abs(series.typical).max()
        assert np.asarray(solved[series.name]) == pytest.approx(series.typical, abs=1e-6 * top), series.name


def _score(changed: dict[str, Any]) -> Any:
    """MADRS a day after one infusion."""
    return _solved("one infusion")(changed)["madrs"][REGIMENS["one infusion"][1].index(24.0)]


@cache
def _slopes() -> dict[str, float]:
    return {name: float(slope) for name, slope in jax.grad(_score)(_library()).items()}


def _library() -> dict[str, float]:
    one = problem("one infusion")
    held = {effect.name: effect.parameters for effect in one.effects} | {"": one.model.parameters}
    return {name: held[name.rpartition(".")[0]][name.rpartition(".")[2]].value for name in NUMBERS}


@pytest.mark.slow
@pytest.mark.parametrize("name", NUMBERS)
def test_slopes_of_the_score_are_central_differences(name: str) -> None:
    """By a number of every stage."""
    values = _library()
    step = 1e-3 * values[name]
    high, low = (_score({**values, name: values[name] + way * step}) for way in (1.0, -1.0))
    assert _slopes()[name] == pytest.approx(float(high - low) / (2.0 * step), rel=1e-5)
    assert _slopes()[name] != 0.0


def test_a_reset_is_refused_in_words() -> None:
    dose = Event(time_h=0.0, amount_mg=35.0, compartment="central")
    model = catalogue.load("pk", "kamp_2020")
    reset = Problem(model=model, events=(dose, Event(time_h=1.0, evid=EventId.RESET)), person=Person(weight_kg=80.0))
    with pytest.raises(FieldError, match="a reset or a steady state"):
        trajectory(reset, np.array([6.0]))


def test_a_name_that_nothing_has_is_refused() -> None:
    one, times_h = problem("one infusion"), np.array([24.0])
    with pytest.raises(UnknownNameError, match="did you mean mechanism"):
        trajectory(one, times_h, {"mechanisms.AMPA50": 1.0})
    with pytest.raises(UnknownNameError, match="parameter of mechanism: given 'AMPA5', expected one of"):
        trajectory(one, times_h, {"mechanism.AMPA5": 1.0})


def test_a_length_of_release_cannot_be_differentiated() -> None:
    """It is an edge of the solution."""
    one = problem("nasal")
    with pytest.raises(FieldError, match="no lag and no length of release"):
        jax.grad(lambda value: trajectory(one, np.array([1.0]), {"D2": value})["ketamine_venous"][0])(0.5)
