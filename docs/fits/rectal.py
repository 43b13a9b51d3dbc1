"""Fit D1 and KA of the rectal route to 9 mg/kg in children (Malinovsky 1996).

Observed: venous Cmax 632 ng/mL at 42 min, bioavailability 0.25. A child of 20 kg stands for 10 to 30 kg.
"""

from __future__ import annotations

from receiver import Given, fit

from kinetamine.engine.model import Path


def predict(d1: float, ka: float) -> list[float]:
    """Cmax in ng/mL and its time in h."""
    seen = Given(180.0, 20.0, 6.0).by(Path(name="rectum", into="central", fraction=0.25, release_h=d1, ka_per_h=ka))
    return [*seen.peak(seen.venous)]


fit(["D1", "KA"], [0.5, 5.0], predict, [632.0, 0.7])
