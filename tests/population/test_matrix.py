"""Everybody's parameters: all at once and one by one alike; which entries take all at once is written down here."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from contracts.laws import Entry, each, entries, hold, known
from kinetamine import catalogue
from kinetamine.course import DEFAULT_EFFECTS, Course, parse_regimen
from kinetamine.engine.kinetics import Kinetics
from kinetamine.engine.model import Values
from kinetamine.engine.people import vary
from kinetamine.engine.problem import Problem
from kinetamine.errors import FieldError
from kinetamine.population import People, between_people, copes, parameters, people
from kinetamine.population.matrix import initial
from population.test_draw import group, number

ENTRIES = [one for one in entries("pk", "effects", "outcomes") if hasattr(one.held, "individual")]
ONE_BY_ONE = {
    "pk/perez_ruixo_2021": "looks ancestry up in a set, which an array cannot be looked up in",
}
REGIMEN = parse_regimen("0.5 mg/kg iv over 40 min")
OUTCOMES = tuple(name for name in catalogue.names("outcomes") if hasattr(catalogue.load("outcomes", name), "readouts"))


@each(ENTRIES)
def test_an_entry_takes_everybody_at_once(case: Entry) -> None:
    hold([] if copes(case.held) else ["it has to be asked person by person"], case, ONE_BY_ONE)


def test_exceptions_are_entries() -> None:
    known(ONE_BY_ONE, ENTRIES)


def _people() -> People:
    drawn = people("us_adults", 40, seed=11, first=3)
    ancestry = drawn.ancestry.copy()
    ancestry[:4] = [2, 2, 3, 3]  # Asian and Japanese among them
    numbers = {**drawn.numbers, "failed_treatments": np.arange(40.0) % 7, "previous_sessions": np.arange(40.0) % 3}
    return replace(drawn, ancestry=ancestry, numbers=numbers)


@each([one for one in ENTRIES if one.kind == "pk"])
def test_kinetic_parameters_are_those_of_each_person(case: Entry) -> None:
    drawn = _people()
    problem = Problem(model=case.held, events=(), person=drawn.person(0))
    found = parameters(problem, drawn)
    for species in case.held.species:
        matrix = found[f"{case.name}:{species}"]
        etas = between_people(case.name, case.held.variability, case.held.covariance, 40, drawn.seed, drawn.first)
        for row, person in enumerate(drawn):
            plain = Kinetics(replace(problem, person=person), species).parameters(person)
            own = {name: eta[[row]] for name, eta in etas.items()}
            expected = vary(vars(plain), case.held.variability, own)
            assert set(matrix) == set(expected)
            for name, value in expected.items():
                assert matrix[name][[row]] == pytest.approx(value, rel=1e-12), (name, row)


@each([one for one in ENTRIES if one.kind != "pk"])
def test_effect_parameters_and_first_states_are_those_of_each_person(case: Entry) -> None:
    drawn, effect = _people(), case.held
    problem = Problem(
        model=catalogue.load("pk", "kamp_2020"),
        events=(),
        person=drawn.person(0),
        effects=(replace(effect, inputs=()),),
    )
    matrix = parameters(problem, drawn)[effect.name]
    etas = between_people(effect.name, effect.variability, effect.covariance, 40, drawn.seed, drawn.first)
    states = initial(effect, matrix, drawn)
    for row, person in enumerate(drawn):
        own = {name: eta[[row]] for name, eta in etas.items()}
        expected = vary(effect.individual(effect.typical(), person), effect.variability, own)
        for name, value in expected.items():
            assert matrix[name][[row]] == pytest.approx(value, rel=1e-12), (name, row)
        for name, value in effect.states(Values(**expected), person).items():
            assert states[name][[row]] == pytest.approx(value, rel=1e-12), (name, row)


def test_a_whole_course_has_a_matrix_for_each_entry() -> None:
    drawn = people("trd_trials", 6, seed=1)
    course = Course(person=drawn.person(0), regimen=REGIMEN, effects=DEFAULT_EFFECTS, outcomes=OUTCOMES)
    found = parameters(course.problem(), drawn)
    assert {"kamp_2020:S", "kamp_2020:R", "mechanism", "expectancy", "depression"} <= set(found)
    assert all(value.shape == (6,) and value.dtype == np.float64 for one in found.values() for value in one.values())


def test_typical_values_for_covariates_have_no_other_differences() -> None:
    drawn = people("trd_trials", 6, seed=1)
    problem = Problem(model=catalogue.load("pk", "kamp_2020"), events=(), person=drawn.person(0))
    typical = parameters(problem, drawn, differences=False)["kamp_2020:S"]
    expected = [Kinetics(problem, "S").parameters(person).CL for person in drawn]
    assert typical["CL"] == pytest.approx(expected, rel=1e-12)


def test_a_drug_that_acts_changes_the_clearance_of_those_who_take_it() -> None:
    shares = {"female": number(0.5), "male": number(0.5)}
    drawn = people(group(comedication={"rifampicin": shares}), 50, seed=1)
    problem = Problem(model=catalogue.load("pk", "kamp_2020"), events=(), person=drawn.person(0))
    found = parameters(problem, drawn, differences=False)["kamp_2020:S"]["CL"]
    for row, person in enumerate(drawn):
        course = Course(person=person, regimen=REGIMEN, effects=(), outcomes=(), people=0)
        assert found[row] == pytest.approx(Kinetics(course.problem(), "S").parameters(person).CL, rel=1e-12)


def test_a_population_without_weights_is_refused_by_a_model_that_needs_them() -> None:
    drawn = people(group(covariates={"age_y": group().covariates["age_y"]}), 3, seed=1)
    problem = Problem(model=catalogue.load("pk", "kamp_2020"), events=(), person=drawn.person(0))
    with pytest.raises(FieldError, match="body weights, needed for scaling kamp_2020"):
        parameters(problem, drawn)
