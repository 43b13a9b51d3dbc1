"""Scores beside what was expected of them, from the doses as they were given."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from clinic.care.test_scores import own
from clinic.outcomes.ratings import RECALL, answers
from clinic.world import START, World, order, score, session
from kinetamine.clinic.care import expecting, outcomes, scores
from kinetamine.clinic.eligibility.published import PUBLISHED
from kinetamine.clinic.outcomes.trajectory import Place, Watch
from kinetamine.clinic.records import Enrolment, Role
from kinetamine.clinic.refusals import NoSuchRecordError, NotAllowedError

DETAILS: dict[str, Any] = {
    "dose": {
        "amount": 0.5,
        "unit": "mg/kg",
        "route": "intravenous",
        "salt": "hydrochloride",
        "duration_h": 2.0 / 3.0,
        "devices": None,
        "form": "racemic ketamine",
    },
    "measured": {
        "weight_kg": 70.0,
        "age_y": 44.0,
        "systolic_mmhg": 120.0,
        "diastolic_mmhg": 80.0,
        "heart_rate_bpm": 70.0,
        "taken_at": START.isoformat(),
    },
}
FACTS = {"systolic_mmhg": 150.0, "pregnant": False, "mania": True}


def at(days: float) -> datetime:
    return START + timedelta(days=days)


def rate(world: World, scale: str, total: int, days: float) -> None:
    world.clock.now = max(world.clock.now, at(days))
    found = scores.form_of(scale)
    form = scores.Filled(scale=found, recall=RECALL[scale], answers=dict(answers(scale, total)), answered_at=at(days))
    scores.keep(world.records(), own(world), form, world.clock.now)


def dose(world: World, days: float, *, given: bool, **more: Any) -> None:
    made = world.records().add(order(own(world), planned_at=at(days), details=DETAILS, **more))
    if given:
        world.records().add(session(own(world), order_id=made.id, started_at=at(days)))


def outlook(world: World, role: Role = Role.PHYSICIAN, *, work: bool = False) -> outcomes.Outlook:
    return outcomes.outlook(world.records(role), own(world), world.clock.now, roles=[role], work=work)


def test_nothing_is_said_where_nothing_is_known(world: World) -> None:
    found = outlook(world)
    assert (found.tracks, found.doses, found.unread, found.not_known) == ((), (), (), None)
    with pytest.raises(NoSuchRecordError):
        outcomes.outlook(world.records(), "nobody", START, roles=["physician"])
    with pytest.raises(NotAllowedError):
        outlook(world, Role.ADMIN)


def test_roles_that_read_no_orders_see_scores_and_when_doses_were_given(world: World) -> None:
    for total, days in ((20, -1.0), (6, 7.0), (14, 14.0)):
        rate(world, "phq9", total, days)
    dose(world, 0.0, given=True)
    dose(world, 30.0, given=False)
    found = outlook(world, Role.THERAPIST)
    assert [(one.at, one.ordered) for one in found.doses] == [(at(0.0), None)]
    assert found.hidden == ("order",)
    assert found.tracks[0].proposal is not None
    assert "your role does not read" in found.tracks[0].why_not
    assert outlook(world, Role.MONITOR).hidden == ("enrolment",)
    assert world.last_row().outcome == "done"


def test_scores_are_grouped_by_scale_and_recall_and_old_forms_are_kept_apart(world: World) -> None:
    for total, days in ((20, -1.0), (6, 7.0), (12, 14.0), (13, 21.0)):
        rate(world, "phq9", total, days)
    rate(world, "gad7", 9, 7.0)
    world.records().add(score(own(world), recall="two weeks"))
    dose(world, 0.0, given=True)
    found = outlook(world)
    assert [(one.scale.name, len(one.path.points)) for one in found.tracks] == [("phq9", 4), ("gad7", 1)]
    assert [one.recall for one in found.unread] == ["two weeks"]
    phq9 = found.tracks[0]
    assert [round(one.day) for one in phq9.path.points] == [-1, 7, 14, 21]
    assert phq9.relapse.watch is Watch.LOST
    assert phq9.proposal is not None
    assert phq9.proposal.reasons[0] == Watch.LOST.value
    assert phq9.why_not.startswith("the model predicts no score on this scale")


def test_a_response_counts_from_the_score_before_treatment_and_not_from_the_first_form(world: World) -> None:
    for total, days in ((22, -90.0), (10, -1.0)):
        rate(world, "phq9", total, days)
    assert outlook(world).tracks[0].relapse.watch is Watch.NOT_KNOWN
    dose(world, 0.0, given=True)
    for total, days in ((9, 7.0), (12, 14.0), (12, 21.0)):
        rate(world, "phq9", total, days)
    (phq9,) = outlook(world).tracks
    assert (phq9.relapse.watch, phq9.proposal) == (Watch.NO_RESPONSE, None)


def test_what_was_given_comes_from_sessions_and_what_is_planned_from_orders(world: World) -> None:
    dose(world, 0.0, given=True)
    dose(world, 3.0, given=False)
    dose(world, 4.0, given=False, state="cancelled")
    dose(world, -5.0, given=False)  # never given
    world.records().add(order(own(world)))  # no time
    found = outlook(world).doses
    assert [(one.at, one.was_given) for one in found] == [(at(0.0), True), (at(3.0), False)]
    assert found[0].ordered is not None
    assert found[0].ordered.dose.stated == "0.5 mg/kg"


def test_why_nothing_is_predicted_is_said(world: World) -> None:
    rate(world, "madrs", 33, 1.0)
    assert outlook(world).tracks[0].why_not == "no dose was given yet"
    dose(world, 0.0, given=True)
    assert outlook(world).tracks[0].why_not.startswith("there is no score from before the first dose")
    rate(world, "madrs", 30, -1.0)
    assert outlook(world).tracks[0].is_later
    more = DETAILS | {"others": {"comedication": ["ritonavir"], "hepatic": "normal"}, "outside": True}
    world.records().add(order(own(world), planned_at=at(8.0), details=more))
    found = outlook(world)
    assert found.tracks[0].is_later
    assert found.doses[-1].ordered is not None
    assert found.doses[-1].ordered.others == (("comedication", ("ritonavir",)), ("hepatic", "normal"))
    world.records().add(order(own(world), planned_at=at(9.0)))
    assert outlook(world).tracks[0].why_not == "an order does not say its dose as the simulator needs it"


def test_what_the_latest_assessment_found_speaks_against_a_dose(world: World) -> None:
    for total, days in ((20, -1.0), (6, 7.0), (14, 14.0)):
        rate(world, "phq9", total, days)
    dose(world, 0.0, given=True)
    treatment = {"form": "racemic ketamine", "route": "intravenous", "use": "treatment-resistant depression"}
    known = {name: answer for name, answer in FACTS.items() if name in {one.name for one in PUBLISHED.questions}}
    content = {"treatment": treatment, "answers": known, "assessed_at": START.isoformat()}
    world.records().add(
        Enrolment(
            person_id=own(world), condition="c", programme="p", state="open", eligibility=content, started_at=START
        )
    )
    found = outlook(world)
    assert found.not_known
    proposal = found.tracks[0].proposal
    assert proposal is not None
    assert any("140/90" in one for one in proposal.against)
    assert any(one.startswith("Mania now: decide and record") for one in proposal.against)
    assert not any("not known" in one for one in proposal.against)


@pytest.mark.slow
def test_the_expectation_starts_from_ones_own_score_and_follows_the_doses(world: World) -> None:
    for total, days in ((33, -1.0), (15, 7.0), (58, 14.0)):
        rate(world, "madrs", total, days)
    for days in (0.0, 3.0, 7.0):
        dose(world, days, given=True)
    (track,) = outlook(world, work=True).tracks
    assert track.expected is not None
    band = track.expected.band
    assert (track.expected.baseline, band.typical[0], band.unit) == (33, 33.0, "points")
    assert band.typical[1] < 30.0
    assert band.times_min[-1] == 28 * 1440.0
    assert [one.place for one in track.path.points] == [Place.NOT_EXPECTED, Place.INSIDE, Place.ABOVE]
    assert (track.expected.model, bool(track.expected.version)) == ("kamp_2020", True)
    again = outlook(world)
    assert again.tracks[0].expected is track.expected
    assert expecting.AS_ORDERED.startswith("from the doses as they were ordered")
