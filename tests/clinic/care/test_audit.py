"""The audit in words, and who looked at one person's record."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from clinic.care.test_scores import filled, own
from clinic.world import World, person, session
from kinetamine.clinic.access import records_for
from kinetamine.clinic.access.trail import Asked
from kinetamine.clinic.care import audit, scores
from kinetamine.clinic.records import Person, Role, Score, SessionEvent
from kinetamine.clinic.refusals import NoSuchRecordError, NotAllowedError, Refusal

UTC = ZoneInfo("UTC")


def test_rows_come_in_pages_with_names_and_never_with_contents(world: World) -> None:
    scores.keep(world.records(Role.PATIENT), own(world), filled("phq9", 12, last=2), world.clock.now)
    auditor = world.records(Role.AUDITOR)
    found = audit.lines(auditor)
    assert [one.seq for one in found.lines] == sorted((one.seq for one in found.lines), reverse=True)
    kept = next(one for one in found.lines if (one.action, one.kind) == ("add", "score"))
    assert (kept.who, kept.about) == ("A patient", ("1 opened as tasks",))
    assert not any("fingerprint" in word for one in found.lines for word in one.about)
    for _ in range(audit.A_PAGE):
        auditor.waiting()
    newest = audit.lines(auditor)
    assert newest.before == newest.lines[-1].seq
    older = audit.lines(auditor, before=newest.before)
    assert older.lines[0].seq < newest.lines[-1].seq
    assert older.before is None


def test_rows_are_asked_for_by_who_and_by_record(world: World) -> None:
    kept = scores.keep(world.records(Role.NURSE), own(world), filled("gad7", 5), world.clock.now)
    world.records().get(Score, kept.id)
    admin, nurse = world.records(Role.ADMIN), world.members[Role.NURSE].user_id
    assert {one.actor for one in audit.lines(admin, Asked(actor=nurse)).lines} == {nurse}
    about = audit.lines(admin, Asked(record=kept.id)).lines
    assert [(one.who, one.action) for one in about] == [("The physician", "read"), ("The nurse", "add")]
    assert audit.lines(admin, Asked(record="nothing")).lines == ()


def test_one_persons_rows_are_those_of_all_that_is_kept_about_them(world: World) -> None:
    physician, nurse = world.records(), world.records(Role.NURSE)
    other = physician.add(person(number="other"))
    sitting = physician.add(session(own(world)))
    theirs = physician.add(session(other.id))
    for one, name in ((sitting, "a"), (theirs, "b")):
        physician.add(
            SessionEvent(session_id=one.id, client_id=name, device_time=world.clock.now, happened="x", content={})
        )
    nurse.find(SessionEvent, session_id=sitting.id)
    monitor = world.records(Role.MONITOR)
    monitor.find(SessionEvent, session_id=theirs.id)
    monitor.find(Person)
    (day,) = {one.first.date() for one in audit.visits(physician, own(world), UTC).visits}
    assert day == world.clock.now.date()
    seen = {one.who: one for one in audit.visits(physician, own(world), UTC).visits}
    assert seen["The nurse"].did == ("read entries of a session",)
    assert (seen["The nurse"].rows, seen["The nurse"].alone) == (1, 1)
    assert seen["The monitor"].did == ("read identity",)
    assert (seen["The monitor"].rows, seen["The monitor"].alone) == (1, 0)
    lines = audit.lines(world.records(Role.AUDITOR), person_id=own(world)).lines
    assert {one.kind for one in lines} >= {"person", "session", "session_event", "sight"}
    assert all(one.record_id != theirs.id for one in lines)


def test_refused_attempts_are_seen_too(world: World) -> None:
    whom = own(world)
    with pytest.raises(NotAllowedError):
        world.records(Role.ADMIN).get(Person, whom)
    found = {one.who: one for one in audit.visits(world.records(), whom, UTC).visits}
    assert found["The admin"].refused == 1


def test_who_may_ask_who_looked(world: World) -> None:
    whom = own(world)
    for role in world.members:
        if role in {Role.PHYSICIAN, Role.AUDITOR, Role.PATIENT}:
            assert audit.visits(world.records(role), whom, UTC).visits
            assert (world.last_row().kind, world.last_row().record_id) == ("sight", whom)
            continue
        with pytest.raises(NotAllowedError):
            audit.visits(world.records(role), whom, UTC)
        assert world.last_row().outcome == "refused"


def test_nobody_learns_of_others_records(world: World) -> None:
    other = world.records().add(person(number="other"))
    with pytest.raises(NoSuchRecordError):
        audit.visits(world.records(Role.PATIENT), other.id, UTC)
    with pytest.raises(NoSuchRecordError):
        audit.visits(records_for(world.database, world.stranger), other.id, UTC)
    for asked in (audit.lines, lambda records: records.verify_audit()):
        with pytest.raises(Refusal):
            asked(world.records(Role.PATIENT))
    stranger = audit.lines(records_for(world.database, world.stranger)).lines
    assert all(one.actor != world.members[Role.PHYSICIAN].user_id for one in stranger)


def test_verifying_is_what_the_command_does_and_leaves_rows(world: World) -> None:
    found = world.records(Role.ADMIN).verify_audit()
    assert (found.sound, found.rows) == (True, world.rows() - 1)
    line = audit.lines(world.records(Role.ADMIN)).lines[0]
    assert line.about == ("verify: done", f"rows: {found.rows}", "problems: 0")
