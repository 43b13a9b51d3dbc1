"""A predicted band of readings: what one reading of a person like this one may show, and what the band contains."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import ndtri

from kinetamine import catalogue
from kinetamine.engine.trajectory import Series
from kinetamine.errors import FieldError

LOW_PERCENT, HIGH_PERCENT = 5.0, 95.0
CONTENTS = "5 to 95 % of readings between people; what is uncertain in the model's numbers is not in it"
NATURE = "prediction, not a measurement"
# Equally likely noise of one reading, as quantiles: no random numbers, the same band every time.
_NOISE = ndtri((np.arange(25) + 0.5) / 25.0)
ENDS = {one.name: one.limits for one in catalogue.load_all("scales")}
"""A score cannot lie beyond the ends of its scale, whatever noise is added."""


@dataclass(frozen=True, kw_only=True)
class Band:
    """A quantity over time.

    Attributes:
        times_min: from the start of the session, or of the course.
        typical: the typical person, without noise; ``low`` and ``high`` hold the noise of one reading too.
        has_noise: whether the model knows that noise; without it the band is too narrow for readings.
    """

    quantity: str
    title: str
    unit: str
    times_min: tuple[float, ...]
    typical: tuple[float, ...]
    low: tuple[float, ...]
    high: tuple[float, ...]
    has_noise: bool

    def at(self, minutes: float) -> tuple[float, float] | None:
        """Low and high at a time, linear between the nodes; None where nothing was predicted."""
        if not self.times_min or not self.times_min[0] <= minutes <= self.times_min[-1]:
            return None
        low, high = (float(np.interp(minutes, self.times_min, side)) for side in (self.low, self.high))
        return low, high

    @property
    def peak(self) -> tuple[float, float, float, float]:
        """When the typical person is highest, in minutes, and typical, low and high then."""
        place = max(range(len(self.typical)), key=lambda one: self.typical[one])
        return self.times_min[place], self.typical[place], self.low[place], self.high[place]


def band_of(series: Series, times_h: np.ndarray, start_h: float, end_h: float) -> Band:
    """The band of one series between two times of a simulation, on a clock that begins with the first.

    Raises:
        FieldError: no virtual people were drawn, so there is no band.
    """
    if series.people is None:
        raise FieldError("people", 0, "virtual people, without whom there is no band")
    inside = (times_h >= start_h) & (times_h <= end_h)
    people = series.people[:, inside]
    spread = series.residual_sd or 0.0
    readings = (people[:, None, :] + spread * _NOISE[None, :, None]).reshape(-1, people.shape[1])
    low, high = np.percentile(
        np.clip(readings, *ENDS.get(series.name, (-np.inf, np.inf))), [LOW_PERCENT, HIGH_PERCENT], axis=0
    )
    return Band(
        quantity=series.name,
        title=series.title,
        unit=series.unit,
        times_min=tuple((60.0 * (times_h[inside] - start_h)).tolist()),
        typical=tuple(series.typical[inside].tolist()),
        low=tuple(low.tolist()),
        high=tuple(high.tolist()),
        has_noise=series.residual_sd is not None,
    )
