"""Oral against Chong 2006 and 2009 and Yanagihara 2003."""

from __future__ import annotations

import pytest

from library.routes.arrivals import bioavailability, give


def test_a_fifth_arrives() -> None:
    """20 % (Yanagihara) to 24 % (Chong)."""
    assert 0.20 <= bioavailability("oral") <= 0.24


def test_peaks_after_25_mg() -> None:
    """Ketamine 22.8 (SD 12.8) ng/mL at 0.96 h, norketamine 82 (34) at 1.6 (0.9) h; AUC0-8h ratio 5."""
    course = give("oral", 25.0, horizon_h=8.0)
    top, when = course.peak("ketamine_venous")
    metabolite, later = course.peak("norketamine_venous")
    assert top == pytest.approx(22.8, rel=0.15)
    assert when == pytest.approx(0.96, rel=0.15)
    assert metabolite == pytest.approx(82.0, rel=0.15)
    assert abs(later - 1.6) < 0.9
    assert course.area("norketamine_venous") / course.area("ketamine_venous") == pytest.approx(5.0, rel=0.15)
