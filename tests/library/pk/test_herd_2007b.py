"""Herd 2007b against its abstract."""

from __future__ import annotations

import pytest

from kinetamine.engine.person import Person
from library.pk.courses import give


def test_half_life_and_norketamine() -> None:
    """Half-life 2.1 h; total clearance 47.8 + 12.4 L/h; norketamine over ketamine 12.4 / 13.5."""
    course = give("herd_2007b", (0.0, 70.0, "intravenous", 0.0), person=Person(weight_kg=70.0), horizon_h=96.0)
    assert course.half_life("ketamine_venous", 6.0, 10.0) == pytest.approx(2.1, rel=0.02)
    assert 70000.0 / course.area("ketamine_venous") == pytest.approx(60.2, rel=0.01)
    ratio = course.area("norketamine_venous") / course.area("ketamine_venous")
    assert ratio == pytest.approx(0.92, rel=0.01)
