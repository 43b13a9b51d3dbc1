"""The whole record of one person, in one view: what is taken away when somebody takes all of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session as Connected

from kinetamine.clinic.records import (
    KINDS,
    AuditRow,
    Clinic,
    Consent,
    Device,
    Enrolment,
    LedgerEntry,
    Order,
    Person,
    Record,
    Revision,
    Score,
    Session,
    SessionEvent,
    Signature,
    Task,
    User,
)

R = TypeVar("R", bound=Record)
EXPORTED = tuple(one for one in KINDS.values() if one not in {Clinic, User, Device})
"""What somebody must be allowed to export, all of it, to take away a whole record."""
_AT_ONCE = 500
_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@dataclass(frozen=True, kw_only=True)
class Link:
    """A row's place in the chain, without what it says."""

    seq: int
    previous: str
    mac: str


@dataclass(frozen=True, kw_only=True)
class Whole:
    """Everything about one person.

    Attributes:
        users: everybody who works or worked at the clinic, and the person's own account.
        revisions: earlier versions of what was changed.
        audit: rows about any of it; ``chain`` the places of all rows. Both empty for who may not export the audit.
    """

    clinic: Clinic
    person: Person
    users: tuple[User, ...]
    enrolments: tuple[Enrolment, ...]
    consents: tuple[Consent, ...]
    orders: tuple[Order, ...]
    sessions: tuple[Session, ...]
    events: tuple[SessionEvent, ...]
    scores: tuple[Score, ...]
    ledger: tuple[LedgerEntry, ...]
    tasks: tuple[Task, ...]
    signatures: tuple[Signature, ...]
    revisions: tuple[Revision, ...]
    audit: tuple[AuditRow, ...] = ()
    chain: tuple[Link, ...] = ()

    @property
    def counts(self) -> dict[str, int]:
        """How many of each, for the audit."""
        found = ((field.name, getattr(self, field.name)) for field in fields(self))
        return {name: len(value) for name, value in found if isinstance(value, tuple) and name != "chain"}


def whole(session: Connected, person: Person, *, with_audit: bool) -> Whole:
    """Gather; who may ask was judged before."""
    of = {"person_id": person.id}
    gather = _Gather(session, person.clinic_id)
    sittings = gather.equal(Session, **of)
    orders, consents = gather.equal(Order, **of), gather.equal(Consent, **of)
    enrolments, tasks, scores = gather.equal(Enrolment, **of), gather.equal(Task, **of), gather.equal(Score, **of)
    events = gather.among(SessionEvent, "session_id", [one.id for one in sittings])
    ledger = gather.among(LedgerEntry, "session_id", [one.id for one in sittings])
    about: list[Record] = [person, *enrolments, *consents, *orders, *sittings, *events, *scores, *ledger, *tasks]
    ids = [one.id for one in about]
    return Whole(
        clinic=session.scalars(select(Clinic).where(Clinic.id == person.clinic_id)).one(),
        person=person,
        users=tuple(one for one in gather.equal(User) if one.person_id in {None, person.id}),
        enrolments=enrolments,
        consents=consents,
        orders=orders,
        sessions=sittings,
        events=events,
        scores=scores,
        ledger=ledger,
        tasks=tasks,
        signatures=gather.among(Signature, "signed_id", ids),
        revisions=tuple(gather.revisions(ids)),
        audit=tuple(gather.audit(ids)) if with_audit else (),
        chain=tuple(gather.links()) if with_audit else (),
    )


class _Gather:
    """Queries of one clinic."""

    def __init__(self, session: Connected, clinic_id: str) -> None:
        self._session, self._clinic_id = session, clinic_id

    def equal(self, kind: type[R], **values: str) -> tuple[R, ...]:
        query = select(kind).where(kind.clinic_id == self._clinic_id).filter_by(**values)
        return tuple(self._session.scalars(query.order_by(kind.made_at, kind.id)))

    def among(self, kind: type[R], column: str, ids: list[str]) -> tuple[R, ...]:
        found: list[R] = []
        for some in _portions(ids):
            query = select(kind).where(kind.clinic_id == self._clinic_id, getattr(kind, column).in_(some))
            found += self._session.scalars(query)
        return tuple(sorted(found, key=lambda one: (one.made_at, one.id)))

    def revisions(self, ids: list[str]) -> Iterator[Revision]:
        for some in _portions(ids):
            query = select(Revision).where(Revision.clinic_id == self._clinic_id, Revision.record_id.in_(some))
            yield from self._session.scalars(query.order_by(Revision.record_id, Revision.version))

    def audit(self, ids: list[str]) -> Iterator[AuditRow]:
        """Rows that name one of the records, or list it among what was found or written."""
        wanted = set(ids)
        query = select(AuditRow).where(AuditRow.clinic_id == self._clinic_id).order_by(AuditRow.seq)
        for row in self._session.scalars(query.execution_options(yield_per=_AT_ONCE)):
            if row.record_id in wanted or not wanted.isdisjoint(_ID.findall(row.detail)):
                yield row

    def links(self) -> Iterator[Link]:
        query = select(AuditRow.seq, AuditRow.previous, AuditRow.mac).order_by(AuditRow.seq)
        yield from (Link(seq=row.seq, previous=row.previous, mac=row.mac) for row in self._session.execute(query))


def _portions(ids: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(ids), _AT_ONCE):
        yield ids[start : start + _AT_ONCE]
