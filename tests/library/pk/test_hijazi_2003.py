"""Hijazi 2003 against its abstract."""

from __future__ import annotations

import pytest

from kinetamine.engine.person import Person
from library.pk.courses import give


def test_clearance_and_half_life() -> None:
    """36.0 mL/min/kg and 4.9 h; volume by area 16.0 L/kg."""
    course = give("hijazi_2003", (0.0, 70.0, "intravenous", 1.0), person=Person(weight_kg=70.0), horizon_h=96.0)
    clearance = 70000.0 / course.area("ketamine_venous") / 70.0
    half_life = course.half_life("ketamine_venous", 12.0, 24.0)
    assert clearance * 1000.0 / 60.0 == pytest.approx(36.0, rel=0.01)
    assert half_life == pytest.approx(4.9, rel=0.02)
    assert clearance * half_life / 0.6931 == pytest.approx(16.0, rel=0.06)
