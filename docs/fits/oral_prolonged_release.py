"""Fit D1 and KA of the prolonged-release tablet to 10, 20, 40 and 80 mg in 15 people (Hasan 2021).

Observed: Tmax and Cmax/AUC of the racemate at four doses and six half-lives (four doses of the racemate; S and R at
40 mg), each counted once. F1 is the mean of the S- and the R-enantiomer.
"""

from __future__ import annotations

import math

from receiver import Given, fit

from kinetamine.engine.model import Path

F1 = 0.17
TMAX_H = [5.34, 5.7, 5.87, 6.27]
HALF_LIFE_H = [4.96, 6.74, 7.21, 7.68, 11.0, 10.0]
CMAX_PER_AUC = [1.63 / 13.4, 3.70 / 33.5, 6.66 / 63.5, 11.8 / 124.0]


def predict(d1: float, ka: float) -> list[float]:
    """Every observation; kinetics are linear, so a prediction is the same at all doses."""
    seen = Given(40.0, horizon_h=72.0).by(
        Path(name="tablet", into="central", fraction=F1, release_h=d1, ka_per_h=ka),
    )
    top, when = seen.peak(seen.venous)
    fall = math.log(seen.at(seen.venous, 12.0) / seen.at(seen.venous, 24.0))
    half_life, shape = math.log(2.0) * 12.0 / fall, top / seen.area(seen.venous, 72.0)
    return [when] * len(TMAX_H) + [half_life] * len(HALF_LIFE_H) + [shape] * len(CMAX_PER_AUC)


fit(["D1", "KA"], [5.0, 0.15], predict, [*TMAX_H, *HALF_LIFE_H, *CMAX_PER_AUC])
