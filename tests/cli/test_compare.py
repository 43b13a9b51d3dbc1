"""kinetamine compare: several models of one course, and how far they disagree."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cli.program import Run

IV = ("0.5 mg/kg iv over 40 min", "--weight", "70")


def test_all_models_built_for_it_and_why_the_others_are_not_there(kinetamine: Run) -> None:
    text = kinetamine("compare", *IV).stdout
    assert "Largest over smallest, ketamine venous: Cmax" in text
    assert "kamp_2020" in text
    assert "Left out" in text
    assert "racemic ketamine (studied: esketamine)" in text
    assert max(len(line.rstrip()) for line in text.splitlines()) <= 80


def test_only_the_models_asked_for(kinetamine: Run) -> None:
    found = json.loads(kinetamine("compare", *IV, "--models", "kamp_2020,hijazi_2003", "--json").stdout)
    assert [(row["model"], row["site"]) for row in found["exposures"]] == [
        ("kamp_2020", "arterial"),
        ("kamp_2020", "venous"),
        ("hijazi_2003", "venous"),
    ]
    assert found["left_out"] == {}


def test_esketamine_is_compared_as_one_analyte(kinetamine: Run) -> None:
    words = ("esketamine 0.25 mg/kg iv over 30 min", "--weight", "70", "--age", "24", "--models", "otto_2021,kamp_2020")
    rows = json.loads(kinetamine("compare", *words, "--json").stdout)["exposures"]
    assert {row["analyte"] for row in rows} == {"S-ketamine"}


def test_a_peak_counts_from_the_start_of_its_session(kinetamine: Run) -> None:
    words = ("esketamine 84 mg intranasal, twice weekly for 1 week", "--weight", "70", "--models", "perez_ruixo_2021")
    (row,) = json.loads(kinetamine("compare", *words, "--json").stdout)["exposures"]
    assert 0.3 < row["tmax_h"] < 1.5
    assert row["half_life_h"] > 1.0


def test_models_outside_their_range_are_stamped(kinetamine: Run) -> None:
    result = kinetamine("compare", *IV, "--models", "otto_2021,kamp_2020", "--outside")
    assert result.exit_code == 0
    assert "OUTSIDE THE STUDIED RANGE: racemic ketamine" in result.stdout


@pytest.mark.parametrize("suffix", [".png", ".html"])
def test_the_picture(kinetamine: Run, tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"compared{suffix}"
    result = kinetamine("compare", *IV, "--models", "kamp_2020,hijazi_2003", "--figure", path)
    assert result.exit_code == 0
    assert list(tmp_path.iterdir()) == [path]


def test_what_is_wrong_with_the_course_is_said_and_numbers_of_effects_stay_out(kinetamine: Run, tmp_path: Path) -> None:
    file = tmp_path / "course.toml"
    words = 'regimen = "0.5 mg/kg iv over 40 min"\n[person]\nweight_kg = 70\n[parameters]\n'
    file.write_text(f"{words}CLL = 80\n", encoding="utf-8")
    result = kinetamine("compare", file, "--json")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "did you mean CL" in result.stderr
    file.write_text(f"{words}depression.EFFICACY = 0.5\nkamp_2020.CL = 60\n", encoding="utf-8")
    found = json.loads(kinetamine("compare", file, "--json").stdout)
    assert {"kamp_2020", "hijazi_2003"} <= {row["model"] for row in found["exposures"]}
    assert found["left_out"]["otto_2021"] == ["racemic ketamine (studied: esketamine)"]
