"""Standard of care against the placebo arms of the ASPIRE trials."""

from __future__ import annotations

import pytest

from library.comparators.at import WEEK_H, benefit, conviction

SPRAY = 0.163


@pytest.mark.parametrize(("baseline", "fall"), [(41.0, 12.8), (39.9, 12.4), (38.8, 12.0)])
def test_the_first_day(baseline: float, fall: float) -> None:
    """Fu 2020, Ionescu 2021 and Canuso 2018: placebo spray with standard of care at 24 h."""
    left = (1.0 - SPRAY) * (1.0 - benefit("standard_of_care", 24.0))
    assert baseline * (1.0 - left) == pytest.approx(fall, abs=0.4)


def test_half_are_near_remission_in_four_weeks() -> None:
    """Fu 2023: median time to a MADRS of 12 was 23 days; the mean lies higher."""
    left = 40.0 * (1.0 - SPRAY) * (1.0 - benefit("standard_of_care", 23.0 / 7.0 * WEEK_H))
    assert 12.0 < left < 18.0


def test_expectation_is_not_counted_twice() -> None:
    assert conviction("standard_of_care") == 0.0
