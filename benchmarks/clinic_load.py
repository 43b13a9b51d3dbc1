"""How long monitors wait for the clinic's server, many at once, and whether all that was acknowledged is there.

A real server in a process of its own; SQLite in a file on the disk, and a PostgreSQL that is started here with its data
on the disk, as what is measured is waiting for it. Run it on an otherwise idle machine: nothing is asserted.
"""

from __future__ import annotations

import argparse
import os
import socket
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[1] / "tests")]
from clinic import postgres  # noqa: E402 - as the line above
from clinic.durability.load import EVERY_S, drive, founded, served  # noqa: E402 - the same
from clinic.world import new_settings  # noqa: E402 - the same

KINDS = ("sqlite", "postgresql")


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def sync_ms(folder: Path) -> float:
    """How long this disk takes to say that a line is written; the median of 50."""
    waited = []
    with (folder / "sync").open("ab", buffering=0) as file:
        for _ in range(50):
            begin = time.perf_counter()
            file.write(b"x" * 400)
            os.fsync(file.fileno())
            waited.append(time.perf_counter() - begin)
    return 1000.0 * sorted(waited)[25]


@contextmanager
def database(kind: str, folder: Path) -> Iterator[str]:
    """An empty one; its address."""
    if kind == "sqlite":
        yield ""
        return
    postgres.MEMORY = folder  # on the disk
    folder.chmod(0o755)
    with postgres.serving() as server:
        yield server.address(server.database())


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--chairs", type=int, default=200)
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--folder", type=Path, default=None, help="on the disk that is meant")
    parser.add_argument("--databases", nargs="+", choices=KINDS, default=list(KINDS))
    asked = parser.parse_args()
    for kind in asked.databases:
        with tempfile.TemporaryDirectory(dir=asked.folder, prefix="load-") as name:
            folder = Path(name)
            print(
                f"{kind}: {asked.chairs} chairs, a reading every {EVERY_S:g} s, {asked.minutes:g} minutes", flush=True
            )
            print(f"  a line is on this disk after {sync_ms(folder):.1f} ms", flush=True)
            with database(kind, folder) as address:
                clinic = founded(new_settings(folder / "data", address), asked.chairs)
                with served(clinic.environment, free_port()) as server:
                    print(f"  {drive(server, clinic, asked.minutes)}", flush=True)
    print(f"{os.cpu_count()} CPUs, load {os.getloadavg()[0]:.1f}, Python {sys.version.split()[0]}")


if __name__ == "__main__":
    main()
