"""Who lies inside is the same whether everybody is asked at once or one by one."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from kinetamine import catalogue
from kinetamine.course import Course
from kinetamine.population import people, studied
from population.studies import course

COURSES = {
    "mg per kg": course(),
    "high": course("3 mg/kg iv over 40 min"),
    "mg": course("45 mg esketamine iv over 40 min", model="otto_2021"),
    "mg per kg of esketamine": course("0.25 mg/kg esketamine iv over 40 min", model="otto_2021"),
    "nasal": course("84 mg esketamine intranasal"),
    "nasal beyond": course("28 mg esketamine intranasal", model="simons_2022"),
    "both": course("0.5 mg/kg iv over 40 min on day 1, then 100 mg iv over 40 min on day 2", model="herd_2007a"),
    "children's model": course(model="hornik_2018"),
    "kinetics alone": course(effects=(), outcomes=()),
    "placebo": course(comparator="placebo"),
    "ssri": course(regimen=None, comparator="ssri", effects=()),
    "ssri for long": course(regimen=None, comparator="ssri", effects=(), follow_up_days=366.0),
}


@pytest.mark.parametrize("population", catalogue.names("populations"))
@pytest.mark.parametrize("name", COURSES)
def test_everybody_at_once_as_one_by_one(population: str, name: str) -> None:
    drawn, given = people(population, 40, seed=11), COURSES[name]
    alone = [not _alone(given, drawn.person(row)).outside_reasons() for row in range(len(drawn))]
    assert np.array_equal(studied(given, drawn), alone)


def _alone(given: Course, person: object) -> Course:
    return replace(given, person=person)  # type: ignore[arg-type]  # a Person
