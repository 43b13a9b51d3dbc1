"""A new oral antidepressant against the control arms of the esketamine trials."""

from __future__ import annotations

import pytest

from library.comparators.at import SPRAYS, WEEK_H, conviction, fall, share


def test_spray_and_antidepressant_fall_as_published() -> None:
    """Jones 2022: 15.87 of 37.35 points at day 28; the calibration, with later trials, has less."""
    found = fall("placebo_spray", 27.0, regimen=SPRAYS, background=("oral_antidepressant",))
    assert found == pytest.approx(15.87 / 37.35, abs=0.08)


def test_most_of_six_weeks_is_there_after_two() -> None:
    """Posternak 2005: 60.2 %."""
    assert share("oral_antidepressant", 2.0 * WEEK_H, 6.0 * WEEK_H) == pytest.approx(0.602, abs=0.002)


def test_expectation_is_not_counted_twice() -> None:
    assert conviction("oral_antidepressant") == 0.0
