"""Placebo pill against the published time course of placebo response."""

from __future__ import annotations

import pytest

from library.comparators.at import WEEK_H, benefit, fall, share


def test_most_of_six_weeks_is_there_after_two() -> None:
    """Posternak 2005: 61.6 %."""
    assert share("placebo_pill", 2.0 * WEEK_H, 6.0 * WEEK_H) == pytest.approx(0.616, abs=0.002)
    assert fall("placebo_pill", 14.1) / fall("placebo_pill", 41.9) == pytest.approx(0.75, abs=0.1)


def test_the_arm_falls_as_published_by_expectation_alone() -> None:
    """Khan 2012: 38 % of baseline at the end."""
    assert fall("placebo_pill", 56.0) == pytest.approx(0.38, abs=0.03)
    assert benefit("placebo_pill", 8.0 * WEEK_H) == 0.0
