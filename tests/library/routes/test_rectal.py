"""Rectal against Yanagihara 2003 and Malinovsky 1996."""

from __future__ import annotations

import pytest

from library.routes.arrivals import bioavailability, give


def test_a_third_arrives() -> None:
    """30 % of 50 mg in adults."""
    assert bioavailability("rectal") == pytest.approx(0.30, rel=0.02)


def test_norketamine_exceeds_ketamine_throughout() -> None:
    """Malinovsky: peak at 42 min, norketamine always above ketamine."""
    course = give("rectal", 180.0, horizon_h=6.0)
    assert course.peak("ketamine_venous")[1] == pytest.approx(0.7, rel=0.1)
    for time_h in (0.25, 0.5, 1.0, 3.0, 6.0):
        assert course.at("norketamine_venous", time_h) > course.at("ketamine_venous", time_h)
