"""Laws over every effect and outcome, behind the default kinetics: bounds, baselines, and names that fit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from contracts.laws import Entry, each, entries, hold, known
from contracts.vocabulary import DRIVER
from kinetamine import catalogue
from kinetamine.engine.events import Event
from kinetamine.engine.model import Effect, Readout, Values
from kinetamine.engine.people import draw
from kinetamine.engine.person import Person
from kinetamine.engine.problem import Problem
from kinetamine.engine.solve import simulate
from kinetamine.engine.trajectory import Series
from kinetamine.errors import SolverError
from suppliers import together

EFFECTS = entries("effects", "outcomes")
MG_PER_KG = (0.01, 0.1, 0.5, 2.0, 5.0)
TIMES_H = (0.0, 0.25, 40 / 60, 1.0, 2.0, 4.0, 24.0, 72.0)
PERSON = Person(weight_kg=70.0)
HAS_A_BASELINE = {
    "effects/blood_pressure": "systolic, diastolic and heart rate are the person's own where there is no drug",
    "effects/sedation": "the scale counts down from 5, fully awake",
    "effects/respiration": "the shift of an opioid's curve is a factor, 1 where there is no drug",
    **dict.fromkeys(
        ("outcomes/anxiety", "outcomes/chronic_pain", "outcomes/depression", "outcomes/ptsd"),
        "a score is the person's own where there is no drug",
    ),
    "outcomes/suicidal_ideation": "a score is the person's own where there is no drug",
    "outcomes/relapse": "without drug people relapse all the same",
}
MOVES_BY_ITSELF = {"outcomes/relapse": "the risk of a relapse gathers with time alone"}
KAMP = catalogue.load("pk", "kamp_2020")


def _readouts(effect: Effect, *events: Event, people: int = 0) -> dict[str, Series]:
    problem = Problem(
        model=KAMP,
        events=events,
        person=PERSON,
        effects=together(effect),
        people=people,
        times_h=TIMES_H,
        horizon_h=TIMES_H[-1],
    )
    trajectory = simulate(problem)
    return {readout.name: trajectory[readout.name] for readout in effect.readouts}


def _infusion(mg_per_kg: float) -> Event:
    return Event(time_h=0.0, amount_mg=70.0 * mg_per_kg, compartment="central", duration_h=40 / 60)


@each(EFFECTS)
def test_without_drug_nothing_happens(case: Entry) -> None:
    hold(_moved(case), case, MOVES_BY_ITSELF)


def _moved(case: Entry) -> Iterator[str]:
    for name, series in _readouts(case.held).items():
        if np.ptp(series.typical) > 1e-9 * max(1.0, abs(series.typical[0])):
            yield f"{name} goes from {series.typical[0]:g} to {series.typical[-1]:g}"


@each(EFFECTS)
def test_without_drug_an_effect_is_zero(case: Entry) -> None:
    hold(_nonzero(case), case, HAS_A_BASELINE)


def _nonzero(case: Entry) -> Iterator[str]:
    for name, series in _readouts(case.held).items():
        if np.abs(series.typical).max() > 1e-12:
            yield f"{name} is {series.typical[0]:g}"


@pytest.mark.parametrize("mg_per_kg", MG_PER_KG)
@each(EFFECTS)
def test_at_any_dose_it_is_finite_and_within_bounds(case: Entry, mg_per_kg: float) -> None:
    hold(_strayed(case, mg_per_kg), case)


def _strayed(case: Entry, mg_per_kg: float) -> Iterator[str]:
    try:
        found = _readouts(case.held, _infusion(mg_per_kg), people=10)
    except SolverError as error:
        yield str(error)
        return
    for readout in case.held.readouts:
        series = found[readout.name]
        values = series.typical if series.people is None else np.vstack((series.typical, series.people))
        low, high = readout.bounds
        if not (np.isfinite(values).all() and low - 1e-9 <= values.min() and values.max() <= high + 1e-9):
            yield f"{readout.name}: {values.min():g} to {values.max():g}, bounds {low:g} to {high:g}"


@each(EFFECTS)
def test_a_dose_changes_every_readout(case: Entry) -> None:
    hold(_unmoved(case), case)


def _unmoved(case: Entry) -> Iterator[str]:
    without, given = _readouts(case.held), _readouts(case.held, _infusion(0.5))
    for name, series in given.items():
        if np.abs(series.typical - without[name].typical).max() < 1e-6:
            yield f"{name} does not move"


@each(EFFECTS)
def test_the_parts_of_an_effect_fit(case: Entry) -> None:
    hold(_misfits(case), case)


def _misfits(case: Entry) -> Iterator[str]:
    effect: Effect = case.held
    own = effect.individual(effect.typical(), PERSON)
    readouts = {readout.name for readout in effect.readouts}
    yield from (f"driver {name}" for name in effect.drivers if not DRIVER.fullmatch(name))
    yield from (f"residual {name}" for name in set(effect.residual) - readouts)
    yield from (f"variability {name}" for name in set(effect.variability) - set(own))
    yield from (f"covariance {pair}" for pair in effect.covariance if not set(pair) <= set(effect.variability))
    if effect.ke0 and effect.ke0 not in own:
        yield f"ke0 {effect.ke0}"
    if not effect.readouts:
        yield "predicts nothing"
    yield from (f"{one.name} has no unit or title" for one in effect.readouts if not (one.unit and one.title))
    states = effect.states(Values(**own), PERSON)
    seen = Values(**dict.fromkeys((*effect.drivers, *effect.inputs), 0.0))
    if set(effect.rates(Values(**states), seen, Values(**own))) != set(states):
        yield "rates and states differ"


@each(entries("pk", "effects", "outcomes"))
def test_people_can_be_drawn(case: Entry) -> None:
    drawn = draw(case.name, case.held.variability, case.held.covariance, people=5, seed=1)
    assert set(drawn) == set(case.held.variability)


def test_no_two_readouts_share_a_name() -> None:
    names = Counter(readout.name for entry in EFFECTS for readout in entry.held.readouts)
    assert [name for name, times in names.items() if times > 1] == []


def test_quarantine_holds_effects_only() -> None:
    known({**HAS_A_BASELINE, **MOVES_BY_ITSELF}, EFFECTS)


SEDATION = next(entry for entry in EFFECTS if entry.name == "sedation")


def _reading(of: Any, bounds: tuple[float, float] = (0.0, 1.0)) -> Entry:
    """Sedation with one readout of our own."""
    readout = Readout(name="broken", title="Broken", unit="1", of=of, bounds=bounds)
    return SEDATION._replace(held=replace(SEDATION.held, readouts=(readout,)))


@pytest.mark.parametrize(
    ("law", "broken"),
    [
        (_nonzero, _reading(lambda _x, c, _p: 0.5 + 0.0 * c.s_ketamine)),
        (_unmoved, _reading(lambda _x, c, _p: 0.0 * c.s_ketamine)),
        (lambda case: _strayed(case, 0.5), _reading(lambda _x, c, _p: c.s_ketamine)),
        (lambda case: _strayed(case, 0.5), _reading(lambda _x, c, _p: np.nan * c.s_ketamine)),
        (_misfits, SEDATION._replace(held=replace(SEDATION.held, ke0="KEO"))),
        (_misfits, SEDATION._replace(held=replace(SEDATION.held, drivers=(*SEDATION.held.drivers, "ketamine")))),
        (_misfits, SEDATION._replace(held=replace(SEDATION.held, states=lambda _p, _person: {"tired": 0.0}))),
    ],
)
def test_a_law_over_effects_can_fail(law: Any, broken: Entry) -> None:
    assert list(law(broken))
