"""The few functions that equations need, for any number-like value.

Model equations hold no array library, so that the same text runs on a float, a NumPy array,
a JAX tracer or a compiler's symbol: each of those answers ``__array_namespace__`` or is a float.
"""

from __future__ import annotations

import math
from typing import Any

Number = Any
"""A float, a NumPy array, a JAX array or a symbol: whatever supports + - * / and **."""
Z90 = 1.6448536269514722
Z95 = 1.959963984540054
"""Half of what holds the middle 90 % and 95 % of a normal distribution, in standard deviations."""


def exp(x: Number) -> Number:
    """e to the power x."""
    return x.__array_namespace__().exp(x) if hasattr(x, "__array_namespace__") else math.exp(x)


def maximum(x: Number, floor: float) -> Number:
    """The larger of x and a constant."""
    if hasattr(x, "__array_namespace__"):
        xp = x.__array_namespace__()
        return xp.maximum(x, xp.asarray(floor, dtype=x.dtype))
    return max(x, floor)


def minimum(x: Number, ceiling: float) -> Number:
    """The smaller of x and a constant."""
    return -maximum(-x, -ceiling)


def hill(x: Number, half: Number, gamma: Number = 1.0) -> Number:
    """Sigmoid Emax fraction, 0 to 1: x^gamma / (half^gamma + x^gamma)."""
    ratio = (maximum(x, 0.0) / half) ** gamma
    return ratio / (1.0 + ratio)
