"""Placebo spray against its arm in SYNAPSE."""

from __future__ import annotations

import pytest

from library.comparators.at import ONCE, fall


def test_the_arm_falls_as_published() -> None:
    """Daly 2018: 5.7 (SE 1.79) of 35.0 points at 24 h, 9.7 at 2 h."""
    assert fall("placebo_spray", 1.0, regimen=ONCE) == pytest.approx(7.0 / 35.0, abs=0.05)
