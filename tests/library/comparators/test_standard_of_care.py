"""Standard of care against the placebo arms of the ASPIRE trials."""

from __future__ import annotations

import pytest

from library.comparators.at import SPRAYS, conviction, fall


@pytest.mark.parametrize(("baseline", "points"), [(41.0, 12.8), (39.9, 12.4), (38.8, 12.0)])
def test_the_first_day(baseline: float, points: float) -> None:
    """Fu 2020, Ionescu 2021 and Canuso 2018: placebo spray with standard of care at 24 h."""
    found = fall("placebo_spray", 1.0, regimen=SPRAYS, background=("standard_of_care",))
    assert found == pytest.approx(points / baseline, abs=0.05)


def test_a_median_of_twelve_points_is_near_in_four_weeks() -> None:
    """Fu 2023: median time to a MADRS of 12 was 23 days; the mean lies higher."""
    left = 40.0 * (1.0 - fall("placebo_spray", 23.0, regimen=SPRAYS, background=("standard_of_care",)))
    assert 10.0 < left < 18.0


def test_expectation_is_not_counted_twice() -> None:
    assert conviction("standard_of_care") == 0.0
