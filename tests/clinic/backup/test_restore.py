"""A backup made while the clinic works goes into a new database of either kind, whole or not at all."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from clinic.world import World, course, event, new_keys, new_settings, person, unguarded
from kinetamine.clinic.access import Action, records_for
from kinetamine.clinic.access.policy import scope
from kinetamine.clinic.audit.inspection import inspect
from kinetamine.clinic.backup import back_up, restore
from kinetamine.clinic.database import Database, is_empty, open_engine
from kinetamine.clinic.records import KINDS, Person, Role, Score, SessionEvent
from kinetamine.clinic.refusals import BackupError
from kinetamine.clinic.settings import Settings


@pytest.fixture
def busy(world: World) -> World:
    """With a record of every kind, a change and a chain of corrections in the same instant."""
    physician = world.records()
    held = course(physician, physician.add(person(number="other", name="Zoë \u2014 'quoted'")))
    physician.change(Person, held.id(Person), 1, "weighed", weight_kg=71.25)
    last = held.id(Score)
    for total in range(5):
        last = physician.correct(Score, last, "read again", total=total).id
    return world


@pytest.fixture
def elsewhere(blank: Callable[[], str], fresh: Path, busy: World) -> Settings:
    """An empty database of the same kind, with the same keys and the same anchor."""
    anchor = busy.settings.anchor_file
    return new_settings(fresh / "elsewhere", blank(), keys=busy.settings.keys, anchor=anchor)


def _everything(database: Database, world: World) -> dict[str, Any]:
    """Every record, by who may read it."""

    def row(one: Any) -> tuple[Any, ...]:
        return tuple(getattr(one, column.name) for column in one.__table__.columns)

    found = {}
    for name, kind in KINDS.items():
        readers = (Role.PHYSICIAN, Role.ADMIN)
        reader = next(role for role in readers if scope([role], name, Action.READ))
        found[name] = [row(one) for one in records_for(database, world.members[reader]).find(kind, limit=1000)]
    return found


def _opened(settings: Settings, world: World) -> Iterator[Database]:
    database = Database(settings, world.clock)
    yield database
    database.close()


def test_everything_comes_back(busy: World, elsewhere: Settings, fresh: Path) -> None:
    before = _everything(busy.database, busy)
    head = back_up(busy.database, fresh / "backup")
    restored = restore(elsewhere, fresh / "backup", busy.clock)
    assert restored.head == head
    for database in _opened(elsewhere, busy):
        assert _everything(database, busy) == before
        assert inspect(database).problems == []
        records_for(database, busy.members[Role.NURSE]).add(person(number="after"))
        assert inspect(database).problems == []


def test_what_came_after_the_backup_is_said_to_be_lost(busy: World, elsewhere: Settings, fresh: Path) -> None:
    back_up(busy.database, fresh / "backup")
    busy.records().add(person(number="later"))
    restored = restore(elsewhere, fresh / "backup", busy.clock)
    assert restored.lost == 2  # the row about the backup itself, and the person
    for database in _opened(elsewhere, busy):
        assert inspect(database).problems == []
    assert not inspect(busy.database).sound  # there is one true chain, and the anchor now follows the other


def test_from_one_kind_of_database_to_the_other(busy: World, kind: str, fresh: Path, request: Any) -> None:
    before = _everything(busy.database, busy)
    back_up(busy.database, fresh / "backup")
    address = ""
    if kind == "sqlite":
        server = request.getfixturevalue("server")
        address = server.address(server.database())
    there = new_settings(fresh / "there", address, keys=busy.settings.keys)
    restore(there, fresh / "backup", busy.clock)
    for database in _opened(there, busy):
        assert _everything(database, busy) == before
        assert inspect(database).problems == []


def test_a_backup_is_of_one_moment_while_others_write(busy: World, elsewhere: Settings, fresh: Path) -> None:
    stop, sitting, records = threading.Event(), busy.sitting(), busy.records(Role.MONITOR)

    def write() -> None:
        number = 0
        while not stop.is_set():
            records.add_all([event(sitting, f"{number}.{half}") for half in range(2)])
            number += 1

    writer = threading.Thread(target=write)
    writer.start()
    try:
        back_up(busy.database, fresh / "backup")
    finally:
        stop.set()
        writer.join()
    restore(elsewhere, fresh / "backup", busy.clock)
    for database in _opened(elsewhere, busy):
        found = records_for(database, busy.members[Role.MONITOR]).find(SessionEvent, session_id=sitting, limit=1000)
        assert len(found) % 2 == 0
        assert inspect(database).problems == []


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("UPDATE audit SET actor = 'x' WHERE seq = 3", "not what was signed"),
        ("UPDATE people SET weight_kg = 1 WHERE number = 'other'", "behind its back"),
        ("DELETE FROM audit WHERE seq > 5", "slipped in"),
    ],
)
def test_what_was_tampered_with_is_not_put_back(
    busy: World, elsewhere: Settings, fresh: Path, statement: str, expected: str
) -> None:
    with unguarded(busy.settings) as connection:
        connection.execute(text(statement))
    back_up(busy.database, fresh / "backup")
    with pytest.raises(BackupError, match=expected):
        restore(elsewhere, fresh / "backup", busy.clock)
    _still_empty(elsewhere)


def _still_empty(settings: Settings) -> None:
    engine = open_engine(settings)
    with engine.connect() as connection:
        assert is_empty(connection)
    engine.dispose()


def test_nothing_is_put_over_something(busy: World, elsewhere: Settings, fresh: Path) -> None:
    back_up(busy.database, fresh / "backup")
    with pytest.raises(BackupError, match="already"):
        back_up(busy.database, fresh / "backup")
    with pytest.raises(BackupError, match="not empty"):
        restore(busy.settings, fresh / "backup", busy.clock)
    damaged = (fresh / "backup").read_bytes()[:-10]
    (fresh / "backup").write_bytes(damaged)
    with pytest.raises(BackupError, match="cut short"):
        restore(elsewhere, fresh / "backup", busy.clock)
    _still_empty(elsewhere)
    with pytest.raises(BackupError):
        restore(replace(elsewhere, keys=new_keys()), fresh / "backup", busy.clock)
