from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from clinic.care.sittings import PUMP, entered, opened, reading, sent, sitting
from clinic.care.test_predictions import PREDICTED
from clinic.world import START, World, order, person
from kinetamine.clinic.access import records_for
from kinetamine.clinic.care import session
from kinetamine.clinic.care.session import NotTakenError, Opening
from kinetamine.clinic.care.sitting import Sitting, load
from kinetamine.clinic.records import Person, Role, Session
from kinetamine.clinic.refusals import ConflictError, NoSuchRecordError, NotAllowedError
from kinetamine.clinic.session.entries import Read
from kinetamine.clinic.session.wire import ACKNOWLEDGED, IN_ERROR
from kinetamine.errors import FieldError, InputError, UnknownNameError


def test_a_chair_and_a_person_are_taken_once(world: World) -> None:
    session_id = opened(world, predicted=PREDICTED)
    found = sitting(world, session_id)
    assert found.prediction == PREDICTED
    assert found.protocol.name == "infusion over 40 minutes"
    assert found.session.details["order"]["dose_mg"] == 35.0
    with pytest.raises(FieldError, match="chair that is free"):
        opened(world)
    with pytest.raises(FieldError, match="in no open session"):
        session.open_at(
            world.records(), Opening(person_id=found.session.person_id, chair="2", protocol=found.protocol.name)
        )


def test_whose_order_it_is(world: World) -> None:
    physician = world.records()
    (own,) = physician.find(Person, number="own")
    other = physician.add(person(number="D-other"))
    spray = physician.add(order(other.id, drug="esketamine", route="intranasal"))
    with pytest.raises(FieldError, match="order for this person"):
        session.open_at(physician, Opening(person_id=own.id, chair="1", order_id=spray.id))
    for state in ("cancelled", "disputed"):
        wrong = physician.add(order(other.id, state=state))
        with pytest.raises(FieldError, match="to be given"):
            session.open_at(physician, Opening(person_id=other.id, chair="1", order_id=wrong.id))
    found = session.open_at(physician, Opening(person_id=other.id, chair="1", order_id=spray.id))
    assert found.details["protocol"] == "esketamine nasal spray"
    assert sitting(world, found.id).duty.name == "REQUIRED"


@pytest.mark.parametrize(
    ("wrong", "at"),
    [({"chair": " "}, "chair"), ({"protocol": ""}, "protocol"), ({"protocol": "dance"}, "protocol")],
)
def test_an_opening_that_is_none(world: World, wrong: dict[str, Any], at: str) -> None:
    (own,) = world.records().find(Person, number="own")
    asked = {"person_id": own.id, "chair": "1", "protocol": "infusion over 40 minutes"} | wrong
    with pytest.raises(FieldError) as caught:
        session.open_at(world.records(), Opening(**asked))
    assert caught.value.field == at


def test_who_may(world: World) -> None:
    session_id = opened(world)
    for role in (Role.THERAPIST, Role.AUDITOR):
        with pytest.raises(NotAllowedError):
            entered(world, session_id, reading("r", 0, 120), by=role)
    with pytest.raises(NotAllowedError):
        sitting_of_admin(world, session_id)
    with pytest.raises(NoSuchRecordError):
        load(records_for(world.database, world.stranger), session_id)


def sitting_of_admin(world: World, session_id: str) -> None:
    load(world.records(Role.ADMIN), session_id)


def test_sent_twice_is_stored_once(world: World) -> None:
    session_id = opened(world)
    both = (reading("r", -5, 120), sent("p", "infusion started", PUMP))
    first, again = entered(world, session_id, *both), entered(world, session_id, *both)
    assert [one.id for one in first] == [one.id for one in again]
    assert len(sitting(world, session_id).rows) == 2
    with pytest.raises(ConflictError):
        entered(world, session_id, reading("r", -5, 121))


def test_what_cannot_be_is_sent_back_and_nothing_with_it_is_stored(world: World) -> None:
    session_id = opened(world)
    with pytest.raises(NotTakenError) as caught:
        entered(world, session_id, reading("good", -5, 120), reading("bad", -4, 1220))
    assert (caught.value.client_id, caught.value.field) == ("bad", "systolic")
    assert "30 to 350 mmHg" in str(caught.value)
    assert sitting(world, session_id).rows == ()
    entered(world, session_id, reading("critical", -4, 240))
    assert len(sitting(world, session_id).rows) == 1


