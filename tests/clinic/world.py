"""A small clinic for tests: settings, keys, a database of either kind, and people in every role."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from argon2 import PasswordHasher
from sqlalchemy import Connection, func, select, text

from kinetamine.clinic import keys as key_files
from kinetamine.clinic.access import Member, Proof, Records, operator, records_for
from kinetamine.clinic.accounts import Accounts
from kinetamine.clinic.accounts.passwords import Passwords
from kinetamine.clinic.database import Database, open_engine
from kinetamine.clinic.keys import KeyRing, Keys
from kinetamine.clinic.migrations import upgrade
from kinetamine.clinic.records import (
    APPEND_ONLY,
    AuditRow,
    Clinic,
    Consent,
    Enrolment,
    LedgerEntry,
    Order,
    Person,
    Record,
    Role,
    Score,
    Session,
    SessionEvent,
    Task,
    User,
)
from kinetamine.clinic.settings import Settings

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
PASSWORD = "correct horse battery"
CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
QUICK = Passwords(CHEAP)
"""Cheap hashes: what is tested is not how long argon2 takes."""


def new_keys() -> Keys:
    return Keys(**{purpose: key_files.ring(purpose, key_files.make("first")) for purpose in key_files.PURPOSES})


def new_settings(folder: Path, database: str = "", **more: Any) -> Settings:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return Settings(folder=folder, keys=more.pop("keys", None) or new_keys(), database=database, **more)


def write_keys(settings: Settings) -> dict[str, str]:
    """Put the keys where the program looks for them; the environment that leads it there."""
    folder = settings.folder / "keys"
    folder.mkdir(mode=0o700)
    for purpose in key_files.PURPOSES:
        ring: KeyRing = getattr(settings.keys, purpose)
        lines = [f"{key.name} {base64.urlsafe_b64encode(key.secret).decode()}\n" for key in ring.keys]
        (folder / purpose).touch(mode=0o600)
        (folder / purpose).write_text("".join(lines), encoding="utf-8")
    return {"KINETAMINE_CLINIC_FOLDER": str(settings.folder), "KINETAMINE_CLINIC_DATABASE": settings.database}


def lift_guards(connection: Connection) -> None:
    """Take every trigger away, as somebody with the administrator's rights can."""
    if connection.dialect.name == "sqlite":
        names = connection.scalars(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).all()
        for name in names:
            connection.execute(text(f"DROP TRIGGER {name}"))
    else:
        for table in APPEND_ONLY:
            connection.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER ALL"))


@contextmanager
def unguarded(settings: Settings) -> Iterator[Connection]:
    """The database as somebody with the administrator's rights has it."""
    engine = open_engine(settings)
    with engine.begin() as connection:
        lift_guards(connection)
        yield connection
    engine.dispose()


def make_schema(settings: Settings) -> None:
    engine = open_engine(settings)
    with engine.begin() as connection:
        upgrade(connection)
    engine.dispose()


@dataclass
class Hands:
    """A clock that tests set."""

    now: datetime = START

    def __call__(self) -> datetime:
        return self.now

    def pass_by(self, **amount: float) -> None:
        self.now += timedelta(**amount)


@dataclass
class World:
    """Two clinics in one database; the north one has somebody in every role."""

    database: Database
    clock: Hands
    north: Clinic
    south: Clinic
    members: dict[Role, Member]
    stranger: Member
    environment: dict[str, str] = field(default_factory=dict)
    accounts: Accounts = field(init=False)

    def __post_init__(self) -> None:
        self.accounts = Accounts(self.database, QUICK)

    def records(self, role: Role = Role.PHYSICIAN) -> Records:
        return records_for(self.database, self.members[role])

    def reopened(self, **keys: KeyRing) -> World:
        """The same database, opened again with other keys."""
        settings = replace(self.settings, keys=replace(self.settings.keys, **keys))
        return replace(self, database=Database(settings, self.clock))

    def sitting(self) -> str:
        """The id of an open session; the same one every time."""
        physician = self.records()
        for found in physician.find(Session, chair="tests"):
            return found.id
        (own,) = physician.find(Person, number="own")
        return physician.add(session(own.id, chair="tests")).id

    def proof(self, role: Role) -> Proof:
        """As if somebody had just given their password."""
        return Proof.made(self.members[role].user_id, self.clock.now, self.settings.keys.sign_in)

    def forged(self, **fields: str) -> Member:
        return replace(self.members[Role.PHYSICIAN], **fields)

    def rows(self) -> int:
        with self.database.snapshot() as session:
            return session.scalar(select(func.count()).select_from(AuditRow)) or 0

    def last_row(self) -> AuditRow:
        with self.database.snapshot() as session:
            return session.scalars(select(AuditRow).order_by(AuditRow.seq.desc()).limit(1)).one()

    @property
    def settings(self) -> Settings:
        return self.database.settings


