from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from clinic.care.sittings import PUMP, entered, opened, reading, sent, sitting
from clinic.world import START, World
from kinetamine.clinic.care import discharge, session
from kinetamine.clinic.discharge import SYSTOLIC, Acceptable, Arrangements
from kinetamine.clinic.limits_in_use import InUse
from kinetamine.clinic.records import Role, Session, SessionEvent
from kinetamine.clinic.refusals import ConflictError
from kinetamine.clinic.session.wire import DISCHARGED
from kinetamine.clinic.signature import Signature
from kinetamine.errors import FieldError

DAY = (
    reading("before", -10, 122),
    sent("start", "infusion started", PUMP),
    sent("stop", "stopped", minute=40, note="complete"),
    reading("r155", 155, 124),
    sent("awake", "score", {"scale": "moaas", "answers": {"response": 5}}, minute=156),
    sent("asked", "arranged", {"what": "symptoms_asked"}, minute=157),
    sent("gait", "arranged", {"what": "gait_safe"}, minute=158),
    sent("told", "arranged", {"what": "told_not_to_drive"}, minute=158),
)
"""The pump stops at minute 40: the two hours are over at minute 160."""
ESCORT = sent("escort", "arranged", {"what": "escort"}, minute=159)


def signed(world: World, role: Role) -> Signature:
    return Signature(by=world.members[role].user_id, role=role.value, at=world.clock.now)


def leave(world: World, session_id: str, role: Role, why: str = "", name: str = "d") -> tuple[SessionEvent, ...]:
    found = sitting(world, session_id)
    return discharge.let_leave(world.records(role), found, discharge.may_leave(found, signed(world, role), why), name)


def arranged(world: World, session_id: str) -> Arrangements:
    found = sitting(world, session_id)
    return discharge.arrangements(found, found.state(world.clock.now))


def test_a_day_ends(world: World) -> None:
    session_id = opened(world)
    world.clock.pass_by(minutes=161)
    entered(world, session_id, *DAY)
    unmet = discharge.gate_of(sitting(world, session_id), world.clock.now).unmet
    assert [one.name for one in unmet] == ["escort present"]
    with pytest.raises(FieldError, match="physician"):
        leave(world, session_id, Role.NURSE, "their sister comes")
    with pytest.raises(FieldError) as caught:
        leave(world, session_id, Role.PHYSICIAN)
    assert caught.value.field == "why"
    entered(world, session_id, ESCORT)
    stored = leave(world, session_id, Role.NURSE)
    assert [one.happened for one in stored] == ["discharged", "left"]
    found = sitting(world, session_id)
    assert (found.session.state, found.session.started_at) == ("closed", START)
    assert found.session.ended_at == START + timedelta(minutes=161)
    assert found.state(START + timedelta(days=1)).left_at == found.session.ended_at
    again = session.Opening(person_id=found.session.person_id, chair="1", order_id=found.session.order_id)
    with pytest.raises(FieldError, match="given 'given', expected an order that is to be given"):
        session.open_at(world.records(), again)
    assert opened(world)


def test_two_hours_of_a_time_before_the_session_are_none(world: World) -> None:
    world.clock.pass_by(minutes=161)
    session_id = opened(world)
    world.clock.pass_by(seconds=1)
    entered(world, session_id, *DAY, ESCORT)
    (unmet,) = discharge.gate_of(sitting(world, session_id), world.clock.now).unmet
    assert (unmet.name, unmet.reason) == (
        "no drug long before the session",
        "infusion started 161 min before the session was opened",
    )
    with pytest.raises(FieldError, match="physician"):
        leave(world, session_id, Role.NURSE)
    leave(world, session_id, Role.PHYSICIAN, "the treatment was given on the ward")
    assert sitting(world, session_id).state(world.clock.now).before_opening


def test_a_physician_lets_somebody_leave_early(world: World) -> None:
    session_id = opened(world)
    world.clock.pass_by(minutes=161)
    entered(world, session_id, *DAY)
    said, _ = leave(world, session_id, Role.PHYSICIAN, "their sister waits outside")
    assert (said.content["overridden"], said.note) == (["escort present"], "their sister waits outside")
    found = discharge.discharged(sitting(world, session_id))
    assert found is not None
    assert (found.happened, found.made_by) == (DISCHARGED, world.members[Role.PHYSICIAN].user_id)


def test_a_clinics_own_values_are_asked_for_before_leaving_and_written_down(world: World) -> None:
    session_id = opened(world)
    world.clock.pass_by(minutes=161)
    entered(world, session_id, *DAY, ESCORT)
    lower = Acceptable(systolic_most=replace(SYSTOLIC, value=120.0))
    found = replace(sitting(world, session_id), in_use=InUse(leaving=lower))
    shut = discharge.gate_of(found, world.clock.now)
    assert [one.name for one in shut.unmet] == ["systolic from 101 to 120 mmHg"]
    let_go = discharge.may_leave(found, signed(world, Role.PHYSICIAN), "always like this")
    said, _ = discharge.let_leave(world.records(), found, let_go, "d")
    assert said.content["limits"] == found.in_use.about


