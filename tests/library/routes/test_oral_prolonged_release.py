"""Prolonged-release tablet against Hasan 2021."""

from __future__ import annotations

import pytest

from kinetamine.engine.events import Form
from library.routes.arrivals import bioavailability, give


@pytest.mark.parametrize(("form", "seen"), [(Form.ESKETAMINE, 0.15), (Form.ARKETAMINE, 0.19), (Form.RACEMIC, 0.17)])
def test_each_enantiomer_arrives_as_measured(form: Form, seen: float) -> None:
    """15 % of S and 19 % of R."""
    assert bioavailability("oral_prolonged_release", form) == pytest.approx(seen, rel=0.03)


def test_peak_after_40_mg() -> None:
    """6.66 (SD 4.25) ng/mL at 5.87 (0.92) h; AUC 63.5 (42.6) ng*h/mL."""
    course = give("oral_prolonged_release", 40.0, horizon_h=96.0)
    top, when = course.peak("ketamine_venous")
    assert top == pytest.approx(6.66, rel=0.20)
    assert abs(when - 5.87) < 0.92
    assert course.area("ketamine_venous") == pytest.approx(63.5, rel=0.35)
