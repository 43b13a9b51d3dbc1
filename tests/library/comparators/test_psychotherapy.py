"""Psychotherapy against placebo pills and present-centred therapy."""

from __future__ import annotations

import pytest

from library.comparators.at import WEEK_H, benefit, share


def test_the_arm_falls_as_published() -> None:
    """Khan 2012: 47 % down, placebo 38 %."""
    assert 1.0 - 0.62 * (1.0 - benefit("psychotherapy", 12.0 * WEEK_H)) == pytest.approx(0.47, abs=0.005)


def test_the_share_of_sessions() -> None:
    """Howard 1986: 50 % improved by 8 and 75 % by 26 sessions."""
    assert share("psychotherapy", 8.0 * WEEK_H, 26.0 * WEEK_H) == pytest.approx(0.50 / 0.75, abs=0.005)


def test_ptsd_as_in_the_trial() -> None:
    """Schnurr 2007: 52.9 of 77.6 against 60.1 of 77.9 CAPS points at 10 weeks."""
    expected = 1.0 - (52.9 / 77.6) / (60.1 / 77.9)
    assert benefit("psychotherapy", 10.0 * WEEK_H, "ptsd") == pytest.approx(expected, abs=0.005)


def test_it_is_slower_than_drugs_and_ect() -> None:
    weeks = [share(name, WEEK_H, 8.0 * WEEK_H) for name in ("psychotherapy", "ssri", "ect", "quetiapine")]
    assert weeks[0] < weeks[1] < weeks[3]
    assert weeks[1] < weeks[2]
