"""Sublingual against Rolan 2014 and Chong 2006."""

from __future__ import annotations

import pytest

from library.routes.arrivals import bioavailability, give


def test_more_arrives_than_by_mouth() -> None:
    """29 % (90 % interval 27 to 31)."""
    assert 0.27 < bioavailability("sublingual") < 0.31


def test_peaks_after_25_mg() -> None:
    """Ketamine 28.6 (SD 6.6) ng/mL at 0.76 (0.51) h, norketamine 66 (29) ng/mL."""
    course = give("sublingual", 25.0, horizon_h=8.0)
    top, when = course.peak("ketamine_venous")
    assert top == pytest.approx(28.6, rel=0.10)
    assert when == pytest.approx(0.76, rel=0.15)
    assert course.peak("norketamine_venous")[0] == pytest.approx(66.0, rel=0.15)
