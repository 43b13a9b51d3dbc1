"""A study as tables, files and a picture: the numbers are those of its endpoints, and the picture says what it is."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from pyarrow import parquet

from kinetamine.course import Course
from kinetamine.engine.person import Person
from kinetamine.engine.regimen import Regimen
from kinetamine.errors import UnknownNameError
from kinetamine.population.conduct import conduct
from kinetamine.population.findings import Findings
from kinetamine.population.repeats import FEWEST_DRAWS, Repeats, repeated
from kinetamine.population.study import Study
from kinetamine.report.population import band_panels, population_figure, write_population
from kinetamine.report.population_files import bands_table, endpoint_names, write_endpoints
from kinetamine.report.population_rows import (
    endpoint_rows,
    exposure_rows,
    known_columns,
    score_rows,
    threshold_rows,
    why_left_out,
)

OUTPUTS = ("ketamine_arterial", "cadss", "systolic_rise", "madrs", "relapse_risk")


@pytest.fixture(scope="module")
def study() -> Study:
    """Two infusions, a few dozen people."""
    course = Course(
        person=Person(), regimen=Regimen.parse("0.5 mg/kg iv over 40 min, twice weekly for 1 week"), people=0
    )
    thresholds = {"systolic_rise": 20.0, "madrs": 10.0}
    return Study(course=course, people=96, outputs=OUTPUTS, thresholds=thresholds)


@pytest.fixture(scope="module")
def found(study: Study) -> Findings:
    """The study, conducted."""
    return conduct(study)


@pytest.fixture(scope="module")
def repeats(found: Findings) -> Repeats:
    """The same people under a few draws of the numbers."""
    return repeated(found, FEWEST_DRAWS)


def test_endpoints_are_of_the_columns(found: Findings) -> None:
    rows = {row.column: row for row in endpoint_rows(found)}
    assert list(rows) == [
        *("ketamine_arterial_max", "ketamine_arterial_auc", "cadss_max", "systolic_rise_max", "relapse_risk_end")
    ]
    values = found.column("cadss_max")
    assert rows["cadss_max"].mean == pytest.approx(values.mean())
    assert rows["cadss_max"].quantiles == pytest.approx(np.quantile(values, [0.05, 0.25, 0.5, 0.75, 0.95]))
    assert rows["ketamine_arterial_max"].unit == "ng/mL"
    assert rows["cadss_max"].numbers is None


def test_each_person_responds_from_their_own_baseline(found: Findings) -> None:
    rows = score_rows(found)
    assert rows[0].when == "before treatment"
    assert not rows[0].met
    day = next(row for row in rows if row.when.startswith("24 h after the first"))
    base, score = found.column("madrs_start"), found.column("madrs_24h")
    response, remission, _ = day.met
    assert response.share is not None
    assert remission.share is not None
    assert response.share.count == np.count_nonzero(score <= 0.5 * base)
    assert remission.share.people == np.count_nonzero(base > 10.0)


def test_readings_of_one_time_are_in_order(found: Findings) -> None:
    whens = [row.when for row in score_rows(found)]
    last = next(place for place, when in enumerate(whens) if "last" in when)
    assert whens[last - 1].startswith("24 h after the first")
    assert whens[last + 1].startswith("7 d")


def test_thresholds_count_from_above_or_below(found: Findings) -> None:
    rows = threshold_rows(found)
    assert [row.words for row in rows] == [
        "Rise of systolic pressure of 20 mmHg or more",
        "Depression (MADRS) of 10 points or less",
    ]
    assert rows[1].share is not None
    assert rows[1].share.count == np.count_nonzero(found.column("madrs_min") <= 10.0)


def test_uncertain_numbers_stay_apart_from_people(found: Findings, repeats: Repeats) -> None:
    rows = {row.column: row for row in endpoint_rows(found, repeats)}
    low, high = rows["cadss_max"].numbers or (0.0, 0.0)
    assert low < high
    assert high - low < rows["cadss_max"].quantiles[-1] - rows["cadss_max"].quantiles[0]
    same = rows["ketamine_arterial_max"].numbers
    assert same is not None
    assert same[0] == pytest.approx(same[1], rel=1e-6)  # kamp_2020 publishes no intervals
    assert {"depression.SIZE", "mechanism.AMPA50", "dissociation.C50"} <= set(repeats.varied)
    assert rows["cadss_max"].quantiles == {row.column: row for row in endpoint_rows(found)}["cadss_max"].quantiles


def test_exposure_and_response_with_criteria_or_threshold(found: Findings) -> None:
    bins = exposure_rows(found, "ketamine_arterial_max", "madrs_24h", 3)
    assert list(bins[0].met) == [
        "Response (50 % fall or more)",
        "Remission (10 or less)",
        "Remission (12 or less)",
    ]
    assert list(exposure_rows(found, "weight_kg", "systolic_rise_max", 3)[0].met) == ["20 or more"]
    assert exposure_rows(found, "weight_kg", "cadss_max", 3)[0].met == {}
    assert {"weight_kg", "cadss_max", "madrs_24h"} <= set(known_columns(found.study))
    assert "person" not in known_columns(found.study)


def test_why_people_are_left_out(found: Findings) -> None:
    assert why_left_out(found.study) in {(), ("weight (studied: 40 to 130 kg)",)}


def test_bands_as_a_table(found: Findings) -> None:
    table = bands_table(found)
    assert list(table.columns) == ["output", "title", "unit", "time_h", "p5", "p25", "p50", "p75", "p95"]
    some = table[table["output"] == "madrs"]
    assert some["p50"].to_numpy() == pytest.approx(found.bands("madrs")[2])


@pytest.mark.parametrize("suffix", [".parquet", ".csv"])
def test_a_row_for_each_person(found: Findings, tmp_path: Path, suffix: str) -> None:
    path = write_endpoints(found, tmp_path / f"people{suffix}")
    if suffix == ".csv":
        assert len(path.read_text(encoding="utf-8").splitlines()) == found.simulated + 1
        return
    table = parquet.read_table(path)
    assert table.num_rows == found.simulated
    assert table.column_names == list(endpoint_names(found))
    assert b"Dissociation" in table.schema.field("cadss_max").metadata[b"description"]
    assert b"not a measurement" in table.schema.metadata[b"nature"]


def test_fast_things_are_shown_in_hours_and_slow_ones_in_days(found: Findings) -> None:
    panels = {panel.name: panel for panel in band_panels(found)}
    assert panels["cadss"].x_label == "Hours since the first dose"
    assert panels["cadss"].x[-1] == panels["cadss"].window_h
    assert len(panels["cadss"].doses_x) == 1
    assert panels["madrs"].x_label == "Days"
    assert len(panels["madrs"].doses_x) == 2
    assert panels["systolic_rise"].threshold == 20.0


def test_the_picture_says_what_it_is(found: Findings) -> None:
    figure = population_figure(found)
    words = " ".join(text.get_text() for text in figure.texts)
    assert "Prediction · kamp_2020" in words
    assert f"{found.simulated} people of trd_trials" in words
    assert "between people" in words
    assert [ax.get_title(loc="left") for ax in figure.axes if ax.axison][-1] == "Cumulative hazard of relapse"


@pytest.mark.parametrize("kind", ["png", "svg"])
def test_pictures_as_files(found: Findings, tmp_path: Path, kind: str) -> None:
    path = write_population(found, tmp_path / f"people.{kind}")
    assert path.stat().st_size > 10_000
    assert list(tmp_path.iterdir()) == [path]
    with pytest.raises(UnknownNameError, match="gif"):
        write_population(found, tmp_path / "people.gif")
