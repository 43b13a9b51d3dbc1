"""Racemic nasal spray against Yanagihara 2003 and Singh 2022."""

from __future__ import annotations

import pytest

from library.routes.arrivals import bioavailability, give


def test_availability_lies_between_the_two_studies() -> None:
    """11 to 17 % over four hours (Singh 2022, n = 10) and 45 % (Yanagihara 2003, n = 3)."""
    assert 0.17 <= bioavailability("intranasal") <= 0.45


@pytest.mark.parametrize(("dose_mg", "cmax", "cmax_nk"), [(10.0, 22.9, 17.8), (30.0, 60.8, 68.1), (50.0, 77.6, 105.0)])
def test_peaks(dose_mg: float, cmax: float, cmax_nk: float) -> None:
    """Singh 2022, Table 6; ketamine 14 to 23 min after the spray."""
    course = give("intranasal", dose_mg, horizon_h=4.0)
    top, when = course.peak("ketamine_venous")
    assert top == pytest.approx(cmax, rel=0.30)
    assert 14 / 60 <= when <= 23 / 60
    assert course.peak("norketamine_venous")[0] == pytest.approx(cmax_nk, rel=0.20)
