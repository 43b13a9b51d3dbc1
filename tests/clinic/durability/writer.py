"""A program that writes readings and says which were acknowledged, so that it can be killed while it does.

``once``: writes a number of entries and ends. ``killed``: forks itself again and again, and kills each copy with
SIGKILL at a random moment; what the copies were told is written to a file.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import time
from pathlib import Path
from typing import Any

from clinic.world import START, event
from kinetamine.clinic.access import Member, records_for
from kinetamine.clinic.audit.inspection import inspect
from kinetamine.clinic.database import Database
from kinetamine.clinic.settings import Settings, from_environment

READY = b"ready\n"
OPENING_TAKES_S, WRITING_S = 0.1, 0.02


def write(database: Database, task: dict[str, Any], name: str, how_many: int | None, to: int) -> None:
    """Add entries, one or a few at a time, and say of each that it was acknowledged."""
    records = records_for(database, Member(task["user"], task["clinic"], "writer"))
    os.write(to, READY)
    number = 0
    while how_many is None or number < how_many:
        ids = [f"{name}.{number + place}" for place in range(random.choice((1, 1, 3)))]
        records.add_all([event(task["session"], one, device_time=START, content={"pulse": number}) for one in ids])
        os.write(to, "".join(f"{one}\n" for one in ids).encode())
        number += len(ids)


def killed_once(database: Database, task: dict[str, Any], name: str) -> list[str]:
    """What one copy was told before it was killed at a random moment."""
    source, to = os.pipe()
    opening, acknowledged = random.random() < 0.1, random.randrange(5)
    child = os.fork()
    if child == 0:
        os.close(source)
        try:
            # The parent's is warm, so that kills fall into writing; it holds no connection.
            database._check()
            write(Database(database.settings) if opening else database, task, name, None, to)
        finally:
            os._exit(70)
    os.close(to)
    said = b""
    while not opening and said.count(b"\n") < 1 + acknowledged:
        said += os.read(source, 65536)
    time.sleep(random.uniform(0.0, OPENING_TAKES_S if opening else WRITING_S))
    os.kill(child, signal.SIGKILL)
    while more := os.read(source, 65536):
        said += more
    os.close(source)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status), "the writer ended by itself"
    return said.decode().splitlines()[1:]


def killed(settings: Settings, task: dict[str, Any]) -> dict[str, Any]:
    """Kill many times; each copy starts on what the one before left."""
    told: list[str] = []
    problems: list[str] = []
    database = Database(settings)
    records_for(database, Member(task["user"], task["clinic"], "writer")).add(
        event(task["session"], f"{task['name']}.warm")
    )
    for kill in range(task["kills"]):
        database.engine.dispose()
        told += killed_once(database, task, f"{task['name']}.{kill}")
        if kill % task["check_every"] == 0:
            problems += inspect(database).problems
    database.close()
    return {"told": told, "problems": problems}


def main() -> None:
    """Read the task, and do it."""
    task = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    settings = from_environment()
    random.seed(task["seed"])
    if task["do"] == "once":
        database = Database(settings)
        write(database, task, task["name"], task["entries"], sys.stdout.fileno())
        database.close()
        return
    result = killed(settings, task)
    Path(task["result"]).write_text(json.dumps(result), encoding="utf-8")


if __name__ == "__main__":
    main()
