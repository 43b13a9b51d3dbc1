"""Every PK model by every route it was studied with, and every route of the library, in other simulators."""

from __future__ import annotations

from functools import cache

import pytest

from contracts.doses import STUDIED, Studied
from interop.simulators import SIMULATORS, Simulator, library, worst
from kinetamine import catalogue
from kinetamine.course import Course, parse_regimen
from kinetamine.engine.events import Event, Form
from kinetamine.engine.person import Person
from kinetamine.interop.sbml import problems, to_sbml

library("libsbml")
SAME = 1e-5
INFUSION_H = 2 / 3


@cache
def _text(course: Course) -> str:
    return to_sbml(course)


def _course(one: Studied) -> Course:
    over = INFUSION_H if one.route == "intravenous" else None
    dose = Event(time_h=0.25, amount_mg=one.dose_mg, form=one.form, route=one.route, duration_h=over)
    return Course(
        person=one.person,
        events=(dose,),
        model=one.model.name,
        effects=(),
        outcomes=(),
        people=0,
        follow_up_days=2.0,
        outside=True,
    )


COURSES = {str(one): _course(one) for one in STUDIED}
ROUTES = {
    name: Course(
        person=Person(weight_kg=70.0),
        events=(
            Event(
                time_h=0.0,
                amount_mg=40.0,
                form=Form.RACEMIC,
                route=name,
                duration_h=INFUSION_H if name == "intravenous" else None,
            ),
        ),
        effects=("dissociation",),
        outcomes=(),
        people=0,
        follow_up_days=1.0,
        outside=True,
    )
    for name in catalogue.names("routes")
}
OTHERS = {
    "an inhibitor on a swallowed dose": Course(
        person=Person(weight_kg=70.0, comedication=("ticlopidine",)),
        regimen=parse_regimen("50 mg ketamine oral"),
        effects=(),
        outcomes=(),
        people=0,
        outside=True,
    ),
    "arterial levels estimated from venous ones": Course(
        person=Person(weight_kg=70.0),
        regimen=parse_regimen("0.5 mg/kg iv over 40 min"),
        model="herd_2007b",
        effects=("dissociation", "nmda_occupancy"),
        outcomes=(),
        people=0,
        outside=True,
    ),
}
EVERY = COURSES | ROUTES | OTHERS


@pytest.mark.parametrize("name", EVERY)
def test_libsbml_finds_no_fault(name: str) -> None:
    assert problems(_text(EVERY[name])) == ()


@pytest.mark.parametrize("simulator", SIMULATORS)
@pytest.mark.parametrize("name", EVERY)
def test_another_simulator_gives_the_same_curves(name: str, simulator: Simulator) -> None:
    error, output = worst(_text(EVERY[name]), EVERY[name], simulator)
    assert error < SAME, output
