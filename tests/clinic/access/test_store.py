from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clinic.world import START, World, event, order, person, score
from kinetamine.clinic.access import Proof
from kinetamine.clinic.audit.inspection import inspect
from kinetamine.clinic.records import Clinic, LedgerEntry, Order, Person, Role, Score, SessionEvent, Signature, User
from kinetamine.clinic.refusals import ConflictError, NoSuchRecordError, NotAllowedError
from kinetamine.errors import FieldError, UnknownNameError


def test_what_is_added_is_found_again(world: World) -> None:
    made = world.records().add(person(number="1", notes="tired"))
    found = world.records(Role.NURSE).get(Person, made.id)
    assert (found.name, found.notes, found.weight_kg) == ("Ada Example", "tired", 70.0)
    assert (found.version, found.made_at, found.made_by) == (1, START, world.members[Role.PHYSICIAN].user_id)
    assert [one.id for one in world.records().find(Person, sex="female", number="1")] == [made.id]
    assert inspect(world.database).problems == []


def test_the_newest_come_first_and_no_more_than_are_asked_for(world: World) -> None:
    records = world.records()
    for number in "123":
        world.clock.pass_by(minutes=1)
        records.add(person(number=number, sex="male"))
    assert [one.number for one in records.newest(Person, limit=2, sex="male")] == ["3", "2"]
    row = world.last_row()
    assert (row.action, row.kind, '"asked":["sex"]' in row.detail.replace(" ", "")) == ("read", "person", True)
    with pytest.raises(FieldError):
        records.newest(Person, limit=0)


def test_nobody_chooses_the_id_the_clinic_or_who_made_it(world: World) -> None:
    made = world.records().add(
        person(id="mine", clinic_id=world.south.id, version=9, made_at=START - timedelta(1), made_by="me")
    )
    assert made.id != "mine"
    assert (made.clinic_id, made.version, made.made_at) == (world.north.id, 1, START)
    assert made.made_by == world.members[Role.PHYSICIAN].user_id


def test_what_is_read_no_longer_belongs_to_the_database(world: World) -> None:
    made = world.records().add(person())
    made.name = "Somebody else"
    assert world.records().get(Person, made.id).name == "Ada Example"


def test_two_people_never_overwrite_each_other(world: World) -> None:
    physician, nurse = world.records(), world.records(Role.NURSE)
    made = physician.add(person())
    nurse.change(Person, made.id, 1, "weighed", weight_kg=72.0, notes="shoes off")
    with pytest.raises(ConflictError) as conflict:
        physician.change(Person, made.id, 1, "asked", weight_kg=69.0)
    assert str(conflict.value) == (
        "nothing was saved: the person changed meanwhile "
        "(The nurse changed notes, weight_kg at 2026-03-02 09:00:00 UTC)"
    )
    held = physician.get(Person, made.id)
    assert (held.weight_kg, held.version, held.changed_by) == (72.0, 2, world.members[Role.NURSE].user_id)
    with pytest.raises(ConflictError):
        physician.change(Person, made.id, 3, "from the future", weight_kg=69.0)


def test_a_change_keeps_what_was_and_says_why(world: World) -> None:
    records = world.records()
    made = records.add(person())
    records.change(Person, made.id, 1, "married", name="Ada Other")
    records.change(Person, made.id, 2, "no change at all", name="Ada Other")
    (revision,) = records.history(Person, made.id)
    assert (revision.version, revision.names, revision.why) == (1, ("name",), "married")
    assert json.loads(revision.content)["name"] == "Ada Example"
    with pytest.raises(FieldError, match="why"):
        records.change(Person, made.id, 2, "  ", name="Ada")


def test_an_entry_sent_again_is_stored_once(world: World) -> None:
    records = world.records(Role.MONITOR)
    sitting = world.sitting()
    first = records.add(event(sitting, "a1"))
    world.clock.pass_by(minutes=3)
    again, other = records.add_all([event(sitting, "a1"), event(sitting, "a2")])
    assert (again.id, again.made_at) == (first.id, START)
    assert (other.made_at, other.device_time) == (START + timedelta(minutes=3), START)
    assert len(records.find(SessionEvent, session_id=sitting)) == 2
    with pytest.raises(ConflictError, match="another entry was sent"):
        records.add(event(sitting, "a1", content={"systolic_mmHg": 190}))


