"""Both databases under the same tests: SQLite in a file, and PostgreSQL in a server that is started here."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from clinic import postgres
from clinic.postgres import MEMORY, Server
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


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[Path]:
    """A folder of a test's own, in memory where there is such a place."""
    folder = _quick(tmp_path)
    yield folder
    if folder != tmp_path:
        shutil.rmtree(folder)


def _quick(folder: Path) -> Path:
    if not os.access(MEMORY, os.W_OK):
        return folder
    return Path(tempfile.mkdtemp(prefix="clinic-", dir=MEMORY))


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
def new(kind: str, fresh: Path, request: pytest.FixtureRequest) -> Iterator[Callable[..., Settings]]:
    """Makes settings of a new database with the schema; SQLite's once in a folder."""
    if kind == "sqlite":
        template: Path = request.getfixturevalue("empty_sqlite")

        def make(folder: str = "data", **more: Any) -> Settings:
            settings = new_settings(fresh / folder, **more)
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
        return new_settings(fresh / folder, server.address(names[-1]), **more)

    yield copy
    for name in names:
        server.drop(name)


@pytest.fixture(scope="session")
def founded_sqlite(tmp_path_factory: pytest.TempPathFactory) -> World:
    """The two clinics in a file, to be copied."""
    return _founded(new_settings(tmp_path_factory.mktemp("founded")))


@pytest.fixture(scope="session")
def founded_postgres(server: Server, tmp_path_factory: pytest.TempPathFactory) -> World:
    """The same on the server."""
    return _founded(new_settings(tmp_path_factory.mktemp("founded"), server.address(server.database())))


def _founded(settings: Settings) -> World:
    make_schema(settings)
    clock = Hands()
    database = Database(settings, clock)
    world = build(database, clock)
    database.close()
    return world


@pytest.fixture
def world(kind: str, fresh: Path, request: pytest.FixtureRequest) -> Iterator[World]:
    """Two clinics and their people; a copy of its own for each test."""
    founded: World = request.getfixturevalue("founded_sqlite" if kind == "sqlite" else "founded_postgres")
    address, name = "", ""
    if kind == "sqlite":
        shutil.copytree(founded.settings.folder, fresh, dirs_exist_ok=True)
    else:
        server: Server = request.getfixturevalue("server")
        shutil.copytree(founded.settings.folder, fresh, dirs_exist_ok=True)
        name = server.database(urlsplit(founded.settings.address).path.removeprefix("/"))
        address = server.address(name)
    clock = Hands()
    database = Database(new_settings(fresh, address, keys=founded.settings.keys), clock)
    yield World(database, clock, founded.north, founded.south, founded.members, founded.stranger)
    database.close()
    if name:
        server.drop(name)
