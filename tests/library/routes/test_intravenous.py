"""Intravenous: all of it arrives."""

from __future__ import annotations

import pytest

from kinetamine.engine.person import Person
from library.pk.courses import give


def test_all_arrives() -> None:
    """Over an infusion of 40 min, AUC times clearance is the dose: 84 L/h for each enantiomer, their ratio kept."""
    course = give("kamp_2020", (0.0, 35.0, "intravenous", 2 / 3), person=Person(weight_kg=70.0), horizon_h=200.0)
    assert course.peak("ketamine_arterial")[1] == pytest.approx(2 / 3, abs=0.02)
    assert 35000.0 / course.area("ketamine_arterial") == pytest.approx(84.0, rel=0.02)
