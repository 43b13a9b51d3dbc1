"""Film in a model that does not describe it, against Simons 2022."""

from __future__ import annotations

import pytest

from kinetamine.engine.events import Form
from library.routes.arrivals import bioavailability, give


def test_a_quarter_arrives() -> None:
    """26.3 % through the mucosa and nothing of the rest."""
    assert bioavailability("film", Form.ESKETAMINE) == pytest.approx(0.263, rel=0.01)


def test_fifty_milligrams() -> None:
    """Arterial 96 ng/mL at 19 min; norketamine over ketamine 4.6 by AUC0-6h (measured on 20 volunteers)."""
    course = give("film", 50.0, Form.ESKETAMINE, horizon_h=6.0)
    top, when = course.peak("s_ketamine_arterial")
    assert top == pytest.approx(96.0, rel=0.30)
    assert when * 60.0 == pytest.approx(19.0, rel=0.20)
    ratio = course.area("s_norketamine_venous") / course.area("s_ketamine_arterial")
    assert ratio == pytest.approx(4.6, rel=0.15)
