"""The population engine in the reference solver's place: the same states, the same people, the same course."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from kinetamine import Course, Person, UnknownNameError, simulate
from kinetamine.course import ENGINES, FAST, load
from kinetamine.engine.vector.follow import suits

EXAMPLES = sorted((Path(__file__).parents[3] / "examples").glob("*.toml"))
OFF = 2e-4
"""Of the largest value of anybody: what docs/concepts/vector.md promises."""


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda one: one.stem)
def test_both_engines_give_everybody_the_same_course(path: Path) -> None:
    course = replace(load(path), people=20)
    exact, fast = simulate(course), simulate(replace(course, engine=FAST))
    assert fast.attributes["engine"] == FAST
    assert list(exact.series) == list(fast.series)
    np.testing.assert_array_equal(exact.times_h, fast.times_h)
    for name in exact.series:
        one, other = exact[name], fast[name]
        size = max(float(np.abs(one.typical).max()), 1e-9)
        assert np.abs(one.typical - other.typical).max() <= OFF * size, name
        if one.people is not None and other.people is not None:
            assert np.abs(one.people - other.people).max() <= OFF * max(size, float(np.abs(one.people).max())), name


def test_what_the_population_engine_does_not_know_is_left_to_the_other() -> None:
    changed = ((24.0, Person(weight_kg=80.0)),)
    course = Course(person=Person(weight_kg=70.0), regimen="0.5 mg/kg iv over 40 min", people=0)  # type: ignore[arg-type]
    course = replace(course, person_changes=changed, follow_up_days=2.0)
    assert not suits(course.problem())
    exact, fast = simulate(course), simulate(replace(course, engine=FAST))
    for name in exact.series:
        np.testing.assert_array_equal(exact[name].typical, fast[name].typical)


def test_an_engine_that_is_not_there() -> None:
    with pytest.raises(UnknownNameError, match="engine"):
        Course(person=Person(), regimen="0.5 mg/kg iv over 40 min", engine="quick")  # type: ignore[arg-type]
    assert FAST in ENGINES
