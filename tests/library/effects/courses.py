"""Courses that the tests of effects and outcomes share."""

from __future__ import annotations

import numpy as np

from kinetamine import catalogue
from kinetamine.engine.events import Event, Form
from kinetamine.engine.model import Effect
from kinetamine.engine.person import Person
from kinetamine.engine.problem import Problem
from kinetamine.engine.solve import simulate
from kinetamine.engine.trajectory import Trajectory
from kinetamine.library.arterial import arm
from suppliers import together

ADULT = Person(weight_kg=70.0)
STANDARD = (0.0, 35.0, 2 / 3)
"""0.5 mg/kg in 40 min at 70 kg."""


def infuse(
    effect: Effect,
    *doses: tuple[float, float, float],
    form: Form = Form.RACEMIC,
    person: Person = ADULT,
    horizon_h: float = 6.0,
    people: int = 0,
) -> Trajectory:
    """Intravenous doses as (start in h, mg, length in h), kamp_2020, 70 kg."""
    events = tuple(
        Event(time_h=start, amount_mg=amount, form=form, route="intravenous", duration_h=length)
        for start, amount, length in doses
    )
    return simulate(
        Problem(
            model=catalogue.load("pk", "kamp_2020"),
            routes={"intravenous": catalogue.load("routes", "intravenous")},
            events=events,
            person=person,
            effects=together(effect),
            horizon_h=horizon_h,
            people=people,
        )
    )


def spray(effect: Effect, devices: int, people: int = 0) -> Trajectory:
    """Esketamine nasal devices of 28 mg five minutes apart, perez_ruixo_2021."""
    events = tuple(
        Event(time_h=i / 12, amount_mg=28.0, form=Form.ESKETAMINE, route="intranasal") for i in range(devices)
    )
    return simulate(
        Problem(
            model=catalogue.load("pk", "perez_ruixo_2021"),
            events=events,
            person=ADULT,
            effects=together(effect),
            arm=arm(),
            horizon_h=6.0,
            people=people,
        )
    )


def people_of(course: Trajectory, name: str) -> np.ndarray:
    """The virtual people of one series, one row each."""
    found = course[name].people
    assert found is not None
    return found
