"""Fit F1, D1 and FSW (the swallowed share) of the intranasal route to racemic sprays in thirteen people.

Observed: Cmax, Tmax and AUC0-4h of ketamine and Cmax of norketamine after 10, 30 and 50 mg in ten people (Singh 2022,
Table 6), and the bioavailability of 25 mg in three (Yanagihara 2003). The two disagree threefold on the latter; each
number counts once, so ten people outweigh three. The swallowed share behaves as in the oral route. Left free, KA1
grows without bound: uptake through the nose is zero-order here, and KA1 is held at 20 1/h, fast beside it.
"""

from __future__ import annotations

from receiver import Given, fit

from kinetamine.engine.model import Path

NASAL_KA = 20.0
ORAL, ORAL_NK, ORAL_D, ORAL_KA = 0.22, 0.52, 0.88, 2.9
SINGH = {10.0: (22.9, 0.383, 19.0, 17.8), 30.0: (60.8, 0.233, 46.0, 68.1), 50.0: (77.6, 0.267, 64.0, 105.0)}
"""Cmax (ng/mL), Tmax (h) and AUC0-4h (ng*h/mL) of ketamine, and Cmax of norketamine, by dose in mg."""
YANAGIHARA = 0.45


def predict(total: float, d1: float, swallowed: float) -> list[float]:
    """All observations in the order of the data."""
    paths = (
        Path(name="nose", into="central", fraction=total - ORAL * swallowed, release_h=d1, ka_per_h=NASAL_KA),
        Path(name="gut", into="central", fraction=ORAL * swallowed, release_h=ORAL_D, ka_per_h=ORAL_KA),
        Path(name="gut_nk", into="norketamine", fraction=ORAL_NK * swallowed, release_h=ORAL_D, ka_per_h=ORAL_KA),
    )
    seen = Given(1.0, horizon_h=4.0).by(*paths)
    (top, when), (metabolite, _) = seen.peak(seen.venous), seen.peak(seen.norketamine)
    area = seen.area(seen.venous, 4.0)
    found = [value for dose in SINGH for value in (dose * top, when, dose * area, dose * metabolite)]
    return [*found, total]


fit(
    ["F1", "D1", "FSW"],
    [0.3, 0.2, 0.4],
    predict,
    [*(value for row in SINGH.values() for value in row), YANAGIHARA],
)
