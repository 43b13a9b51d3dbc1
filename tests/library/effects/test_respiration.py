"""Breathing against the two laboratories it rests on."""

from __future__ import annotations

import pytest

from kinetamine.engine.events import Form
from kinetamine.engine.model import Values
from kinetamine.library.effects.respiration import ENTRY, opioid_shift
from library.effects.courses import infuse


def test_slow_esketamine_stimulates() -> None:
    """BJA 2024: 1 mg/kg in 3 h raises isocapnic ventilation by 3.1 (2.4 to 3.7) L/min."""
    course = infuse(ENTRY, (0.0, 70.0, 3.0), form=Form.ESKETAMINE)
    assert 2.4 <= course.at("ventilation_rise", 3.0) <= 3.7


@pytest.mark.parametrize(("mg_per_kg", "expected"), [(1.1, -4.9), (3.0, -7.2)])
def test_boluses_depress(mg_per_kg: float, expected: float) -> None:
    """Bourke 1987: -4.9 (1.1) L/min at 1.1 mg/kg, -1.6 per doubling; single boluses here, so within 2.5 L/min."""
    course = infuse(ENTRY, (0.0, 70.0 * mg_per_kg, 1 / 60))
    assert course["ventilation_rise"].typical.min() == pytest.approx(expected, abs=2.5)


def test_opioid_shift_doubles_at_127() -> None:
    """Jonkman 2018: the C50 of remifentanil doubles at 127 ng/mL of esketamine."""
    assert opioid_shift(Values(), Values(s_ketamine=127.0, r_ketamine=0.0), ENTRY.typical()) == pytest.approx(2.0)
