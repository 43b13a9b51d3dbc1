"""States of effects against closed forms: a lag, a memory, a reset and a jump of the driver."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from engine.conftest import TEXTBOOK, given
from inner import States, solver, states_of
from kinetamine import catalogue
from kinetamine.course import Course
from kinetamine.engine.events import Event, EventId, Form
from kinetamine.engine.model import Effect, PKModel, Readout
from kinetamine.engine.person import Person
from kinetamine.engine.problem import Problem
from kinetamine.engine.solve import simulate
from kinetamine.engine.trajectory import Series
from kinetamine.errors import FieldError, SolverError

K, START = 0.2, 2000.0
"""Elimination rate (1/h) and level (ng/mL) right after 100 mg."""

SUM = Effect(
    name="sum",
    title="Area so far",
    stage="acute",
    references=(TEXTBOOK,),
    parameters={"KE0": given(1.5, "1/h")},
    drivers=("s_ketamine",),
    states=lambda _p, _person: {"area": 0.0},
    rates=lambda _x, c, _p: {"area": c.s_ketamine},
    readouts=(
        Readout(name="area", title="Area", unit="ng*h/mL", of=lambda x, _c, _p: x.area),
        Readout(name="level", title="Level", unit="ng/mL", of=lambda _x, c, _p: c.s_ketamine),
    ),
)


def follow(model: PKModel, effect: Effect, *events: Event, **more: Any) -> Any:
    """The trajectory of one effect."""
    given_events = events or (Event(time_h=0.0, amount_mg=100.0, compartment="central", form=Form.ESKETAMINE),)
    return simulate(Problem(model=model, events=given_events, person=Person(), effects=(effect,), **more))


def test_the_area_of_a_decay(one_compartment: PKModel) -> None:
    area = follow(one_compartment, SUM, times_h=(1.0, 10.0, 30.0))["area"].typical
    assert area == pytest.approx([START / K * (1 - np.exp(-K * t)) for t in (1, 10, 30)], rel=1e-5)


def test_an_effect_site_lags_as_the_closed_form_says(one_compartment: PKModel) -> None:
    level = follow(one_compartment, replace(SUM, ke0="KE0"), times_h=(0.5, 3.0))["level"].typical
    expected = [START * 1.5 / (1.5 - K) * (np.exp(-K * t) - np.exp(-1.5 * t)) for t in (0.5, 3.0)]
    assert level == pytest.approx(expected, rel=1e-10)


def test_a_second_bolus_does_not_leak_backwards(one_compartment: PKModel) -> None:
    doses = [Event(time_h=t, amount_mg=100.0, compartment="central", form=Form.ESKETAMINE) for t in (0.0, 10.0)]
    area = follow(one_compartment, SUM, *doses, times_h=(10.0, 12.0))["area"].typical
    first = START / K * (1 - np.exp(-K * 10))
    both = START / K * (1 - np.exp(-K * 12)) + START / K * (1 - np.exp(-K * 2))
    assert area == pytest.approx([first, both], rel=1e-6)


def test_a_reset_starts_the_state_anew(one_compartment: PKModel) -> None:
    dose = Event(time_h=0.0, amount_mg=100.0, compartment="central", form=Form.ESKETAMINE)
    area = follow(one_compartment, SUM, dose, Event(time_h=5.0, evid=EventId.RESET), times_h=(6.0, 9.0))["area"].typical
    assert area == pytest.approx([0.0, 0.0], abs=1e-9)


def test_a_steady_state_is_refused_where_there_is_memory(one_compartment: PKModel) -> None:
    steady = Event(
        time_h=0.0, amount_mg=100.0, compartment="central", interval_h=12.0, steady_state=1, form=Form.ESKETAMINE
    )
    with pytest.raises(FieldError, match="SS: given 1, expected 0 with the effect sum"):
        follow(one_compartment, SUM, steady)


def test_a_readout_that_leaves_its_bounds_is_an_error_and_not_a_number(one_compartment: PKModel) -> None:
    tight = replace(SUM, readouts=(replace(SUM.readouts[1], bounds=(0.0, 100.0)),))
    with pytest.raises(SolverError, match=r"sum\.level: .* leaves 0 to 100"):
        follow(one_compartment, tight)


def test_an_effect_that_is_not_finite_is_an_error(one_compartment: PKModel) -> None:
    broken = replace(SUM, readouts=(replace(SUM.readouts[1], of=lambda _x, c, _p: c.s_ketamine * float("nan")),))
    with pytest.raises(SolverError, match="not finite: level"):
        follow(one_compartment, broken)


MECHANISMS = (*catalogue.names("mechanisms"), "disinhibition=0.8,habenula=0.2")
ONE = "0.5 mg/kg iv over 40 min"
SIX = "0.5 mg/kg iv over 40 min, three times weekly for 2 weeks"


def mood(regimen: str, mechanism: str = MECHANISMS[-1], **more: Any) -> Problem:
    """A course with depression."""
    course = Course(
        regimen=regimen,  # type: ignore[arg-type]
        person=Person(weight_kg=70.0),
        mechanism=mechanism,  # type: ignore[arg-type]
        effects=(),
        **{"people": 0, **more},
    )
    return course.problem()


def everyone(series: Series) -> np.ndarray:
    """The typical person and all others."""
    return series.typical if series.people is None else np.vstack((series.typical, series.people))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("method", "regimen", "people"), [("Radau", ONE, 0), ("BDF", ONE, 0), ("DOP853", SIX, 0), ("DOP853", ONE, 20)]
)
def test_another_solver_gives_the_same_numbers_to_1e6(method: str, regimen: str, people: int) -> None:
    """The shipped tolerance against ever smaller ones, in parts of the largest value, for everyone."""
    problem = mood(regimen, people=people, times_h=(2.0, 24.0, 48.0))
    shipped = simulate(problem)
    with solver(method, rtol=1e-11 if method == "DOP853" else 1e-9, atol=1e-12):
        exact = simulate(problem)
    for name in ("relief", "synapses", "potentiation", "belief", "madrs", "phq9"):
        found, expected = everyone(shipped[name]), everyone(exact[name])
        assert found == pytest.approx(expected, abs=1e-6 * np.abs(expected).max()), name


def test_the_grid_of_people_is_fine_enough() -> None:
    """The typical person alone, on a grid twice as fine, is the same to 1e-6."""
    alone, among = (simulate(mood(ONE, people=people, times_h=(2.0, 24.0, 168.0))) for people in (0, 20))
    for name in ("relief", "madrs"):
        assert among[name].typical == pytest.approx(alone[name].typical, rel=1e-6)


@pytest.mark.slow
@pytest.mark.parametrize("mechanism", MECHANISMS)
def test_no_state_falls_below_zero(mechanism: str) -> None:
    """Beyond what the tolerance allows; nothing is clamped."""
    _, states = states_of(mood(SIX, mechanism, follow_up_days=7.0))
    assert _lowest(states) >= -1e-9


@pytest.mark.slow
@pytest.mark.parametrize("mechanism", MECHANISMS)
def test_nothing_runs_away_in_two_years(mechanism: str) -> None:
    """Weekly for 104 weeks: the last year is like the first, and no state falls below zero."""
    weeks, states = states_of(mood("0.5 mg/kg iv over 40 min, once weekly for 104 weeks", mechanism))
    relief, madrs = weeks["relief"].typical, weeks["madrs"].typical
    assert weeks.at("relief", 168.0 * 103) == pytest.approx(weeks.at("relief", 168.0 * 52), rel=0.02)
    assert -1e-9 <= relief.min() <= relief.max() < 1.0
    assert 0.0 < madrs.min() <= madrs.max() <= 33.0 + 1e-9
    assert _lowest(states) >= -1e-9


def _lowest(found: States) -> float:
    return min(float(values.min()) for states in found.values() for values in states.values())
