"""Everybody treated by the reference engine: as one by one, in any chunk."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from kinetamine.course import Course, parse_regimen
from kinetamine.course import simulate as one_by_one
from kinetamine.errors import FieldError, OutsideStudiedRangeError, UnknownNameError
from kinetamine.population import People, people, simulate, studied
from population.test_draw import group, spread

TIMES = (0.25, 2.0 / 3.0, 2.0, 24.0)


@pytest.fixture(scope="module")
def drawn() -> People:
    return people("us_adults", 7, seed=4)


def _course(words: str = "0.5 mg/kg iv over 40 min", **changed: object) -> Course:
    return replace(
        Course(
            person=people("us_adults", 1, seed=1).person(0),
            regimen=parse_regimen(words),
            effects=("dissociation", "blood_pressure"),
            outcomes=("depression",),
            times_h=TIMES,
            people=0,
            outside=True,
        ),
        **changed,  # type: ignore[arg-type]  # a test's own
    )


def test_each_person_fares_as_when_simulated_alone(drawn: People) -> None:
    found = simulate(_course(), drawn, differences=False)
    for row, person in enumerate(drawn):
        alone = one_by_one(_course(person=person))
        for name in ("ketamine_arterial", "cadss", "systolic_rise", "madrs"):
            assert found[name][row] == pytest.approx(alone[name].typical, rel=1e-5, abs=1e-6), name


def test_a_chunk_changes_nothing(drawn: People) -> None:
    whole, parts = simulate(_course(), drawn), simulate(_course(), drawn, chunk=3)
    for name, values in whole.values.items():
        assert parts[name] == pytest.approx(values, rel=1e-5, abs=1e-5), name


def test_a_model_with_its_own_absorption_is_followed_person_by_person(drawn: People) -> None:
    sprays = _course("56 mg esketamine intranasal", outcomes=())
    some = drawn.part(0, 2)
    found = simulate(sprays, some, differences=False)
    for row, person in enumerate(some):
        alone = one_by_one(replace(sprays, person=person))
        assert found["s_ketamine_venous"][row] == pytest.approx(alone["s_ketamine_venous"].typical, rel=1e-9)


def test_people_differ_and_the_band_says_in_what(drawn: People) -> None:
    found = simulate(_course(outcomes=()), drawn)
    low, high = found.band("cadss")
    assert (low < high).any()
    assert "between people" in found.contains
    assert {"nhanes_2012", "kamp_2020"} <= {one.key for one in found.references}
    with pytest.raises(UnknownNameError, match="cadss"):
        found["cads"]


def test_somebody_outside_the_studied_range_is_named_in_one_sentence() -> None:
    drawn = people(group(covariates={"weight_kg": spread(170.0, 10.0, 140.0, 200.0)}), 20, seed=1, first=100)
    course = _course("56 mg esketamine intranasal", outside=False)
    inside = studied(course, drawn)
    assert not inside.all()
    with pytest.raises(OutsideStudiedRangeError, match=r"\d+ of 20 people, the first of them person 1\d\d: weight"):
        simulate(course, drawn)


def test_those_inside_can_be_kept(drawn: People) -> None:
    course = _course(outside=False, effects=(), outcomes=())
    kept = drawn.rows(np.flatnonzero(studied(course, drawn)))
    assert 0 < len(simulate(course, kept).people) <= len(drawn)


@pytest.mark.parametrize("chunk", [0, 2.5])
def test_a_chunk_is_a_whole_number(drawn: People, chunk: int) -> None:
    with pytest.raises(FieldError, match="chunk"):
        simulate(_course(), drawn, chunk=chunk)


def test_too_many_people_are_refused() -> None:
    with pytest.raises(FieldError, match="at most 20000"):
        simulate(_course(), people("us_adults", 20_001, seed=1))
