"""Both databases under the same tests: SQLite in a file, and PostgreSQL in a server that is started here."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from clinic import postgres
from clinic.postgres import Server
from clinic.world import Hands, World, build, make_schema, new_settings
from kinetamine.clinic.database import Database
from kinetamine.clinic.settings import Settings

BOTH = ("sqlite", "postgresql")
Address = Callable[[], str]


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """One server for all tests of a process."""
    with postgres.serving() as server:
        yield server


@pytest.fixture(scope="session")
def empty_postgres(server: Server) -> str:
    """A database with the schema, to be copied."""
    name = server.database()
    _schema_at(server.address(name), server.folder.parent / f"{server.folder.name}-schema")
    return name


@pytest.fixture(scope="session")
def empty_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same as a file."""
    folder = tmp_path_factory.mktemp("schema")
    _schema_at("", folder)
    return folder / "clinic.sqlite"


def _schema_at(address: str, folder: Path) -> None:
    make_schema(new_settings(folder, address))
    if address:
        shutil.rmtree(folder)


@pytest.fixture(params=BOTH)
def kind(request: pytest.FixtureRequest) -> str:
    """Which of the two."""
    return str(request.param)


@pytest.fixture
def blank(kind: str, request: pytest.FixtureRequest) -> Iterator[Address]:
    """Makes databases without any table."""
    if kind == "sqlite":
        yield lambda: ""
        return
    server: Server = request.getfixturevalue("server")
    names: list[str] = []

    def make() -> str:
        names.append(server.database())
        return server.address(names[-1])

    yield make
    for name in names:
        server.drop(name)


@pytest.fixture
def new(kind: str, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Callable[..., Settings]]:
    """Makes settings of a new database with the schema; SQLite's once in a folder."""
    if kind == "sqlite":
        template: Path = request.getfixturevalue("empty_sqlite")

        def make(folder: str = "data", **more: Any) -> Settings:
            settings = new_settings(tmp_path / folder, **more)
            shutil.copyfile(template, settings.folder / "clinic.sqlite")
            (settings.folder / "clinic.sqlite").chmod(0o600)
            return settings

        yield make
        return
    server: Server = request.getfixturevalue("server")
    schema: str = request.getfixturevalue("empty_postgres")
    names: list[str] = []

    def copy(folder: str = "data", **more: Any) -> Settings:
        names.append(server.database(schema))
        return new_settings(tmp_path / folder, server.address(names[-1]), **more)

    yield copy
    for name in names:
        server.drop(name)


@pytest.fixture
def world(new: Callable[..., Settings]) -> Iterator[World]:
    """Two clinics and their people."""
    clock = Hands()
    database = Database(new(), clock)
    yield build(database, clock)
    database.close()
