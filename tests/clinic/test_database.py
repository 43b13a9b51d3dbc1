from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from clinic import postgres
from clinic.world import World, new_settings, person
from kinetamine.clinic.database import Database, open_engine
from kinetamine.clinic.refusals import AuditError, DatabaseError
from kinetamine.clinic.settings import Settings


def test_a_database_that_was_not_made_is_refused(blank: Callable[[], str], tmp_path: Path) -> None:
    with pytest.raises(DatabaseError, match="clinic init"):
        Database(new_settings(tmp_path / "data", blank()))


def test_nothing_is_done_without_a_row_on_the_audit(world: World) -> None:
    rows = world.rows()
    with pytest.raises(AuditError, match="nothing on the audit"), world.database.transaction() as transaction:
        transaction.session.execute(text("UPDATE people SET weight_kg = 1"))
    assert world.rows() == rows
    with world.database.snapshot() as session:
        assert session.execute(text("SELECT weight_kg FROM people")).scalars().all() == [70.0]


def test_what_fails_leaves_nothing_behind(world: World) -> None:
    rows, anchor = world.rows(), world.settings.anchor_file.read_bytes()
    with pytest.raises(IntegrityError), world.database.transaction() as transaction:
        transaction.session.execute(text("UPDATE people SET clinic_id = 'nowhere'"))
    assert (world.rows(), world.settings.anchor_file.read_bytes()) == (rows, anchor)


def test_readers_see_one_moment_beside_writers(world: World) -> None:
    with world.database.snapshot() as session:
        before = session.execute(text("SELECT count(*) FROM people")).scalar_one()
        world.records().add(person(number="meanwhile"))
        assert session.execute(text("SELECT count(*) FROM people")).scalar_one() == before
    with world.database.snapshot() as session:
        assert session.execute(text("SELECT count(*) FROM people")).scalar_one() == before + 1


def test_sqlite_waits_for_the_disk_and_is_its_owners(new: Callable[..., Settings], kind: str) -> None:
    if kind != "sqlite":
        pytest.skip("about SQLite")
    settings = new()
    database = Database(settings)
    with database.engine.connect() as connection:
        wanted = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}
        assert {name: connection.execute(text(f"PRAGMA {name}")).scalar() for name in wanted} == wanted
    database.close()
    path = settings.folder / "clinic.sqlite"
    assert path.stat().st_mode & 0o777 == 0o600
    path.chmod(0o644)
    with pytest.raises(DatabaseError, match="read by others"):
        open_engine(settings)


def test_postgres_that_does_not_wait_for_the_disk_is_refused(
    new: Callable[..., Settings], kind: str, request: pytest.FixtureRequest
) -> None:
    if kind == "sqlite":
        pytest.skip("about PostgreSQL")
    settings = new()
    server: postgres.Server = request.getfixturevalue("server")
    name = settings.address.partition("@/")[2].partition("?")[0]
    server.execute(f"ALTER DATABASE {name} SET synchronous_commit = off")
    with pytest.raises(DatabaseError, match="acknowledges before"):
        Database(settings)
