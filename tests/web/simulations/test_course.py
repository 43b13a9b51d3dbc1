"""One course through its door: the same numbers as from Python, told in the order in which they are known."""

from __future__ import annotations

import csv
import shlex
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

import kinetamine
from kinetamine.cli.main import app
from kinetamine.course import Course, from_mapping, load
from kinetamine.engine.trajectory import Trajectory
from kinetamine.errors import OutsideStudiedRangeError
from kinetamine.report.arms import run
from kinetamine.report.document import document
from kinetamine.web.simulations import DOORS
from kinetamine.web.simulations.recipes import recipes

WORDS = "0.5 mg/kg iv over 40 min, twice weekly for 1 week"
GIVEN: dict[str, Any] = {
    "regimen": WORDS,
    "person": {"weight_kg": 82.5, "age_y": 51},
    "people": 20,
    "follow_up_days": 7,
}
EVERYTHING: dict[str, Any] = GIVEN | {
    "person": {"weight_kg": 82.5, "madrs": 30, "comedication": ["rifampicin"], "pcl5": 55, "failed_treatments": 3},
    "mechanism": {"disinhibition": 0.5, "habenula": 0.5},
    "background": ["psychotherapy"],
    "outcomes": ["depression"],
    "effects": ["nmda_occupancy", "dissociation"],
    "parameters": {"depression.EFFICACY": 0.9},
    "seed": 7,
    "title": 'It\'s a "course"',
    "outside": True,
    "engine": "fast",
}


def told(given: dict[str, Any]) -> tuple[list[str], dict[str, Any], dict[str, Any]]:
    """Names of events in order, their data, and the whole."""
    names: list[str] = []
    data: dict[str, Any] = {}

    def tell(event: str, one: Any) -> None:
        names.append(event)
        data[event] = one

    return names, data, DOORS["view"](given, tell)


def quiet(_event: str, _data: Any) -> None:
    """Nobody listens."""


def test_numbers_are_those_of_python() -> None:
    course = from_mapping(GIVEN | {"engine": "fast"})
    assert DOORS["simulate"](GIVEN, quiet) == document(course, run(course))


def test_the_doses_come_first_then_the_typical_person_then_everybody() -> None:
    names, data, whole = told(GIVEN)
    assert names == ["plan", "typical"]
    assert data["plan"] == DOORS["plan"](GIVEN, quiet)
    typical, full = data["typical"], whole
    values = {card["label"]: float(card["value"]) for card in full["cards"]}
    for card in typical["cards"]:
        # Alone the typical person is followed on a finer grid of times, so that a peak may be caught a little higher.
        assert float(card["value"]) == pytest.approx(values[card["label"]], rel=0.02)
    assert not any(row["bands"] for row in typical["overview"])
    assert any(row["bands"] for row in full["overview"])
    assert "20 virtual people" in full["facts"]["bands"]


def test_without_people_there_is_only_the_whole() -> None:
    names, _, whole = told(GIVEN | {"people": 0})
    assert names == ["plan"]
    assert whole["facts"]["bands"] == ""


def test_every_figure_says_what_it_is() -> None:
    whole = told(GIVEN)[2]
    for panel in (*whole["panels"], *whole["zooms"]):
        assert panel["description"].startswith(panel["title"])
        if panel.get("bands"):
            assert "percentile" in panel["caption"]


def test_doses_are_told_even_of_a_course_that_is_refused() -> None:
    heard: list[str] = []
    old = GIVEN | {"person": {"weight_kg": 70, "age_y": 95}}
    with pytest.raises(OutsideStudiedRangeError):
        DOORS["view"](old, lambda event, _: heard.append(event))
    assert heard == ["plan"]


def test_a_plan_has_milligrams_of_both_salts() -> None:
    words = "0.5 mg/kg hydrochloride iv over 40 min, single dose"
    (row,) = DOORS["plan"]({"regimen": words, "person": {"weight_kg": 80}}, quiet)["rows"]
    assert row["amount_mg"] == pytest.approx(40.0)
    assert row["hydrochloride_mg"] == pytest.approx(40.0)
    assert row["base_mg"] == pytest.approx(40.0 * 237.725 / 274.186, rel=1e-4)
    assert (row["day"], row["clock"], row["over"], row["salt"]) == (1, "00:00", "40 min", "hydrochloride")
    assert row["stated"] == "0.5 mg/kg hydrochloride"


