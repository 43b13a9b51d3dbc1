"""Inspecting a whole database: the chain, the anchor, and every record."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from kinetamine.clinic.audit import verify
from kinetamine.clinic.audit.anchor import Mark
from kinetamine.clinic.audit.verify import Finding
from kinetamine.clinic.database import Database
from kinetamine.clinic.records import KINDS, AuditRow, Base, Credential, Revision
from kinetamine.clinic.refusals import ClinicError
from kinetamine.clinic.settings import Settings

_AT_ONCE = 1000
FINGERPRINTED: tuple[type[Base], ...] = (*KINDS.values(), Credential, Revision)
"""Every table whose rows the audit knows by their content."""
_WRITERS = 16
"""How many programs may have committed and be killed before they came to the anchor."""


def inspect(database: Database) -> Finding:
    """All of it, beside writers; the anchor is read first, as what it knows of was committed before."""
    anchored = database.anchor.marks()
    with database.snapshot() as session:
        return inspect_view(session, anchored, database.settings)


def inspect_view(session: Session, anchored: tuple[list[Mark], list[str]], settings: Settings) -> Finding:
    """What one view of the database shows, against an anchor that was read before."""
    marks, wrong = anchored
    tolerance = timedelta(seconds=settings.clock_tolerance_s)
    found = verify.walk(_rows(session), marks, settings.keys.audit, tolerance)
    found.problems += wrong
    found.problems += verify.behind(marks, found.head, _WRITERS * settings.anchor_every)
    found.problems += about_records(session, found, settings)
    return found


def about_records(session: Session, found: Finding, settings: Settings) -> list[str]:
    """What is wrong with the records, by what the audit knows of them."""
    try:
        return list(verify.against(found, _records(session), settings.keys.audit))
    except ClinicError as error:  # a sealed value that cannot be opened
        return [str(error)]


def _rows(session: Session) -> Iterator[AuditRow]:
    query = select(AuditRow).order_by(AuditRow.seq).execution_options(yield_per=_AT_ONCE)
    with closing(session.scalars(query)) as rows:  # a walk may stop halfway
        yield from rows


def _records(session: Session) -> Iterator[Base]:
    for kind in FINGERPRINTED:
        with closing(session.scalars(select(kind).execution_options(yield_per=_AT_ONCE))) as rows:
            yield from rows
