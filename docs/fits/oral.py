"""Fit D1, KA and F1_nk of the oral route to 25 mg swallowed by six people (Chong 2006, 2009).

Observed: ketamine Cmax 22.8 ng/mL at 0.96 h; norketamine Cmax 82 ng/mL; AUC0-8h ratio 5.
"""

from __future__ import annotations

from receiver import Given, fit

from kinetamine.engine.model import Path

F1 = 0.22


def predict(d1: float, ka: float, f1_nk: float) -> list[float]:
    """Cmax and Tmax of ketamine, Cmax of norketamine, AUC ratio."""
    seen = Given(25.0).by(
        Path(name="gut", into="central", fraction=F1, release_h=d1, ka_per_h=ka),
        Path(name="gut_norketamine", into="norketamine", fraction=f1_nk, release_h=d1, ka_per_h=ka),
    )
    ratio = seen.area(seen.norketamine, 8.0) / seen.area(seen.venous, 8.0)
    return [*seen.peak(seen.venous), seen.peak(seen.norketamine)[0], ratio]


fit(["D1", "KA", "F1_nk"], [0.7, 3.0, 0.6], predict, [22.8, 0.96, 82.0, 5.0])
