"""A new oral antidepressant against the control arms of the esketamine trials."""

from __future__ import annotations

import pytest

from library.comparators.at import WEEK_H, benefit, conviction, share

SPRAY = 0.163


def test_spray_and_antidepressant_fall_as_published() -> None:
    """Jones 2022: 15.87 of 37.35 points at day 28."""
    left = (1.0 - SPRAY) * (1.0 - benefit("oral_antidepressant", 4.0 * WEEK_H))
    assert 37.35 * (1.0 - left) == pytest.approx(15.87, abs=0.2)


def test_most_of_six_weeks_is_there_after_two() -> None:
    """Posternak 2005: 60.2 %."""
    assert share("oral_antidepressant", 2.0 * WEEK_H, 6.0 * WEEK_H) == pytest.approx(0.602, abs=0.002)


def test_expectation_is_not_counted_twice() -> None:
    assert conviction("oral_antidepressant") == 0.0
