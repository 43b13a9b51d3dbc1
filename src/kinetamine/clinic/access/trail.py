"""Reading the audit of one clinic: by what is asked for, and about one person."""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, ScalarResult, Select, func, select
from sqlalchemy.orm import Session as Connected

from kinetamine.clinic.access.act import Act
from kinetamine.clinic.audit import row as rows_of
from kinetamine.clinic.records import KINDS, AuditRow, Record, Session, SessionEvent, Task, User
from kinetamine.errors import FieldError

_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_LOOKED_AT = 20_000
"""So many rows, the newest, are gone through for one answer; the answer says where it stopped."""
_AT_ONCE = 1000


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Which rows: whatever is empty is not asked for."""

    actor: str = ""
    record: str = ""

    @property
    def told(self) -> list[str]:
        """What was asked by, for the audit itself."""
        return [name for name, value in vars(self).items() if value]


ANY = Asked()


@dataclass(frozen=True, kw_only=True)
class Look:
    """One row about a person.

    Attributes:
        who: as colleagues know them, and their roles now.
        others: how many records of other people were in the same list; 0: it was this person's alone.
    """

    row: AuditRow
    who: str
    roles: tuple[str, ...]
    others: int


@dataclass(frozen=True)
class Seen:
    """Who looked, the newest first.

    Attributes:
        next_before: the row to go on from; None where there are no older ones.
        stopped: the search ended there, having gone through so many rows: older ones may be about them too.
    """

    looks: tuple[Look, ...]
    next_before: int | None
    stopped: bool


@dataclass(frozen=True)
class Waiting:
    """Tasks that wait for somebody."""

    open: int
    overdue: int


def rows(act: Act, asked: Asked, after: int, limit: int) -> list[AuditRow]:
    """The oldest first."""
    query = _query(act.user.clinic_id, asked).where(AuditRow.seq > after).order_by(AuditRow.seq)
    return list(act.transaction.session.scalars(query.limit(limit)))


def latest(act: Act, asked: Asked, before: int | None, limit: int) -> list[AuditRow]:
    """The newest first."""
    query = _before(_query(act.user.clinic_id, asked), before)
    return list(act.transaction.session.scalars(query.limit(limit)))


def about(
    session: Connected, clinic_id: str, ids: frozenset[str], asked: Asked, limit: int, before: int | None
) -> Seen:
    """Rows about one person; read beside writers, as many rows are gone through."""
    found, gone, last = [], 0, None
    with closing(_streamed(session, _before(_query(clinic_id, asked), before).limit(_LOOKED_AT))) as newest:
        for row in newest:
            gone, last = gone + 1, row.seq
            if _mentioned(row) & ids:
                found.append(row)
            if len(found) == limit:
                break
    stopped = gone == _LOOKED_AT
    more = stopped or len(found) == limit
    return Seen(_looks(session, clinic_id, ids, found), next_before=last if more else None, stopped=stopped)


def waiting(act: Act) -> Waiting:
    """Counted in the database."""
    query = act.query(Task).where(Task.done_at.is_(None))
    return Waiting(_count(act, query), _count(act, query.where(Task.due_at < act.transaction.now)))


def _count(act: Act, query: Select[Task]) -> int:
    return act.transaction.session.scalar(select(func.count()).select_from(query.subquery())) or 0


def _query(clinic_id: str, asked: Asked) -> Select[AuditRow]:
    query = select(AuditRow).where(AuditRow.clinic_id == clinic_id)
    for name, column, value in (("actor", AuditRow.actor, asked.actor), ("record", AuditRow.record_id, asked.record)):
        query = query.where(_equals(name, column, value)) if value else query
    return query


def _before(query: Select[AuditRow], before: int | None) -> Select[AuditRow]:
    newest = query.order_by(AuditRow.seq.desc())
    return newest if before is None else newest.where(AuditRow.seq < before)


def _equals(name: str, column: Any, value: str) -> ColumnElement[bool]:
    if "\0" in value:
        raise FieldError(name, value, "text without a null character")
    found: ColumnElement[bool] = column == value
    return found


def _streamed(session: Connected, query: Select[AuditRow]) -> ScalarResult[AuditRow]:
    return session.scalars(query.execution_options(yield_per=_AT_ONCE))


def ids_of(act: Act, person_id: str) -> frozenset[str]:
    """Everything that is kept about somebody, by id; the query knows the clinic, whoever asks."""
    found = {person_id}
    for kind in KINDS.values():
        if kind.owner and kind.owner != "id":
            found |= _owned(act, kind, getattr(kind, kind.owner) == person_id)
    sittings = select(Session.id).where(Session.clinic_id == act.user.clinic_id, Session.person_id == person_id)
    return frozenset(found | _owned(act, SessionEvent, SessionEvent.session_id.in_(sittings)))


def _owned(act: Act, kind: type[Record], condition: ColumnElement[bool]) -> set[str]:
    query = select(kind.id).where(kind.clinic_id == act.user.clinic_id, condition)
    return set(act.transaction.session.scalars(query))


def _mentioned(row: AuditRow) -> frozenset[str]:
    return frozenset({row.record_id, *_ID.findall(row.detail)})


def _listed(row: AuditRow) -> frozenset[str]:
    """The records of a list that was read."""
    found: Mapping[str, Any] = rows_of.detail(row)
    listed = found.get("found")
    return frozenset(listed) if isinstance(listed, list) else frozenset()


def _looks(session: Connected, clinic_id: str, ids: frozenset[str], found: list[AuditRow]) -> tuple[Look, ...]:
    query = select(User).where(User.clinic_id == clinic_id, User.id.in_({row.actor for row in found}))
    users = {one.id: one for one in session.scalars(query)}
    return tuple(_look(row, len(_listed(row) - ids), users.get(row.actor)) for row in found)


def _look(row: AuditRow, others: int, user: User | None) -> Look:
    return Look(
        row=row,
        who=row.actor if user is None else user.shown_as,
        roles=() if user is None else user.roles,
        others=others,
    )
