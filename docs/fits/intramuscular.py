"""Fit KA of the intramuscular route to the Swiss Ketalar label.

Observed: 1.7 to 2.2 mg/L 15 min after 6 mg/kg, taken as venous; 1.72 mg/L in maternal arteries 12 min after 250 mg.
Bioavailability 0.93 is the label's.
"""

from __future__ import annotations

from receiver import Given, fit

from kinetamine.engine.model import Path


def predict(ka: float) -> list[float]:
    """The two levels in ng/mL."""
    muscle = Path(name="muscle", into="central", fraction=0.93, ka_per_h=ka)
    label, delivery = Given(420.0, horizon_h=2.0).by(muscle), Given(250.0, 60.0, 2.0).by(muscle)
    return [label.at(label.venous, 0.25), delivery.at(delivery.arterial, 0.2)]


fit(["KA"], [4.0], predict, [1950.0, 1720.0])
