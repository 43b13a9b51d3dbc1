"""A session's record says what was entered, whenever it was entered and whoever did it at the same time."""

from __future__ import annotations

from datetime import timedelta

import pytest

from clinic.care.series import ordered as planned
from clinic.care.sittings import PUMP, entered, opened, reading, sent, sitting
from clinic.care.test_discharge import leave
from clinic.care.test_dose_check import begun, finished
from clinic.world import START, World
from kinetamine.clinic.care import discharge, expecting, session
from kinetamine.clinic.care.sitting import Sitting, keep_up
from kinetamine.clinic.records import Role, Session, SessionEvent
from kinetamine.clinic.session.ordered import Agreed
from kinetamine.errors import FieldError


def kept(world: World, held: Sitting, rows: tuple[SessionEvent, ...]) -> Session:
    return keep_up(world.records(Role.MONITOR), held.merged(rows), rows, world.clock.now)


def enter(world: World, session_id: str, *entries: session.Sent) -> Session:
    rows = entered(world, session_id, *entries)
    return kept(world, sitting(world, session_id), rows)


def test_a_drug_that_is_told_of_after_the_end_counts(world: World) -> None:
    session_id = opened(world)
    world.clock.pass_by(minutes=30)
    leave(world, session_id, Role.PHYSICIAN, "the tablet is offline")
    closed = world.records().get(Session, session_id)
    assert closed.started_at is None
    found = enter(world, session_id, sent("s", "infusion started", PUMP), sent("x", "stopped", minute=20, note="ill"))
    assert (found.state, found.started_at, found.ended_at) == ("closed", START, closed.ended_at)
    given = expecting.doses(world.records(), found.person_id, world.clock.now)
    assert [(one.at, one.was_given) for one in given] == [(START, True)]
    again = session.Opening(person_id=found.person_id, chair="1", order_id=found.order_id)
    with pytest.raises(FieldError, match="given 'given', expected an order that is to be given"):
        session.open_at(world.records(), again)


def test_an_open_session_has_begun_and_what_changes_nothing_is_not_written(world: World) -> None:
    session_id = opened(world)
    assert enter(world, session_id, reading("r", -5, 120.0)).version == 1
    assert enter(world, session_id, sent("s", "infusion started", PUMP, minute=-2)).version == 2
    found = enter(world, session_id, reading("r2", -1, 120.0))
    assert (found.version, found.started_at) == (2, START - timedelta(minutes=2))
    struck = sent("e", "entered in error", corrects="s", why="another person's")
    assert enter(world, session_id, struck).started_at is None


def test_two_at_once_and_the_earlier_drug_is_the_first(world: World) -> None:
    session_id = opened(world)
    before = sitting(world, session_id)
    late = entered(world, session_id, sent("s2", "infusion started", PUMP, minute=-1))
    early = entered(world, session_id, sent("s1", "infusion started", PUMP, minute=-9))
    kept(world, before, early)
    assert kept(world, before, late).started_at == START - timedelta(minutes=9)
    assert world.records().get(Session, session_id).started_at == START - timedelta(minutes=9)


def test_what_was_stored_before_a_stop_is_caught_up_with_when_it_is_sent_again(world: World) -> None:
    session_id = opened(world)
    start = sent("s", "infusion started", PUMP)
    entered(world, session_id, start)
    assert world.records().get(Session, session_id).started_at is None
    assert enter(world, session_id, start).started_at == START


def test_the_end_follows_when_they_left(world: World) -> None:
    session_id = opened(world)
    world.clock.pass_by(minutes=30)
    leave(world, session_id, Role.PHYSICIAN, "called away")
    (left,) = (one for one in sitting(world, session_id).rows if one.happened == "left")
    found = enter(world, session_id, sent("c", "left", minute=25, corrects=left.client_id, why="it was earlier"))
    assert found.ended_at == START + timedelta(minutes=25)
    assert discharge.has_left(sitting(world, session_id), world.clock.now)


def test_what_two_agreed_on_after_the_opening_is_known_when_the_drug_is_given(world: World) -> None:
    made = planned(world)
    opening = session.Opening(person_id=made.person_id, chair="1", order_id=made.id)
    session_id = session.open_at(world.records(), opening).id
    found = sitting(world, session_id).ordered
    assert found is not None
    assert found.agreed is None
    finished(world, begun(world, made))
    enter(world, session_id, reading("r", -5, 120.0))
    assert sitting(world, session_id).ordered == found
    enter(world, session_id, sent("s", "infusion started", PUMP | {"lot": "L9"}))
    known = sitting(world, session_id)
    assert known.ordered is not None
    assert isinstance(known.ordered.agreed, Agreed)
    assert [one.text for one in known.state(world.clock.now).oddities] == ["lot L9; checked: lot L1"]
