"""Midazolam against its arm of the two-site trial."""

from __future__ import annotations

import pytest

from library.comparators.at import ONCE, benefit, fall


def test_the_arm_falls_as_published() -> None:
    """Murrough 2013: 8.8 of about 33 points at 24 h; other trials saw less."""
    assert fall("midazolam", 1.0, regimen=ONCE) == pytest.approx(8.8 / 33.0, abs=0.08)


def test_nothing_is_its_own() -> None:
    assert benefit("midazolam", 24.0) == 0.0
