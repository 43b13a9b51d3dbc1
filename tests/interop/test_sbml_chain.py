"""Every effect, outcome, mechanism and comparator, and whole courses, in other simulators."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from interop.simulators import SIMULATORS, Simulator, library, worst
from kinetamine import catalogue
from kinetamine.course import Course, load, parse_regimen
from kinetamine.engine.person import Person
from kinetamine.interop.sbml import problems, to_sbml

library("libsbml")
SAME = 1e-5
EXAMPLES = Path(__file__).parents[2] / "examples"
PERSON = Person(
    weight_kg=83.0, age_y=62.0, sex="female", failed_treatments=4.0, previous_sessions=3.0, hypertension=True
)
PLAIN = Course(
    person=PERSON,
    regimen=parse_regimen("0.5 mg/kg iv over 40 min, twice weekly for 1 week"),
    effects=(),
    outcomes=(),
    people=0,
    follow_up_days=2.0,
    outside=True,
)


def _compared(name: str) -> Course:
    treatment = catalogue.load("comparators", name)
    regimen = PLAIN.regimen if treatment.sessions else None
    return replace(PLAIN, comparator=name, regimen=regimen, outcomes=tuple(treatment.sizes)[:1])


COURSES = {
    "every effect": replace(PLAIN, effects=catalogue.names("effects")),
    "every outcome": replace(PLAIN, outcomes=catalogue.names("outcomes")),
    **{
        f"mechanism {name}": replace(PLAIN, outcomes=("depression",), mechanism=((name, 1.0),))
        for name in catalogue.names("mechanisms")
    },
}
COMPARED = {f"comparator {name}": _compared(name) for name in catalogue.names("comparators")}
NAMES = ("depression_six_infusions", "esketamine_nasal", "crps_infusion", "anaesthesia_induction", "sublingual_film")
# A hundred days after the last dose say no more than a few.
WHOLE = {name: replace(load(EXAMPLES / f"{name}.toml"), people=0, follow_up_days=3.0) for name in NAMES}


@cache
def _text(name: str) -> str:
    return to_sbml((COURSES | COMPARED | WHOLE)[name])


@pytest.mark.parametrize("name", COURSES)
def test_libsbml_finds_no_fault_and_units_agree_in_every_equation(name: str) -> None:
    assert problems(_text(name)) == ()


@pytest.mark.parametrize("simulator", SIMULATORS)
@pytest.mark.parametrize("name", COURSES)
def test_another_simulator_gives_the_same(name: str, simulator: Simulator) -> None:
    error, output = worst(_text(name), COURSES[name], simulator)
    assert error < SAME, output


@pytest.mark.slow
@pytest.mark.parametrize("simulator", SIMULATORS)
@pytest.mark.parametrize("name", [*COMPARED, *WHOLE])
def test_another_simulator_gives_the_same_course(name: str, simulator: Simulator) -> None:
    error, output = worst(_text(name), (COMPARED | WHOLE)[name], simulator)
    assert error < SAME, output


@pytest.mark.slow
@pytest.mark.parametrize("name", [*COMPARED, *WHOLE])
def test_libsbml_finds_no_fault_in_a_course(name: str) -> None:
    assert problems(_text(name)) == ()
