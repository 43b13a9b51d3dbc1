"""kinetamine population: tables, files, JSON, stopping and going on, and bad input in one sentence."""

from __future__ import annotations

import csv
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import NoReturn

import pytest

from cli.program import Run
from kinetamine.engine.vector.cache import folder as cache

IV = ("--regimen", "0.5 mg/kg iv over 40 min")
QUICK = (*IV, "-n", "64", "--outputs", "ketamine_arterial,cadss,systolic_rise,madrs")
ROOT = Path(__file__).parents[2]


def test_tables_say_who_how_exact_and_what_the_spread_contains(kinetamine: Run) -> None:
    result = kinetamine("population", *QUICK, "--threshold", "systolic_rise=20", "--exposure-response",
                        "cadss_max:madrs_24h", "--bins", "2", width="100")  # fmt: skip
    assert result.exit_code == 0
    text = " ".join(result.stdout.split())
    assert "people of trd_trials, seed 1; kamp_2020; vector engine" in text
    assert "Dissociation (CADSS), highest" in text
    assert "24 h after the first dose" in text
    assert "response remission remission ≥ 50 % ≤ 10 ≤ 12" in text
    assert "Rise of systolic pressure of 20 mmHg or more" in text
    assert "madrs_24h by cadss_max" in text
    assert "Spread: between people; not readings, and not the uncertainty of parameters." in text
    assert "people against the reference solver" in text
    assert "not a medical device" in text


def test_rows_have_names_of_their_own_and_thresholds_the_unit_of_the_tables(kinetamine: Run) -> None:
    result = kinetamine("population", *IV, "-n", "32", "--outputs", "relapse_hazard,relapse_risk,interneuron_rate",
                        "--threshold", "nmda_occupancy=0.29", width="100")  # fmt: skip
    assert result.exit_code == 0
    assert "Hazard of relapse at the end" in result.stdout
    assert "Cumulative hazard at the end" in result.stdout
    assert "Firing of interneurons, lowest" in result.stdout
    assert "NMDA receptor occupancy of 29 % or more" in result.stdout
    assert "Population: Body mass index, ancestry: SUSTAIN-2" in result.stdout


def test_files_and_json(kinetamine: Run, tmp_path: Path) -> None:
    files = [tmp_path / name for name in ("bands.csv", "people.parquet", "people.svg")]
    flags = zip(("--csv", "--endpoints", "--figure"), files, strict=True)
    result = kinetamine("population", *QUICK, "--json", *(word for pair in flags for word in pair))
    assert result.exit_code == 0
    found = json.loads(result.stdout)
    assert found["complete"] is True
    assert found["people_simulated"] + found["left_out"] == 64
    assert found["bands"]["madrs"]["unit"] == "points"
    assert len(found["times_h"]) == len(found["bands"]["madrs"]["p50"])
    assert found["error"] < found["tolerance"]
    assert {row["column"] for row in found["endpoints"]} >= {"cadss_max", "ketamine_arterial_auc"}
    assert all(0.0 <= one["low"] <= one["share"] <= one["high"] <= 1.0 for one in found["scores"][1]["shares"])
    assert found["numbers"] is None
    assert all(path.stat().st_size for path in files)
    with files[0].open(encoding="utf-8") as file:
        assert {row["output"] for row in csv.DictReader(file)} == {
            "ketamine_arterial",
            "cadss",
            "systolic_rise",
            "madrs",
        }


def test_draws_of_the_numbers_have_a_column_of_their_own(kinetamine: Run) -> None:
    result = kinetamine("population", *QUICK, "--draws", "20", width="100")
    assert result.exit_code == 0
    assert "numbers" in result.stdout
    assert "between 20 draws of" in " ".join(result.stdout.split())


def test_readings_are_named(kinetamine: Run) -> None:
    result = kinetamine("population", *QUICK, "--readings", "--json")
    assert json.loads(result.stdout)["readings"] is True


def test_a_comparator_and_a_file(kinetamine: Run) -> None:
    result = kinetamine("population", *IV, "--comparator", "midazolam", "-n", "32", "--outputs", "madrs")
    assert result.exit_code == 0, result.output
    assert "Midazolam" in result.stdout
    result = kinetamine(
        "population", ROOT / "examples" / "depression_six_infusions.toml", "-n", "16", "--outputs", "madrs"
    )
    assert result.exit_code == 0, result.output


