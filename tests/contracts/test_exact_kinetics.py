"""Exact kinetics against an ODE solver, for every model and every kind of event.

The oracle integrates ``System.rates`` with SciPy's DOP853 from one delivery to the next. Steady states are not
solved for but reached: the record is repeated until what the first repetition left has died away.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from scipy.integrate import solve_ivp

from contracts.doses import MODELS, somebody
from contracts.laws import Entry
from kinetamine.engine.dosing import Delivery, Reset, SteadyState
from kinetamine.engine.events import Event, EventId, Modelled
from kinetamine.engine.kinetics import Kinetics
from kinetamine.engine.model import Administration, Path, PKModel, Values
from kinetamine.engine.problem import Problem
from kinetamine.engine.system import System

SEEN_H = np.asarray([0.013, 0.31, 0.77, 1.29, 1.9, 2.03, 2.9, 3.7, 4.9, 5.3, 7.1, 8.9, 11.3, 15.7])
"""Never at the moment of an event, where before and after differ."""
FORGOTTEN = 1e-10
"""A repetition that left less than this is not repeated again."""


@dataclass(frozen=True)
class Given:
    """Some records, and how their route takes the dose."""

    name: str
    events: tuple[Event, ...]
    path: Path

    def __str__(self) -> str:
        """The kind of event."""
        return self.name


def _dose(time_h: float = 0.0, **fields: float) -> Event:
    return replace(Event(time_h=time_h, amount_mg=10.0, route="probe"), **fields)  # type: ignore[arg-type]


STRAIGHT = Path(name="straight", into="parent")
HALF = replace(STRAIGHT, name="half", fraction=0.5)
DEPOT = Path(name="depot", into="parent", fraction=0.7, ka_per_h=1.3)
RELEASE = replace(DEPOT, name="release", release_h=1.5)
LATE = replace(DEPOT, name="late", lag_h=0.7)
VERY_LATE = replace(DEPOT, name="very late", lag_h=9.5)

GIVEN = (
    Given("bolus", (_dose(),), STRAIGHT),
    Given("infusion at a rate, half of it available", (_dose(rate_mg_per_h=8.0),), HALF),
    Given("infusion of a duration, half of it available", (_dose(duration_h=1.4),), HALF),
    Given("depot", (_dose(),), DEPOT),
    Given("II and ADDL", (_dose(interval_h=2.4, additional=3),), DEPOT),
    Given("SS=1", (_dose(steady_state=1, interval_h=8.0),), DEPOT),
    Given("SS=1, infusion", (_dose(steady_state=1, interval_h=8.0, duration_h=3.0, additional=1),), STRAIGHT),
    Given("SS=1, infusion longer than II", (_dose(steady_state=1, interval_h=4.0, duration_h=9.0),), STRAIGHT),
    Given("SS=1, endless", (_dose(steady_state=1, rate_mg_per_h=5.0, amount_mg=0.0),), STRAIGHT),
    Given("SS=1, lag", (_dose(steady_state=1, interval_h=8.0),), LATE),
    Given("SS=1, lag longer than II", (_dose(steady_state=1, interval_h=8.0, additional=1),), VERY_LATE),
    Given("SS=1 after other doses", (_dose(), _dose(2.5, steady_state=1, interval_h=8.0)), DEPOT),
    Given("SS=2 on other doses", (_dose(), _dose(2.5, steady_state=2, interval_h=8.0)), DEPOT),
    Given("reset", (_dose(), _dose(2.0, evid=EventId.RESET, amount_mg=0.0), _dose(3.0)), DEPOT),
    Given(
        "reset and dose during an infusion",
        (_dose(duration_h=4.0), _dose(2.0, evid=EventId.RESET_AND_DOSE, duration_h=1.0)),
        STRAIGHT,
    ),
    Given("lag", (_dose(), _dose(0.5, duration_h=1.0)), LATE),
    Given("overlapping infusions at one rate", (_dose(duration_h=3.0), _dose(1.0, duration_h=3.0)), STRAIGHT),
    Given("RATE -2", (_dose(rate_mg_per_h=float(Modelled.DURATION)), _dose(5.0, rate_mg_per_h=-2.0)), RELEASE),
    Given("two at once", (_dose(), _dose(), _dose(route=None, compartment="1")), DEPOT),  # type: ignore[arg-type]
)


def _parameter(given: Given) -> Any:
    """Steady states that are reached take seconds each: two kinds of them for every change, all in the slow run."""
    return pytest.param(
        given, marks=[pytest.mark.slow] if given.name.startswith(("SS=1,", "SS=1 ")) else [], id=str(given)
    )


@pytest.mark.parametrize("given", [_parameter(given) for given in GIVEN])
@pytest.mark.parametrize("entry", MODELS, ids=str)
def test_exact_kinetics_are_what_an_ode_solver_finds(entry: Entry, given: Given) -> None:
    kinetics = _kinetics(entry.held, given)
    exact, found = _exactly(kinetics), _by_ode(kinetics)
    worst = np.abs(exact - found).max(axis=1) / np.abs(found).max(axis=1)
    assert worst.max() < 1e-8, dict(zip((output.name for output in entry.held.outputs), worst, strict=True))


def test_the_oracle_sees_a_wrong_rate() -> None:
    model = next(entry.held for entry in MODELS if entry.name == "otto_2021")
    wrong = replace(model, individual=lambda p, person, species: model.individual(p, person, species) | {"CL": 80.0})
    assert not np.allclose(_by_ode(_kinetics(wrong, GIVEN[0])), _exactly(_kinetics(model, GIVEN[0])), rtol=1e-6)


def _kinetics(model: PKModel, given: Given) -> Kinetics:
    path = replace(given.path, into=model.roles["parent"])

    def probe(_p: Values, _given: Administration) -> tuple[Path, ...]:
        return (path,)

    events = tuple(replace(event, form=model.studied.forms[0]) for event in given.events)
    absorbed = replace(model, absorption={"probe": probe})
    problem = Problem(model=absorbed, events=events, person=somebody(model))
    return Kinetics(problem, model.species[0])


def _exactly(kinetics: Kinetics) -> np.ndarray:
    """Outputs at ``SEEN_H`` by the engine."""
    solved = kinetics.solve(np.concatenate(([0.0], SEEN_H)))
    seen = np.searchsorted(solved.times_h, SEEN_H)
    return np.stack([solved.output(output.name)[seen, 0] for output in kinetics.problem.model.outputs])


def _by_ode(kinetics: Kinetics) -> np.ndarray:
    """Outputs at ``SEEN_H`` by the oracle."""
    system, plain = kinetics.system(), [action for action in kinetics.actions if not isinstance(action, SteadyState)]
    states = _integrated(system, plain)
    for action in kinetics.actions:
        if isinstance(action, SteadyState):  # its past is a course of its own, which joins when the record does
            past = _integrated(system, _repeated(system, action))
            states = states + np.where(action.time_h < SEEN_H, past, 0.0)
    return np.stack(system.outputs(list(states)))


def _long_h(system: System) -> float:
    """How long until nothing is left."""
    slowest = -np.linalg.eigvals(system.matrix()[0]).real.max()
    return float(-math.log(FORGOTTEN) / slowest)


def _repeated(system: System, action: SteadyState) -> list[Delivery]:
    """What the record stands for: its deliveries, given every interval for long enough."""
    if action.interval_h == 0.0:
        begin = -_long_h(system)
        endless = SEEN_H[-1] + 1.0 - begin
        return [replace(one, time_h=begin, amount=one.amount * endless, duration_h=endless) for one in action.parts]
    times = math.ceil(_long_h(system) / action.interval_h)
    return [
        replace(one, time_h=action.time_h + one.time_h - earlier * action.interval_h)
        for one in action.parts
        for earlier in range(1, times + 1)
    ]


def _integrated(system: System, actions: Iterable[Delivery | Reset]) -> np.ndarray:
    """States at ``SEEN_H``, from nothing at the first delivery on."""
    actions = list(actions)
    deliveries = [action for action in actions if isinstance(action, Delivery)]
    resets = {action.time_h for action in actions if isinstance(action, Reset)}
    ends = {one.time_h + one.duration_h for one in deliveries}
    cuts = sorted({0.0, *SEEN_H, *ends, *(action.time_h for action in actions)})  # seen at steps, not between them
    state, found = np.zeros(len(system.states)), np.zeros((len(system.states), len(SEEN_H)))
    for begin, end in pairwise(cut for cut in cuts if cut <= SEEN_H[-1]):
        if begin in resets:
            state = np.zeros_like(state)
        alive = [one for one in deliveries if not any(one.time_h < reset <= begin for reset in resets)]
        state = state + _sum(system, [one for one in alive if one.time_h == begin and one.duration_h == 0.0])
        running = [one for one in alive if one.time_h <= begin < one.time_h + one.duration_h]
        right_side = _right_side(system, _sum(system, [_per_hour(one) for one in running]))
        state = solve_ivp(right_side, (begin, end), state, "DOP853", rtol=1e-11, atol=1e-13).y[:, -1]
        found[:, end == SEEN_H] = state[:, None]
    return found


def _per_hour(infusion: Delivery) -> Delivery:
    return replace(infusion, amount=infusion.amount / infusion.duration_h)


def _right_side(system: System, rate: np.ndarray) -> Callable[[float, np.ndarray], np.ndarray]:
    return lambda _time_h, state: np.asarray(system.rates(list(state))) + rate


def _sum(system: System, deliveries: Iterable[Delivery]) -> np.ndarray:
    """Their amounts, each in its state."""
    total = np.zeros(len(system.states))
    for one in deliveries:
        total[system.states.index(one.state)] += one.amount
    return total
