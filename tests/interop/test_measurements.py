"""What was measured: published results stand for a person who was given the same, and began where the group began."""

from __future__ import annotations

from dataclasses import replace

import pytest

from interop.courses import COURSE, KINETICS
from kinetamine import trials
from kinetamine.course import Course, parse_regimen
from kinetamine.engine.table_records import Observation
from kinetamine.errors import FieldError
from kinetamine.interop.measurements import from_observations, published

SPRAY = replace(COURSE, regimen=parse_regimen("esketamine 84 mg intranasal, twice weekly for 4 weeks"))
NIMH = "NIMH mechanism of action"


def with_madrs(points: float, course: Course = COURSE) -> Course:
    """The same course of somebody who begins elsewhere."""
    return replace(course, person=replace(course.person, madrs=points))


def test_readings_are_those_that_were_published() -> None:
    rows = [one for one in trials.load() if one.study == "Lii 2023" and not one.comparator]
    found = published("lii_2023", COURSE)
    assert [one.value for one in found] == [row.value for row in rows if row.quantity == "mean"]
    assert found[0].sd == rows[0].se


def test_a_study_of_other_doses_is_refused() -> None:
    with pytest.raises(FieldError, match="a study of these doses"):
        published("Singh 2016", COURSE)
    with pytest.raises(FieldError, match="a study with means over time"):
        published("Nobody 1999", COURSE)


def test_an_arm_that_a_study_does_not_have_is_refused() -> None:
    with pytest.raises(FieldError, match=r"arm: given 'foo', expected one of ketamine$"):
        published("Lii 2023", COURSE, "foo")
    assert published("Lii 2023", COURSE, "ketamine") == published("Lii 2023", COURSE)
    with pytest.raises(FieldError, match="arm: given 'foo', expected no arm: of these doses Kamp 2020"):
        published("Kamp 2020", KINETICS, "foo")


def test_of_several_arms_one_is_named() -> None:
    course = with_madrs(33.4)
    with pytest.raises(FieldError, match=r"arm: given None, expected one of ketamine; ketamine given first$"):
        published(NIMH, course)
    with pytest.raises(FieldError, match="did you mean ketamine given first"):
        published(NIMH, course, "ketamine first")
    assert {one.source.partition(": ")[2] for one in published(NIMH, course, "ketamine")} == {"ketamine"}


def test_readings_of_a_table_name_their_output() -> None:
    read = (
        Observation(time_h=1.0, output="cadss", value=20.0),
        Observation(time_h=2.0, output="1", value=5.0),
        Observation(time_h=3.0, output="cadss", missing=True),
    )
    assert [one.output for one in from_observations(read, ("madrs",))] == ["cadss", "madrs"]
    with pytest.raises(FieldError, match="name of an output"):
        from_observations(read, ())


def test_healthy_people_stand_for_nobody_in_treatment() -> None:
    with pytest.raises(FieldError, match="arm: given 'ketamine, healthy people', expected one of ketamine; ketamine"):
        published(NIMH, with_madrs(33.4), "ketamine, healthy people")


def test_scores_that_the_course_does_not_predict_are_left_out() -> None:
    found = published(NIMH, with_madrs(33.4), "ketamine")
    assert {one.output for one in found} == {"madrs"}
    with pytest.raises(FieldError, match=r"Lii 2023 has madrs, which the course does not predict$"):
        published("Lii 2023", replace(COURSE, outcomes=()))


def test_nobody_is_read_twice() -> None:
    """That study printed means, and the changes of those who were there before and after: these are taken."""
    found = published(NIMH, with_madrs(33.4), "ketamine")
    assert [one.source for one in found] == ["evans_2025.13: ketamine", "evans_2025.14: ketamine"]
    assert found[0].value == pytest.approx(33.38 - 9.22)


@pytest.mark.parametrize("points", [33.0, 25.7, 24.5])
def test_a_person_who_begins_elsewhere_is_told_where(points: float) -> None:
    with pytest.raises(FieldError, match=r"expected 25\.1, with which ketamine of Lii 2023 began") as refused:
        published("Lii 2023", with_madrs(points))
    assert (refused.value.field, refused.value.given) == ("madrs", points)
    assert published("Lii 2023", with_madrs(25.0)) == published("Lii 2023", COURSE)


def test_the_reason_is_said_where_the_doses_are_the_same() -> None:
    with pytest.raises(FieldError, match="results that fit the course; TRANSFORM-2 has changes of madrs without a bas"):
        published("TRANSFORM-2", SPRAY)


def test_what_else_the_people_got_and_knew_is_said() -> None:
    assert {one.caution for one in published(NIMH, with_madrs(33.4), "ketamine")} == {""}
    (masked,) = {one.caution for one in published("Lii 2023", COURSE)}
    assert masked.startswith("Lii 2023: masked by anaesthesia")
    knowing = replace(COURSE, parameters=(("depression.EXPECTANCY", 2.6),))
    assert not any(one.caution for one in published("Lii 2023", knowing))
    alone = with_madrs(35.9, SPRAY)
    (one,) = published("Takahashi 2021", alone, "esketamine 84 mg")
    assert one.caution == "Takahashi 2021: everyone got oral_antidepressant besides, in the course nothing."
    (one,) = published("Takahashi 2021", replace(alone, background=("oral_antidepressant",)), "esketamine 84 mg")
    assert not one.caution
