"""Writing to the chain: in the same transaction as what is written about, one writer at a time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from kinetamine.clinic.audit.row import START, Entry, made
from kinetamine.clinic.keys import KeyRing
from kinetamine.clinic.records import AuditRow
from kinetamine.clinic.records.columns import written


class Head(NamedTuple):
    """The last row of the chain."""

    seq: int
    mac: str


NO_ROWS = Head(0, START)


def head(session: Session) -> Head:
    """Where the chain ends."""
    last = session.execute(select(AuditRow.seq, AuditRow.mac).order_by(AuditRow.seq.desc()).limit(1)).first()
    return NO_ROWS if last is None else Head(last.seq, last.mac)


def append(session: Session, entries: Sequence[Entry], now: datetime, ring: KeyRing) -> Head:
    """Chain the entries on; the caller holds the right to write, so nobody else reads the same head."""
    end = head(session)
    for entry in entries:
        row = made(entry, seq=end.seq + 1, at=written(now), previous=end.mac, ring=ring)
        session.add(row)
        end = Head(row.seq, row.mac)
    session.flush()
    return end
