"""Intramuscular against the Swiss label."""

from __future__ import annotations

import pytest

from library.routes.arrivals import bioavailability, give


def test_nearly_all_arrives() -> None:
    """93 % (label)."""
    assert bioavailability("intramuscular") == pytest.approx(0.93, rel=0.01)


def test_anaesthetic_level() -> None:
    """1.7 to 2.2 mg/L at about 15 min after 6 mg/kg (label)."""
    top, when = give("intramuscular", 420.0).peak("ketamine_venous")
    assert 1700.0 < top < 2200.0
    assert 0.1 < when < 0.35