def test_the_same_folder_goes_on(kinetamine: Run, tmp_path: Path) -> None:
    asked = ("population", *QUICK, "--folder", tmp_path / "study", "--json")
    one, again = (json.loads(kinetamine(*asked).stdout) for _ in range(2))
    assert one == again
    assert (tmp_path / "study" / "study.json").is_file()


BAD = [
    (("--population", "trd_trial"), ("population", "trd_trial", "did you mean trd_trials?")),
    (("-n", "0"), ("people", "0", "whole number from 1")),
    (("-n", "-5"), ("people", "-5", "whole number from 1")),
    (("-n", "1.5"), ("--n: given '1.5', expected a whole number",)),
    (("-n", "1e12"), ("--n: given '1e12', expected a whole number",)),
    (("-n", "1000000000000"), ("people", "1000000000000")),
    (("-n", "many"), ("--n: given 'many', expected a whole number",)),
    (("--seed", "-1"), ("seed", "-1")),
    (("--tolerance", "0"), ("tolerance", "0.0", "above 0 and below 1")),
    (("--tolerance", "2"), ("tolerance", "2.0", "above 0 and below 1")),
    (("--tolerance", "nan"), ("tolerance", "nan")),
    (("--tolerance", "small"), ("--tolerance: given 'small', expected a number",)),
    (("--outputs", "cads"), ("output", "cads", "did you mean cadss?")),
    (("--outputs", ","), ("--outputs", "names by comma")),
    (("--threshold", "systolc_rise=40"), ("output", "systolc_rise", "did you mean systolic_rise?")),
    (("--threshold", "systolic_rise"), ("--threshold", "systolic_rise=40")),
    (("--threshold", "systolic_rise=high"), ("--threshold", "systolic_rise=40")),
    (("--threshold", "systolic_rise=nan"), ("threshold of systolic_rise", "finite")),
    (("--threshold", "nmda_occupancy=30"), ("threshold of nmda_occupancy", "from 0 to 1, unit: fraction")),
    (("--exposure-response", "cadss_max"), ("--exposure-response", "two columns")),
    (("--exposure-response", "cads_max:madrs_24h"), ("column", "did you mean cadss_max?")),
    (("--exposure-response", "cadss_max:madrs_24h", "--bins", "1"), ("bins", "1", "from 2 to 100")),
    (("--draws", "-1"), ("draws", "-1")),
    (("--draws", "19"), ("draws", "19", "0, or 20 to 500: fewer make no band")),
    (("--draws", "501"), ("draws", "501", "20 to 500")),
    (("--draws", "2", "--folder", "study"), ("draws", "2", "20 to 500")),
    (
        ("--exposure-response", "cadss_max:madrs_24h", "--bins", "17", "--folder", "study"),
        ("people", "16", "at least as many as bins, 17"),
    ),
    (("--threshold", "cadss=5", "--threshold", "cadss=9"), ("--threshold", "cadss=9", "cadss has 5 already")),
    (("--csv", "a.csv", "--endpoints", "./a.csv"), ("--csv", "a.csv", "a file of its own")),
    (("--figure", "people.gif"), ("--figure", "people.gif", ".png")),
    (("--endpoints", "people.xlsx"), ("--endpoints", "people.xlsx", ".parquet")),
    (("--csv", "nowhere_file/x.csv"), ("--csv", "nowhere_file")),
    (("--workers", "2", "--cluster", "tcp://127.0.0.1:1"), ("either --workers or --cluster",)),
    (("--workers", "0"), ("workers", "0")),
    (("--threads", "0"), ("--threads", "0", "1 to")),
    (("--cluster", "nonsense://x"), ("cluster", "nonsense", "scheduler")),
    (("--folder", "nowhere_file/study"), ("folder", "nowhere_file")),
    (("--model", "kamp_2021"), ("model", "did you mean kamp_2020?")),
]


