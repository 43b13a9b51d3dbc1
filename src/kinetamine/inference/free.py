"""The free numbers, their scales and priors: on its scale every prior is normal."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from jaxtyping import Float

from kinetamine.engine.maths import Z90, exp


@dataclass(frozen=True)
class Free:
    """One free number.

    Attributes:
        name: entry and parameter, as ``mechanism.AMPA50``.
        low, high: interval that the prior gives 90 %.
        top: 0: the logarithm is normal; above: the logit of the value as part of ``top`` is.
        floor: what the value exceeds.
    """

    name: str
    low: float
    high: float
    top: float = 0.0
    floor: float = 0.0

    @property
    def middle(self) -> float:
        """Median, on its scale."""
        return 0.5 * (self._scaled(self.low) + self._scaled(self.high))

    @property
    def spread(self) -> float:
        """Standard deviation, on its scale."""
        return 0.5 * (self._scaled(self.high) - self._scaled(self.low)) / Z90

    def value(self, z: Any) -> Any:
        """The number, from how many prior standard deviations it lies from the median."""
        scaled = self.middle + self.spread * z
        return self.floor + (self.top / (1.0 + exp(-scaled)) if self.top else exp(scaled))

    def z(self, value: float) -> float:
        """The reverse."""
        return (self._scaled(value) - self.middle) / self.spread

    def _scaled(self, value: float) -> float:
        above = value - self.floor
        return math.log(above / (self.top - above)) if self.top else math.log(above)


def values(free: Sequence[Free], z: Any) -> dict[str, Any]:
    """All numbers by name."""
    return {one.name: one.value(z[position]) for position, one in enumerate(free)}


def where(free: Sequence[Free], given: Mapping[str, float]) -> Float[np.ndarray, " free"]:
    """How far given numbers lie from the medians; 0 for what is not given."""
    return np.asarray([one.z(given[one.name]) if one.name in given else 0.0 for one in free])


MIXTURE = (
    Free("mechanism.AMPA50", 0.03, 0.3),
    Free("mechanism.BDNF_GAIN", 0.3, 2.0),
    Free("mechanism.K_POT", 0.5, 20.0),
    Free("mechanism.T_POT", 48.0, 400.0),
    Free("mechanism.K_SYN", 0.003, 0.027),
    Free("mechanism.T_STABLE", 240.0, 1500.0),
    Free("mechanism.C_POT", 0.3, 2.5),
    Free("mechanism.C_SYN", 0.3, 9.0),
    Free("mechanism.GAMMA_AMPA", 1.1, 3.0, floor=1.0),
    Free("mechanism.GAMMA_GATE", 1.1, 4.0, floor=1.0),
)
"""Of the chain under the default mixture; ranges from the provenance table of docs/concepts/calibration.md."""
EMPIRICAL = (
    Free("mechanism.GAIN", 0.1, 3.0),
    Free("mechanism.ONSET", 0.3, 12.0),
    Free("mechanism.DECAY", 72.0, 720.0),
    Free("mechanism.EC50", 10.0, 250.0),
)
COMMON = (
    Free("depression.SIZE", 0.1, 0.9, top=1.0),
    Free("depression.BELIEF", 0.1, 0.35, top=1.0),
    Free("expectancy.CONVICTION_MIDAZOLAM", 0.8, 1.15, top=1.2),
    Free("expectancy.CONVICTION_PLACEBO", 0.1, 0.8, top=1.2),
    Free("expectancy.CONVICTION_PLACEBO_SPRAY", 0.8, 1.15, top=1.2),
    Free("expectancy.EXPECTANCY_MASKED", 0.5, 6.0),
    Free("standard_of_care.SIZE_DEPRESSION", 0.2, 0.8, top=1.0),
    Free("oral_antidepressant.SIZE_DEPRESSION", 0.1, 0.7, top=1.0),
    Free("heterogeneity.NONSPECIFIC", 0.15, 0.8),
    Free("heterogeneity.DRUG", 0.15, 0.8),
    Free("heterogeneity.ARM", 0.01, 0.1),
    Free("heterogeneity.TIME", 0.01, 0.1),
)
"""Shared by every mechanism: the outcome, what arms believe, other treatments, and what differs between trials."""
