"""A whole course, compiled: everything it predicts is what the exact engine gives, for typical people and others."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from kinetamine.course import Course
from kinetamine.engine.person import Person
from kinetamine.engine.solve import simulate
from kinetamine.engine.trajectory import Trajectory
from kinetamine.engine.vector.equations import Trace
from kinetamine.engine.vector.kernel import compile  # noqa: A004 - its name
from kinetamine.engine.vector.method import Collocation, Method, Rosenbrock
from kinetamine.engine.vector.prune import prune
from kinetamine.engine.vector.result import Result
from kinetamine.engine.vector.whole import assemble
from kinetamine.errors import FieldError, UnknownNameError

OUTCOMES = ("depression", "relapse", "anxiety", "ptsd", "chronic_pain", "suicidal_ideation")
PERSON = Person(weight_kg=82.0, age_y=44.0, hypertension=True)
COURSES: dict[str, dict[str, object]] = {
    "six infusions": {"regimen": "0.5 mg/kg iv over 40 min, twice weekly for 3 weeks", "outcomes": OUTCOMES},
    "one infusion": {"regimen": "0.5 mg/kg iv over 40 min"},
    "a bolus": {"regimen": "0.3 mg/kg iv bolus"},
    "nasal": {"regimen": "56 mg esketamine intranasal, twice weekly for 2 weeks"},
    "by muscle": {"regimen": "0.5 mg/kg im"},
    "swallowed": {"regimen": "50 mg racemic oral"},
    "placebo": {"regimen": "0.5 mg/kg iv over 40 min, twice weekly for 2 weeks", "comparator": "placebo"},
    "ssri": {"comparator": "ssri", "effects": ()},
    "beside": {"regimen": "0.5 mg/kg iv over 40 min", "background": ("ssri",)},
    "empirical": {"regimen": "0.5 mg/kg iv over 40 min", "mechanism": "empirical"},
    "hnk": {"regimen": "0.5 mg/kg iv over 40 min, twice weekly for 1 weeks", "mechanism": "hnk_ampa"},
}
_QUICK = ("one infusion", "nasal", "ssri")
SOME_NOW = [pytest.param(name, marks=() if name in _QUICK else pytest.mark.slow) for name in COURSES]


@cache
def _course(name: str) -> Course:
    given = {"person": PERSON, "people": 0, "outside": True, "follow_up_days": 7.0, **COURSES[name]}
    return Course(**given)  # type: ignore[arg-type]  # a test's own


@cache
def _exact(name: str) -> Trajectory:
    return simulate(replace(_course(name).problem(), people=10))


def _compiled(name: str, method: Method) -> Result:
    problem, exact = replace(_course(name).problem(), people=10), _exact(name)
    whole = assemble(problem, float(exact.times_h[-1]))
    return compile(whole.equations).run(whole.parameters, whole.schedule, exact.times_h, method=method).require()


def _errors(name: str, found: Result) -> dict[str, float]:
    """The largest error of every output, as a part of each person's peak."""
    errors = {}
    for series in _exact(name):
        exact = series.typical[None] if series.people is None else np.vstack([series.typical, series.people])
        size = np.maximum(np.abs(exact).max(axis=1, keepdims=True), 1e-6)
        errors[series.name] = float((np.abs(found[series.name] - exact) / size).max())
    return errors


@pytest.mark.parametrize("name", SOME_NOW)
def test_every_output_is_the_exact_engines(name: str) -> None:
    found = _compiled(name, Collocation())
    assert set(found.names) == {one.name for one in _exact(name)}
    wrong = {one: error for one, error in _errors(name, found).items() if error > 1e-4}
    assert wrong == {}


@pytest.mark.slow
@pytest.mark.parametrize("name", COURSES)
def test_in_steps_kinks_do_no_harm(name: str) -> None:
    errors = _errors(name, _compiled(name, Rosenbrock(1e-6, 1e-9)))
    assert {one: error for one, error in errors.items() if error > 1e-4} == {}


def test_what_nobody_asked_for_is_left_out_and_the_rest_stays() -> None:
    problem = _course("one infusion").problem()
    whole, times = assemble(problem, 48.0), np.array([0.0, 0.5, 2.0, 48.0])
    few = prune(whole.equations, ("cadss",))
    assert few.parameters == whole.equations.parameters
    assert set(few.states) < set(whole.equations.states)
    assert Trace(few).output_names == ("cadss",)
    found = compile(few).run(whole.parameters, whole.schedule, times, method=Rosenbrock()).require()
    exact = simulate(replace(problem, times_h=tuple(times)))
    assert found["cadss"][0] == pytest.approx(exact["cadss"].typical, abs=1e-3)


def test_an_output_that_is_not_there_is_refused_by_name() -> None:
    whole = assemble(_course("one infusion").problem(), 48.0)
    with pytest.raises(UnknownNameError, match="did you mean cadss"):
        prune(whole.equations, ("cads",))


def test_covariates_that_change_are_left_to_the_exact_engine() -> None:
    problem = replace(_course("one infusion").problem(), person_changes=((1.0, PERSON),))
    with pytest.raises(FieldError, match="person_changes"):
        assemble(problem, 48.0)


def test_a_steady_state_is_left_to_the_exact_engine() -> None:
    problem = _course("one infusion").problem()
    steady = replace(problem, events=tuple(replace(one, steady_state=True, interval_h=24.0) for one in problem.events))
    with pytest.raises(FieldError, match="steady states"):
        assemble(steady, 48.0)
