"""Fit D1, KA1 and FSW (the swallowed share) of the sublingual route to a 25 mg lozenge in six people (Chong 2006).

Observed: ketamine Cmax 28.6 ng/mL at 0.76 h; norketamine Cmax 66 ng/mL; AUC0-8h ratio 2.1 (2009) and 9.9/4.0 (2006).
Total bioavailability is held at 0.29 (Rolan 2014), of which the swallowed share brings what the oral route says.
"""

from __future__ import annotations

from receiver import Given, fit

from kinetamine.engine.model import Path

TOTAL, ORAL, ORAL_NK, ORAL_D, ORAL_KA = 0.29, 0.22, 0.52, 0.88, 2.9


def predict(d1: float, ka: float, swallowed: float) -> list[float]:
    """Cmax and Tmax of ketamine, Cmax of norketamine, AUC ratio."""
    seen = Given(25.0, horizon_h=8.0).by(
        Path(name="mucosa", into="central", fraction=TOTAL - ORAL * swallowed, release_h=d1, ka_per_h=ka),
        Path(name="gut", into="central", fraction=ORAL * swallowed, release_h=ORAL_D, ka_per_h=ORAL_KA),
        Path(name="gut_nk", into="norketamine", fraction=ORAL_NK * swallowed, release_h=ORAL_D, ka_per_h=ORAL_KA),
    )
    ratio = seen.area(seen.norketamine, 8.0) / seen.area(seen.venous, 8.0)
    return [*seen.peak(seen.venous), seen.peak(seen.norketamine)[0], ratio]


fit(["D1", "KA1", "FSW"], [0.5, 2.0, 0.4], predict, [28.6, 0.76, 66.0, 2.3])
