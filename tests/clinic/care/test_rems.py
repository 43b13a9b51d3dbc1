from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from clinic.care.sittings import RACEMIC, SPRAY, entered, opened, reading, sent, sitting
from clinic.world import START, World
from kinetamine.clinic.care import rems
from kinetamine.clinic.care.rems import Monitoring
from kinetamine.clinic.care.sitting import PROTOCOLS, Sitting
from kinetamine.clinic.records import Person, Role, Session, Task
from kinetamine.clinic.refusals import ConflictError
from kinetamine.clinic.rems import Colour
from kinetamine.clinic.session.wire import IN_ERROR
from kinetamine.errors import FieldError

ZONE = ZoneInfo("America/New_York")
INFUSION_WATCHED, SPRAY_WATCHED = PROTOCOLS
DEVICE = sent("d1", "device used", {"number": 1, "lot": "S1"})


def found(world: World, session_id: str) -> Monitoring:
    return rems.monitoring(world.records(Role.NURSE), sitting(world, session_id), ZONE, world.clock.now)


def test_what_the_session_knows_and_what_people_answer(world: World) -> None:
    session_id = opened(world, of=SPRAY)
    assert found(world, session_id).clock is None
    entered(world, session_id, reading("before", -5, 124), DEVICE)
    first = found(world, session_id)
    assert (first.record.identity.first_name, first.record.identity.last_name) == ("Demo", "One")
    assert (first.record.dose_mg, first.record.lots, first.record.pressure_before) == (28.0, ("S1",), (124.0, 78.0))
    assert first.clock is not None
    assert (first.clock.colour, first.clock.due) == (Colour.GREEN, date(2026, 3, 9))
    assert {"sedation", "serious_event", "monitor_email"} <= set(first.record.missing)
    nurse = world.records(Role.NURSE)
    answers = {"sedation": False, "monitor_email": "watch@clinic.example"}
    rems.answer(nurse, sitting(world, session_id), answers, first.answered, world.clock.now)
    second = found(world, session_id)
    assert (second.record.sedation, second.record.monitor_email) == (False, "watch@clinic.example")
    assert {"sedation", "monitor_email"}.isdisjoint(second.record.missing)
    assert all(one.content == {} for one in sitting(world, session_id).rows if one.note)


def test_two_who_answer_at_once(world: World) -> None:
    session_id = opened(world, of=SPRAY)
    nurse, held = world.records(Role.NURSE), sitting(world, session_id)
    rems.answer(nurse, held, {"sedation": True}, "", world.clock.now)
    for late in (held, sitting(world, session_id)):
        with pytest.raises(ConflictError):
            rems.answer(nurse, late, {"sedation": False}, "", world.clock.now)
    assert found(world, session_id).record.sedation is True


@pytest.mark.parametrize("wrong", [{"sedation": "no"}, {"monitor_email": True}, {"dose_mg": 5.0}])
def test_no_answer_to_what_is_not_asked(world: World, wrong: dict[str, object]) -> None:
    session_id = opened(world, of=SPRAY)
    with pytest.raises(FieldError):
        rems.answer(world.records(Role.NURSE), sitting(world, session_id), wrong, "", world.clock.now)


def test_seven_days_and_that_it_was_sent(world: World) -> None:
    session_id = opened(world, of=SPRAY)
    entered(world, session_id, DEVICE)
    colours = []
    for _ in range(9):
        clock = found(world, session_id).clock
        assert clock is not None
        colours.append(clock.colour)
        world.clock.pass_by(days=1)
    assert colours == [Colour.GREEN] * 4 + [Colour.AMBER] * 2 + [Colour.RED] * 2 + [Colour.OVERDUE]
    nurse, told = world.records(Role.NURSE), sitting(world, session_id)
    task = rems.remind(nurse, told, ZONE, START)
    assert task is not None
    assert task.due_at == datetime(2026, 3, 10, tzinfo=ZONE)
    assert rems.remind(nurse, told, ZONE, START) is None
    rems.mark_sent(nurse, told, world.clock.now - timedelta(days=1))
    assert nurse.get(Task, task.id).outcome == "sent"
    clock = found(world, session_id).clock
    assert clock is not None
    assert clock.colour is Colour.SENT_LATE


def test_without_a_rems_it_is_good_practice(world: World) -> None:
    infusion = sitting(world, opened(world))
    assert infusion.duty.name == "GOOD_PRACTICE"
    assert rems.remind(world.records(), infusion, ZONE, START) is None
    assert sitting(world, opened(world, "2", of=SPRAY, outpatient=False)).duty.name == "INPATIENT"