@pytest.mark.parametrize(("arguments", "parts"), BAD, ids=lambda one: " ".join(one)[:40])
def test_bad_input_is_one_sentence(
    kinetamine: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], parts: tuple[str, ...]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "nowhere_file").write_text("mine", encoding="utf-8")
    n = () if "-n" in arguments else ("-n", "16")
    result = kinetamine("population", *IV, *n, *arguments, width="1000")
    assert result.exit_code == 2, result.output
    assert result.stdout == ""
    assert result.stderr.startswith("Error: ")
    assert result.stderr.count("\n") == 1
    for part in parts:
        assert part in result.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["nowhere_file"]


def test_a_cluster_that_is_not_there(kinetamine: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kinetamine.population.workers._PATIENCE_S", 1)
    result = kinetamine("population", *QUICK, "--cluster", "tcp://127.0.0.1:9", width="1000")
    assert result.exit_code == 2, result.output
    assert "cluster: given 'tcp://127.0.0.1:9', expected the address of a Dask scheduler that answers" in result.stderr
    assert "Traceback" not in result.output


def test_nobody_inside_the_studied_range(kinetamine: Run) -> None:
    result = kinetamine("population", *IV, "--model", "perez_ruixo_2021", "-n", "16")
    assert result.exit_code == 2
    assert "outside the studied range" in " ".join(result.stderr.split())


def _ctrl_c(*_: object, **__: object) -> NoReturn:
    raise KeyboardInterrupt


def test_stopped_in_the_draws_it_shows_the_people(kinetamine: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kinetamine.cli.population_run.repeated", _ctrl_c)
    result = kinetamine("population", *QUICK, "--draws", "20", width="1000")
    assert result.exit_code == 130
    assert "24 h after the first dose" in result.stdout
    assert "stopped from the keyboard: before the draws of the numbers were done\n" in result.stderr


def test_stopped_before_anybody_it_says_whether_there_is_something_to_go_on_from(
    kinetamine: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    folder = tmp_path / "study"
    monkeypatch.setattr("kinetamine.cli.population_run.conduct", _ctrl_c)
    result = kinetamine("population", *QUICK, "--folder", folder, width="1000")
    assert result.exit_code == 130
    assert result.stderr.endswith("stopped from the keyboard: before anybody was simulated\n")
    folder.mkdir()
    (folder / "people_000000000_000000063.npz").touch()
    result = kinetamine("population", *QUICK, "--folder", folder, width="1000")
    assert "before anybody else was simulated; the same command goes on from" in result.stderr


INTERRUPTIBLE = """
import signal
from kinetamine.cli.main import run
signal.signal(signal.SIGINT, signal.default_int_handler)
run()
"""
"""The command; where tests run in the background, it would inherit that interrupts are ignored."""


def _interrupted(folder: Path, *more: str) -> tuple[int, str, str]:
    """Ctrl-C, which reaches every process, once two pieces are kept: exit code and what was said."""
    asked = ("population", *IV, "-n", "400000", "--outputs", "madrs", "--folder", folder, *more)
    surroundings = os.environ | {"PYTHONPATH": str(ROOT / "src"), "KINETAMINE_CACHE": str(cache().parent)}
    command = [sys.executable, "-c", INTERRUPTIBLE, *(str(one) for one in asked)]
    running = subprocess.Popen(
        command,
        env=surroundings,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        start_new_session=True,
    )
    for _ in range(600):
        if len(list(folder.glob("people_*.parquet"))) > 1 or running.poll() is not None:
            break
        time.sleep(0.1)
    os.killpg(running.pid, signal.SIGINT)
    stdout, stderr = running.communicate(timeout=120)
    return running.returncode, stdout, stderr


def test_stopped_from_the_keyboard_it_shows_what_was_done(tmp_path: Path) -> None:
    """As a process, with a folder: part of the study, exit code 130, and how to go on."""
    folder = tmp_path / "study"
    code, stdout, stderr = _interrupted(folder, "--json")
    assert code == 130, stderr
    found = json.loads(stdout)
    assert found["complete"] is False
    assert 0 < found["people_drawn"] < 400_000
    assert "stopped from the keyboard" in stderr
    assert f"the same command goes on from {folder}" in stderr


@pytest.mark.slow
def test_stopped_from_the_keyboard_workers_say_nothing(tmp_path: Path) -> None:
    code, _, stderr = _interrupted(tmp_path / "study", "--workers", "2")
    assert code == 130
    assert stderr.startswith("! stopped from the keyboard"), stderr
    assert stderr.strip().count("\n") == 0