def test_every_nasal_device_has_its_row() -> None:
    rows = DOORS["plan"]({"regimen": "esketamine 56 mg intranasal, twice weekly for 1 week"}, quiet)["rows"]
    assert [(row["number"], row["device"], row["devices"]) for row in rows] == [
        (1, 1, 2),
        (1, 2, 2),
        (2, 1, 2),
        (2, 2, 2),
    ]
    assert [row["clock"] for row in rows[:2]] == ["00:00", "00:05"]
    assert rows[-1]["total_mg"] == 112.0
    assert [row["stated"] for row in rows[:2]] == ["56 mg, device 1 of 2", "56 mg, device 2 of 2"]


@pytest.mark.parametrize(
    ("words", "by_device"),
    [("esketamine 84 mg intranasal", True), ("esketamine 28 mg intranasal", True), ("50 mg intranasal", False)],
)
def test_devices_are_told_from_what_is_drawn_up(words: str, *, by_device: bool) -> None:
    rows = DOORS["plan"]({"regimen": words, "person": {"weight_kg": 70}}, quiet)["rows"]
    assert {row["by_device"] for row in rows} == {by_device}


def test_in_ketamines_place_no_dose_is_given() -> None:
    plan = DOORS["plan"](GIVEN | {"comparator": "midazolam"}, quiet)
    assert plan["rows"] == []
    assert plan["sentence"].startswith("No ketamine.")


def test_tables_are_the_reports_own_and_escaped() -> None:
    tables = told(GIVEN | {"title": "<script>"})[2]["tables"]
    assert set(tables) == {"summary", "harms", "argued", "numbers", "references"}
    assert all("<script" not in one for one in tables.values())
    assert "Kamp" in tables["references"]


def same(one: Trajectory, other: Trajectory) -> bool:
    """Whether every series is the same to the last bit."""
    return all((one[name].typical == other[name].typical).all() for name in one.series) and set(one.series) == set(
        other.series
    )


@pytest.mark.parametrize("given", [GIVEN | {"engine": "fast"}, EVERYTHING], ids=["little", "everything"])
def test_the_same_run_as_python_and_as_a_file(given: dict[str, Any], tmp_path: Path) -> None:
    here = run(from_mapping(given))
    found: dict[str, Any] = {}
    exec(recipes(given)["python"], found)  # noqa: S102 - what a reader would paste
    course: Course = found["course"]
    assert course == from_mapping(given)
    assert same(found["trajectory"], here)
    path = tmp_path / "course.toml"
    path.write_text(recipes(given)["toml"], encoding="utf-8")
    assert load(path) == from_mapping(given)


def test_the_same_run_as_a_command(tmp_path: Path) -> None:
    words = shlex.split(recipes(EVERYTHING)["command"])
    written = tmp_path / "series.csv"
    result = CliRunner().invoke(app, [*words[1:], "--csv", str(written)])
    assert result.exit_code == 0, result.output
    exported = list(csv.reader(DOORS["export"](EVERYTHING | {"format": "csv"}, quiet).text.splitlines()))
    with written.open(encoding="utf-8") as lines:
        assert list(csv.reader(lines))[1:] == [row[:-3] for row in exported[1:]]


def test_a_file_of_series_says_its_units_and_what_it_is() -> None:
    head, row, *_ = csv.reader(DOORS["export"](GIVEN | {"format": "csv"}, quiet).text.splitlines())
    assert head[0] == "time_h"
    assert {"ketamine_venous (ng/mL)", "ketamine_venous_p95 (ng/mL)", "nmda_occupancy (fraction)"} <= set(head)
    assert head[-3:] == ["nature", "kinetamine", "seed"]
    assert row[-3:] == ["model prediction, not a measurement", kinetamine.__version__, "20260101"]
    assert DOORS["export"](GIVEN | {"format": "csv", "people": 0}, quiet).text.splitlines()[0].endswith(",kinetamine")


def test_what_flags_cannot_say_is_read_from_the_file() -> None:
    given = GIVEN | {"person": {"weight_kg": 70, "height_cm": 180}}
    assert recipes(given)["command"] == "kinetamine simulate course.toml"
