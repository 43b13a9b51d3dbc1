"""Narrow screens: no number loses a digit."""

from __future__ import annotations

import re

import pytest

from cli.program import run_here

IV = ("--weight", "71.3")
COMMANDS = {
    "doses": ("doses", "1 mg/kg iv over 40 min, twice weekly x 12", *IV),
    "simulate": ("simulate", "--regimen", "0.5 mg/kg iv over 40 min, weekly x 3", *IV, "--people", "20"),
    "compare": ("compare", "0.5 mg/kg iv over 40 min", *IV),
    "models": ("models",),
}
NUMBER = re.compile(r"\d+(?:[.:]\d+)?")


@pytest.fixture(scope="module", params=COMMANDS)
def wide(request: pytest.FixtureRequest) -> tuple[tuple[str, ...], set[str]]:
    """A command, and the numbers it prints where there is room."""
    command = COMMANDS[request.param]
    return command, set(NUMBER.findall(run_here(*command, width="120").stdout))


@pytest.mark.parametrize("width", [40, 60, 80])
def test_every_number_is_whole_at_any_width(wide: tuple[tuple[str, ...], set[str]], width: int) -> None:
    command, numbers = wide
    text = run_here(*command, width=str(width)).stdout
    assert numbers - set(NUMBER.findall(text)) == set()
    assert max(len(line.rstrip()) for line in text.splitlines()) <= width
