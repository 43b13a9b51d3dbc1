"""Flint 2017 at the steady state it was fitted to."""

from __future__ import annotations

import pytest

from kinetamine.engine.person import Person
from library.pk.courses import give


def test_steady_levels_of_a_long_infusion() -> None:
    """1 mg/kg/h in a child of 7 kg: input over clearance (112 and 53.2 L/h at 70 kg) after three days."""
    child = Person(weight_kg=7.0, age_y=0.42)
    course = give("flint_2017", (0.0, 7.0 * 96.0, "intravenous", 96.0), person=child, horizon_h=96.0)
    scale = 0.1**0.75
    assert course.at("s_ketamine_venous", 95.0) == pytest.approx(7000.0 / (112.0 * scale), rel=0.01)
    assert course.at("s_norketamine_venous", 95.0) == pytest.approx(7000.0 / (53.2 * scale), rel=0.01)