@pytest.mark.parametrize(
    ("ordered", "watched", "duty"),
    [
        (SPRAY, "", "REQUIRED"),
        (SPRAY, INFUSION_WATCHED, "REQUIRED"),
        (("esketamine hydrochloride", "intravenous"), SPRAY_WATCHED, "GOOD_PRACTICE"),
        (("racemic ketamine hydrochloride", "intranasal"), "", "GOOD_PRACTICE"),
        (RACEMIC, SPRAY_WATCHED, "GOOD_PRACTICE"),
    ],
)
def test_the_duty_follows_the_drug_however_it_is_watched(
    world: World, ordered: tuple[str, str], watched: str, duty: str
) -> None:
    session_id = opened(world, of=ordered, protocol=watched)
    assert sitting(world, session_id).duty.name == duty
    entered(world, session_id, DEVICE)
    assert sitting(world, session_id).duty.name == "REQUIRED"
    entered(world, session_id, sent("e", IN_ERROR, corrects="d1", why="another person's"))
    assert sitting(world, session_id).duty.name == duty


def test_without_an_order_what_is_watched_says_which_drug_it_is(world: World) -> None:
    physician = world.records()
    (own,) = physician.find(Person, number="own")
    for watched, duty in ((SPRAY_WATCHED, "REQUIRED"), (INFUSION_WATCHED, "GOOD_PRACTICE")):
        fields = {"person_id": own.id, "chair": watched, "state": "open", "details": {"protocol": watched}}
        assert Sitting(physician.add(Session(**fields))).duty.name == duty


def test_a_record_that_was_not_sent_after_all_is_to_be_sent(world: World) -> None:
    session_id = opened(world, of=SPRAY)
    entered(world, session_id, DEVICE)
    nurse = world.records(Role.NURSE)
    first = rems.remind(nurse, sitting(world, session_id), ZONE, world.clock.now)
    row = rems.mark_sent(nurse, sitting(world, session_id), world.clock.now)
    assert rems.remind(nurse, sitting(world, session_id), ZONE, world.clock.now) is None
    struck = entered(world, session_id, sent("e", IN_ERROR, corrects=row.client_id, why="another session's"))
    after = rems.remind_after(nurse, sitting(world, session_id), struck, ZONE, world.clock.now)
    assert (first is not None, after is not None) == (True, True)
    assert rems.remind_after(nurse, sitting(world, session_id), struck, ZONE, world.clock.now) is None
    assert [one.id for one in nurse.find(Task) if one.done_at is None] == [after.id if after else ""]
    rems.mark_sent(nurse, sitting(world, session_id), world.clock.now)
    assert all(one.outcome == "sent" for one in nurse.find(Task))


def test_a_record_sent_before_the_end_needs_no_reminder(world: World) -> None:
    session_id = opened(world, of=SPRAY)
    rows = entered(world, session_id, DEVICE, reading("r", 5, 120))
    nurse = world.records(Role.NURSE)
    assert rems.remind_after(nurse, sitting(world, session_id), rows, ZONE, world.clock.now) is None
    rems.mark_sent(nurse, sitting(world, session_id), world.clock.now)
    assert rems.remind(nurse, sitting(world, session_id), ZONE, world.clock.now) is None
    assert nurse.find(Task) == []


def test_whoever_leaves_by_themselves_leaves_a_record_to_be_sent(world: World) -> None:
    session_id = opened(world, of=SPRAY)
    nurse = world.records(Role.NURSE)
    world.clock.pass_by(minutes=30)
    early = entered(world, session_id, DEVICE)
    assert rems.remind_after(nurse, sitting(world, session_id), early, ZONE, world.clock.now) is None
    rows = entered(world, session_id, sent("gone", "left", minute=20))
    task = rems.remind_after(nurse, sitting(world, session_id), rows, ZONE, world.clock.now)
    assert task is not None
    assert rems.remind_after(nurse, sitting(world, session_id), rows, ZONE, world.clock.now) is None


def test_a_spray_that_is_told_of_after_they_left_leaves_a_record_to_be_sent(world: World) -> None:
    session_id = opened(world, of=SPRAY)
    nurse = world.records(Role.NURSE)
    world.clock.pass_by(minutes=30)
    rows = entered(world, session_id, sent("gone", "left", minute=20))
    assert rems.remind_after(nurse, sitting(world, session_id), rows, ZONE, world.clock.now) is None
    late = entered(world, session_id, DEVICE)
    assert rems.remind_after(nurse, sitting(world, session_id), late, ZONE, world.clock.now) is not None
