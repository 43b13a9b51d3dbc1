"""The database itself refuses to change or delete what is only ever appended."""

from __future__ import annotations

from alembic import op

revision = "0002"
down_revision = "0001"

_TABLES = {
    "session_events": "id",
    "scores": "id",
    "ledger_entries": "id",
    "signatures": "id",
    "revisions": "id",
    "audit": "seq",
}


def upgrade() -> None:
    """Add the triggers."""
    if op.get_bind().dialect.name == "sqlite":
        for table, key in _TABLES.items():
            _refuse_on_sqlite(table, key)
        return
    op.execute(
        "CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$"
    )
    for table in _TABLES:
        op.execute(
            f"CREATE TRIGGER {table}_rows BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
        )
        op.execute(
            f"CREATE TRIGGER {table}_whole BEFORE TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
        )


def downgrade() -> None:
    """Take them away."""
    if op.get_bind().dialect.name == "sqlite":
        for table in _TABLES:
            for happened in ("update", "delete", "replace"):
                op.execute(f"DROP TRIGGER {table}_{happened}")
        return
    for table in _TABLES:
        op.execute(f"DROP TRIGGER {table}_rows ON {table}")
        op.execute(f"DROP TRIGGER {table}_whole ON {table}")
    op.execute("DROP FUNCTION refuse_change()")


def _refuse_on_sqlite(table: str, key: str) -> None:
    refusal = f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
    op.execute(f"CREATE TRIGGER {table}_update BEFORE UPDATE ON {table} {refusal}")
    op.execute(f"CREATE TRIGGER {table}_delete BEFORE DELETE ON {table} {refusal}")
    # INSERT OR REPLACE deletes without asking the trigger above.
    held = f"SELECT 1 FROM {table} WHERE {key} = NEW.{key}"  # noqa: S608 - names from above
    op.execute(f"CREATE TRIGGER {table}_replace BEFORE INSERT ON {table} WHEN EXISTS ({held}) {refusal}")
