"""Every example runs as it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli.program import Run

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").iterdir())


def test_there_are_examples_of_courses_and_of_an_event_table() -> None:
    assert {path.suffix for path in EXAMPLES} == {".toml", ".csv"}
    assert any(path.name == "depression_six_infusions.toml" for path in EXAMPLES)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name)
def test_an_example_runs(kinetamine: Run, path: Path) -> None:
    result = kinetamine("simulate", path, "--people", "20")
    assert result.exit_code == 0
    assert "OUTSIDE" not in result.stdout
    # A course of another treatment has no ketamine in blood.
    assert ("Cmax" in result.stdout) != ("No ketamine" in result.stdout)
