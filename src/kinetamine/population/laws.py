"""By which law a number varies about the library's value, and the scale on which that law is normal."""

from __future__ import annotations

import math
from typing import Literal

import numpy as np
from jaxtyping import Float

from kinetamine.engine.maths import Z95
from kinetamine.engine.model import Estimate

Law = Literal["log-normal", "logit-normal", "normal", "uniform"]
Values = float | Float[np.ndarray, " row"]


def scaled(law: Law, value: Values) -> Values:
    """A value on its law's scale."""
    if law == "log-normal":
        return np.log(value)
    return np.log(value / (1.0 - value)) if law == "logit-normal" else value


def unscaled(law: Law, found: Values) -> Values:
    """The value that lies there on its law's scale."""
    if law == "log-normal":
        return np.exp(found)
    return 1.0 / (1.0 + np.exp(-found)) if law == "logit-normal" else found


def of_interval(estimate: Estimate, interval: tuple[float, float]) -> tuple[Law, float]:
    """Law and SD, on its scale, of a number with a 95 % interval.

    Fractions on the logit scale, positive ones on the log scale. Where the interval is nearer to even on the plain
    scale, the plain scale is used.
    """
    value, (low, high) = estimate.value, interval
    law: Law = "normal"
    if estimate.unit.startswith("fraction") and 0.0 < low <= value <= high < 1.0:
        law = "logit-normal"
    elif low > 0.0 and _lopsided(math.log(low), math.log(value), math.log(high)) <= _lopsided(low, value, high):
        law = "log-normal"
    return law, float(scaled(law, high) - scaled(law, low)) / (2.0 * Z95)


def _lopsided(low: float, value: float, high: float) -> float:
    return abs((high - value) - (value - low)) / (high - low)