@pytest.mark.parametrize(
    ("entry", "at"),
    [
        (sent("x", "reading", {"values": {"weight": 70.0}}), "vital sign"),
        (sent("x", "reading", {"values": {"systolic": 80.0, "diastolic": 90.0}}), "diastolic"),
        (sent("x", "stopped"), "reason"),
        (sent("x", "score", {"scale": "moaas", "answers": {"response": 6}}), "moaas.response"),
        (sent("x", "score", {"scale": "moaas", "answers": {"mood": 1}}), "item of moaas"),
        (sent("x", "score", {"scale": "moaas", "answers": {"response": 5}, "recall": "1 week"}), "recall"),
        (sent("x", "score", {"scale": "phq9", "answers": {"9": 3}, "recall": "2 weeks"}), "scale"),
        (sent("x", "score", {"scale": "cssrs_screener", "answers": {"4": 1}}), "scale"),
        (sent("x", ACKNOWLEDGED, {"readings": []}), "readings"),
        (sent("x", ACKNOWLEDGED, {"readings": ["never/systolic"]}), "readings"),
        (sent("x", "alarm silenced", {"readings": ["r/systolic"], "seconds": 3000}), "seconds"),
        (sent("x", "arranged", {"what": "taxi"}), "what"),
        (sent("x", "reading", {"values": {"systolic": 120.0}}, corrects="nothing", why="typed wrongly"), "corrects"),
        (sent("x", "reading", {"values": {"systolic": 120.0}}, corrects="r"), "why"),
        (sent("x", "discharged"), "happened"),
    ],
)
def test_what_is_wrong_is_told_at_its_field(entry: session.Sent, at: str) -> None:
    stored = session.row("s", reading("r", -5, 120))
    with pytest.raises(InputError) as caught:
        session._checked(entry, Sitting(Session(id="s"), (stored,)), {"r"})
    assert NotTakenError("x", caught.value).field == at


def test_a_questionnaire_is_told_where_it_goes_and_one_that_was_kept_here_can_be_struck(world: World) -> None:
    session_id = opened(world)
    suicidal = sent("q", "score", {"scale": "phq9", "answers": {"9": 3}, "recall": "2 weeks"})
    with pytest.raises(NotTakenError, match=r"moaas or cadss; any other .* on the person's page"):
        entered(world, session_id, suicidal)
    entered(world, session_id, *(sent(one, "score", {"scale": one, "answers": {}}) for one in session.SCALES))
    world.records(Role.NURSE).add(session.row(session_id, suicidal))
    entered(world, session_id, sent("e", IN_ERROR, corrects="q", why="belongs on their page"))
    assert [one.entry.name for one in sitting(world, session_id).timeline.standing] == ["cadss", "moaas"]


def test_nothing_is_stored_beside_an_entry_s_own_fields(world: World) -> None:
    session_id = opened(world)
    more = sent("p", "infusion started", PUMP | {"name": "Demo One"}, note="for Demo One")
    act = sent("a", "arranged", {"what": "escort", "name": "their sister"})
    stored = entered(world, session_id, more, act)
    assert [(one.content, one.note) for one in stored] == [(PUMP, None), ({"what": "escort"}, None)]
    assert [one.id for one in entered(world, session_id, more, act)] == [one.id for one in stored]


def test_a_correction_keeps_the_original(world: World) -> None:
    session_id = opened(world)
    entered(world, session_id, reading("r", 0, 210))
    mended = {"values": {"systolic": 120.0}}
    change = sent("c1", "reading", mended, minute=1, corrects="r", why="typed wrongly")
    again = sent("c2", "reading", {"values": {"systolic": 122.0}}, minute=1, corrects="c1", why="read again")
    (first,) = entered(world, session_id, change)
    assert entered(world, session_id, change)[0].id == first.id
    entered(world, session_id, again)
    (one,) = sitting(world, session_id).timeline.standing
    assert one.what == Read(values=(("systolic", 122.0),))
    assert isinstance(one.entry.what, Read)
    assert (dict(one.entry.what.values)["systolic"], [change.name for change in one.history]) == (210.0, ["c1", "c2"])
    entered(world, session_id, sent("e", IN_ERROR, minute=2, corrects="c2", why="another person's"))
    found = sitting(world, session_id)
    assert found.timeline.standing == ()
    assert len(found.rows) == 4


