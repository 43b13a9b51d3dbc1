"""Versions of the schema, by Alembic: each file in ``versions`` goes one step up, and down again."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection


def upgrade(connection: Connection, to: str = "head") -> None:
    """Up to a version, within the connection's transaction."""
    command.upgrade(_config(connection), to)


def downgrade(connection: Connection, to: str = "base") -> None:
    """Down to a version; what only the newer one could hold is lost."""
    command.downgrade(_config(connection), to)


def standing(connection: Connection) -> str | None:
    """Which version the database is of; None where it is of none."""
    return MigrationContext.configure(connection).get_current_revision()


@cache
def newest() -> str:
    """The version that this software works with."""
    head = ScriptDirectory.from_config(_config(None)).get_current_head()
    return head or ""


def _config(connection: Connection | None) -> Config:
    config = Config()
    # Alembic reads "%" in options as the start of a name.
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config
