"""Making a backup while the clinic works: one consistent view of every table, as lines."""

from __future__ import annotations

import base64
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import Connection, MetaData, Table, select

from kinetamine.clinic.access import operator
from kinetamine.clinic.audit import chain
from kinetamine.clinic.backup import vault
from kinetamine.clinic.database import Database
from kinetamine.clinic.migrations import standing
from kinetamine.clinic.records.columns import canonical, written
from kinetamine.clinic.refusals import BackupError

VERSIONS = "alembic_version"
_CORRECTS = "corrects_id"


class Line(NamedTuple):
    """One row of one table."""

    table: str
    values: dict[str, Any]


def back_up(database: Database, path: Path) -> chain.Head:
    """Write every table to one encrypted file; returns the audit's head that is in it.

    Raises:
        BackupError: there is a file of that name.
    """
    if path.exists():
        message = f"there is a file {path} already"
        raise BackupError(message)
    with database.snapshot() as session:
        connection, end = session.connection(), chain.head(session)
        header = {
            "at": written(database.clock()),
            "version": standing(connection),
            "seq": end.seq,
            "mac": end.mac,
        }
        vault.write(path, database.settings.keys.backups, header, _dumped(connection))
    operator.note(database, "back up", seq=end.seq, file=path.name)
    return end


def tables(connection: Connection) -> list[Table]:
    """As they stand in this database, whatever its version; those that others point at come first."""
    metadata = MetaData()
    metadata.reflect(connection)
    return [table for table in metadata.sorted_tables if table.name != VERSIONS]


def parsed(line: str, *, zoned: bool) -> Line:
    """A line, its moments as the database takes them."""
    table, values = json.loads(line)
    return Line(table, {name: _value(value, zoned=zoned) for name, value in values.items()})


def _dumped(connection: Connection) -> Iterator[str]:
    for table in tables(connection):
        first = "made_at" if "made_at" in table.columns else next(iter(table.primary_key)).name
        keys = [table.columns[first], *table.primary_key]
        rows = connection.execution_options(yield_per=1000).execute(select(table).order_by(*keys)).mappings()
        for row in _in_order(rows):
            yield canonical([table.name, {name: _plain(value) for name, value in row.items()}])


def _in_order(rows: Iterable[Mapping[Any, Any]]) -> Iterator[Mapping[Any, Any]]:
    """A correction after what it corrects, even where both were made in the same instant."""
    given: set[str] = set()
    waiting: dict[str, list[Mapping[Any, Any]]] = defaultdict(list)
    for row in rows:
        before = row.get(_CORRECTS)
        if before is not None and before not in given:
            waiting[before].append(row)
            continue
        ready = [row]
        while ready:
            following = ready.pop(0)
            yield following
            if _CORRECTS in following:
                given.add(following["id"])
                ready += waiting.pop(following["id"], [])


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return {"moment": written(value if value.tzinfo else value.replace(tzinfo=UTC))}
    if isinstance(value, bytes | memoryview):
        return {"bytes": base64.b64encode(bytes(value)).decode()}
    return value


def _value(value: Any, *, zoned: bool) -> Any:
    if not isinstance(value, dict):
        return value
    if "bytes" in value:
        return base64.b64decode(value["bytes"])
    moment = datetime.strptime(value["moment"], "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC)
    return moment if zoned else moment.replace(tzinfo=None)
