"""Fit D1 and KA of the prolonged-release tablet to 40 mg in 15 people (Hasan 2021).

Observed: Tmax 5.87 h, half-life 7.21 h, Cmax 6.66 ng/mL at an AUC of 63.5 ng*h/mL: Cmax/AUC 0.105 1/h.
F1 is the mean of the S- and the R-enantiomer.
"""

from __future__ import annotations

import math

from receiver import Given, fit

from kinetamine.engine.model import Path

F1 = 0.17


def predict(d1: float, ka: float) -> list[float]:
    """Tmax, half-life from 12 to 24 h, Cmax over AUC."""
    seen = Given(40.0, horizon_h=72.0).by(
        Path(name="tablet", into="central", fraction=F1, release_h=d1, ka_per_h=ka),
    )
    top, when = seen.peak(seen.venous)
    fall = math.log(seen.at(seen.venous, 12.0) / seen.at(seen.venous, 24.0))
    return [when, math.log(2.0) * 12.0 / fall, top / seen.area(seen.venous, 72.0)]


fit(["D1", "KA"], [5.0, 0.15], predict, [5.87, 7.21, 0.105])