def test_all_or_nothing_is_added(world: World) -> None:
    records, sitting = world.records(), world.sitting()
    with pytest.raises(FieldError):
        records.add_all([event(sitting, "a1"), event(sitting, "a2", happened=None)])
    assert records.find(SessionEvent) == []
    assert records.add_all([]) == []
    with pytest.raises(FieldError, match="one kind"):
        records.add_all([event(sitting, "a1"), score("x")])


def test_a_correction_keeps_the_original(world: World) -> None:
    records, sitting = world.records(), world.sitting()
    wrong = records.add(event(sitting, "a1", content={"systolic_mmHg": 12}))
    right = records.correct(SessionEvent, wrong.id, "a digit was lost", client_id="a2", content={"systolic_mmHg": 120})
    assert (right.corrects_id, right.why, right.device_time) == (wrong.id, "a digit was lost", START)
    assert records.get(SessionEvent, wrong.id).content == {"systolic_mmHg": 12}
    again = records.correct(SessionEvent, wrong.id, "a digit was lost", client_id="a2", content={"systolic_mmHg": 120})
    assert again.id == right.id
    with pytest.raises(ConflictError, match="The physician corrected it"):
        world.records(Role.NURSE).correct(SessionEvent, wrong.id, "mine", client_id="a3", content={})
    with pytest.raises(NotAllowedError, match="add a correction"):
        records.change(SessionEvent, wrong.id, 1, "no", content={})
    with pytest.raises(NotAllowedError, match="changed, not corrected"):
        records.correct(User, world.members[Role.NURSE].user_id, "no")
    with pytest.raises(FieldError, match="correct"):
        records.add(event(sitting, "a4", corrects_id=right.id, why="sideways"))
    assert inspect(world.database).problems == []


def test_a_ledger_line_is_corrected_by_another(world: World) -> None:
    records = world.records(Role.NURSE)
    line = LedgerEntry(drug="ketamine", lot="1", happened="waste", happened_at=START, change_mg=-5, witness_id=None)
    made = records.add(line)
    assert records.correct(LedgerEntry, made.id, "miscounted", change_mg=-6.0).change_mg == -6.0
    with pytest.raises(ConflictError):
        records.correct(LedgerEntry, made.id, "again", change_mg=-7.0)


def test_a_signature_is_for_one_version_by_each_once(world: World) -> None:
    physician, nurse = world.records(), world.records(Role.NURSE)
    made = physician.add(order(physician.add(person()).id))
    assert physician.sign(made, "ordered", world.proof(Role.PHYSICIAN)).signed_version == 1
    with pytest.raises(ConflictError, match="already"):
        physician.sign(made, "checked", world.proof(Role.PHYSICIAN))
    assert nurse.sign(made, "checked", world.proof(Role.NURSE)).meaning == "checked"
    changed = physician.change(Order, made.id, 1, "lighter", dose_mg=30.0)
    with pytest.raises(ConflictError):
        nurse.sign(made, "checked", world.proof(Role.NURSE))
    signed = physician.find(Signature, signed_id=made.id, signed_version=changed.version)
    assert signed == []


def test_a_signature_needs_a_fresh_proof_of_ones_own(world: World) -> None:
    physician = world.records()
    made = physician.add(order(physician.add(person()).id))
    fresh = world.proof(Role.PHYSICIAN)
    forged = Proof(fresh.user_id, fresh.at + timedelta(seconds=1), fresh.mac)
    for proof in (world.proof(Role.NURSE), forged):
        with pytest.raises(NotAllowedError, match="again"):
            physician.sign(made, "ordered", proof)
    world.clock.pass_by(minutes=3)
    with pytest.raises(NotAllowedError, match="again"):
        physician.sign(made, "ordered", fresh)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("weight_kg", float("nan")),
        ("weight_kg", "70"),
        ("weight_kg", True),
        ("name", None),
        ("name", "a\0b"),
        ("name", "\ud800"),
        ("number", "n" * 201),
        ("notes", "n" * 100_001),
    ],
)
def test_what_does_not_fit_is_refused(world: World, field: str, value: Any) -> None:
    with pytest.raises(FieldError, match=field):
        world.records().add(person(**{field: value}))


