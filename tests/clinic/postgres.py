"""A PostgreSQL server of the tests' own: made, started, and thrown away."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest

MISSING = "PostgreSQL's server programs are not installed, so only SQLite is tested"
_USER = "postgres"
MEMORY = Path("/dev/shm")  # noqa: S108 - folders of our own in it
"""Where the disk need not be waited for: what is tested is killed programs, not power failures."""


@cache
def programs() -> Path | None:
    """Where initdb and pg_ctl are; the newest version's."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[4]))
    if found:
        return found[-1].parent
    here = shutil.which("initdb")
    return Path(here).resolve().parent if here else None


class Server:
    """A running server, reached by a socket in its own folder."""

    def __init__(self, folder: Path, bin_folder: Path) -> None:
        self.folder, self._bin = folder, bin_folder
        self._data = folder / "data"

    def make(self) -> None:
        self._run("initdb", "-D", self._data, "-U", _USER, "-A", "trust", "-E", "UTF8", "--locale=C")
        self.start()

    def start(self) -> None:
        options = f"-k {self.folder} -c listen_addresses= -c max_connections=40"
        self._run("pg_ctl", "-D", self._data, "-w", "-l", self.folder / "log", "-o", options, "start")

    def stop(self, how: str = "fast") -> None:
        """``immediate`` is what a power failure is to it: nothing is finished."""
        self._run("pg_ctl", "-D", self._data, "-w", "-m", how, "stop")

    def database(self, template: str = "template0") -> str:
        """The name of a new database, a copy of another."""
        name = f"clinic_{uuid4().hex}"
        self.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
        return name

    def drop(self, name: str) -> None:
        self.execute(f"DROP DATABASE {name} WITH (FORCE)")

    def address(self, name: str) -> str:
        """As SQLAlchemy writes it."""
        return f"postgresql+psycopg://{_USER}@/{name}?host={self.folder}"

    def execute(self, statement: str, database: str = "postgres") -> None:
        with psycopg.connect(host=str(self.folder), user=_USER, dbname=database, autocommit=True) as connection:
            connection.execute(statement.encode())

    def _run(self, program: str, *arguments: object) -> None:
        command = [str(self._bin / program), *(str(one) for one in arguments)]
        if os.geteuid() == 0:  # it refuses to run as root
            command = ["setpriv", f"--reuid={_USER}", f"--regid={_USER}", "--clear-groups", *command]
        with (self.folder / "log.txt").open("ab") as log:
            subprocess.run(command, check=True, stdout=log, stderr=log, cwd=self.folder, timeout=60)


@contextmanager
def serving() -> Iterator[Server]:
    """A server, until the block ends."""
    bin_folder = programs()
    if bin_folder is None:
        pytest.skip(MISSING)
    # Sockets need a short path, and pytest's own folders are closed to other users.
    folder = Path(tempfile.mkdtemp(prefix="pg", dir=MEMORY if os.access(MEMORY, os.W_OK) else None))
    try:
        if os.geteuid() == 0:
            shutil.chown(folder, _USER, _USER)
        server = Server(folder, bin_folder)
        server.make()
        try:
            yield server
        finally:
            server.stop("immediate")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
