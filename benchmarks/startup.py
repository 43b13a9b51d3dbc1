"""How long a user waits: whole processes, runs interleaved, medians printed. Nothing is asserted.

``first`` starts without any compiled bytecode (a fresh PYTHONPYCACHEPREFIX) or machine code, as after an installation;
``again`` finds what the former run left. Run it on an otherwise idle machine.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).parents[1]
COURSE = str(ROOT / "examples" / "depression_six_infusions.toml")


def seconds(arguments: Sequence[str], bytecode: Path) -> float:
    """Wall-clock time of one process of the program."""
    surroundings = os.environ | {"PYTHONPATH": str(ROOT / "src"), "PYTHONPYCACHEPREFIX": str(bytecode)}
    surroundings["KINETAMINE_CACHE"] = str(bytecode / "machine code")
    surroundings.pop("PYTHONDONTWRITEBYTECODE", None)  # or nothing would be found again
    command = [sys.executable, "-m", "kinetamine.cli.main", *arguments]
    start = time.perf_counter()
    subprocess.run(command, env=surroundings, check=True, capture_output=True)  # noqa: S603 - our own program
    return time.perf_counter() - start


def one_round(folder: Path) -> dict[str, float]:
    """Every case once, in an order that gives each its own cache."""
    bytecode, report = folder / "bytecode", folder / "report.html"
    simulate = ("simulate", COURSE)
    population = ("population", COURSE, "-n", "10000", "--figure", str(folder / "population.png"))
    return {
        "simulate, first": seconds(simulate, bytecode),
        "simulate, again": seconds(simulate, bytecode),
        "simulate --report, again": seconds((*simulate, "--report", str(report)), bytecode),
        "population of 10,000, first": seconds(population, bytecode),
        "population of 10,000, again": seconds(population, bytecode),
        "--help, first": seconds(("--help",), folder / "bytecode of help"),
        "--help, again": seconds(("--help",), folder / "bytecode of help"),
    }


def show(rounds: Sequence[Mapping[str, float]]) -> None:
    """Median, fastest and slowest of every case."""
    print(f"{'whole process, seconds':28}{'median':>8}{'fastest':>9}{'slowest':>9}")
    for case in rounds[0]:
        found = [one[case] for one in rounds]
        print(f"{case:28}{statistics.median(found):8.2f}{min(found):9.2f}{max(found):9.2f}")
    print(f"{len(rounds)} rounds, Python {sys.version.split()[0]}, {os.cpu_count()} CPUs")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--rounds", type=int, default=5)
    count = parser.parse_args().rounds
    rounds = []
    for _ in range(count):
        with tempfile.TemporaryDirectory() as folder:
            rounds.append(one_round(Path(folder)))
    show(rounds)


if __name__ == "__main__":
    main()
