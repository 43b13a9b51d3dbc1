"""Placebo spray against its arm in SYNAPSE."""

from __future__ import annotations

import pytest

from library.comparators.at import conviction


def test_the_arm_falls_as_published() -> None:
    """Daly 2018: 5.7 (SE 1.79) of 35.0 points at 24 h; full conviction is 0.471 of baseline (Lii 2023)."""
    assert 35.0 * 0.471 * conviction("placebo_spray") == pytest.approx(5.7, abs=0.3)
