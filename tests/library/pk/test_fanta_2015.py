"""Fanta 2015 against its abstract."""

from __future__ import annotations

import pytest

from kinetamine.engine.person import Person
from library.pk.courses import give

MAN = Person(weight_kg=70.0)


def test_eight_percent_of_a_swallowed_dose_arrives() -> None:
    """F 8 % and CL 95 L/h per 70 kg."""
    oral = give("fanta_2015", (0.0, 17.5, "oral", 0.0), person=MAN, horizon_h=200.0)
    injected = give("fanta_2015", (0.0, 8.75, "intravenous", 0.0), person=MAN, horizon_h=200.0)
    arrived = (oral.area("s_ketamine_venous") / 17.5) / (injected.area("s_ketamine_venous") / 8.75)
    assert arrived == pytest.approx(0.08, rel=0.01)
    assert 8750.0 / injected.area("s_ketamine_venous") == pytest.approx(95.0, rel=0.02)


def test_norketamine_to_ketamine_after_swallowing() -> None:
    """AUC ratio 16.5 at oral steady state, which for linear kinetics is that of one dose to infinity."""
    oral = give("fanta_2015", (0.0, 17.5, "oral", 0.0), person=MAN, horizon_h=300.0)
    ratio = oral.area("s_norketamine_venous") / oral.area("s_ketamine_venous")
    assert ratio == pytest.approx(16.5, rel=0.02)
