"""kinetamine doses: the doses that words mean."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from cli.program import Run


def test_every_device_has_a_row(kinetamine: Run) -> None:
    text = kinetamine("doses", "esketamine 56 mg intranasal, twice weekly for 1 week").stdout
    assert text.count("device 2 of 2") == 2
    assert "2 doses of esketamine, intranasal: 112 mg of base in all" in text


def test_milligrams_per_kg_need_a_weight_and_get_it(kinetamine: Run) -> None:
    (dose,) = json.loads(kinetamine("doses", "0.5 mg/kg iv over 40 min", "--weight", "80", "--json").stdout)
    assert dose["base_mg"] == 40
    assert dose["over"] == "40 min"


def test_a_salt_is_named_and_its_base_given(kinetamine: Run) -> None:
    text = kinetamine("doses", "32.3 mg esketamine hydrochloride intranasal").stdout
    assert "esketamine hydrochloride" in text
    assert "28" in text


def test_two_forms_get_a_column(kinetamine: Run) -> None:
    text = kinetamine("doses", "20 mg ketamine iv bolus on day 1, then 20 mg esketamine oral on day 2").stdout
    assert "racemic ketamine and esketamine, intravenous and oral" in text
    assert "form" in text
    assert "route" in text


def test_an_event_table_simulates_as_the_words_do(kinetamine: Run, tmp_path: Path) -> None:
    words, table = "0.5 mg/kg iv over 40 min, twice weekly for 1 week", tmp_path / "events.csv"
    kinetamine("doses", words, "--weight", "80", "--nonmem", str(table))
    common = ("--json", "--people", "0", "--follow-up", "1")
    said = json.loads(kinetamine("simulate", "--regimen", words, "--weight", "80", *common).stdout)
    read = json.loads(kinetamine("simulate", str(table), *common).stdout)
    assert _peaks(said) == _peaks(read) != []


def test_a_table_of_nasal_devices_comes_back_as_the_doses_they_make(kinetamine: Run, tmp_path: Path) -> None:
    table = tmp_path / "events.csv"
    kinetamine("doses", "esketamine 84 mg intranasal, twice weekly x 2", "--weight", "70", "--nonmem", table)
    text = kinetamine("simulate", table, "--doses").stdout
    assert "2 doses of esketamine, intranasal: 168 mg of base in all" in text


def test_milligrams_per_kg_are_of_base_in_words_and_tables(kinetamine: Run, tmp_path: Path) -> None:
    words, table = "0.5 mg/kg ketamine hydrochloride im", tmp_path / "events.csv"
    said = json.loads(kinetamine("doses", words, "--weight", "70", "--nonmem", table, "--json").stdout)
    (read,) = json.loads(kinetamine("simulate", table, "--doses", "--json").stdout).values()
    assert said[0]["mg_per_kg"] == pytest.approx(said[0]["base_mg"] / 70.0)
    assert said[0]["mg_per_kg"] == pytest.approx(read[0]["mg_per_kg"])


def test_what_a_table_has_beside_is_said(kinetamine: Run, tmp_path: Path) -> None:
    table = tmp_path / "events.csv"
    table.write_text("C,TIME,AMT,FORM,SITE\n.,0,35,ketamine,north\nC,1,35,ketamine,north\n", encoding="utf-8")
    result = kinetamine("simulate", table, "--doses", "--weight", "70")
    assert "1 dose of racemic ketamine" in result.stdout
    assert result.stderr == "! columns not used: SITE\n! rows left out, as column C marks them: 2\n"


def _peaks(found: dict[str, Any]) -> list[Any]:
    rows = found["summary"] if "summary" in found else next(iter(found.values()))["summary"]
    return [row["value"] for row in rows]
