"""Enrolled for one treatment at a time, and ended with a reason."""

from __future__ import annotations

import pytest

from clinic.world import START, World, person
from kinetamine.clinic.care import enrolment
from kinetamine.clinic.eligibility.rules import Treatment, Use
from kinetamine.clinic.records import Enrolment, Role
from kinetamine.clinic.refusals import NoSuchRecordError, NotAllowedError
from kinetamine.engine.events import Form
from kinetamine.errors import FieldError

INFUSION = Treatment(form=Form.RACEMIC, route="intravenous", use=Use.RESISTANT_DEPRESSION)
SPRAY = Treatment(form=Form.ESKETAMINE, route="intranasal", use=Use.RESISTANT_DEPRESSION)


def test_an_enrolment_says_for_which_treatment_it_is_and_reads_it_back(world: World) -> None:
    records = world.records()
    whom = records.add(person())
    made = enrolment.enrol(records, whom.id, INFUSION, "six infusions", START)
    assert (made.condition, made.state, made.programme) == ("treatment-resistant depression", "open", "six infusions")
    held = records.get(Enrolment, made.id)
    assert enrolment.treatment_of(held) == INFUSION
    assert [one.id for one in enrolment.of(records, whom.id)] == [made.id]


def test_nobody_is_enrolled_twice_for_one_treatment_but_anew_after_the_end(world: World) -> None:
    records = world.records()
    whom = records.add(person())
    made = enrolment.enrol(records, whom.id, INFUSION, "six", START)
    enrolment.enrol(records, whom.id, SPRAY, "spray", START)
    with pytest.raises(FieldError, match="enrolled already"):
        enrolment.enrol(records, whom.id, INFUSION, "again", START)
    with pytest.raises(FieldError, match="why"):
        enrolment.end(records, made.id, made.version, "  ", START)
    ended = enrolment.end(records, made.id, made.version, "moved away", START)
    assert (ended.state, ended.ended_at) == ("ended", START)
    assert records.history(Enrolment, made.id)[0].why == "moved away"
    with pytest.raises(FieldError, match="not ended"):
        enrolment.end(records, made.id, ended.version, "again", START)
    enrolment.enrol(records, whom.id, INFUSION, "anew", START)


def test_who_may_not_enrol_does_not(world: World) -> None:
    whom = world.records().add(person())
    with pytest.raises(NotAllowedError):
        enrolment.enrol(world.records(Role.NURSE), whom.id, INFUSION, "six", START)
    with pytest.raises(NoSuchRecordError):
        enrolment.enrol(world.records(), "nobody", INFUSION, "six", START)


def test_an_enrolment_of_another_program_says_no_treatment(world: World) -> None:
    records = world.records()
    whom = records.add(person())
    made = records.add(
        Enrolment(person_id=whom.id, condition="pain", programme="x", state="open", eligibility={}, started_at=START)
    )
    assert enrolment.treatment_of(made) is None
    with pytest.raises(FieldError, match="which treatment"):
        enrolment.require_treatment(made)
