"""SSRI against the published time course and drug-placebo differences."""

from __future__ import annotations

import pytest

from library.comparators.at import WEEK_H, benefit, conviction, fall, share


def test_less_than_four_tenths_of_the_eight_week_effect_is_there_at_week_one() -> None:
    """Beyond placebo, and of the whole fall."""
    assert 0.2 < share("ssri", WEEK_H, 8.0 * WEEK_H) <= 0.40
    assert fall("ssri", 7.0) / fall("ssri", 56.0) < 0.40


def test_about_a_third_of_the_six_week_difference_is_there_at_week_one() -> None:
    """Taylor 2006; in points it is 0.29 where placebo acts at once and 0.40 where it builds up over weeks."""
    at_once = share("ssri", WEEK_H, 6.0 * WEEK_H)
    builds_up = at_once * (1.0 - 0.14) / (1.0 - 0.38)
    assert at_once < 1.0 / 3.0 < builds_up


def test_drug_and_placebo_end_two_ham_d_points_apart() -> None:
    """1.94 (1.37 to 2.50), Jakobsen 2017, and 1.75 (1.63 to 1.86), Stone 2022, from a baseline of about 24."""
    assert 1.63 <= 24.0 * (1.0 - 0.38) * benefit("ssri", 8.0 * WEEK_H) <= 2.50


def test_both_arms_of_the_published_trials() -> None:
    """Khan 2012: 38 % down on placebo and 46 % on an antidepressant."""
    assert fall("ssri", 56.0) == pytest.approx(0.46, abs=0.03)
    assert 1.0 - 0.62 * (1.0 - benefit("ssri", 8.0 * WEEK_H)) == pytest.approx(0.46, abs=0.005)
    assert conviction("ssri") == conviction("placebo_pill")


def test_anxiety_and_ptsd_in_points() -> None:
    """Slee 2019: -2.45 (-3.27 to -1.63) HAM-A; Stein 2006: -5.76 (-8.16 to -3.36) CAPS."""
    assert 1.63 <= (24.0 - 7.7) * benefit("ssri", 8.0 * WEEK_H, "anxiety") <= 3.27
    assert 3.36 <= (74.3 - 23.2) * benefit("ssri", 12.0 * WEEK_H, "ptsd") <= 8.16
