"""Labels, tables and files of a result."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
import xarray as xr

from kinetamine.course import Course, parse_regimen, simulate
from kinetamine.engine.person import Person
from kinetamine.engine.trajectory import Trajectory
from kinetamine.errors import UnknownNameError


@pytest.fixture(scope="module")
def trajectory() -> Trajectory:
    """One infusion, twenty virtual people."""
    words = parse_regimen("0.5 mg/kg iv over 40 min")
    return simulate(Course(regimen=words, person=Person(weight_kg=70.0), people=20, follow_up_days=1.0))


def test_series_by_name_and_the_nearest_when_misspelt(trajectory: Trajectory) -> None:
    assert trajectory["cadss"].unit == "points"
    with pytest.raises(UnknownNameError, match="did you mean madrs"):
        _ = trajectory["madsr"]


def test_a_table_has_a_column_a_series_and_its_band(trajectory: Trajectory) -> None:
    table = trajectory.to_pandas()
    assert {"time_h", "cadss", "cadss_p5", "cadss_p95"} <= set(table.columns)
    assert table.attrs["units"]["systolic"] == "mmHg"
    assert table.attrs["nature"] == "model prediction, not a measurement"


def test_a_dataset_knows_people_and_units(trajectory: Trajectory) -> None:
    data = trajectory.to_xarray()
    assert data["cadss_people"].sizes == {"person_id": 20, "time_h": len(trajectory.times_h)}
    assert data["ketamine_venous"].attrs["units"] == "ng/mL"


@pytest.mark.parametrize("suffix", [".csv", ".parquet", ".nc"])
def test_files_read_back_what_was_written(trajectory: Trajectory, suffix: str, tmp_path: Path) -> None:
    path = trajectory.write(tmp_path / f"course{suffix}")
    if suffix == ".nc":
        found = xr.load_dataset(path, engine="scipy")["cadss"].to_numpy()
    else:
        found = (pd.read_csv(path) if suffix == ".csv" else pd.read_parquet(path))["cadss"].to_numpy()
    assert found == pytest.approx(trajectory["cadss"].typical)
    assert [one.name for one in tmp_path.iterdir()] == [path.name]


def test_an_unknown_suffix_writes_nothing(trajectory: Trajectory, tmp_path: Path) -> None:
    with pytest.raises(UnknownNameError, match="file suffix"):
        trajectory.write(tmp_path / "course.xlsx")
    assert not list(tmp_path.iterdir())
