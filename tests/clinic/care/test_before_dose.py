"""What is missing before a dose is listed, thing by thing, until nothing is."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from clinic.care.series import BERLIN, ordered
from clinic.eligibility.test_assess import HEALTHY
from clinic.world import START, World, order, person
from kinetamine.clinic import texts
from kinetamine.clinic.care import consent, eligibility, enrolment, review
from kinetamine.clinic.care.before_dose import still_missing
from kinetamine.clinic.care.enrolment import treatment_json
from kinetamine.clinic.consent import Purpose
from kinetamine.clinic.eligibility.rules import Treatment, Use
from kinetamine.clinic.plan_rules import SERIES
from kinetamine.clinic.records import Enrolment, Order, Role
from kinetamine.clinic.refusals import Refusal
from kinetamine.clinic.signature import Signature
from kinetamine.engine.events import Form

FINE = {"benefit": True, "wants_to_stop": False, "since_review_d": 3.0}
INFUSION = Treatment(form=Form.RACEMIC, route="intravenous", use=Use.RESISTANT_DEPRESSION)


def test_what_is_missing_is_listed(world: World) -> None:
    physician = world.records()
    whom = physician.add(person())
    enrolled = enrolment.enrol(physician, whom.id, INFUSION, "six", START)
    details = {"treatment": treatment_json(INFUSION)}
    made = physician.add(order(whom.id, enrolment_id=enrolled.id, details=details | {"day": 1}))
    found = still_missing(physician, made, START, BERLIN)
    assert [one.split(" (")[0].split(":")[0] for one in found] == [
        "the dose was worked out alike by two people",
        "consent to off-label ketamine or esketamine",
        "the series was looked at before this dose",
        "the questions before treatment were asked",
    ]
    text = texts.current(Purpose.OFF_LABEL, START)
    by = Signature(by=world.members[Role.PHYSICIAN].user_id, role="physician", at=START)
    consent.give(physician, whom.id, Purpose.OFF_LABEL, text.about.sha256, by, None)
    review.ask(physician, made.id, 1, FINE, "", by)
    checked = physician.change(Order, made.id, 2, "checked", state="checked")
    assert still_missing(physician, checked, START, BERLIN) == ("the questions before treatment were asked",)
    assert still_missing(world.records(Role.MONITOR), checked, START, BERLIN) == ()
    eligibility.ask(physician, enrolled.id, enrolled.version, HEALTHY, by)
    assert still_missing(physician, checked, START, BERLIN) == ()
    for days in (1, 21, 90):
        (asked,) = still_missing(physician, checked, START + timedelta(days=days), BERLIN)
        assert asked.endswith("were asked today, by the rules of today (last on 2026-03-02)")


def test_an_order_of_elsewhere_says_too_little(world: World) -> None:
    physician = world.records()
    theirs = physician.add(order(physician.add(person()).id))
    assert "the order says what it is for" in still_missing(physician, theirs, START, BERLIN)
    more = {"state": "checked", "details": {"treatment": treatment_json(INFUSION)}}
    ours = physician.change(Order, theirs.id, 1, "ours", **more)
    with pytest.raises(Refusal):
        still_missing(world.records(Role.ADMIN), ours, START, BERLIN)


def test_a_rule_of_the_series_that_is_met_reaches_the_chair_with_what_was_decided(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, by = ordered(world), Signature(by="dr", role="physician", at=START)
    kept = review.ask(world.records(), made.id, 1, FINE | {"wants_to_stop": True}, "stop the series", by)
    met = "no rule of the series is met (The person wants to stop: contraindicated; decided: stop the series)"
    for role in (Role.PHYSICIAN, Role.NURSE, Role.MONITOR):
        assert met in still_missing(world.records(role), kept, START, BERLIN)
    monkeypatch.setattr(review, "SERIES", replace(SERIES, version="newer"))
    found = still_missing(world.records(), kept, START, BERLIN)
    assert "the series was looked at by the rules of today (they have changed since)" in found
    assert met in found


def test_an_enrolment_that_has_ended_is_told_to_whom_may_read_it(world: World) -> None:
    made = ordered(world)
    enrolled = world.records().get(Enrolment, made.enrolment_id or "")
    ended = "the enrolment is open (it is ended)"
    assert ended not in still_missing(world.records(Role.NURSE), made, START, BERLIN)
    enrolment.end(world.records(), enrolled.id, enrolled.version, "no benefit", START)
    assert ended in still_missing(world.records(Role.NURSE), made, START, BERLIN)
    assert ended not in still_missing(world.records(Role.MONITOR), made, START, BERLIN)
