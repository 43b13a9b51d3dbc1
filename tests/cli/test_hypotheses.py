"""kinetamine hypotheses: evidence, predictions, failures that need no colour, and files."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from cli.program import Run

ASKED = ("--mechanism", "disinhibition,opioid_gate", "--findings", "naltrexone_kept,naltrexone_lost,ampa_block")


def test_evidence_predictions_and_what_each_fails(kinetamine: Run) -> None:
    result = kinetamine("hypotheses", *ASKED)
    assert result.exit_code == 0
    text = " ".join(result.stdout.split())
    assert "A disinhibition + Taking GluN2B" in text
    assert "− Memantine blocks" in text
    assert "naltrexone, effect kept 0.6–1.6 1.00 0.00✗" in text
    assert "naltrexone, effect lost ≤ 0.5 1.00✗ 0.00" in text
    assert "Disinhibition fails 1 of 3: naltrexone, effect lost (people)." in text
    assert "None agrees with every result." in text
    assert "No hypothesis can agree with both of these: naltrexone, effect kept (people);" in text
    assert max(len(line.rstrip()) for line in result.stdout.splitlines()) <= 80


def test_a_hypothesis_that_passes_what_it_was_asked_is_named(kinetamine: Run) -> None:
    text = kinetamine("hypotheses", "--mechanism", "disinhibition", "--findings", "ampa_block").stdout
    assert "Disinhibition fails 0 of 1." in text
    assert "No result tells against: disinhibition." in text


@pytest.mark.slow
def test_narrow_screens_lose_no_number(kinetamine: Run) -> None:
    text = kinetamine("hypotheses", *ASKED, width="30").stdout
    assert "B 0.00✗" in " ".join(text.split())


def test_json_and_nothing_else(kinetamine: Run) -> None:
    found = json.loads(kinetamine("hypotheses", *ASKED, "--json").stdout)
    assert [one["name"] for one in found["hypotheses"]] == ["disinhibition", "opioid_gate"]
    assert found["hypotheses"][1]["counts"]["people"] == {"agrees": 1, "fails": 1, "does not speak": 0}
    assert {"text", "supports", "grade", "source", "mechanism"} == set(found["hypotheses"][0]["evidence"][0])
    assert len(found["predictions"]) == 6
    assert found["contradictions"] == [["naltrexone_kept", "naltrexone_lost"]]


def test_files(kinetamine: Run, tmp_path: Path) -> None:
    picture, rows = tmp_path / "new" / "rivals.png", tmp_path / "rivals.csv"
    text = kinetamine("hypotheses", *ASKED, "--figure", picture, "--csv", rows).stdout
    assert text.count("wrote ") == 2
    assert picture.read_bytes().startswith(b"\x89PNG")
    with rows.open(encoding="utf-8") as lines:
        found = list(csv.DictReader(lines))
    assert {(one["hypothesis"], one["finding"]): one["verdict"] for one in found}[
        "opioid_gate", "naltrexone_kept"
    ] == "fails"


def test_a_mixture(kinetamine: Run) -> None:
    words = "disinhibition=0.5,habenula=0.5"
    text = kinetamine("hypotheses", "--mechanism", words, "--findings", "naltrexone_lost").stdout
    assert "disinhibition 0.5, habenula 0.5" in text


@pytest.mark.parametrize(
    ("flags", "said"),
    [
        (("--mechanism", "disinhibiton"), "did you mean disinhibition?"),
        (("--mechanism", "disinhibition=0.8,habenula"), "or all with shares"),
        (("--mechanism", ""), "names, each taken alone"),
        (("--mechanism", "disinhibition=0.8,habenula=0.1"), "shares that sum to 1"),
        (("--findings", "ampa"), "expected one of"),
        (("--findings", ","), "at least one"),
        (("--figure", "rivals.bmp"), "ends in .png or .pdf or .svg"),
        (("--csv", "rivals.txt"), "ends in .csv"),
    ],
)
def test_bad_input_is_one_sentence(kinetamine: Run, flags: tuple[str, ...], said: str) -> None:
    result = kinetamine("hypotheses", *flags)
    assert result.exit_code == 2
    assert result.stderr.startswith("Error: ")
    assert said in result.stderr
    assert len(result.stderr.splitlines()) == 1
