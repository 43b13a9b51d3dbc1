"""Midazolam against its arm of the two-site trial."""

from __future__ import annotations

import pytest

from library.comparators.at import benefit, conviction


def test_the_arm_falls_as_published() -> None:
    """Murrough 2013: 8.8 of about 33 points at 24 h; full conviction is 0.471 of baseline (Lii 2023)."""
    assert 33.0 * 0.471 * conviction("midazolam") == pytest.approx(8.8, abs=0.3)


def test_nothing_is_its_own() -> None:
    assert benefit("midazolam", 24.0) == 0.0
