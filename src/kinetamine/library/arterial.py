"""What brings a venous model's ketamine to the arterial level that the brain follows."""

from __future__ import annotations

from kinetamine.engine.model import Estimate, Provenance
from kinetamine.library.pk.kamp_2020 import OTTO

ARTERIAL_PER_VENOUS = Estimate(
    1.25,
    "1",
    OTTO,
    "kamp_2020: arterial over venous peak of 0.5 mg/kg over 40 min, 253 over 203 ng/mL",
    Provenance.DERIVED,
    "one factor for all times; true ratios are higher while drug runs in and below 1 afterwards",
)
