"""The two methods and the exact engine agree on every model of the library, for people from all over a population."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from contracts.doses import STUDIED, Studied
from kinetamine import catalogue
from kinetamine.course import DEFAULT_EFFECTS, Course
from kinetamine.engine.events import Event
from kinetamine.engine.problem import Problem
from kinetamine.engine.solve import simulate
from kinetamine.engine.vector.kernel import compile  # noqa: A004 - its name
from kinetamine.engine.vector.method import Collocation, Rosenbrock
from kinetamine.engine.vector.result import Result
from kinetamine.engine.vector.whole import assemble
from kinetamine.population import people
from kinetamine.population.treated import Treated

pytestmark = pytest.mark.slow
PEOPLE, EXACT = 48, 2
TOLERANCE = 1e-4
"""Of each method: so two of them differ by twice that at most."""
OUTCOMES = tuple(name for name in catalogue.names("outcomes") if hasattr(catalogue.load("outcomes", name), "readouts"))


def _everybody(course: Course) -> tuple[Treated, np.ndarray]:
    """People of a population, given the course, and their rows in the order in which they are solved."""
    treated = Treated(course, people("us_adults", PEOPLE, seed=5))
    return treated, np.concatenate(list(treated.alike(PEOPLE)))


def _problem(course: Course) -> Problem:
    treated, rows = _everybody(course)
    return treated.problem(rows)


def _alone(course: Course) -> list[Problem]:
    treated, rows = _everybody(course)
    return [treated.problem(rows[[one]]) for one in range(EXACT)]


def _course(case: Studied) -> Course:
    """Two of the model's own doses, a day apart; by vein over 40 minutes."""
    length = 2.0 / 3.0 if case.route == "intravenous" else None
    events = tuple(
        Event(time_h=start, amount_mg=case.dose_mg, form=case.form, route=case.route, duration_h=length)
        for start in (0.0, 24.0)
    )
    return Course(
        person=case.person, events=events, model=case.model.name, effects=DEFAULT_EFFECTS, outside=True, people=0
    )


def _off(one: Result, other: dict[str, np.ndarray], count: int, bound: float) -> dict[str, float]:
    """How far two are apart, as a part of each person's largest value."""
    found = {}
    for name, values in other.items():
        size = np.maximum(np.abs(values).max(axis=1, keepdims=True), 1e-6)
        found[name] = float((np.abs(one[name][:count] - values) / size).max())
    return {name: error for name, error in found.items() if error > bound}


def _agree(course: Course) -> None:
    times = np.unique(np.concatenate([np.arange(0.0, 4.0, 0.25), np.arange(4.0, 72.0, 2.0), [24.5, 25.0, 26.0]]))
    course = replace(course, times_h=tuple(times))
    problem = _problem(course)
    whole = assemble(problem, float(times[-1]))
    kernel = compile(whole.equations)
    steps, blocks = (
        kernel.run(whole.parameters, whole.schedule, times, method=method).require()
        for method in (Rosenbrock(1e-6, 1e-9), Collocation())
    )
    assert _off(blocks, {name: steps[name] for name in steps.names}, PEOPLE, 2.0 * TOLERANCE) == {}
    alone = [simulate(one) for one in _alone(course)]  # one person has the finest grid
    known = {one.name: np.stack([each[one.name].typical for each in alone]) for one in alone[0]}
    assert _off(steps, known, EXACT, TOLERANCE) == {}


@pytest.mark.parametrize("case", STUDIED, ids=str)
def test_every_model_by_every_route_it_was_studied_by(case: Studied) -> None:
    _agree(_course(case))


@pytest.mark.parametrize("name", catalogue.names("mechanisms"))
def test_every_mechanism_with_every_outcome(name: str) -> None:
    given = {"regimen": "0.5 mg/kg iv over 40 min, twice weekly for 1 weeks", "outcomes": OUTCOMES, "mechanism": name}
    _agree(Course(person=people("us_adults", 1, seed=5).person(0), outside=True, people=0, **given))  # type: ignore[arg-type]
