"""Laws over every comparator: its course, its sizes, its references, its evidence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest

from contracts.laws import Entry, each, entries, hold
from kinetamine import catalogue
from kinetamine.engine.comparator import EXPECTANCY, Comparator
from kinetamine.engine.evidence import Grade

COMPARATORS = entries("comparators")
OUTCOMES = ("anxiety", "chronic_pain", "depression", "ptsd", "suicidal_ideation")
HOURS = [0.0, 0.5, 4.0, 24.0, *(24.0 * day for day in range(2, 371))]


def test_the_list_is_complete() -> None:
    assert catalogue.names("comparators") == (
        *("ect", "midazolam", "oral_antidepressant", "placebo", "placebo_pill", "placebo_spray"),
        *("placebo_spray_with_antidepressant", "psychotherapy", "quetiapine", "snri", "ssri", "standard_of_care"),
        "usual_care",
    )


@each(COMPARATORS)
def test_a_course_rises_from_zero_to_one_at_most(case: Entry) -> None:
    hold(_course(case.held), case)


def _course(held: Comparator) -> Iterator[str]:
    course = [held.course(held.typical(), time_h) for time_h in HOURS]
    if min(course) < 0.0 or max(course) > 1.0:
        yield f"leaves 0 to 1: {min(course)} to {max(course)}"
    if any(later < earlier for earlier, later in pairwise(course)):
        yield "falls during treatment"
    if held.course(held.typical(), 24.0 * held.days[1]) < 0.5:
        yield "is not half there when its studies end"


@each(COMPARATORS)
def test_sizes_are_parameters_and_fractions(case: Entry) -> None:
    hold(_sizes(case.held), case)


def _sizes(held: Comparator) -> Iterator[str]:
    if "depression" not in held.sizes:
        yield "no size for depression, in which all were studied"
    for outcome, name in held.sizes.items():
        if outcome not in OUTCOMES:
            yield f"{outcome} is no outcome"
        if name not in held.parameters:
            yield f"{outcome}: no parameter {name}"
        elif not 0.0 <= held.parameters[name].value < 1.0:
            yield f"{name} = {held.parameters[name].value}"


@each(COMPARATORS)
def test_parameters_are_all_of_use(case: Entry) -> None:
    hold(_useful(case.held), case)


def _useful(held: Comparator) -> Iterator[str]:
    acting = {*EXPECTANCY, *held.sizes.values(), "ONSET", "ONSET_later", "SHARE"}
    yield from (f"{name} is not used" for name in held.parameters if name not in acting)
    yield from (f"{name} varies but is not there" for name in held.variability if name not in held.parameters)
    conviction = held.parameters["CONVICTION"]
    if conviction.value < 0.0 or conviction.unit != "1":
        yield f"conviction {conviction.value} {conviction.unit}"
    if held.sessions != (held.contacts_h is None):
        yield "has contacts of its own where it is not given at the regimen's sessions, and only there"
    if not 0.0 <= held.days[0] < held.days[1]:
        yield f"studied from {held.days[0]} to {held.days[1]} days"


@each(COMPARATORS)
def test_references_are_used_and_can_be_followed(case: Entry) -> None:
    hold(_references(case.held), case)


def _references(held: Comparator) -> Iterator[str]:
    sources = {one.source.key for one in held.parameters.values()} | {one.source.key for one in held.evidence}
    sources |= {one.omega2.source.key for one in held.variability.values()}
    said = " ".join(f"{one.note} {one.where}" for one in held.parameters.values())
    for reference in held.references:
        name = re.split(r"[ ,]", reference.authors)[0].strip("{}")
        if reference.key not in sources and f"{name} {reference.year}" not in said:
            yield f"{reference.key} is not used"
        if not (reference.doi or reference.pmid or reference.url):
            yield f"{reference.key} leads nowhere"
    yield from (f"{key} is missing" for key in sources - {reference.key for reference in held.references})


@each(COMPARATORS)
def test_evidence_speaks_for_and_against(case: Entry) -> None:
    hold(_evidence(case.held), case)


def _evidence(held: Comparator) -> Iterator[str]:
    if len(held.evidence) < 2:
        yield "less than two pieces of evidence"
    if not any(one.supports for one in held.evidence):
        yield "nothing for it"
    if all(one.supports for one in held.evidence) and held.name != "standard_of_care":
        yield "nothing against it"
    if not held.population or not held.notes:
        yield "does not say whom it was studied in, or what is missing"
    yield from (f"no sentence: {one.text!r}" for one in held.evidence if not one.text.endswith("."))
    yield from (f"grade {one.grade}" for one in held.evidence if one.grade not in Grade)


SSRI = catalogue.load("comparators", "ssri")


@pytest.mark.parametrize(
    ("law", "broken"),
    [
        (_course, replace(SSRI, course=lambda _p, time_h: 1.0 - time_h / 9000.0)),
        (_course, replace(SSRI, course=lambda _p, time_h: time_h)),
        (_course, replace(SSRI, days=(0.0, 1.0))),
        (_sizes, replace(SSRI, sizes={"depression": "SIZE"})),
        (_sizes, replace(SSRI, sizes={"sleep": "ONSET"})),
        (_useful, replace(SSRI, sizes={"depression": "SIZE_DEPRESSION"})),
        (_useful, replace(SSRI, sessions=True)),
        (_useful, replace(SSRI, days=(8.0, 1.0))),
        (_references, replace(SSRI, references=())),
        (_references, replace(SSRI, evidence=())),
        (_evidence, replace(SSRI, evidence=SSRI.evidence[:1])),
        (_evidence, replace(SSRI, notes=())),
    ],
)
def test_a_law_can_fail(law: Any, broken: Comparator) -> None:
    assert list(law(broken))
