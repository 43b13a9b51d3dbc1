from __future__ import annotations

from datetime import timedelta

import pytest

from clinic.care.sittings import PUMP, entered, opened, reading, sent, sitting
from clinic.world import START, World
from kinetamine.clinic.care import discharge, session
from kinetamine.clinic.records import Role, Session, SessionEvent
from kinetamine.clinic.refusals import ConflictError
from kinetamine.clinic.session.wire import DISCHARGED
from kinetamine.clinic.signature import Signature
from kinetamine.errors import FieldError

DAY = (
    reading("before", -10, 122),
    sent("start", "infusion started", PUMP),
    sent("stop", "stopped", minute=40, note="complete"),
    reading("r115", 115, 124),
    sent("awake", "score", {"scale": "moaas", "answers": {"response": 5}}, minute=116),
    sent("asked", "arranged", {"what": "symptoms_asked"}, minute=117),
    sent("gait", "arranged", {"what": "gait_safe"}, minute=118),
    sent("told", "arranged", {"what": "told_not_to_drive"}, minute=118),
)
ESCORT = sent("escort", "arranged", {"what": "escort"}, minute=119)


def signed(world: World, role: Role) -> Signature:
    return Signature(by=world.members[role].user_id, role=role.value, at=world.clock.now)


def leave(world: World, session_id: str, role: Role, why: str = "", name: str = "d") -> tuple[SessionEvent, ...]:
    found = sitting(world, session_id)
    return discharge.let_leave(world.records(role), found, discharge.may_leave(found, signed(world, role), why), name)


def test_a_day_ends(world: World) -> None:
    session_id = opened(world)
    world.clock.pass_by(minutes=121)
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
    assert found.session.ended_at == START + timedelta(minutes=121)
    assert found.state(START + timedelta(days=1)).left_at == found.session.ended_at
    again = session.Opening(person_id=found.session.person_id, chair="1", order_id=found.session.order_id)
    with pytest.raises(FieldError, match="given in another session"):
        session.open_at(world.records(), again)
    assert opened(world)


def test_a_physician_lets_somebody_leave_early(world: World) -> None:
    session_id = opened(world)
    world.clock.pass_by(minutes=121)
    entered(world, session_id, *DAY)
    said, _ = leave(world, session_id, Role.PHYSICIAN, "their sister waits outside")
    assert (said.content["overridden"], said.note) == (["escort present"], "their sister waits outside")
    found = discharge.discharged(sitting(world, session_id))
    assert found is not None
    assert (found.happened, found.made_by) == (DISCHARGED, world.members[Role.PHYSICIAN].user_id)


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
    world.clock.pass_by(minutes=120)
    entered(world, session_id, ESCORT)
    assert discharge.arrangements(sitting(world, session_id)).escort == START + timedelta(minutes=119)
    entered(world, session_id, sent("e", "entered in error", corrects="escort", why="somebody else's"))
    assert discharge.arrangements(sitting(world, session_id)).escort is None
    assert world.records().get(Session, session_id).state == "open"
    assert tuple(vars(discharge.arrangements(sitting(world, session_id)))) == session.ARRANGEMENTS
