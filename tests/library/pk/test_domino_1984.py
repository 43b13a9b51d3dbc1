"""Domino 1984 against a second transcription of its constants."""

from __future__ import annotations

import pytest

from kinetamine.engine.person import Person
from library.pk.courses import give


def test_clearance_and_volume() -> None:
    """Another public file prints the set as 0.0276 L/min/kg with V2 0.1511 and V3 2.5517 L/kg."""
    course = give("domino_1984", (0.0, 140.0, "intravenous", 1.0), person=Person(weight_kg=70.0), horizon_h=96.0)
    assert 140000.0 / course.area("ketamine_venous") / 60.0 / 70.0 == pytest.approx(0.0276, rel=0.01)
    # Mean residence time is Vss / CL, and half the infusion comes on top.
    times, values = course.trajectory.times_h, course.trajectory["ketamine_venous"].typical
    moment = float(((times * values)[1:] + (times * values)[:-1]) @ (times[1:] - times[:-1]) / 2.0)
    expected_h = 0.5 + (0.063 + 0.1511 + 2.5517) / (0.0276 * 60.0)
    assert moment / course.area("ketamine_venous") == pytest.approx(expected_h, rel=0.02)
