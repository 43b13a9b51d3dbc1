"""One call: who asks, how far their roles reach, and the queries that cannot reach further."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeVar
from uuid import uuid4

from sqlalchemy import Select, select

from kinetamine.clinic.access import content, policy
from kinetamine.clinic.access.member import Member
from kinetamine.clinic.access.policy import Action, Scope
from kinetamine.clinic.audit import content as prints
from kinetamine.clinic.audit.row import Entry
from kinetamine.clinic.database import Transaction
from kinetamine.clinic.records import KINDS, Base, Record, Revision, Role, Task, User
from kinetamine.clinic.records.base import tied
from kinetamine.clinic.records.columns import canonical
from kinetamine.clinic.refusals import ConflictError, NoSuchRecordError, NotAllowedError, NotSignedInError

R = TypeVar("R", bound=Record)
Due = Callable[[Any, Sequence[User]], Iterable[Task]]
"""What must be done because of a record, by which of the people who work here, in the order they were added."""
_BY_TABLE = {one.__tablename__: one for one in KINDS.values()}


class Act:
    """What one call may do, in one transaction.

    Raises:
        NotSignedInError: there is no such user, or no longer.
        NotAllowedError: no role of theirs allows it.
    """

    def __init__(self, transaction: Transaction, member: Member, action: Action, kind: str) -> None:
        """Look the person up, and the table."""
        self.transaction, self.action, self.kind = transaction, action, kind
        user = transaction.session.scalar(
            select(User).where(User.clinic_id == member.clinic_id, User.id == member.user_id)
        )
        if user is None or not user.active:
            raise NotSignedInError
        self.user = user
        scope = policy.scope(user.roles, kind, action)
        if scope is None:
            raise NotAllowedError(action, kind)
        self.scope = scope

    def query(self, kind: type[R]) -> Select[R]:
        """Everything of a kind that this person could see; every query starts here."""
        query = select(kind).where(kind.clinic_id == self.user.clinic_id)
        if self.scope is Scope.CLINIC:
            return query
        if kind.kind == "clinic":
            return query
        if kind.owner is None or self.user.person_id is None:
            raise NotAllowedError(self.action, kind.kind)
        return query.where(getattr(kind, kind.owner) == self.user.person_id)

    def find(self, kind: type[R], record_id: str) -> R:
        """One of them.

        Raises:
            NoSuchRecordError: this person can see none of that id.
        """
        if "\0" in record_id:  # PostgreSQL cannot even be asked
            raise NoSuchRecordError(kind.kind, "?")
        found = self.transaction.session.scalar(self.query(kind).where(kind.id == record_id))
        if found is None:
            raise NoSuchRecordError(kind.kind, record_id)
        return found

    def put(self, record: R) -> R:
        """Store a new one, in this clinic and under this person's name, whatever it says itself."""
        record.id, record.clinic_id, record.version = str(uuid4()), self.user.clinic_id, 1
        record.made_at, record.made_by = self.transaction.now, self.user.id
        record.changed_at = record.changed_by = None
        self.check(record)
        self.transaction.session.add(record)
        self.transaction.session.flush()
        return record

    def follow(self, records: Sequence[Record], due: Due | None) -> list[Task]:
        """Store what must be done because of records, with them: both or neither; nothing is opened twice.

        The clinic gives itself these tasks, whoever made the record: a patient's answer calls for help without the
        patient being allowed to give anybody work, or to see who works here.
        """
        if due is None or not records:
            return []
        own, self.scope = self.scope, Scope.CLINIC
        try:
            staff = self.staff()
            wanted = [one for record in records for one in due(record, staff)]
            return [self.put(one) for one in wanted if not self._is_opened(one)]
        finally:
            self.scope = own

    def staff(self) -> list[User]:
        """Whoever works here, patients left out, in the order they were added."""
        query = select(User).where(User.clinic_id == self.user.clinic_id, User.active)
        users = self.transaction.session.scalars(query.order_by(User.made_at, User.id))
        return [one for one in users if set(one.roles) - {Role.PATIENT}]

    def check(self, record: Record) -> None:
        """Whether it fits, is about somebody this person may write about, and points nowhere else."""
        content.check(record)
        owner = type(record).owner
        if self.scope is Scope.OWN and (owner is None or getattr(record, owner) != self.user.person_id):
            raise NotAllowedError(self.action, record.kind, "it is not about you")
        for column, table in tied(type(record)).items():
            self._check_tie(record, column, _BY_TABLE[table])

    def change(self, record: Record, values: Mapping[str, Any], why: str) -> Revision | None:
        """Write over a record, keeping what it was; None where nothing is new."""
        before = prints.content(record)
        for name, value in values.items():
            setattr(record, name, value)
        with self.transaction.session.no_autoflush:  # a tie that leads nowhere is named, before the database finds it
            self.check(record)
        after = prints.content(record)
        names = [name for name in content.given(type(record)) if before.get(name) != after.get(name)]
        if not names:
            return None
        revision = Revision(
            id=str(uuid4()),
            clinic_id=record.clinic_id,
            kind=record.kind,
            record_id=record.id,
            version=record.version,
            names=tuple(names),
            content=canonical(before),
            why=why,
            made_at=self.transaction.now,
            made_by=self.user.id,
        )
        self.transaction.session.add(revision)
        record.version += 1
        record.changed_at, record.changed_by = self.transaction.now, self.user.id
        self.transaction.session.flush()
        return revision

    def revisions(self, kind: str, record_id: str, since: int = 1) -> Sequence[Revision]:
        """What a record was, from a version on."""
        query = select(Revision).where(
            Revision.clinic_id == self.user.clinic_id,
            Revision.kind == kind,
            Revision.record_id == record_id,
            Revision.version >= since,
        )
        return self.transaction.session.scalars(query.order_by(Revision.version)).all()

    def conflict(self, record: Record, version: int) -> ConflictError:
        """Who changed what since the version that somebody saw."""
        changes = [
            f"{self.name(one.made_by)} changed {', '.join(one.names)} at {one.made_at:%Y-%m-%d %H:%M:%S} UTC"
            for one in self.revisions(record.kind, record.id, version)
        ]
        return ConflictError(record.kind, record.id, changes)

    def name(self, user_id: str) -> str:
        """What a colleague is called."""
        found = self.transaction.session.scalar(
            select(User.shown_as).where(User.clinic_id == self.user.clinic_id, User.id == user_id)
        )
        return found or user_id

    def log(self, record_id: str = "", written: Iterable[Base] = (), **detail: Any) -> None:
        """Say on the audit what was done; of what was written, how it may be known again."""
        detail |= prints.fingerprints(written, self.transaction.keys.audit)
        self.transaction.log(
            Entry(
                actor=self.user.id,
                action=self.action,
                kind=self.kind,
                clinic_id=self.user.clinic_id,
                record_id=record_id,
                detail=detail,
            )
        )

    def _is_opened(self, task: Task) -> bool:
        """Whether there is one of that name, about the same person, already."""
        same = (Task.clinic_id == self.user.clinic_id, Task.person_id == task.person_id, Task.what == task.what)
        return self.transaction.session.scalar(select(Task.id).where(*same).limit(1)) is not None

    def _check_tie(self, record: Record, column: str, kind: type[Record]) -> None:
        """What a record points at must be this clinic's; the database refuses anything else too."""
        wanted = getattr(record, column)
        if wanted is not None:
            self.find(kind, wanted)
