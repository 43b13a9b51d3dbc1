"""kinetamine simulate: what it prints, what it writes, and which flag wins."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pandas as pd
import pytest
import xarray as xr

from cli.program import Process, Run

WORDS = "0.5 mg/kg iv over 40 min, twice weekly for 3 weeks"
ONE = "0.5 mg/kg iv over 40 min"
QUICK = ("--people", "0", "--effects", "dissociation", "--follow-up", "2")
TABLE = """ID,TIME,EVID,AMT,RATE,ROUTE,FORM,WT
1,0,1,35,52.5,intravenous,ketamine,70
2,0,1,40,60,intravenous,ketamine,80
2,24,1,40,60,intravenous,ketamine,82
"""


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A course on disk: 70 kg, model and follow-up not stated."""
    path = tmp_path / "course.toml"
    path.write_text(f'title = "A test"\nregimen = "{WORDS}"\n[person]\nweight_kg = 70\n', encoding="utf-8")
    return path


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """Two people; the weight of the second changes."""
    path = tmp_path / "events.csv"
    path.write_text(TABLE, encoding="utf-8")
    return path


def test_a_run_prints_doses_summary_and_disclaimer(kinetamine: Run, course: Path) -> None:
    text = kinetamine("simulate", course, *QUICK).stdout
    assert "6 doses of racemic ketamine, intravenous: 210 mg of base in all" in text
    assert "day 18 00:00" in text
    assert "Cmax, arterial ketamine" in text
    assert "Depression (MADRS)" in text
    assert text.rstrip().endswith("no dosing advice.")


def test_output_fits_80_columns_and_has_no_colour_in_a_pipe(program: Process, course: Path) -> None:
    finished = program("simulate", course, "--people", "20", "--regimen", "ketamine_single_infusion")
    assert finished.returncode == 0
    assert finished.stderr == ""
    assert "\x1b" not in finished.stdout
    assert max(len(line.rstrip()) for line in finished.stdout.splitlines()) <= 80


def test_long_courses_print_twelve_doses_and_how_many_more(kinetamine: Run) -> None:
    words = ("--regimen", "0.5 mg/kg iv over 40 min, daily x 20", "--weight", "70")
    text = kinetamine("simulate", *words, *QUICK, "--outcomes", "none").stdout
    assert "day 12 00:00" in text
    assert "day 13 00:00" not in text.partition("Highest")[0]
    assert "... 8 more" in text


def test_flags_override_the_file(kinetamine: Run, course: Path) -> None:
    document = json.loads(
        kinetamine("simulate", course, *QUICK, "--weight", "90", "--title", "Mine", "--madrs", "40", "--json").stdout
    )
    assert document["person"]["weight_kg"] == 90
    assert document["person"]["madrs"] == 40
    assert document["title"] == "Mine"
    assert document["doses"][0]["base_mg"] == 45


def test_json_is_pure_and_holds_units_sources_and_files(program: Process, course: Path, tmp_path: Path) -> None:
    finished = program("simulate", course, *QUICK, "--json", "--csv", tmp_path / "a.csv")
    document = json.loads(finished.stdout)
    assert finished.stderr == ""
    assert document["series"]["ketamine_venous"]["unit"] == "ng/mL"
    assert len(document["series"]["cadss"]["typical"]) == len(document["times_h"])
    assert any(reference["doi"] for reference in document["references"])
    assert document["files"] == [str(tmp_path / "a.csv")]
    assert {"quantity", "value", "unit"} <= set(document["summary"][0])


def test_the_same_seed_gives_the_same_bands_and_another_does_not(kinetamine: Run, course: Path) -> None:
    def bands(seed: str) -> object:
        only_blood = ("--regimen", ONE, "--effects", "none", "--outcomes", "none")
        output = kinetamine("simulate", course, "--people", "20", *only_blood, "--seed", seed, "--json").stdout
        return json.loads(output)["series"]["ketamine_venous"]["p95"]

    assert bands("1") == bands("1")
    assert bands("1") != bands("2")


