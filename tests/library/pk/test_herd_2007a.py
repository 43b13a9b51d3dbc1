"""Herd 2007a against its abstract."""

from __future__ import annotations

import pytest

from kinetamine.engine.person import Person
from library.pk.courses import give


def test_levels_as_computed_independently() -> None:
    """0.5 mg/kg over 40 min in an adult: 253, 96, 68 and 26 ng/mL by another solver from the same constants."""
    course = give("herd_2007a", (0.0, 35.0, "intravenous", 2 / 3), person=Person(weight_kg=70.0))
    for time_min, level in ((40, 253.0), (80, 96.0), (120, 68.0), (230, 26.0)):
        assert course.at("ketamine_venous", time_min / 60) == pytest.approx(level, rel=0.02)


@pytest.mark.parametrize("weight_kg", [15.0, 70.0])
def test_clearance_is_allometric(weight_kg: float) -> None:
    """90 L/h at 70 kg, times (WT/70)^0.75."""
    course = give("herd_2007a", (0.0, 50.0, "intravenous", 0.0), person=Person(weight_kg=weight_kg), horizon_h=48.0)
    assert 50000.0 / course.area("ketamine_venous") == pytest.approx(90.0 * (weight_kg / 70.0) ** 0.75, rel=0.01)
