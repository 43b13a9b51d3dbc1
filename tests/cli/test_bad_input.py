"""Bad input: one clear sentence on stderr, exit code 2, no traceback and no file left behind."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import Result

from cli.program import Process, Run
from kinetamine.report import page

IV = "0.5 mg/kg iv over 40 min"
WORDS = [
    # what was given, and what the sentence must hold: field, given, expected or the nearest choice
    (("--regimen", "5 mgg iv bolus", "--weight", "70"), ("regimen", "mgg", "mg/kg")),
    (("--regimen", "-5 mg iv bolus", "--weight", "70"), ("regimen", "-5 mg", "above 0")),
    (("--regimen", "50 mg/kg iv over 40 min", "--weight", "70"), ("amount", "50 mg/kg", "at most 15 mg/kg")),
    (("--regimen", "0.5 mg/kg iv over 0 min", "--weight", "70"), ("regimen", "0 min", "bolus")),
    (("--regimen", "5 mg intramuscullar", "--weight", "70"), ("regimen", "intramuscullar", "intramuscular")),
    (("--regimen", IV, "--weight", "70", "--model", "kamp_2021"), ("model", "kamp_2021", "did you mean kamp_2020?")),
    (("--regimen", IV, "--weight", "70", "--effects", "disociation"), ("effect", "did you mean dissociation?")),
    (("--regimen", IV), ("weight_kg", "not given", "body weight in kg", "--weight")),
    (("--regimen", IV, "--weight", "20", "--age", "8"), ("age 8 years", "studied", "--outside")),
    (("--regimen", IV, "--weight", "300"), ("weight 300 kg", "studied", "--outside")),
    (("--regimen", IV, "--weight", "3000"), ("weight_kg", "3000", "1 to 400 kg")),
    (("--regimen", IV, "--weight", "70", "--sex", "femal"), ("sex", "femal", "did you mean female?")),
    (("--regimen", IV, "--weight", "70", "--people", "5000"), ("people", "5000", "1000")),
    (("--regimen", IV, "--weight", "70", "--comedication", "ticlopidin"), ("ticlopidin", "did you mean ticlopidine?")),
    (("--regimen", IV, "--weight", "70", "--csv", "a.cvs"), ("--csv", "a.cvs", ".csv")),
    (("--regimen", IV, "--weight", "70", "--people", "19"), ("--people", "19", "0, or 20 to 1000")),
    (("--regimen", IV, "--weight", "70", "--seed", "-1"), ("seed", "-1", "--seed")),
    (("--regimen", IV, "--weight", "70kg"), ("--weight: given '70kg', expected a number",)),
    (("--regimen", IV, "--people", "2.5"), ("--people: given '2.5', expected a whole number",)),
    (("--regimen", IV, "--format", "svg"), ("--format: given 'svg', expected one of png, pdf",)),
    (("--regimen", IV, "--wieght", "70"), ("option: given '--wieght'", "did you mean --weight?")),
    (("--regimen", "spravato_mdsii"), ("regimen", "spravato_mdsii", "did you mean spravato_mdsi?")),
    (("--people", "20"), ("course", "not given", "--regimen")),
    (("missing.toml",), ("missing.toml", "readable")),
    (("missing.csv",), ("missing.csv", "readable")),
]
FILES = [
    ("course.toml", 'regimem = "5 mg iv bolus"', ("regimen", "not given")),
    ("course.toml", 'regimen = "5 mg iv bolus"\nfolow_up_days = 2', ("folow_up_days", "did you mean follow_up_days?")),
    ("course.toml", 'regimen = "5 mg iv bolus"\n[person]\nwieght_kg = 70', ("wieght_kg", "did you mean weight_kg?")),
    ("course.toml", 'regimen = "5 mg iv bolus"\npeople = "many"', ("people", "many", "a whole number")),
    ("course.toml", "regimen = ", ("course.toml", "valid TOML")),
    ("course.toml", b"\xff\xfe\x00", ("course.toml", "valid TOML")),
    ("events.csv", "ID,TIME,EVID,AMT,RATE,ROUTE,FORM\n1,0,1,35,fast,iv,ketamine\n", ("row 1", "RATE", "fast")),
    ("events.csv", "ID,TIME,EVID,AMT,ROUTE,FORM\n1,0,1,35,iv,ketamine\n1,x,1,35,iv,ketamine\n", ("row 2", "TIME")),
    ("events.csv", "ID,TIME,EVID,AMT,ROUTE,FORM\n1,0,1,35,iw,ketamine\n", ("row 1", "ROUTE", "iw")),
    ("events.csv", "TIME,AMT,FORM\n0,35000,ketamine\n", ("row 1, column AMT: given '35000'", "at most 2000 mg")),
    ("events.csv", "TIME,AMT,FORM\n0,1200,ketamine\n", ("row 1, column AMT", "1200", "15 mg/kg", "1050 mg")),
    ("events.csv", "TIME,AMT,FORM,RATEE\n0,35,ketamine,1\n", ("RATEE", "did you mean RATE?")),
    ("events.csv", "TIME,AMT,FORM,LAG\n0,35,ketamine,1\n", ("LAG", "belong to routes and models")),
    ("events.csv", "TIME,AMT\n0,35\n", ("column FORM", "--form")),
    ("events.csv", "TIME,AMT,FORM,SEX\n0,35,ketamine,1\n", ("column SEX", "--sex-codes 0=male,1=female")),
    ("events.csv", "TIME,AMT,FORM,CMT\n0,35,ketamine,centrl\n", ("row 1, column CMT", "did you mean central?")),
    ("events.csv", "TIME,AMT,FORM,RATE\n0,35,ketamine,-1\n", ("row 1, column RATE", "this dose has no duration")),
    ("events.csv", "TIME,EVID,AMT,FORM\n5,1,35,ketamine\n0,4,35,ketamine\n", ("row 2", "--restart-after-reset")),
    ("events.csv", "ID,TIME,AMT,FORM\n1,0,35,ketamine\n2,0,x,ketamine\n", ("ID 2: row 2, column AMT",)),
    ("events.csv", "TIME,AMT\n0,35\n".encode("utf-16"), ("events.csv", "UTF-8")),
    ("events.csv", b"TIME,AMT,N\xe4\n0,35,1\n", ("events.csv", "UTF-8")),
    ("events.csv", b"\x00\x01TIME\n", ("events.csv", "UTF-8")),
    ("events.csv", "ID,TIME,EVID,DV\n1,0,0,35\n", ("AMT",)),
]


@pytest.mark.parametrize(("arguments", "parts"), WORDS)
def test_bad_words_and_flags(
    kinetamine: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], parts: tuple[str, ...]
) -> None:
    monkeypatch.chdir(tmp_path)
    report = () if "--csv" in arguments else ("--report", "report.html")
    result = kinetamine("simulate", *arguments, *report)
    _require_one_sentence(result, parts)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("name", "content", "parts"), FILES)
def test_bad_files(kinetamine: Run, tmp_path: Path, name: str, content: str | bytes, parts: tuple[str, ...]) -> None:
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    result = kinetamine("simulate", path, "--weight", "70", "--report", tmp_path / "report.html")
    _require_one_sentence(result, parts)
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("flag", ["--csv", "--parquet", "--netcdf", "--report", "--figures"])
def test_a_place_that_cannot_be_written_to_is_refused_before_any_work(
    kinetamine: Run, tmp_path: Path, flag: str
) -> None:
    in_the_way = tmp_path / "a_file"
    in_the_way.write_text("mine", encoding="utf-8")
    suffix = {"--csv": ".csv", "--parquet": ".parquet", "--netcdf": ".nc", "--report": ".html"}.get(flag, "")
    target = in_the_way / f"out{suffix}"
    result = kinetamine("simulate", "--regimen", IV, "--weight", "70", flag, target)
    _require_one_sentence(result, (flag, str(target), "folder"))
    assert in_the_way.read_text(encoding="utf-8") == "mine"
    assert list(tmp_path.iterdir()) == [in_the_way]


def test_a_file_that_fails_half_way_leaves_the_old_one(
    kinetamine: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(page, "write_report", fail)
    report = tmp_path / "report.html"
    report.write_text("the old one", encoding="utf-8")
    quick = ("--people", "0", "--effects", "none", "--outcomes", "none")
    for target in (report, tmp_path / "new" / "folder" / "report.html"):
        result = kinetamine("simulate", "--regimen", IV, "--weight", "70", *quick, "--report", target)
        _require_one_sentence(result, ("--report", "No space left on device"))
    assert report.read_text(encoding="utf-8") == "the old one"
    assert list(tmp_path.iterdir()) == [report]


@pytest.mark.parametrize(
    ("arguments", "parts"),
    [
        (("compare", IV), ("weight_kg", "not given")),
        (("compare", IV, "--weight", "70", "--models", "kamp_2021"), ("model", "did you mean kamp_2020?")),
        (("compare", IV, "--weight", "70", "--figure", "a.gif"), ("--figure", "a.gif", ".png")),
        (("compare", "events.csv"), ("COURSE", "events.csv", "simulate takes event tables")),
        (("doses", "0.5 mg/kg iv"), ("regimen",)),
        (("doses", "-0.5 mg/kg iv over 40 min"), ("regimen: given '-0.5 mg/kg'", "above 0")),
        (("dosess", "5 mg im"), ("command: given 'dosess'", "did you mean doses?")),
        (("models", "--kind", "efects"), ("kind", "did you mean effects?")),
        (("show", "kamp2020"), ("name", "did you mean kamp_2020?")),
        (("cite", "kamp2020"), ("name", "did you mean kamp_2020?")),
        (("validate", "--model", "kamp2020"), ("model", "did you mean kamp_2020?")),
    ],
)
def test_other_commands(kinetamine: Run, arguments: tuple[str, ...], parts: tuple[str, ...]) -> None:
    _require_one_sentence(kinetamine(*arguments), parts)


def test_a_process_exits_with_2_and_says_so_on_stderr_alone(program: Process, tmp_path: Path) -> None:
    finished = program("simulate", "--regimen", IV, "--csv", tmp_path / "a.csv")
    assert finished.returncode == 2
    assert finished.stdout == ""
    assert finished.stderr.count("\n") == 1
    assert finished.stderr.startswith("Error: weight_kg: not given")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only some systems have a full device")
@pytest.mark.parametrize("arguments", [("doses", "5 mg im"), ("doses", "5 mg im", "--json"), ("--help",)])
def test_output_that_nobody_takes_is_one_sentence(arguments: tuple[str, ...]) -> None:
    command = [sys.executable, "-m", "kinetamine", *arguments]
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        finished = subprocess.run(
            command, stdout=full, stderr=subprocess.PIPE, encoding="utf-8", check=False, timeout=60
        )
    assert finished.returncode == 1
    assert finished.stderr.count("\n") == 1
    assert "could not be written (No space left on device)" in finished.stderr


def _require_one_sentence(result: Result, parts: tuple[str, ...]) -> None:
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "Traceback" not in result.stderr
    assert result.stderr.startswith("Error: ")
    assert result.stderr.count("\n") == 1
    for part in parts:
        assert part in result.stderr