def test_times_need_a_zone_and_are_kept_in_utc(world: World) -> None:
    records, sitting = world.records(), world.sitting()
    with pytest.raises(FieldError, match="zone"):
        records.add(event(sitting, "a", device_time=datetime(2026, 3, 2, 9)))  # noqa: DTZ001 - that is the point
    east = datetime(2026, 3, 2, 14, 30, 0, 123456, tzinfo=timezone(timedelta(hours=5, minutes=30)))
    made = records.add(event(sitting, "a", device_time=east))
    assert records.get(SessionEvent, made.id).device_time == datetime(2026, 3, 2, 9, 0, 0, 123456, tzinfo=UTC)


def test_unknown_and_kept_fields_are_refused(world: World) -> None:
    records = world.records()
    made = records.add(person())
    with pytest.raises(UnknownNameError, match="did you mean weight_kg"):
        records.change(Person, made.id, 1, "x", weight=70.0)
    with pytest.raises(UnknownNameError):
        records.change(Person, made.id, 1, "x", clinic_id=world.south.id)
    with pytest.raises(UnknownNameError):
        records.find(Person, name="Ada Example")  # sealed: it cannot be searched for
    with pytest.raises(FieldError):
        records.find(Person, number="a\0")
    with pytest.raises(FieldError):
        records.find(Person, limit=0)
    with pytest.raises(NotAllowedError):
        world.records(Role.ADMIN).change(Clinic, world.north.id, 1, "x", code="south")


def test_names_are_taken_once_in_a_clinic(world: World) -> None:
    records = world.records()
    made = records.add(person())
    with pytest.raises(ConflictError, match="number already"):
        records.add(person())
    other = records.add(person(number="18"))
    with pytest.raises(ConflictError, match="number already"):
        records.change(Person, other.id, 1, "typo", number="17")
    records.change(Person, made.id, 1, "same", number="17", weight_kg=1.0)
    with pytest.raises(ConflictError, match="name already"):
        world.records(Role.ADMIN).add(User(name="nurse", shown_as="x", roles=("nurse",), active=True))


@pytest.mark.parametrize("roles", [(), ("surgeon",), ("patient",)])
def test_users_need_roles_that_are_known(world: World, roles: tuple[str, ...]) -> None:
    with pytest.raises((FieldError, UnknownNameError), match=r"role|person_id"):
        world.records(Role.ADMIN).add(User(name="new", shown_as="x", roles=roles, active=True))


@pytest.mark.parametrize("forged", ["nobody", "", "a\0b", "x" * 10_000, "' OR 1=1 --"])
def test_a_forged_id_finds_nothing_and_is_written_down(world: World, forged: str) -> None:
    with pytest.raises(NoSuchRecordError):
        world.records().get(Person, forged)
    row = world.last_row()
    assert (row.outcome, row.action, row.kind) == ("refused", "read", "person")
    assert inspect(world.database).problems == []


def test_the_audit_names_what_was_seen_and_never_what_it_held(world: World) -> None:
    records = world.records()
    made = records.add(person())
    records.find(Person, number="17")
    assert made.id in world.last_row().detail
    records.export(Person, person_id=made.id)
    assert world.last_row().action == "export"
    rows = world.records(Role.AUDITOR).audit(limit=1000)
    assert "Ada" not in "".join(row.detail for row in rows)
    assert {row.clinic_id for row in rows} == {world.north.id}


def test_pages_of_what_is_found(world: World) -> None:
    records, sitting = world.records(), world.sitting()
    records.add_all([event(sitting, f"a{number}") for number in range(5)])
    pages = [records.find(SessionEvent, limit=2, skip=skip) for skip in (0, 2, 4)]
    assert [len(page) for page in pages] == [2, 2, 1]
    assert len({one.id for page in pages for one in page}) == 5


WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=40)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.floats(allow_nan=False, allow_infinity=False) | WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3),
    max_leaves=6,
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.dictionaries(WORDS, VALUES, max_size=4), note=WORDS)
def test_anything_that_can_be_written_comes_back_as_it_was(world: World, content: dict[str, Any], note: str) -> None:
    records = world.records()
    client_id = str(hash((repr(content), note)))
    made = records.add(event(world.sitting(), client_id, content=content, note=note))
    found = records.get(SessionEvent, made.id)
    assert (found.content, found.note) == (content, note)
    assert inspect(world.database).problems == []


def test_a_patients_score_is_theirs(world: World) -> None:
    physician = world.records()
    (own,) = physician.find(Person, number="own")
    world.records(Role.PATIENT).add(score(own.id))
    (found,) = physician.find(Score, person_id=own.id)
    assert found.made_by == world.members[Role.PATIENT].user_id
    assert found.items == {"1": 2, "9": 0}
