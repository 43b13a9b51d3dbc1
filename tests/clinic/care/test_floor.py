from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from clinic.care.sittings import PUMP, entered, opened, reading, sent, sitting
from clinic.session.histories import INFUSION, SPRAY
from clinic.world import START, World
from kinetamine.clinic.alarms.published import PUBLISHED
from kinetamine.clinic.care import session
from kinetamine.clinic.care.alarms import alarms, at_once
from kinetamine.clinic.care.discharge import let_leave, may_leave
from kinetamine.clinic.care.floor import Floor
from kinetamine.clinic.records import Role, Session
from kinetamine.clinic.refusals import NotAllowedError
from kinetamine.clinic.session.entries import Entry
from kinetamine.clinic.session.timeline import Timeline
from kinetamine.clinic.session.vitals import alarm_events, alarms_of, known_before
from kinetamine.clinic.session.wire import ACKNOWLEDGED, IN_ERROR, SILENCED
from kinetamine.clinic.signature import Signature


@pytest.mark.parametrize("history", [INFUSION, SPRAY])
def test_at_once_is_as_step_by_step(history: tuple[Entry, ...]) -> None:
    timeline = Timeline().merged(history)
    slow = alarms_of(timeline, PUBLISHED)
    quick = at_once(alarm_events(timeline), known_before(timeline, PUBLISHED), PUBLISHED)
    assert (quick.events, quick.refused, quick.now, quick.before) == (slow.events, slow.refused, slow.now, slow.before)
    assert quick.alarms == slow.alarms


def test_an_alarm_stands_until_that_reading_is_answered(world: World) -> None:
    session_id = opened(world)
    entered(world, session_id, reading("r", 0, 230, 90))
    shown = alarms(sitting(world, session_id), world.clock.now)
    (high, *_) = shown.board
    assert (high.limit.name, high.unanswered, high.sounds) == ("systolic_very_high", ("r/systolic",), True)
    entered(world, session_id, sent("s", SILENCED, {"readings": ["r/systolic"], "seconds": 60.0}))
    assert not alarms(sitting(world, session_id), world.clock.now).board[0].sounds
    world.clock.pass_by(seconds=61)
    later = alarms(sitting(world, session_id), world.clock.now).board[0]
    assert (later.sounds, later.called) == (True, ("monitor", "nurse"))
    entered(world, session_id, sent("a", ACKNOWLEDGED, {"readings": ["r/systolic"]}), reading("late", -1, 231, 90))
    answered = alarms(sitting(world, session_id), world.clock.now).board[0]
    assert answered.unanswered == ("late/systolic",)
    entered(world, session_id, sent("e", IN_ERROR, corrects="a", why="pressed by mistake"))
    again = alarms(sitting(world, session_id), world.clock.now).board[0]
    assert set(again.unanswered) == {"r/systolic", "late/systolic"}


def test_the_board_is_read_once_and_then_fed(world: World) -> None:
    calm, urgent = opened(world, "1"), opened(world, "2")
    floor, nurse = Floor(), world.records(Role.NURSE)
    floor.load(nurse, world.north.id)
    rows = world.rows()
    floor.load(nurse, world.north.id)
    assert [one.chair for one in floor.board(world.north.id, world.clock.now)] == ["1", "2"]
    assert world.rows() == rows
    before = floor.clinic_version(world.north.id), floor.version(urgent), floor.version(calm)
    world.clock.pass_by(minutes=5)
    stored = entered(world, urgent, reading("r", -5, 120), sent("p", "infusion started", PUMP), reading("s", 5, 225))
    floor.entered(urgent, stored)
    floor.entered(urgent, stored)
    assert (floor.version(urgent), floor.version(calm)) == (before[1] + 1, before[2])
    first, second = floor.board(world.north.id, START + timedelta(minutes=6))
    assert (first.chair, first.phase, first.minutes) == ("2", "the pump runs", 6.0)
    assert first.alarms[0].limit.name == "systolic_very_high"
    assert ("systolic", 225.0, 1.0) in first.vitals
    assert first.next_due is not None
    assert (second.chair, second.minutes) == ("1", None)
    late = floor.board(world.north.id, START + timedelta(minutes=21))[0]
    assert [(one.slot.name, one.status.value) for one in late.waiting] == [("minute 15", "late")]


def test_nothing_of_another_clinic(world: World) -> None:
    opened(world)
    floor = Floor()
    floor.load(world.records(), world.north.id)
    assert floor.board(world.south.id, world.clock.now) == ()
    for role in (Role.ADMIN, Role.PATIENT):
        with pytest.raises(NotAllowedError):
            Floor().load(world.records(role), world.north.id)


def test_many_threads_at_once(world: World) -> None:
    session_id = opened(world)
    floor = Floor()
    floor.load(world.records(), world.north.id)

    def feed(thread: int) -> None:
        for place in range(40):
            row = session.row(session_id, reading(f"{thread}-{place}", place / 10, 120))
            row.id, row.made_at, row.made_by = row.client_id, START, "monitor"
            floor.entered(session_id, [row])
            floor.board(world.north.id, START + timedelta(minutes=5))

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(feed, range(8)))
    found = floor.sitting(session_id)
    assert found is not None
    assert (len(found.rows), floor.version(session_id)) == (320, 320)
    look = floor.look(session_id, START + timedelta(minutes=5))
    assert look is not None
    assert len(look.state.readings) == 320


