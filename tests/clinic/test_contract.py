"""No module but the few that know a person's roles can reach a query: read from the source itself."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import kinetamine.clinic

CLINIC = Path(kinetamine.clinic.__file__).parent
INSIDE = ("access", "audit", "backup", "database.py", "migrations", "records")
"""What may speak to the database: access itself, the audit under it, backups of the whole, and what these rest on."""
DOORS = {"transaction", "unlogged", "snapshot", "engine", "execute", "scalars", "scalar"}
"""Attributes through which data could be had: each begins with a transaction, and only accounts may have one."""
OUTSIDE = [path for path in sorted(CLINIC.rglob("*.py")) if path.relative_to(CLINIC).parts[0] not in INSIDE]


def _imports(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def _reached(source: str, *, accounts: bool) -> list[str]:
    """What a module touches that it must not."""
    tree = ast.parse(source)
    found = [name for name in _imports(tree) if name.partition(".")[0] in {"sqlalchemy", "sqlite3", "psycopg"}]
    doors = DOORS - {"transaction", "unlogged"} if accounts else DOORS
    names = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    reaches = any(
        name.startswith(("kinetamine.clinic.database", "kinetamine.clinic.access")) for name in _imports(tree)
    )
    return found + (sorted(names & doors) if reaches else [])


@pytest.mark.parametrize("path", OUTSIDE, ids=lambda path: path.relative_to(CLINIC).as_posix())
def test_nothing_but_access_touches_the_data(path: Path) -> None:
    assert _reached(path.read_text(encoding="utf-8"), accounts=path.parent.name == "accounts") == []


@pytest.mark.parametrize(
    "source",
    [
        "import sqlalchemy",
        "from sqlalchemy.orm import Session",
        "import sqlite3",
        "from kinetamine.clinic.database import Database\nwith Database(x).unlogged() as t:\n    t.session",
        "from kinetamine.clinic.database import Database\nwith Database(x).transaction() as t:\n    t.session",
        "from kinetamine.clinic.access import records_for\nrecords_for(a, b)._database.engine",
    ],
)
def test_a_way_around_is_found(source: str) -> None:
    assert _reached(source, accounts=False) != []
