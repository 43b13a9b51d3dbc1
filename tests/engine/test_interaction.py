"""Exposure ratios to factors on clearance and first pass."""

from __future__ import annotations

import pytest

from kinetamine import catalogue
from kinetamine.engine.interaction import modulation
from kinetamine.engine.problem import Modulation

RIFAMPICIN, GRAPEFRUIT = (catalogue.load("interactions", name) for name in ("rifampicin", "grapefruit"))


def test_none_changes_nothing() -> None:
    """By either kind of model."""
    assert modulation([], well_stirred=False) == modulation([], well_stirred=True) == Modulation()


def test_several_multiply() -> None:
    """Rifampicin (oral AUC 0.14, clearance 1/0.86) and grapefruit (oral AUC 3)."""
    both = modulation([RIFAMPICIN, GRAPEFRUIT], well_stirred=False)
    assert both.clearance == pytest.approx(1.0 / 0.86)
    assert both.first_pass == pytest.approx(0.14 * 3.0 / 0.86)


def test_well_stirred_takes_all_on_intrinsic_clearance() -> None:
    """Oral AUC goes as one over it."""
    both = modulation([RIFAMPICIN, GRAPEFRUIT], well_stirred=True)
    assert both.clearance == pytest.approx(1.0 / 0.42)
    assert both.first_pass == 1.0
