"""An explanation: every step has its number, its grade and its sources, whatever the course."""

from __future__ import annotations

import json
import re
from dataclasses import FrozenInstanceError, replace

import pytest

from kinetamine.course import Course, parse_regimen
from kinetamine.engine.evidence import Grade
from kinetamine.engine.person import Person
from kinetamine.explanation import Explanation, Picture, explain
from kinetamine.explanation.claims import CLAIMS
from kinetamine.explanation.page import render
from kinetamine.explanation.picture import svg
from kinetamine.explanation.race import race
from kinetamine.explanation.telling import Facts, lasting, of_people, plain

SIX = parse_regimen("0.5 mg/kg iv over 40 min, three times weekly for 2 weeks")
KETAMINE = Course(person=Person(weight_kg=70.0), regimen=SIX, people=40, follow_up_days=28.0)
COURSES = {
    "ketamine": replace(KETAMINE, outcomes=("depression", "anxiety", "ptsd", "chronic_pain", "suicidal_ideation")),
    "empirical": replace(KETAMINE, mechanism="empirical", people=0),  # type: ignore[arg-type]
    "spray": replace(
        KETAMINE, regimen=parse_regimen("esketamine 84 mg intranasal, twice weekly x 4"), background=("ssri",), people=0
    ),
    "midazolam": replace(KETAMINE, comparator="midazolam", people=0, follow_up_days=7.0),
    "ect": Course(person=Person(), comparator="ect", follow_up_days=28.0, people=0),
    "anaesthesia": replace(
        KETAMINE, regimen=parse_regimen("2 mg/kg iv over 1 min"), outcomes=(), people=0, follow_up_days=0.5
    ),
}


@pytest.fixture(scope="module", params=COURSES)
def told(request: pytest.FixtureRequest) -> Explanation:
    return explain(COURSES[request.param])


def test_every_step_has_words_numbers_and_where_it_is_graded_a_source(told: Explanation) -> None:
    assert len({step.key for step in told.steps}) == len(told.steps) > 4
    for step in told.steps:
        assert step.heading
        assert all(sentence.strip() and sentence[-1] in ".:" for sentence in step.sentences)
        assert (step.grade is None) == (not step.source) or step.key == "blood", step.key
        assert step.numbers or step.key in {"unknown", "unwanted"}  # of what nobody counted there is no number
        assert all(one.value == one.value for one in step.numbers)  # no number is missing


def test_it_begins_with_what_is_given_and_ends_with_what_is_not_known(told: Explanation) -> None:
    assert told.steps[0].key == "given"
    assert told.steps[-1].key == "unknown"
    assert all(reference.doi or reference.pmid or reference.url for step in told.steps for reference in step.source)


def test_it_gives_no_advice(told: Explanation) -> None:
    said = " ".join(sentence for step in told.steps for sentence in step.sentences).lower()
    assert not re.search(r"\byou\b|\byour\b|should take|recommended dose", said)


def test_the_page_needs_nothing_else(told: Explanation) -> None:
    page = render(told)
    assert "<script" not in page
    assert "default-src 'none'" in page
    assert page.count("not a medical device") == 1
    assert not re.search(r'(?:src|href)="(?!#|https://)', page)
    assert "nan" not in re.findall(r'points="([^"]*)"', page).__str__()
    assert page.count("<article") == len(told.steps)


def test_plain_values_survive_json(told: Explanation) -> None:
    found = json.loads(json.dumps(told.to_json(), allow_nan=False))
    assert [step["key"] for step in found["steps"]] == [step.key for step in told.steps]
    assert {step["grade"] for step in found["steps"]} <= {None, *Grade}


def test_a_course_of_ketamine_walks_from_blood_to_harms() -> None:
    told = explain(COURSES["ketamine"])
    keys = [step.key for step in told.steps]
    chain = ["given", "blood", "receptor", "felt", "pressure", "messengers", "connections", "madrs", "placebo", "back"]
    assert [key for key in keys if key in chain] == chain
    assert {"hama", "caps5", "ssi", "pain_nrs", "unwanted", "dependence", "others"} < set(keys)
    grades = {step.key: step.grade for step in told.steps}
    assert grades["receptor"] is Grade.HIGH
    assert grades["unusual_state"] is grades["unwanted"] is grades["dependence"] is Grade.CONTRADICTED
    assert grades["connections"] is grades["hama"] is Grade.LOW
    assert told.mechanism
    assert "kinetamine hypotheses" in " ".join(told.steps[-1].sentences)


