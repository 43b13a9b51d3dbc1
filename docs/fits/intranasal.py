"""Fit D1, KA1 and FSW (the swallowed share) of the intranasal route to 10, 30 and 50 mg in ten people (Singh 2022).

Observed: Cmax of ketamine (and its Tmax) and of norketamine. Total bioavailability is held at 0.45 (Yanagihara 2003),
of which the swallowed share brings what the oral route says.
"""

from __future__ import annotations

from receiver import Given, fit

from kinetamine.engine.model import Path

TOTAL, ORAL, ORAL_NK, ORAL_D, ORAL_KA = 0.45, 0.22, 0.52, 0.88, 2.9


def predict(d1: float, ka: float, swallowed: float) -> list[float]:
    """Cmax and Tmax of ketamine and Cmax of norketamine for each dose."""
    paths = (
        Path(name="nose", into="central", fraction=TOTAL - ORAL * swallowed, release_h=d1, ka_per_h=ka),
        Path(name="gut", into="central", fraction=ORAL * swallowed, release_h=ORAL_D, ka_per_h=ORAL_KA),
        Path(name="gut_nk", into="norketamine", fraction=ORAL_NK * swallowed, release_h=ORAL_D, ka_per_h=ORAL_KA),
    )
    seen = Given(1.0, horizon_h=4.0).by(*paths)
    (top, when), (metabolite, _) = seen.peak(seen.venous), seen.peak(seen.norketamine)
    return [value for dose in (10.0, 30.0, 50.0) for value in (dose * top, when, dose * metabolite)]


fit(["D1", "KA1", "FSW"], [0.2, 8.0, 0.5], predict, [22.9, 0.383, 17.8, 60.8, 0.233, 68.1, 77.6, 0.267, 105.0])
