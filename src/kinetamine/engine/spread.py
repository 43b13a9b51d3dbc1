"""How often a rare reading turns up between people and sessions, exactly enough and without drawing any."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from scipy.special import log_ndtr, ndtr

_NODES = 96
"""Points of the quadrature; 48 change nothing in the fourth digit for residual SDs from 5 % of the threshold up."""


def probability_above(
    threshold: float,
    typical_peaks: Sequence[float],
    omega2: float,
    residual_sd: float,
    ceiling: float = math.inf,
) -> float:
    """Probability that at least one of several sessions reads at or above a threshold.

    A person's peak in session i is ``t_i exp(eta)``, or ``c (1 - (1 - t_i/c)^exp(eta))`` where a ceiling c bounds
    it, with eta ~ N(0, omega2) the same in all sessions; a reading adds e_i ~ N(0, residual_sd^2), new each session:

        P = 1 - integral over z of phi(z) prod_i Phi((threshold - peak_i(sqrt(omega2) z)) / residual_sd) dz

    by Gauss-Hermite quadrature over the person; without residual the largest peak decides, in closed form.

    Args:
        threshold: in the unit of the peaks.
        typical_peaks: the typical person's peak in each session, not negative.
        omega2: between-person variance on the log scale.
        residual_sd: between-session and measurement noise, one standard deviation.
        ceiling: the largest value that any person can reach.
    """
    peaks = np.asarray(typical_peaks, dtype=float)
    if peaks.size == 0:
        return 0.0
    if residual_sd == 0.0:
        return _without_noise(threshold, float(peaks.max()), omega2, ceiling)
    z, weight = np.polynomial.hermite_e.hermegauss(_NODES)
    factor = np.exp(math.sqrt(omega2) * z)[:, None]
    own = factor * peaks if math.isinf(ceiling) else ceiling * (1.0 - (1.0 - peaks / ceiling) ** factor)
    below = np.exp(log_ndtr((threshold - own) / residual_sd).sum(axis=1))
    return float(1.0 - weight @ below / math.sqrt(2.0 * math.pi))


def _without_noise(threshold: float, peak: float, omega2: float, ceiling: float) -> float:
    """The person effect alone: P(eta >= what lifts the typical peak to the threshold)."""
    if threshold <= 0.0:
        return 1.0
    if peak <= 0.0 or threshold > ceiling:
        return 0.0
    needed = threshold / peak if math.isinf(ceiling) else math.log1p(-threshold / ceiling) / math.log1p(-peak / ceiling)
    if omega2 == 0.0:
        return float(needed <= 1.0)
    return float(ndtr(-math.log(needed) / math.sqrt(omega2)))
