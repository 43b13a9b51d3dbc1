"""The database: SQLite or PostgreSQL, one writer at a time, and nothing done without a row on the audit.

What is acknowledged is on the disk: SQLite with a write-ahead log and full synchronisation, PostgreSQL as it is unless
somebody turned that off. One writer at a time, on both, so that the audit's order is the order in which things became
true, and a version that was compared is still the version that is written over.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, inspect, select, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from kinetamine.clinic.audit import chain
from kinetamine.clinic.audit.anchor import Anchor
from kinetamine.clinic.audit.row import Entry
from kinetamine.clinic.keys import Keys
from kinetamine.clinic.records import AuditRow
from kinetamine.clinic.records.columns import seal_with, written
from kinetamine.clinic.refusals import AuditError, DatabaseError
from kinetamine.clinic.settings import Settings
from kinetamine.errors import MissingExtraError

Clock = Callable[[], datetime]
_WAIT_S = 60
_LOCK = 0x6B696E6574
"""Number of the advisory lock that writers of a PostgreSQL database take; any, as long as it is the same."""


def utc_now() -> datetime:
    """The system's clock."""
    return datetime.now(UTC)


@dataclass
class Transaction:
    """Everything that becomes true at once.

    Attributes:
        now: one moment for all of it.
        entries: what will be said about it on the audit.
    """

    session: Session
    now: datetime
    keys: Keys
    entries: list[Entry] = field(default_factory=list)

    def log(self, entry: Entry) -> None:
        """Say something on the audit, in this transaction."""
        self.entries.append(entry)


class Database:
    """One clinic database, for several threads."""

    def __init__(self, settings: Settings, clock: Clock = utc_now, *, check: bool = True) -> None:
        """Open it; it must have been made by `kinetamine clinic init`. The verifier alone opens it unchecked.

        Raises:
            DatabaseError: it is not there, of another version, or would lose what it acknowledged.
            AuditError: the audit was cut short behind the anchor.
        """
        self.settings, self.clock = settings, clock
        self.engine = open_engine(settings)
        self.anchor = Anchor(settings.anchor_file, settings.keys.audit, settings.anchor_every)
        self._turn = threading.Lock()
        try:
            self._check_version()
            if check:
                self._check()
        except Exception:
            self.engine.dispose()
            raise

    def close(self) -> None:
        """Let go of every connection."""
        self.engine.dispose()

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        """A transaction that must say on the audit what it did; committed, and anchored, when the block ends well."""
        with self._turn, Session(self.engine, expire_on_commit=False) as session:
            with session.begin():
                transaction = Transaction(session, self.clock(), self.settings.keys)
                yield transaction
                if not transaction.entries:
                    message = "a transaction said nothing on the audit"
                    raise AuditError(message)
                end = chain.append(session, transaction.entries, transaction.now, self.settings.keys.audit)
            self.anchor.record(end, written(transaction.now))

    @contextmanager
    def unlogged(self) -> Iterator[Transaction]:
        """A transaction about no one's data: counting attempts, and when a sign-in was last seen."""
        with self._turn, Session(self.engine, expire_on_commit=False) as session, session.begin():
            yield Transaction(session, self.clock(), self.settings.keys)

    @contextmanager
    def snapshot(self) -> Iterator[Session]:
        """One consistent view for reading much, beside writers; what is done with it is logged by who asked."""
        with self.engine.connect().execution_options(**_reading(self.engine)) as connection, connection.begin():
            yield Session(connection)

    def _check_version(self) -> None:
        from kinetamine.clinic.migrations import newest, standing  # noqa: PLC0415 - alembic only where it is needed

        try:
            with self.engine.connect().execution_options(**_reading(self.engine)) as connection:
                found, wanted = standing(connection), newest()
        except OperationalError as error:
            message = "the database cannot be reached, or is none"
            raise DatabaseError(message) from error
        if found != wanted:
            message = f"the database is of version {found or 'none'}, expected {wanted}: `kinetamine clinic init`"
            raise DatabaseError(message)

    def _check(self) -> None:
        # The anchor first: whatever it knows of is committed already, and so in the view that is opened after.
        last = self.anchor.last()
        with self.engine.connect().execution_options(**_reading(self.engine)) as connection:
            _keeps_its_word(connection)
            if last is None:
                return
            held = connection.scalar(select(AuditRow.mac).where(AuditRow.seq == last.seq))
            if held != last.mac:
                message = f"row {last.seq} of the audit is not the one that the anchor knows; run verify-audit"
                raise AuditError(message)


def open_engine(settings: Settings) -> Engine:
    """An engine whose transactions are taken in turn, and whose sealed columns have their keys."""
    lite = settings.address.startswith("sqlite")
    if lite:
        _own_file(Path(settings.address.removeprefix("sqlite:///")))
    try:
        engine = create_engine(
            settings.address,
            hide_parameters=True,  # what people wrote is in no error message
            connect_args={"timeout": _WAIT_S, "check_same_thread": False} if lite else {"connect_timeout": 10},
        )
    except ModuleNotFoundError as error:
        raise MissingExtraError("postgresql", "a PostgreSQL server") from error
    seal_with(engine.dialect, settings.keys.records)
    if lite:
        event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _take_turn)
    return engine


def is_empty(connection: Connection) -> bool:
    """Whether there is no table yet."""
    return not inspect(connection).get_table_names()


def _own_file(path: Path) -> None:
    """Made before SQLite does, which would let others read it; its companions take its mode."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    if path.stat().st_mode & 0o077:
        message = f"{path} can be read by others; chmod 600"
        raise DatabaseError(message)


def _prepare_sqlite(connection: Any, record: object) -> None:
    del record
    connection.isolation_level = None  # transactions begin where SQLAlchemy says, and not by themselves
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "trusted_schema=OFF"):
        connection.execute(f"PRAGMA {pragma}")


def _take_turn(connection: Connection) -> None:
    """Begin as the one writer, or as one of many readers."""
    reading = bool(connection.get_execution_options().get("reading"))
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")
    elif not reading:
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")


def _reading(engine: Engine) -> dict[str, Any]:
    return {"reading": True} | ({} if engine.dialect.name == "sqlite" else {"isolation_level": "REPEATABLE READ"})


def _keeps_its_word(connection: Connection) -> None:
    """Refuse a database that says "committed" before it is."""
    if connection.dialect.name == "sqlite":
        mode = connection.scalar(text("PRAGMA journal_mode"))
        lasting = mode == "wal" and int(connection.scalar(text("PRAGMA synchronous")) or 0) >= 2
    else:
        settings = [connection.scalar(text(f"SHOW {name}")) for name in ("fsync", "synchronous_commit")]
        lasting = settings[0] == "on" and settings[1] != "off"
    if not lasting:
        message = "the database acknowledges before it has written: turn on fsync, WAL and synchronous_commit"
        raise DatabaseError(message)
