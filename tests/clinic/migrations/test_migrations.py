"""Up, down and up again, on both databases; and what the files make is what the models say."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect, text

from clinic.world import new_settings
from kinetamine.clinic.database import open_engine
from kinetamine.clinic.migrations import downgrade, newest, standing, upgrade
from kinetamine.clinic.records import APPEND_ONLY, Base


def test_up_and_down_and_up_again(blank: Callable[[], str], tmp_path: Path) -> None:
    engine = open_engine(new_settings(tmp_path / "data", blank()))
    for _ in range(2):
        with engine.begin() as connection:
            assert standing(connection) is None
            for version in ("0001", "0002", "0003"):
                upgrade(connection, version)
                assert standing(connection) == version
            assert version == newest()
            upgrade(connection)
        with engine.connect() as connection:
            context = MigrationContext.configure(connection, opts={"compare_type": True})
            assert compare_metadata(context, Base.metadata) == []
        with engine.begin() as connection:
            downgrade(connection, "0001")
            downgrade(connection)
            assert set(inspect(connection).get_table_names()) <= {"alembic_version"}
    engine.dispose()


def test_a_step_that_fails_leaves_what_was(blank: Callable[[], str], tmp_path: Path) -> None:
    engine = open_engine(new_settings(tmp_path / "data", blank()))
    with engine.begin() as connection:
        upgrade(connection, "0001")
    with engine.connect() as connection, connection.begin() as transaction:
        upgrade(connection)
        transaction.rollback()
    with engine.begin() as connection:
        assert standing(connection) == "0001"
        connection.execute(text("DELETE FROM audit"))  # no trigger was left behind
    engine.dispose()


def test_what_is_only_appended_is_guarded_by_the_newest_step() -> None:
    guarded = Path(__file__).parents[3] / "src/kinetamine/clinic/migrations/versions/v0002_append_only.py"
    assert all(f'"{table}"' in guarded.read_text(encoding="utf-8") for table in APPEND_ONLY)
