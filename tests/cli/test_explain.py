"""kinetamine explain: the same course as simulate, in plain words, on a screen, as JSON and as a page."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cli.program import Run

ARM = ("--comparator", "psychotherapy", "--follow-up", "56", "--people", "0")
KETAMINE = ("--regimen", "0.5 mg/kg iv over 40 min", "--weight", "70", "--people", "0", "--follow-up", "7")


@pytest.mark.parametrize("arguments", [ARM, KETAMINE])
def test_every_step_is_numbered_and_fits_the_screen(kinetamine: Run, arguments: tuple[str, ...]) -> None:
    result = kinetamine("explain", *arguments)
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert any(line.startswith(" 1  What is given") for line in lines)
    assert "What is not known" in result.stdout
    assert max(len(line.rstrip()) for line in lines) <= 80
    assert "not a medical device" in result.stdout


def test_json_alone(kinetamine: Run) -> None:
    found = json.loads(kinetamine("explain", *KETAMINE, "--mechanism", "eef2k", "--json").stdout)
    assert found["mechanism"] == "eef2k"
    assert found["steps"][0]["heading"] == "What is given"
    assert any(step["grade"] == "contradicted" for step in found["steps"])


def test_a_page_is_written(kinetamine: Run, tmp_path: Path) -> None:
    page = tmp_path / "explained.html"
    result = kinetamine("explain", *ARM, "--html", page)
    assert "wrote" in result.stdout
    assert page.read_text(encoding="utf-8").rstrip().endswith("</html>")
    assert list(tmp_path.iterdir()) == [page]


def test_a_file_of_another_kind_is_refused(kinetamine: Run, tmp_path: Path) -> None:
    result = kinetamine("explain", *ARM, "--html", tmp_path / "explained.pdf")
    assert result.exit_code == 2
    assert "--html" in result.stderr


def test_several_people_are_refused(kinetamine: Run, tmp_path: Path) -> None:
    table = tmp_path / "events.csv"
    table.write_text("ID,TIME,AMT,ROUTE,FORM\n1,0,35,iv,ketamine\n2,0,35,iv,ketamine\n", encoding="utf-8")
    result = kinetamine("explain", table)
    assert result.exit_code == 2
    assert "one person" in result.stderr
