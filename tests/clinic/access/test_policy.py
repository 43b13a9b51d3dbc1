"""Every role, every kind, every action: what the table says is what happens, and a row is written either way."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from clinic.world import START, World, course, event, order, person, score, session
from kinetamine.clinic.access import Action, Scope, policy, records_for
from kinetamine.clinic.access.policy import POLICY
from kinetamine.clinic.audit.inspection import inspect
from kinetamine.clinic.records import (
    KINDS,
    Clinic,
    Consent,
    Device,
    Enrolment,
    LedgerEntry,
    Order,
    Person,
    Record,
    Role,
    Score,
    Session,
    SessionEvent,
    Signature,
    Task,
    User,
)
from kinetamine.clinic.refusals import NoSuchRecordError, NotAllowedError, Refusal

Try = Callable[[World, Any, Role], Any]
ALL_KINDS = tuple(KINDS.values())
CASES = [(role, kind, action) for role in Role for kind in ALL_KINDS for action in Action]
NOT_BY_RECORDS = {("signature", Action.ADD), ("signature", Action.SIGN)}


def test_the_table_knows_every_kind_and_role() -> None:
    kinds = {kind for _, kind in POLICY}
    assert kinds == {*KINDS, policy.AUDIT, policy.CREDENTIAL, policy.SIGHT}
    assert {role for role, _ in POLICY} == set(Role)


def test_nobody_reads_passwords_and_patients_reach_their_own_alone() -> None:
    assert all(POLICY[role, policy.CREDENTIAL] <= {Action.CHANGE} for role in Role)
    assert {policy.scope([Role.PATIENT], kind, Action.READ) for kind in KINDS} == {None, Scope.OWN}
    assert policy.scope([Role.PATIENT, Role.NURSE], "person", Action.READ) is Scope.CLINIC
    assert policy.scope([], "person", Action.READ) is None


def test_auditors_write_nothing_and_admins_see_no_patient() -> None:
    for kind in KINDS:
        assert POLICY[Role.AUDITOR, kind] <= {Action.READ, Action.EXPORT}
        if kind not in {"clinic", "user", "device"}:
            assert POLICY[Role.ADMIN, kind] == frozenset()


def test_a_device_adds_readings_and_nothing_else() -> None:
    assert {kind: actions for (role, kind), actions in POLICY.items() if role is Role.DEVICE and actions} == {
        "session_event": {Action.ADD}
    }


def _new(kind: type[Record], owner: str, held: Any, tag: str) -> Record:
    """A record of a kind that could be added."""
    of = {"person_id": owner}
    made: dict[type[Record], Callable[[], Record]] = {
        Person: lambda: person(number=tag),
        Enrolment: lambda: Enrolment(
            **of, condition="pain", programme="one", state="open", eligibility={}, started_at=START
        ),
        Consent: lambda: Consent(**of, text="off label", text_version="2", digest="cd", given_at=START),
        Order: lambda: order(owner),
        Session: lambda: session(owner),
        SessionEvent: lambda: event(held.id(Session), tag),
        Score: lambda: score(owner),
        LedgerEntry: lambda: LedgerEntry(drug="k", lot="2", happened="came", happened_at=START, change_mg=5.0),
        Task: lambda: Task(**of, what="call", priority="low", due_at=START),
        User: lambda: User(name=tag, shown_as="New", roles=("nurse",), active=True),
        Clinic: lambda: Clinic(code=tag, name="Another", time_zone="UTC"),
        Device: lambda: Device(user_id=held.id(User), name=tag, chair="1", mac=tag, active=True),
        Signature: lambda: Signature(signed_kind="order", signed_id="x", signed_version=1, meaning="given"),
    }
    return made[kind]()


CHANGES: dict[type[Record], dict[str, Any]] = {
    Clinic: {"name": "New name"},
    User: {"shown_as": "New name"},
    Person: {"weight_kg": 71.0},
    Task: {"priority": "low"},
    Consent: {"notes": "said twice"},
    Signature: {"meaning": "else"},
    LedgerEntry: {"lot": "L2"},
    Score: {"total": 3},
    SessionEvent: {"happened": "stop"},
    Device: {"chair": "2"},
}


def _do(world: World, held: Any, case: tuple[Role, type[Record], Action], tag: str) -> None:
    role, kind, action = case
    records, record = world.records(role), held.held[kind]
    if action is Action.READ:
        records.get(kind, record.id)
    elif action is Action.ADD:
        records.add(_new(kind, held.id(Person), held, tag))
    elif action is Action.CHANGE:
        values = CHANGES.get(kind, {"state": role.value})
        records.change(kind, record.id, record.version, "a test", **values)
    elif action is Action.SIGN:
        records.sign(record, "seen", world.proof(role))
    else:
        records.export(kind)


@pytest.fixture
def held(world: World) -> Any:
    physician = world.records()
    (own,) = physician.find(Person, number="own")
    held = course(physician, own)
    held.held[Clinic], held.held[User] = world.north, physician.get(User, world.members[Role.NURSE].user_id)
    device = Device(user_id=held.id(User), name="monitor", chair="1", mac="ab" * 32, active=True)
    held.held[Device] = world.records(Role.ADMIN).add(device)
    held.held[Signature] = physician.sign(held.held[Order], "ordered", world.proof(Role.PHYSICIAN))
    held.held[Order] = physician.change(Order, held.id(Order), 1, "so that it can be signed again", dose_mg=30.0)
    return held


def _expected(role: Role, kind: type[Record], action: Action) -> bool:
    if action is Action.CHANGE and kind.append_only:
        return False
    return (kind.kind, action) not in NOT_BY_RECORDS and action in POLICY[role, kind.kind]


@pytest.mark.parametrize("role", list(Role))
def test_what_each_role_may_do_is_what_the_table_says(world: World, held: Any, role: Role) -> None:
    rows = world.rows()
    for number, (kind, action) in enumerate((kind, action) for kind in ALL_KINDS for action in Action):
        tag = f"{role}-{number}"
        if _expected(role, kind, action):
            _do(world, held, (role, kind, action), tag)
            outcome = "done"
            if action is Action.CHANGE:
                held.held[kind].version += 1
        else:
            with pytest.raises(NotAllowedError):
                _do(world, held, (role, kind, action), tag)
            outcome = "refused"
        row = world.last_row()
        assert (row.actor, row.action, row.kind, row.outcome) == (
            world.members[role].user_id, action, kind.kind, outcome,
        ), (kind, action)  # fmt: skip
        rows += 1
        assert world.rows() == rows, (kind, action)
    assert inspect(world.database).problems == []


def test_nothing_of_one_clinic_is_visible_from_another(world: World, held: Any) -> None:
    stranger = records_for(world.database, world.stranger)
    for kind in ALL_KINDS:
        record = held.held[kind]
        seen = stranger.find(kind)
        assert all(one.clinic_id == world.south.id for one in seen)
        calls: list[Callable[[], Any]] = [
            partial(stranger.get, kind, record.id),
            partial(stranger.history, kind, record.id),
        ]
        if not kind.append_only:
            values = CHANGES.get(kind, {"state": "gone"})
            calls.append(partial(stranger.change, kind, record.id, record.version, "mine now", **values))
        for call in calls:
            with pytest.raises(NoSuchRecordError) as refused:
                call()
            assert record.id in str(refused.value)
            assert world.last_row().outcome == "refused"
        if Action.EXPORT in POLICY[Role.PHYSICIAN, kind.kind]:
            assert all(one.clinic_id == world.south.id for one in stranger.export(kind))


def test_nothing_can_be_tied_to_another_clinics_records(world: World, held: Any) -> None:
    stranger = records_for(world.database, world.stranger)
    whom = held.id(Person)
    ties = [score(whom), order(whom), session(whom), event(held.id(Session), "theirs")]
    for record in ties:
        with pytest.raises(NoSuchRecordError):
            stranger.add(record)
    theirs = stranger.add(person(number="own"))  # the same number, as it is another clinic's
    with pytest.raises(NoSuchRecordError):
        stranger.change(Person, whom, 1, "mine", name="Mine")
    with pytest.raises(NoSuchRecordError):
        stranger.add(order(theirs.id, enrolment_id=held.id(Enrolment)))
    with pytest.raises(NoSuchRecordError):
        stranger.correct(Score, held.id(Score), "wrong", total=0)
    assert stranger.add(event(stranger.add(session(theirs.id)).id, "own id")).clinic_id == world.south.id


def test_a_patient_sees_their_own_and_nobody_elses(world: World, held: Any) -> None:
    physician, patient = world.records(), world.records(Role.PATIENT)
    other = course(physician, physician.add(person(number="other")))
    for kind in (Person, Score, Consent, Session, Task, Enrolment):
        assert [one.id for one in patient.find(kind)] == [held.id(kind)]
        with pytest.raises(NoSuchRecordError):
            patient.get(kind, other.id(kind))
    assert patient.add(score(held.id(Person))).person_id == held.id(Person)
    with pytest.raises(NotAllowedError):
        patient.add(score(other.id(Person)))
    with pytest.raises(NoSuchRecordError):
        patient.correct(Score, other.id(Score), "wrong", total=1)
    with pytest.raises(NotAllowedError):
        patient.correct(Score, held.id(Score), "wrong", person_id=other.id(Person))
    with pytest.raises(NotAllowedError, match="did not make it"):
        patient.correct(Score, held.id(Score), "wrong", total=1)


def test_a_forged_member_has_no_more_than_the_user(world: World) -> None:
    with pytest.raises(Refusal, match="not signed in"):
        records_for(world.database, world.forged(clinic_id=world.south.id)).find(Person)
    with pytest.raises(Refusal, match="not signed in"):
        records_for(world.database, world.forged(user_id="nobody")).find(Person)
    assert world.last_row().outcome == "refused"


def test_losing_a_role_takes_effect_at_once(world: World) -> None:
    nurse, admin = world.records(Role.NURSE), world.records(Role.ADMIN)
    nurse.find(Person)
    user_id = world.members[Role.NURSE].user_id
    admin.change(User, user_id, 1, "moved", roles=("auditor",))
    with pytest.raises(NotAllowedError):
        nurse.add(person())
    admin.change(User, user_id, 2, "left", active=False)
    with pytest.raises(Refusal, match="not signed in"):
        nurse.find(Person)
