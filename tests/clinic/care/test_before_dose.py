"""What is missing before a dose is listed, thing by thing, until nothing is."""

from __future__ import annotations

from datetime import timedelta

import pytest

from clinic.care.series import BERLIN
from clinic.eligibility.test_assess import HEALTHY
from clinic.world import START, World, order, person
from kinetamine.clinic import texts
from kinetamine.clinic.care import consent, eligibility, enrolment
from kinetamine.clinic.care.before_dose import still_missing
from kinetamine.clinic.care.enrolment import treatment_json
from kinetamine.clinic.consent import Purpose
from kinetamine.clinic.eligibility.rules import Treatment, Use
from kinetamine.clinic.records import Role
from kinetamine.clinic.refusals import Refusal
from kinetamine.clinic.signature import Signature
from kinetamine.engine.events import Form

INFUSION = Treatment(form=Form.RACEMIC, route="intravenous", use=Use.RESISTANT_DEPRESSION)


def test_what_is_missing_is_listed(world: World) -> None:
    physician = world.records()
    whom = physician.add(person())
    enrolled = enrolment.enrol(physician, whom.id, INFUSION, "six", START)
    details = {"treatment": treatment_json(INFUSION)}
    ordered = physician.add(order(whom.id, enrolment_id=enrolled.id, details=details))
    found = still_missing(physician, ordered, START, BERLIN)
    assert [one.split(" (")[0].split(":")[0] for one in found] == [
        "the dose was worked out alike by two people",
        "consent to off-label ketamine or esketamine",
        "the questions before treatment were asked",
    ]
    text = texts.current(Purpose.OFF_LABEL, START)
    by = Signature(by=world.members[Role.PHYSICIAN].user_id, role="physician", at=START)
    consent.give(physician, whom.id, Purpose.OFF_LABEL, text.about.sha256, by, None)
    checked = physician.change(type(ordered), ordered.id, 1, "checked", state="checked")
    assert still_missing(physician, checked, START, BERLIN) == ("the questions before treatment were asked",)
    assert still_missing(world.records(Role.MONITOR), checked, START, BERLIN) == ()
    eligibility.ask(physician, enrolled.id, enrolled.version, HEALTHY, by)
    assert still_missing(physician, checked, START, BERLIN) == ()
    for days in (1, 21, 90):
        (asked,) = still_missing(physician, checked, START + timedelta(days=days), BERLIN)
        assert asked.endswith("were asked today, by the rules of today (last on 2026-03-02)")


def test_an_order_of_elsewhere_says_too_little(world: World) -> None:
    physician = world.records()
    ordered = physician.add(order(physician.add(person()).id))
    assert "the order says what it is for" in still_missing(physician, ordered, START, BERLIN)
    more = {"state": "checked", "details": {"treatment": treatment_json(INFUSION)}}
    ours = physician.change(type(ordered), ordered.id, 1, "ours", **more)
    with pytest.raises(Refusal):
        still_missing(world.records(Role.ADMIN), ours, START, BERLIN)