def build(database: Database, clock: Hands) -> World:
    """Found both clinics."""
    north = operator.add_clinic(database, "north", "North clinic")
    south = operator.add_clinic(database, "south", "South clinic")
    members: dict[Role, Member] = {
        role: operator.add_user(database, "north", role.value, f"The {role}", (role,))
        for role in Role
        if role is not Role.PATIENT
    }
    everything = tuple(set(Role) - {Role.PATIENT, Role.DEVICE})
    stranger = operator.add_user(database, "south", "stranger", "A stranger", everything)
    physician, admin = (records_for(database, members[role]) for role in (Role.PHYSICIAN, Role.ADMIN))
    own = physician.add(person(number="own"))
    patient = admin.add(User(name="patient", shown_as="A patient", roles=("patient",), active=True, person_id=own.id))
    members[Role.PATIENT] = Member(patient.id, north.id, "patient")
    return World(database, clock, north, south, members, stranger)


def person(**more: Any) -> Person:
    fields = {"number": "17", "name": "Ada Example", "born_on": "1980-02-29", "sex": "female", "weight_kg": 70.0}
    return Person(**fields | more)


def event(session_id: str, client_id: str, **more: Any) -> SessionEvent:
    fields = {
        "device_time": START,
        "device": "monitor 1",
        "happened": "reading",
        "content": {"systolic_mmHg": 120, "spo2": 0.98},
    }
    return SessionEvent(**fields | {"session_id": session_id, "client_id": client_id} | more)


def score(person_id: str, **more: Any) -> Score:
    fields = {
        "scale": "phq9",
        "method": "1/abc",
        "recall": "two weeks",
        "rater": "self-report",
        "answered_at": START,
        "items": {"1": 2, "9": 0},
        "total": 2,
    }
    return Score(**fields | {"person_id": person_id} | more)


def order(person_id: str, **more: Any) -> Order:
    fields = {
        "regimen": "0.5 mg/kg iv over 40 min",
        "drug": "racemic ketamine HCl",
        "route": "intravenous",
        "dose_mg": 35.0,
        "weight_kg": 70.0,
        "state": "planned",
        "details": {"model": "kamp_2020"},
    }
    return Order(**fields | {"person_id": person_id} | more)


def session(person_id: str, **more: Any) -> Session:
    return Session(**{"person_id": person_id, "chair": "1", "state": "open", "details": {}} | more)


@dataclass
class Course:
    """One record of every kind, about one person."""

    held: dict[type[Record], Record]

    def id(self, kind: type[Record]) -> str:
        return self.held[kind].id


def course(records: Records, whom: Person) -> Course:
    """Everything that a physician can make, once."""
    of = {"person_id": whom.id}
    sitting = records.add(session(whom.id))
    made: list[Record] = [
        whom,
        sitting,
        records.add(
            Enrolment(
                **of,
                condition="depression",
                programme="six",
                state="open",
                eligibility={"rules": "1"},
                started_at=START,
            )
        ),
        records.add(Consent(**of, text="off label", text_version="1", digest="ab" * 32, given_at=START)),
        records.add(order(whom.id)),
        records.add(event(sitting.id, f"first of {sitting.id[:8]}")),
        records.add(score(whom.id)),
        records.add(LedgerEntry(drug="ketamine", lot="L1", happened="given", happened_at=START, change_mg=-35.0)),
        records.add(Task(**of, what="call", priority="high", due_at=START)),
    ]
    return Course({type(one): one for one in made})