def test_a_new_session_and_one_that_ends(world: World) -> None:
    floor, physician = Floor(), world.records()
    floor.load(physician, world.north.id)
    session_id = opened(world)
    assert floor.board(world.north.id, world.clock.now) == ()
    floor.entered(session_id, entered(world, session_id, reading("r", 0, 225)))
    assert floor.sitting(session_id) is None
    found = floor.visited(physician, world.north.id, session_id)
    assert [len(one.rows) for one in (found,)] == [1]
    assert [one.chair for one in floor.board(world.north.id, world.clock.now)] == ["1"]
    why = Signature(by=world.members[Role.PHYSICIAN].user_id, role="physician", at=world.clock.now)
    floor.entered(session_id, let_leave(physician, found, may_leave(found, why, "moved to a ward"), "d"))
    floor.changed(physician.get(Session, session_id))
    (left,) = floor.board(world.north.id, world.clock.now)
    assert (left.phase, bool(left.alarms[0].unanswered)) == ("left", True)
    names = [name for one in left.alarms for name in one.unanswered]
    floor.entered(session_id, entered(world, session_id, sent("a", ACKNOWLEDGED, {"readings": names})))
    assert floor.board(world.north.id, world.clock.now) == ()


def left_with_an_alarm(world: World, chair: str) -> str:
    """A session that a physician ended while a reading stood unanswered."""
    session_id, name = opened(world, chair), f"low {chair}"
    minute = (world.clock.now - START) / timedelta(minutes=1)
    entered(world, session_id, sent(name, "reading", {"values": {"spo2": 80.0}, "absent": {}}, minute=minute))
    found = sitting(world, session_id)
    why = Signature(by=world.members[Role.PHYSICIAN].user_id, role="physician", at=world.clock.now)
    let_leave(world.records(), found, may_leave(found, why, "called away"), f"left {chair}")
    return session_id


def chairs(world: World, floor: Floor) -> list[str]:
    return [one.chair for one in floor.board(world.north.id, world.clock.now)]


def test_an_alarm_of_somebody_who_left_stays_on_the_board_until_it_is_answered(world: World) -> None:
    session_id = left_with_an_alarm(world, "1")
    answered = left_with_an_alarm(world, "2")
    entered(world, answered, sent("b", ACKNOWLEDGED, {"readings": ["low 2/spo2"]}))
    floor, nurse = Floor(), world.records(Role.NURSE)
    floor.load(nurse, world.north.id)
    assert chairs(world, floor) == ["1"]
    world.clock.pass_by(days=20)
    assert chairs(world, floor) == ["1"]
    again = Floor()  # as after the server was started anew
    again.load(nurse, world.north.id)
    assert chairs(world, again) == ["1"]
    assert again.sitting(answered) is None
    again.entered(session_id, entered(world, session_id, sent("a", ACKNOWLEDGED, {"readings": ["low 1/spo2"]})))
    assert chairs(world, again) == []
    assert again.sitting(session_id) is None


def test_not_every_session_that_ever_ended_is_read(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    old = left_with_an_alarm(world, "1")
    world.clock.pass_by(days=8)
    new = left_with_an_alarm(world, "2")
    nurse, both, few = world.records(Role.NURSE), Floor(), Floor()
    both.load(nurse, world.north.id)
    assert (both.sitting(old), both.sitting(new) is None) == (None, False)
    world.clock.pass_by(hours=1)
    left_with_an_alarm(world, "3")
    monkeypatch.setattr("kinetamine.clinic.care.floor._MOST_LOOKED_AT", 1)
    few.load(nurse, world.north.id)
    assert chairs(world, few) == ["3"]


def test_a_reading_that_was_missed_is_no_less_urgent_than_a_late_one_until_another_follows(world: World) -> None:
    kept, missed = opened(world, "1"), opened(world, "2")
    for session_id, chair in ((kept, "1"), (missed, "2")):
        entered(world, session_id, reading(f"b{chair}", -5, 120), sent(f"p{chair}", "infusion started", PUMP))

    def board(minute: float) -> list[tuple[str, int, list[str]]]:
        world.clock.now = START + timedelta(minutes=minute)
        floor = Floor()
        floor.load(world.records(Role.NURSE), world.north.id)
        found = floor.board(world.north.id, world.clock.now)
        return [(one.chair, one.urgency[0], [str(slot.status) for slot in one.owed]) for one in found]

    assert board(15) == [("1", 7, []), ("2", 7, [])]
    entered(world, kept, reading("k", 15, 120))
    assert board(22) == [("2", 6, ["late"]), ("1", 7, [])]
    assert board(32) == [("2", 6, ["missed"]), ("1", 7, [])]
    entered(world, missed, sent("half", "reading", {"values": {"spo2": 98.0}}, minute=31))
    assert board(32)[0] == ("2", 6, ["missed"])
    entered(world, missed, reading("whole", 31, 120))
    assert board(33) == [("1", 7, []), ("2", 7, [])]
