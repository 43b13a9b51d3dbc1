"""Consent on record: to which text, in force or taken back."""

from __future__ import annotations

from datetime import timedelta

import pytest

from clinic.world import START, World, person
from kinetamine.clinic import texts
from kinetamine.clinic.care import consent
from kinetamine.clinic.consent import Purpose
from kinetamine.clinic.eligibility.rules import Treatment, Use
from kinetamine.clinic.records import Consent, Role
from kinetamine.clinic.refusals import NotAllowedError
from kinetamine.clinic.signature import Signature
from kinetamine.engine.events import Form
from kinetamine.errors import FieldError

INFUSION = Treatment(form=Form.RACEMIC, route="intravenous", use=Use.RESISTANT_DEPRESSION)
SPRAY = Treatment(form=Form.ESKETAMINE, route="intranasal", use=Use.RESISTANT_DEPRESSION)
BY = Signature(by="n", role="nurse", at=START)
SHOWN = texts.current(Purpose.OFF_LABEL, START).about.sha256
LATER = START + timedelta(days=1)


def test_consent_is_in_force_for_its_own_purpose_alone(world: World) -> None:
    nurse = world.records(Role.NURSE)
    whom = nurse.add(person())
    assert consent.standing(nurse, whom.id, INFUSION, START).given is None
    made = consent.give(nurse, whom.id, Purpose.OFF_LABEL, SHOWN, BY, "asked about driving")
    assert (made.digest, made.given_at, made.notes) == (SHOWN, START, "asked about driving")
    assert consent.standing(nurse, whom.id, INFUSION, START).given is not None
    assert consent.standing(nurse, whom.id, SPRAY, START).given is None
    assert consent.standing(nurse, whom.id, INFUSION, START - timedelta(minutes=1)).given is None


def test_taken_back_it_is_kept_and_no_longer_holds(world: World) -> None:
    nurse = world.records(Role.NURSE)
    whom = nurse.add(person())
    made = consent.give(nurse, whom.id, Purpose.OFF_LABEL, SHOWN, BY)
    with pytest.raises(FieldError, match="after it was given"):
        consent.take_back(nurse, made.id, made.version, START - timedelta(days=1))
    back = consent.take_back(nurse, made.id, made.version, LATER)
    assert (back.given_at, back.revoked_at, back.version) == (START, LATER, 2)
    assert "revoked_at" in nurse.history(Consent, made.id)[0].names
    assert consent.standing(nurse, whom.id, INFUSION, START).given is not None
    assert "Taken back" in consent.standing(nurse, whom.id, INFUSION, LATER).reason
    assert consent.standing(nurse, whom.id, INFUSION).given is None
    with pytest.raises(FieldError, match="not taken back yet"):
        consent.take_back(nurse, made.id, 2, LATER)


def test_only_the_text_that_was_shown_can_be_agreed_to(world: World) -> None:
    nurse = world.records(Role.NURSE)
    whom = nurse.add(person())
    other = texts.current(Purpose.LABELLED, START).about.sha256
    with pytest.raises(FieldError, match="sha256"):
        consent.give(nurse, whom.id, Purpose.OFF_LABEL, other, BY)
    with pytest.raises(NotAllowedError):
        consent.give(world.records(Role.MONITOR), whom.id, Purpose.OFF_LABEL, SHOWN, BY)


@pytest.mark.parametrize(("text", "digest"), [("another", SHOWN), ("off_label", "ab" * 32)])
def test_a_text_that_is_not_known_counts_for_nothing(world: World, text: str, digest: str) -> None:
    records = world.records()
    whom = records.add(person())
    records.add(Consent(person_id=whom.id, text=text, text_version="1", digest=digest, given_at=START))
    (kept,) = consent.of(records, whom.id)
    assert (kept.text, kept.purpose) == (None, None)
    assert consent.standing(records, whom.id, INFUSION, LATER).given is None
