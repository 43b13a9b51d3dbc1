"""Putting a backup back: into an empty database, all or nothing, and only if its audit is what was written."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import Connection
from sqlalchemy.orm import Session

from kinetamine.clinic.access import operator
from kinetamine.clinic.audit import verify
from kinetamine.clinic.audit.anchor import RESTORED, Anchor
from kinetamine.clinic.audit.chain import Head
from kinetamine.clinic.audit.inspection import about_records
from kinetamine.clinic.audit.verify import Finding
from kinetamine.clinic.backup import vault
from kinetamine.clinic.backup.dump import parsed, tables
from kinetamine.clinic.database import Clock, Database, is_empty, open_engine, utc_now
from kinetamine.clinic.migrations import upgrade
from kinetamine.clinic.records import AuditRow
from kinetamine.clinic.refusals import BackupError
from kinetamine.clinic.settings import Settings

_AT_ONCE = 500


class Restored(NamedTuple):
    """What was put back.

    Attributes:
        head: where the audit ends in the backup.
        lost: rows that the anchor knows of and the backup does not hold: what was written after it was made.
    """

    head: Head
    lost: int


def restore(settings: Settings, path: Path, clock: Clock = utc_now) -> Restored:
    """Put a backup into an empty database, of either kind.

    Raises:
        BackupError: it is damaged, its audit is not sound, or the database is not empty.
    """
    header, _ = vault.read(path, settings.keys.backups)
    anchor = Anchor(settings.anchor_file, settings.keys.audit, settings.anchor_every)
    found, lost = _verified(settings, path, anchor, Head(header["seq"], header["mac"]))
    engine = open_engine(settings)
    try:
        with engine.begin() as connection:
            if not is_empty(connection):
                message = "the database is not empty; a backup is put into a new one"
                raise BackupError(message)
            upgrade(connection, header["version"])
            _fill(connection, settings, path)
            upgrade(connection)
            with Session(connection) as session:
                _refuse(about_records(session, found, settings), path)
            # Before the commit: if that fails, the database is still empty, and this can be done again.
            anchor.record(found.head, header["at"], event=RESTORED)
    finally:
        engine.dispose()
    database = Database(settings, clock)
    operator.note(database, "restore", seq=found.head.seq, lost=lost, file=path.name)
    database.close()
    return Restored(found.head, lost)


def _verified(settings: Settings, path: Path, anchor: Anchor, end: Head) -> tuple[Finding, int]:
    """The walk along the backup's audit, against the anchor as far as the backup goes."""
    marks, wrong = anchor.marks()
    known = [mark for mark in marks if mark.seq <= end.seq]
    _, lines = vault.read(path, settings.keys.backups)
    tolerance = timedelta(seconds=settings.clock_tolerance_s)
    found = verify.walk(_audit(lines), known, settings.keys.audit, tolerance)
    if found.head != end:
        wrong.append(f"the audit ends at row {found.head.seq}, and the backup's header says {end.seq}")
    _refuse([*wrong, *found.problems], path)
    return found, max([0, *(mark.seq - end.seq for mark in marks)])


def _audit(lines: Iterator[str]) -> Iterator[AuditRow]:
    """The audit's rows, by number; every other line is read too, which proves that it is genuine."""
    rows = [AuditRow(**values) for table, values in (parsed(line, zoned=True) for line in lines) if table == "audit"]
    yield from sorted(rows, key=lambda row: row.seq)


def _fill(connection: Connection, settings: Settings, path: Path) -> None:
    _, lines = vault.read(path, settings.keys.backups)
    zoned = connection.dialect.name != "sqlite"
    by_name = {table.name: table for table in tables(connection)}
    for name, group in groupby((parsed(line, zoned=zoned) for line in lines), key=lambda line: line.table):
        rows: list[dict[str, Any]] = []
        for line in group:
            rows.append(line.values)
            if len(rows) == _AT_ONCE:
                connection.execute(by_name[name].insert(), rows)
                rows = []
        if rows:
            connection.execute(by_name[name].insert(), rows)


def _refuse(problems: list[str], path: Path) -> None:
    if problems:
        message = f"{path} is not put back: {problems[0]}"
        raise BackupError(message)
