"""SNRI against published differences from placebo in anxiety and pain."""

from __future__ import annotations

from library.comparators.at import WEEK_H, benefit, share


def test_anxiety_in_points() -> None:
    """Slee 2019: duloxetine -3.13 (-4.13 to -2.13), venlafaxine -2.69 (-3.50 to -1.89) HAM-A."""
    assert 2.13 <= 16.0 * benefit("snri", 8.0 * WEEK_H, "anxiety") <= 3.50


def test_pain_lies_between_two_trials() -> None:
    """Wang 2017: -0.50 and Uchio 2018: -0.77 points of 10, from 3.4 that are left on placebo."""
    assert 0.50 <= 3.4 * benefit("snri", 13.0 * WEEK_H, "chronic_pain") <= 0.77


def test_it_comes_as_slowly_as_an_ssri() -> None:
    assert share("snri", WEEK_H, 8.0 * WEEK_H) == share("ssri", WEEK_H, 8.0 * WEEK_H)
