"""Courses without ketamine: sessions are marked, and nothing is shown that no drug drives."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from kinetamine.course import Course, parse_regimen
from kinetamine.engine.person import Person
from kinetamine.report.arms import mechanism_words, run
from kinetamine.report.content import Content, gather
from kinetamine.report.harms import as_mapping, harms_of
from kinetamine.report.page import render
from kinetamine.report.panels import course_panels
from kinetamine.report.sessions import sessions
from kinetamine.report.summary import summary

FOUR = parse_regimen("0.5 mg/kg iv over 40 min, twice weekly x 4")
PERSON = Person(weight_kg=70.0)


def content(course: Course) -> Content:
    return gather(run(course), course)


@pytest.fixture(scope="module")
def midazolam() -> Content:
    return content(Course(person=PERSON, regimen=FOUR, comparator="midazolam", people=20, follow_up_days=7.0))


@pytest.fixture(scope="module")
def ssri() -> Content:
    return content(Course(person=Person(), comparator="ssri", people=0, follow_up_days=56.0))


@pytest.fixture(scope="module")
def ketamine() -> Content:
    every = ("depression", "anxiety", "ptsd", "chronic_pain", "suicidal_ideation", "relapse")
    return content(Course(person=PERSON, regimen=FOUR, outcomes=every, people=20, follow_up_days=7.0))


def test_sessions_stand_where_the_doses_would(midazolam: Content, ketamine: Content) -> None:
    assert [one.start_h for one in midazolam.sessions] == [one.start_h for one in ketamine.sessions]
    assert midazolam.doses.rows == ()
    assert "No ketamine" in midazolam.doses.sentence
    assert "4 sessions" in midazolam.doses.sentence


def test_nothing_of_a_drug_is_shown_without_one(midazolam: Content, ssri: Content) -> None:
    for found in (midazolam, ssri):
        assert {panel.stage for panel in found.panels} == {"mood"}
        assert found.zooms == ()
        assert not [row for row in found.rows if row.quantity.startswith(("Cmax", "Peak", "Largest", "Highest"))]
        assert found.harms is None


def test_times_of_a_treatment_with_its_own_course_count_from_its_start(ssri: Content) -> None:
    times = [row.time for row in ssri.rows if row.quantity == "Depression (MADRS)"]
    assert times[0] == "before the start of treatment"
    assert times[-1] == "56 days after the start of treatment"
    assert ssri.panels[0].key == "benefit"
    assert ssri.trajectory.person.weight_kg is None


def test_belief_alone_is_what_the_dashed_line_shows(ssri: Content) -> None:
    madrs = next(panel for panel in ssri.panels if panel.key == "madrs")
    own, alone = madrs.traces[0], madrs.traces[1]
    assert alone.y[-1] > own.y[-1]
    expected = ssri.course.person.madrs - ssri.trajectory["madrs_nonspecific"].typical[-1]
    assert alone.y[-1] == pytest.approx(expected, rel=1e-6)


def test_every_stage_of_the_chain_has_its_panel(ketamine: Content) -> None:
    keys = [panel.key for panel in ketamine.panels]
    assert {"nmda", "blocks", "firing", "glutamate", "bdnf", "plasticity", "synapses", "relief"} < set(keys)
    assert {"madrs", "hama", "caps5", "pcl5", "ssi", "pain", "relapse"} < set(keys)
    assert not {"belief", "benefit", "benefit_depression", "relapse_risk"} & set(keys)
    unmeasured = [panel.title for panel in ketamine.panels if panel.stage == "mechanism"]
    assert all("in people" in title for title in unmeasured)
    assert all(panel.stage != "mood" for panel in (zoom.panel for zoom in ketamine.zooms))
    assert "synapses" not in {zoom.panel.key for zoom in ketamine.zooms}


def test_belief_has_a_panel_where_it_is_asked_for() -> None:
    course = Course(person=PERSON, regimen=FOUR, effects=("expectancy",), people=0, follow_up_days=1.0)
    assert "belief" in {panel.key for panel in course_panels(run(course))}


def test_the_empirical_curve_has_relief_and_nothing_before_it() -> None:
    course = Course(person=PERSON, regimen=FOUR, mechanism="empirical", people=0, follow_up_days=1.0)  # type: ignore[arg-type]
    keys = {panel.key for panel in course_panels(run(course)) if panel.stage == "mechanism"}
    assert keys == {"relief"}
    assert mechanism_words(course) == "empirical"


def test_the_page_argues_for_and_against(midazolam: Content, ketamine: Content) -> None:
    arm, drug = (render(one.trajectory, one.course) for one in (midazolam, ketamine))
    assert "Evidence on Midazolam session" in arm
    assert 'id="mechanism"' not in arm
    assert "What speaks for and against this mechanism" in drug
    assert "kinetamine hypotheses" in drug
    assert 'id="harms"' in drug


def test_harms_come_as_a_table_and_as_plain_values(ketamine: Content) -> None:
    found = as_mapping(harms_of(ketamine.course))
    assert found is not None
    assert len(found["events"]) > 3
    assert all(0.0 <= one["at_least_once"]["value"] <= 1.0 for one in found["events"])
    assert "No probability of addiction" in found["exposure"]["statements"][0]
    assert harms_of(replace(ketamine.course, comparator="placebo")) is None


def test_sessions_of_a_plain_trajectory_are_its_doses(ketamine: Content) -> None:
    plain = replace(ketamine.trajectory, attributes={})
    assert [one.start_h for one in sessions(plain)] == [one.start_h for one in ketamine.sessions]
    assert {row.section for row in summary(plain)} == {row.section for row in ketamine.rows}
    assert np.isfinite([row.value for row in summary(plain)]).all()
