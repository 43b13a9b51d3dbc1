"""Ways to call the program: as a function, and as a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from typer.testing import CliRunner, Result

Run = Callable[..., Result]
Process = Callable[..., subprocess.CompletedProcess[str]]
WIDTH = "80"


def run_here(*arguments: object, width: str = WIDTH) -> Result:
    """Run the program in this process; its output and exit code."""
    from kinetamine.cli.main import app  # noqa: PLC0415 - after jaxtyping's hook

    return CliRunner(env={"COLUMNS": width, "TERM": "dumb"}).invoke(app, [str(one) for one in arguments])


def run_apart(*arguments: object, python: tuple[str, ...] = (), **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the program as a process without a terminal."""
    source = Path(__file__).parents[2] / "src"
    command = [sys.executable, *python, "-m", "kinetamine", *(str(one) for one in arguments)]
    surroundings = os.environ | {"PYTHONPATH": str(source), "COLUMNS": WIDTH} | environment
    return subprocess.run(command, env=surroundings, capture_output=True, encoding="utf-8", check=False, timeout=120)