def test_doses_prints_every_dose_and_stops(kinetamine: Run, course: Path, tmp_path: Path) -> None:
    result = kinetamine("simulate", course, "--doses", "--csv", tmp_path / "a.csv")
    assert result.stdout.count("0.5 mg/kg") == 6
    assert "Cmax" not in result.stdout
    assert not (tmp_path / "a.csv").exists()


def test_files_are_written_by_flag_and_by_suffix(kinetamine: Run, course: Path, tmp_path: Path) -> None:
    new = tmp_path / "new" / "folder"
    files = ("--csv", new / "a.csv", "--out", new / "b.parquet", "--out", new / "c.nc")
    result = kinetamine("simulate", course, *QUICK, "--regimen", ONE, *files)
    assert result.exit_code == 0
    assert sorted(path.name for path in new.iterdir()) == ["a.csv", "b.parquet", "c.nc"]
    assert "ketamine_venous" in pd.read_csv(new / "a.csv")
    assert len(pd.read_parquet(new / "b.parquet")) == len(pd.read_csv(new / "a.csv"))
    assert xr.open_dataset(new / "c.nc", engine="scipy")["ketamine_venous"].attrs["units"] == "ng/mL"


def test_the_report_is_one_file(kinetamine: Run, course: Path, tmp_path: Path) -> None:
    result = kinetamine("simulate", course, *QUICK, "--regimen", ONE, "--report", tmp_path / "report.html")
    assert result.exit_code == 0
    assert "wrote" in result.stdout
    assert {path.name for path in tmp_path.iterdir()} == {course.name, "report.html"}
    assert "A test" in (tmp_path / "report.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("kind", ["png", "pdf"])
def test_figures_go_into_a_folder(kinetamine: Run, course: Path, tmp_path: Path, kind: str) -> None:
    result = kinetamine(
        "simulate", course, *QUICK, "--regimen", ONE, "--figures", tmp_path / "figures", "--format", kind
    )
    assert result.exit_code == 0
    assert {path.suffix for path in (tmp_path / "figures").iterdir()} == {f".{kind}"}


def test_each_person_of_a_table_gets_a_line_and_a_file(kinetamine: Run, table: Path, tmp_path: Path) -> None:
    result = kinetamine("simulate", table, *QUICK, "--covariates", "locf", "--csv", tmp_path / "out.csv")
    assert result.exit_code == 0
    assert "2 people" in result.stdout
    assert (tmp_path / "out_1.csv").exists()
    assert (tmp_path / "out_2.csv").exists()


def test_a_table_gives_one_document_a_person(kinetamine: Run, table: Path) -> None:
    documents = json.loads(kinetamine("simulate", table, *QUICK, "--covariates", "nocb", "--json").stdout)
    assert [one["id"] for one in documents] == ["1", "2"]
    assert documents[1]["person"]["weight_kg"] == 80


def test_the_doses_of_a_table_name_their_rows(kinetamine: Run, table: Path) -> None:
    text = kinetamine("simulate", table, "--covariates", "locf", "--doses").stdout
    assert "row 3" in text
    assert "Person 2" in text


def test_outside_goes_on_and_stamps(kinetamine: Run, course: Path) -> None:
    result = kinetamine("simulate", course, *QUICK, "--weight", "200", "--outside")
    assert result.exit_code == 0
    assert "OUTSIDE THE STUDIED RANGE of kamp_2020" in result.stdout


def test_a_library_regimen_goes_by_its_name(kinetamine: Run) -> None:
    result = kinetamine("simulate", "--regimen", "ketamine_single_infusion", "--weight", "70", *QUICK)
    assert "1 dose of racemic ketamine" in result.stdout


def test_colour_is_off_where_no_color_says_so(program: Process) -> None:
    colour = re.compile(r"\x1b\[[0-9;]*3[0-7]m")
    coloured = program("models", "--kind", "routes", FORCE_COLOR="1").stdout
    plain = program("models", "--kind", "routes", FORCE_COLOR="1", NO_COLOR="1").stdout
    assert colour.search(coloured)
    assert not colour.search(plain)