def test_two_who_let_go_at_once(world: World) -> None:
    session_id = opened(world)
    held = sitting(world, session_id)
    leave(world, session_id, Role.PHYSICIAN, "called away")
    late = discharge.may_leave(held, signed(world, Role.PHYSICIAN), "called away")
    with pytest.raises(ConflictError):
        discharge.close(world.records(), held, late.signature.at)


def test_what_a_device_still_held_is_taken_in_afterwards(world: World) -> None:
    session_id = opened(world)
    world.clock.pass_by(minutes=30)
    entered(world, session_id, sent("start", "infusion started", PUMP), sent("stop", "stopped", minute=20, note="ill"))
    leave(world, session_id, Role.PHYSICIAN, "to the emergency room")
    world.clock.pass_by(minutes=5)
    entered(world, session_id, reading("offline", 25, 150))
    state = sitting(world, session_id).state(world.clock.now)
    assert [value for _, value, _ in state.values("systolic")] == [150.0]
    assert state.phase.name == "LEFT"


def test_an_arrangement_in_error_is_none(world: World) -> None:
    session_id = opened(world)
    world.clock.pass_by(minutes=160)
    entered(world, session_id, ESCORT)
    assert arranged(world, session_id).escort == START + timedelta(minutes=159)
    entered(world, session_id, sent("e", "entered in error", corrects="escort", why="somebody else's"))
    assert arranged(world, session_id).escort is None
    assert world.records().get(Session, session_id).state == "open"
    assert tuple(vars(arranged(world, session_id))) == session.ARRANGEMENTS


def test_what_was_ticked_before_the_drug_counts_for_nothing_and_of_the_rest_the_last(world: World) -> None:
    session_id = opened(world)
    world.clock.pass_by(minutes=161)
    early = [sent(what, "arranged", {"what": what}, minute=-20) for what in session.ARRANGEMENTS]
    entered(world, session_id, *early, *DAY[:-3])
    known = arranged(world, session_id)
    assert (known.gait_safe, known.symptoms_asked) == (None, None)
    assert known.escort == known.told_not_to_drive == START - timedelta(minutes=20)
    later = [sent(f"gait {minute}", "arranged", {"what": "gait_safe"}, minute=minute) for minute in (90, 158, 120)]
    entered(world, session_id, *later)
    assert arranged(world, session_id).gait_safe == START + timedelta(minutes=158)
    entered(world, session_id, sent("e", "entered in error", corrects="gait 158", why="somebody else's"))
    assert arranged(world, session_id).gait_safe == START + timedelta(minutes=120)


def test_an_answered_alarm_that_is_still_so_is_on_the_list(world: World) -> None:
    session_id = opened(world)
    world.clock.pass_by(minutes=161)
    low = sent("b", "reading", {"values": {"systolic": 80.0, "diastolic": 50.0}, "absent": {}}, minute=-5)
    seen = {"readings": [f"{name}/{sign}" for name in ("before", "b", "r155") for sign in ("systolic", "diastolic")]}
    entered(world, session_id, low, *DAY, ESCORT)
    entered(world, session_id, sent("seen", "alarm acknowledged", seen, minute=160))
    unmet = discharge.gate_of(sitting(world, session_id), world.clock.now).unmet
    assert [one.name for one in unmet] == ["no alarm still present"]
    assert unmet[0].reason == "diastolic rise of at least 25 mmHg; systolic rise of at least 40 mmHg"


def test_whoever_left_by_themselves_is_let_go_by_nobody_and_the_chair_is_freed(world: World) -> None:
    session_id = opened(world)
    world.clock.pass_by(minutes=30)
    entered(world, session_id, sent("start", "infusion started", PUMP), sent("stop", "stopped", minute=20, note="ill"))
    with pytest.raises(FieldError, match="physician"):
        leave(world, session_id, Role.NURSE, "they are about to go")
    entered(world, session_id, sent("gone", "left", minute=25))
    (said,) = leave(world, session_id, Role.NURSE)
    assert (said.note, said.content["by_themselves"]) == (discharge.BY_THEMSELVES, True)
    assert {"2 hours of observation", "escort present"} <= set(said.content["overridden"])
    found = sitting(world, session_id).session
    assert (found.state, found.ended_at) == ("closed", START + timedelta(minutes=25))
    assert opened(world)


def test_who_is_back_after_they_left_is_let_go_as_anybody(world: World) -> None:
    session_id = opened(world)
    world.clock.pass_by(minutes=30)
    entered(world, session_id, sent("gone", "left", minute=25))
    entered(world, session_id, sent("e", "entered in error", corrects="gone", why="they came back"))
    with pytest.raises(FieldError, match="physician"):
        leave(world, session_id, Role.NURSE)
