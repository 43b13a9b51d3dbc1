"""The audit for people who read it: who did what with which record, and who looked at one person's."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from kinetamine.clinic.access import Records
from kinetamine.clinic.access.trail import ANY, Asked, Look
from kinetamine.clinic.audit.row import detail
from kinetamine.clinic.care import staff
from kinetamine.clinic.records import AuditRow

A_PAGE = 100
_LISTS = {
    "found": "in a list",
    "ids": "records together",
    "fields": "fields",
    "asked": "searched by",
    "tasks": "opened as tasks",
}
_CALLED = {
    "person": "identity",
    "score": "questionnaires",
    "session_event": "entries of a session",
    "sight": "who saw this record",
}
_SAID = ("version", "meaning", "reason", "status", "corrects", "verify", "rows", "problems", "history", "counted")
"""Of a row's detail, what people can read; fingerprints are for the verifier."""


@dataclass(frozen=True, kw_only=True)
class Line:
    """One row in words.

    Attributes:
        about: what its detail says, in a few words each; never what a field held.
    """

    seq: int
    at: datetime
    actor: str
    who: str
    action: str
    kind: str
    record_id: str
    outcome: str
    about: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Lines:
    """A page of rows, the newest first.

    Attributes:
        before: where the next page begins; None: there are no older rows.
        stopped: older rows were not gone through, and may be about the person too.
    """

    lines: tuple[Line, ...]
    before: int | None
    stopped: bool = False


NOTHING = Lines(lines=(), before=None)


@dataclass(frozen=True, kw_only=True)
class Visit:
    """What one person did with a record on one day, several rows together.

    Attributes:
        alone: how many of the rows were about this person only; the rest were lists of several people.
    """

    who: str
    roles: tuple[str, ...]
    first: datetime
    last: datetime
    did: tuple[str, ...]
    rows: int
    alone: int
    refused: int


@dataclass(frozen=True, kw_only=True)
class Visits:
    """Who was there, the newest first; ``before`` and ``stopped`` as of ``Lines``."""

    visits: tuple[Visit, ...]
    before: int | None
    stopped: bool


def lines(records: Records, asked: Asked = ANY, *, person_id: str = "", before: int | None = None) -> Lines:
    """Rows of this clinic; of one person only for those who may see whose they are.

    Raises:
        Refusal: the role does not allow it, or there is no such person.
    """
    if person_id:
        seen = records.seen_by(person_id, asked, before=before, limit=A_PAGE)
        return Lines(
            lines=tuple(_line(one.row, one.who) for one in seen.looks), before=seen.next_before, stopped=seen.stopped
        )
    rows = records.latest(asked, before=before, limit=A_PAGE)
    names = staff.names(records)
    found = tuple(_line(one, names.get(one.actor, one.actor)) for one in rows)
    return Lines(lines=found, before=rows[-1].seq if len(rows) == A_PAGE else None)


def visits(records: Records, person_id: str, zone: ZoneInfo, *, before: int | None = None) -> Visits:
    """Who looked at somebody's record or wrote in it, by day and by who.

    Raises:
        Refusal: the role does not allow it, or there is no such person.
    """
    seen = records.seen_by(person_id, before=before, limit=500)
    days = groupby(seen.looks, key=lambda one: _moment(one.row).astimezone(zone).date())
    found = [visit for _, of_day in days for visit in _by_who(list(of_day))]
    return Visits(visits=tuple(found), before=seen.next_before, stopped=seen.stopped)


def called(kind: str) -> str:
    """A kind of record in words for people."""
    return _CALLED.get(kind, kind.replace("_", " "))


def _by_who(looks: list[Look]) -> Iterator[Visit]:
    for actor in dict.fromkeys(one.row.actor for one in looks):
        mine = [one for one in looks if one.row.actor == actor]
        done = [f"{one.row.action} {called(one.row.kind)}" for one in reversed(mine)]
        yield Visit(
            who=mine[0].who,
            roles=mine[0].roles,
            first=_moment(mine[-1].row),
            last=_moment(mine[0].row),
            did=tuple(dict.fromkeys(done)),
            rows=len(mine),
            alone=sum(one.others == 0 for one in mine),
            refused=sum(one.row.outcome == "refused" for one in mine),
        )


def _line(row: AuditRow, who: str) -> Line:
    return Line(
        seq=row.seq,
        at=_moment(row),
        actor=row.actor,
        who=who,
        action=row.action,
        kind=row.kind,
        record_id=row.record_id,
        outcome=row.outcome,
        about=tuple(_about(detail(row))),
    )


def _about(said: Mapping[str, Any]) -> Iterator[str]:
    for name, title in _LISTS.items():
        value = said.get(name)
        if not isinstance(value, list) or not value:
            continue
        if name in {"fields", "asked"}:
            yield f"{title}: {', '.join(map(str, value))}"
        elif name != "ids" or len(value) > 1:
            yield f"{len(value)} {title}"
    for name in _SAID:
        if said.get(name) not in (None, "", []):
            yield f"{name}: {said[name]}"


def _moment(row: AuditRow) -> datetime:
    return datetime.fromisoformat(row.at)
