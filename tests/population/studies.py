"""A study that takes little time, and what tests ask of two that must be the same."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np

from kinetamine.course import Course, parse_regimen
from kinetamine.engine.person import Person
from kinetamine.population.conduct import conduct
from kinetamine.population.endpoints import columns
from kinetamine.population.findings import Findings
from kinetamine.population.study import Study


def course(words: str = "0.5 mg/kg iv over 40 min", **changed: object) -> Course:
    """One dose, dissociation and depression, two days."""
    plain = Course(
        person=Person(),
        regimen=parse_regimen(words),
        effects=("dissociation",),
        outcomes=("depression",),
        follow_up_days=2.0,
        people=0,
    )
    return replace(plain, **changed)  # type: ignore[arg-type]  # a test's own


def study(**changed: object) -> Study:
    """Some people in several chunks; few of them lie outside what the model was built on."""
    given = {"course": course(), "people": 150, "chunk": 16, "seed": 3, "outputs": ("cadss", "madrs"), **changed}
    return Study(**given)  # type: ignore[arg-type]  # a test's own


@cache
def whole() -> Findings:
    """That study, done here by one thread."""
    return conduct(study(), threads=1)


def assert_same(one: Findings, other: Findings) -> None:
    """The same to the last bit."""
    assert one.complete
    assert other.complete
    assert one.simulated == other.simulated
    assert one.sketch.edges.same(other.sketch.edges)
    for name in ("counts", "least", "most"):
        assert np.array_equal(getattr(one.sketch, name), getattr(other.sketch, name)), name
    for name in columns(one.study):
        assert np.array_equal(one.column(name), other.column(name)), name
