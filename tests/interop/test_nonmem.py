"""Simulated data as a NONMEM table, read back by our own reader."""

from __future__ import annotations

import csv
import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from kinetamine import catalogue
from kinetamine.course import Course, parse_regimen, simulate
from kinetamine.engine.event_table import EventTable, read_event_table
from kinetamine.engine.person import Person
from kinetamine.errors import UnknownNameError
from kinetamine.interop.nonmem import NAMES, Wanted, simulated_tables, to_nonmem, usual_times_h, write_nonmem

COURSE = Course(
    person=Person(weight_kg=70.0, sex="female"),
    regimen=parse_regimen("0.5 mg/kg iv over 40 min, twice weekly for 1 week"),
    effects=("blood_pressure",),
    outcomes=(),
    people=0,
    follow_up_days=3.0,
)
WANTED = Wanted(outputs=("ketamine_venous", "systolic"), times_h=(0.0, 0.5, 1.0, 72.0, 73.0))


def _read(text: str) -> dict[str, EventTable]:
    return read_event_table(text, known_routes=catalogue.names("routes"))


def _unnumbered(table: EventTable) -> EventTable:
    """Without the numbers of rows, which only a table that was read has."""
    events = tuple(replace(one, row=0) for one in table.events)
    observations = tuple(replace(one, row=0) for one in table.observations)
    return replace(table, events=events, observations=observations)


@pytest.mark.parametrize("people", [0, 20])
def test_it_comes_back_the_same(people: int) -> None:
    courses = {"": replace(COURSE, people=people)}
    tables, names = simulated_tables(courses, WANTED)
    assert names == WANTED.outputs
    assert len(tables) == (people or 1)
    assert {identity: _unnumbered(one) for identity, one in _read(to_nonmem(courses, WANTED)).items()} == tables


def test_values_are_those_of_the_simulation() -> None:
    trajectory = simulate(replace(COURSE, times_h=WANTED.times_h))
    table = simulated_tables({"": COURSE}, WANTED)[0]["1"]
    found = [one.value for one in table.observations if one.output == "2"]
    assert found == pytest.approx(trajectory["systolic"].typical.tolist())


def test_columns_mean_what_nonmem_takes_them_for() -> None:
    lines = list(csv.DictReader(to_nonmem({"": COURSE}, WANTED).splitlines()))
    dose = next(line for line in lines if line["EVID"] == "1")
    assert (dose["AMT"], dose["RATE"], dose["MDV"], dose["DV"], dose["WT"]) == ("35", "52.5", "1", ".", "70")
    reading = next(line for line in lines if line["EVID"] == "0")
    assert (reading["AMT"], reading["MDV"], reading["DVID"], reading[NAMES]) == (".", "0", "1", "ketamine_venous")
    assert list(lines[0])[-1] == NAMES
    assert all(line["ID"].isdigit() for line in lines)


def test_at_the_time_of_a_dose_the_reading_comes_first() -> None:
    lines = list(csv.DictReader(to_nonmem({"": COURSE}, WANTED).splitlines()))
    assert [line["EVID"] for line in lines if line["TIME"] == "72"] == ["0", "0", "1"]


def test_virtual_people_differ_and_readings_stray_only_if_wanted() -> None:
    courses = {"": replace(COURSE, people=20)}
    true = simulated_tables(courses, WANTED)[0]
    read = simulated_tables(courses, replace(WANTED, residual=True))[0]
    assert len({one.observations[4].value for one in true.values()}) == 20
    assert true["1"].observations[4].value != read["1"].observations[4].value
    assert simulated_tables(courses, replace(WANTED, residual=True))[0] == read


def _values(table: EventTable) -> list[float]:
    return [one.value for one in table.observations if one.value is not None]


def test_every_identity_strays_by_itself_and_again_the_same() -> None:
    courses, wanted = {"7": COURSE, "8": COURSE}, replace(WANTED, residual=True)
    true, read = simulated_tables(courses, WANTED)[0], simulated_tables(courses, wanted)[0]
    assert _values(true["7"]) == _values(true["8"])
    both = [np.subtract(_values(read[one]), _values(true[one])) for one in ("7", "8")]
    assert not np.any(both[0][both[0] != 0.0] == both[1][both[1] != 0.0])
    assert to_nonmem(courses, wanted) == to_nonmem(courses, wanted)
    assert _values(simulated_tables({"8": COURSE}, wanted)[0]["8"]) == _values(read["8"])
    assert to_nonmem({one: replace(COURSE, seed=2) for one in courses}, wanted) != to_nonmem(courses, wanted)


def test_virtual_people_of_one_identity_are_not_those_of_another() -> None:
    course = replace(COURSE, people=20)
    tables = simulated_tables({"7": course, "8": course}, WANTED)[0]
    assert len({one.observations[4].value for one in tables.values()}) == 40


def test_readings_stay_within_the_scale() -> None:
    course = replace(
        COURSE, effects=("dissociation",), outcomes=("depression",), person=Person(weight_kg=70.0, madrs=3)
    )
    wanted = Wanted(outputs=("madrs", "cadss", "ketamine_venous"), residual=True)
    table = simulated_tables({"": course}, wanted)[0]["1"]
    for number, most in (("1", 60.0), ("2", 92.0), ("3", math.inf)):
        values = [one.value for one in table.observations if one.output == number and one.value is not None]
        assert min(values) >= 0.0
        assert max(values) <= most


def test_several_people_of_a_table_keep_their_names() -> None:
    heavier = replace(COURSE, person=Person(weight_kg=90.0))
    tables = _read(to_nonmem({"7": COURSE, "8": heavier}, WANTED))
    assert {identity: one.person().weight_kg for identity, one in tables.items()} == {"7": 70.0, "8": 90.0}


def test_covariates_that_change_are_in_every_row() -> None:
    course = replace(COURSE, person_changes=((48.0, Person(weight_kg=80.0, sex="female")),))
    text = to_nonmem({"": course}, WANTED)
    tables = read_event_table(text, known_routes=catalogue.names("routes"), covariate_interpolation="locf")
    assert [tables["1"].person(time_h).weight_kg for time_h in (1.0, 73.0)] == [70.0, 80.0]


def test_the_usual_times_are_around_doses_and_daily() -> None:
    times_h = usual_times_h(COURSE)
    assert {0.0, 0.5, 24.0, 72.0, 72.5} <= set(times_h)
    assert to_nonmem({"": COURSE}).count("\n") > len(times_h)


def test_an_unknown_output_is_refused() -> None:
    with pytest.raises(UnknownNameError, match="did you mean systolic"):
        to_nonmem({"": COURSE}, Wanted(outputs=("systolik",)))


def test_a_file_is_written_whole(tmp_path: Path) -> None:
    path = write_nonmem({"": COURSE}, tmp_path / "data.csv", WANTED)
    assert path.read_text(encoding="utf-8") == to_nonmem({"": COURSE}, WANTED)
    assert [one.name for one in tmp_path.iterdir()] == ["data.csv"]
