"""ECT against the speed of response in CORE."""

from __future__ import annotations

import pytest

from library.comparators.at import WEEK_H, benefit, entry, fall, share


def test_first_responses_by_the_third_treatment() -> None:
    """Husain 2004: 54 % by ECT 3 (week 1), 79 % at the end."""
    assert share("ect", WEEK_H, 100.0 * WEEK_H) == pytest.approx(54.0 / 79.0, abs=0.005)


def test_week_two_lies_between_remission_and_all() -> None:
    """Husain 2004: of 75 % in remission at the end, 34 % were so by ECT 6."""
    assert 34.0 / 75.0 < share("ect", 2.0 * WEEK_H, 100.0 * WEEK_H) < 0.95


def test_the_mean_fall_at_the_end() -> None:
    """About 0.70 of baseline (79 % respond, 75 % remit)."""
    assert fall("ect", 27.9) == pytest.approx(0.70, abs=0.04)


def test_three_treatments_a_week() -> None:
    assert entry("ect").contacts_h == WEEK_H / 3.0


@pytest.mark.parametrize("name", ["ssri", "snri", "psychotherapy", "quetiapine", "oral_antidepressant"])
def test_nothing_does_more_within_a_week(name: str) -> None:
    assert benefit(name, WEEK_H) < benefit("ect", WEEK_H)
