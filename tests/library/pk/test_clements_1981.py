"""Clements 1981 against what its constants imply and what another study saw."""

from __future__ import annotations

import pytest

from kinetamine.engine.person import Person
from library.pk.courses import give


def test_clearance_and_half_life() -> None:
    """V1 * k10 is 0.0191 L/min/kg, as a second transcription prints; half-life 3.0 h."""
    course = give("clements_1981", (0.0, 17.5, "intravenous", 0.0), person=Person(weight_kg=70.0), horizon_h=72.0)
    per_kg = 17500.0 / course.area("ketamine_venous") / 60.0 / 70.0
    assert per_kg == pytest.approx(0.0191, rel=0.01)
    assert course.half_life("ketamine_venous", 6.0, 10.0) == pytest.approx(3.0, rel=0.03)


def test_level_after_forty_minutes() -> None:
    """0.5 mg/kg over 40 min: 185 ng/mL is the level usually quoted."""
    course = give("clements_1981", (0.0, 35.0, "intravenous", 2 / 3), person=Person(weight_kg=70.0))
    assert course.peak("ketamine_venous")[0] == pytest.approx(185.0, rel=0.10)