def test_a_placebo_stays_above_the_drug() -> None:
    told = explain(replace(KETAMINE, people=0))
    placebo = next(step for step in told.steps if step.key == "placebo")
    alone, treated = (one.value for one in placebo.numbers)
    assert alone > treated


def test_an_arm_without_ketamine_has_no_mechanism() -> None:
    told = explain(COURSES["ect"])
    keys = [step.key for step in told.steps]
    assert told.mechanism == ""
    assert not {"blood", "receptor", "felt", "messengers", "unwanted"} & set(keys)
    assert "treatment_ect" in keys
    assert "kinetamine hypotheses" not in " ".join(told.steps[-1].sentences)


def test_a_hypothesis_that_needs_the_unusual_state_says_so() -> None:
    told = explain(replace(KETAMINE, mechanism="dissociation_mediated", people=0))  # type: ignore[arg-type]
    step = next(step for step in told.steps if step.key == "unusual_state")
    assert "assumes that it does" in " ".join(step.sentences)


@pytest.mark.parametrize("key", CLAIMS)
def test_every_claim_has_sources_that_can_be_found(key: str) -> None:
    claim = CLAIMS[key]
    assert claim.says.startswith("that ")
    assert claim.sentence.endswith(".")
    assert " it " not in f" {claim.sentence.lower()} "[:5]
    assert claim.source
    assert all(reference.doi or reference.pmid or reference.url for reference in claim.source)


def test_a_step_cannot_be_changed() -> None:
    step = explain(COURSES["ect"]).steps[0]
    with pytest.raises(FrozenInstanceError):
        step.heading = "another"  # type: ignore[misc]


@pytest.mark.parametrize(
    ("given", "said"),
    [(202.7, "200"), (29.36, "29"), (7.82, "7.8"), (3.0, "3"), (0.034, "0.034"), (1234.0, "1200"), (6e-21, "0")],
)
def test_numbers_as_people_say_them(given: float, said: str) -> None:
    assert plain(given) == said


@pytest.mark.parametrize(
    ("hours", "said"),
    [(0.01, "a minute"), (0.2, "12 minutes"), (0.667, "40 minutes"), (3.09, "3.1 hours"), (1.0, "60 minutes"),
     (72.0, "3 days"), (670.0, "28 days")],
)  # fmt: skip
def test_lengths_of_time(hours: float, said: str) -> None:
    assert lasting(hours) == said


def test_shares_are_counts_of_a_hundred() -> None:
    assert of_people(43.4) == "43 of 100 people"
    assert of_people(0.2) == "fewer than 1 of 100 people"


def test_hours_or_weeks_sets_both_side_by_side() -> None:
    told = explain(replace(KETAMINE, people=0))
    raced = race(Facts(told.course, told.trajectory))
    assert raced is not None
    falls = {one.name: one.value for one in raced.step.numbers}
    assert falls["fall after a day, ketamine"] > 2.0 * falls["fall after a day, SSRI"]
    assert falls["fall after four weeks, SSRI"] > 2.0 * falls["fall after a week, SSRI"]
    drawn = svg(told.trajectory, raced.step.picture or Picture(()), beside=("ketamine", "SSRI", raced.other))
    assert drawn.count("<polyline") == 2
    assert "style=" not in drawn


def test_there_is_no_race_without_ketamine() -> None:
    told = explain(COURSES["ect"])
    assert race(Facts(told.course, told.trajectory)) is None


def test_a_placebo_is_the_same_whatever_the_dose() -> None:
    scores = []
    for dose in ("0.2", "1"):
        course = replace(KETAMINE, people=0, regimen=parse_regimen(f"{dose} mg/kg iv over 40 min, twice weekly x 4"))
        scores.append(next(step for step in explain(course).steps if step.key == "placebo").numbers[0].value)
    assert scores[0] == scores[1]


def test_another_course_can_be_drawn_behind() -> None:
    told = explain(replace(KETAMINE, people=0))
    drawn = svg(told.trajectory, Picture(("nmda_occupancy",), (0.0, 6.0)), before=told.trajectory)
    assert drawn.count("<polyline") == 2
    assert 'class="line before"' in drawn