def test_who_corrects_what_somebody_else_corrected_is_told_what_it_says_now(world: World) -> None:
    session_id = opened(world)
    entered(world, session_id, reading("r", 0, 160))

    def mended(name: str, systolic: float, corrects: str) -> session.Sent:
        values = {"systolic": systolic, "diastolic": 78.0, "heart_rate": 72.0, "spo2": 98.0}
        return sent(name, "reading", {"values": values}, corrects=corrects, why="typed wrongly")

    entered(world, session_id, mended("a", 150.0, "r"))
    said = r"The nurse corrected it at 2026-03-02 \d\d:00:00 UTC: systolic 150\)"
    with pytest.raises(ConflictError, match=said):
        entered(world, session_id, mended("b", 155.0, "r"), by=Role.PHYSICIAN)
    with pytest.raises(ConflictError, match="The nurse corrected it"):
        entered(world, session_id, sent("e", IN_ERROR, corrects="r", why="another's"), by=Role.PHYSICIAN)
    assert [value for _, value, _ in sitting(world, session_id).state(START).values("systolic")] == [150.0]
    assert entered(world, session_id, mended("a", 150.0, "r"))[0].client_id == "a"
    entered(world, session_id, sent("e", IN_ERROR, corrects="a", why="another's"), by=Role.PHYSICIAN)
    with pytest.raises(ConflictError, match="The physician marked it as entered in error"):
        entered(world, session_id, mended("c", 152.0, "a"))


def test_entries_and_their_corrections_in_one_go(world: World) -> None:
    session_id = opened(world)
    mended = sent("c", "reading", {"values": {"systolic": 125.0}}, minute=1, corrects="r", why="typed wrongly")
    rows = entered(world, session_id, reading("r", 0, 210), mended, reading("s", 2, 130))
    assert [one.client_id for one in rows] == ["r", "c", "s"]
    values = sitting(world, session_id).state(START + timedelta(minutes=3)).values("systolic")
    assert [value for _, value, _ in values] == [125.0, 130.0]


def test_a_late_entry_keeps_both_clocks(world: World) -> None:
    session_id = opened(world)
    world.clock.pass_by(minutes=30)
    entered(world, session_id, reading("offline", 2, 130))
    (one,) = sitting(world, session_id).timeline.standing
    assert (one.at, one.entry.received_at) == (START + timedelta(minutes=2), START + timedelta(minutes=30))


@pytest.mark.parametrize(
    ("given", "at"),
    [
        ({}, "client_id"),
        ({"client_id": 5}, "client_id"),
        ({"client_id": "x" * 37}, "client_id"),
        ({"client_id": "x", "device_time": "2026-03-02T09:00:00"}, "device_time"),
        ({"client_id": "x", "device_time": 5}, "device_time"),
        ({"client_id": "x", "device_time": "0001-01-01T00:00:00+14:00"}, "device_time"),
        ({"client_id": "x", "device_time": "0001-01-01T00:00:00Z"}, "device_time"),
        ({"client_id": "x", "device_time": "2026-03-02T09:00:00Z", "content": []}, "content"),
    ],
)
def test_json_that_is_no_entry(given: dict[str, Any], at: str) -> None:
    with pytest.raises(FieldError) as caught:
        session.sent(given)
    assert caught.value.field == at


def test_unknown_gates_are_refused(world: World) -> None:
    (own,) = world.records().find(Person, number="own")
    with pytest.raises(UnknownNameError):
        session.open_at(
            world.records(),
            Opening(person_id=own.id, chair="1", protocol="infusion over 40 minutes", gates={"open": True}),
        )
    assert world.records().find(Session) == []
