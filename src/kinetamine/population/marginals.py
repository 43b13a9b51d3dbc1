"""From normal scores to covariates: the quantiles of each marginal, its mean and spread as published."""

from __future__ import annotations

import math
from functools import cache, partial
from typing import NamedTuple

import numpy as np
from jaxtyping import Float

from kinetamine.engine.population import Counts, Marginal, PoissonAbove, Shape, Spread
from kinetamine.errors import FieldError

STEP = {
    "age_y": 0.1,
    "weight_kg": 0.1,
    "height_cm": 0.1,
    "bmi": 0.01,
    "systolic_mmhg": 1.0,
    "diastolic_mmhg": 1.0,
    "heart_rate_bpm": 1.0,
    "pain_nrs": 0.1,
}
"""Covariates are rounded as they are written down (scores: whole points): the last bits of a machine leave no trace."""


class _Latent(NamedTuple):
    """A normal curve cut at both ends; of the logarithm where the shape is log-normal."""

    centre: float
    width: float
    low: float
    high: float
    shape: Shape


def covariate(name: str, marginal: Marginal, scores: Float[np.ndarray, " person"]) -> Float[np.ndarray, " person"]:
    """The covariate of each person from that person's normal score.

    Raises:
        FieldError: the limits leave no room for the mean and the spread.
    """
    from scipy.special import ndtr  # noqa: PLC0415 - as in streams

    shares = np.asarray(ndtr(scores))
    if isinstance(marginal, Spread):
        values = _quantiles(_latent(name, marginal), shares)
        step = STEP.get(name, 1.0)
        return np.clip(np.round(values / step) * step, marginal.low, marginal.high).round(6)
    counts, upper = _table(marginal)
    return counts[np.minimum(np.searchsorted(upper, shares, side="right"), len(counts) - 1)]


def _latent(name: str, marginal: Spread) -> _Latent:
    return _fitted(name, marginal.shape, (marginal.mean.value, marginal.sd.value), (marginal.low, marginal.high))


@cache
def _fitted(name: str, shape: Shape, wanted: tuple[float, float], limits: tuple[float, float]) -> _Latent:
    """The curve whose part between the limits has the published mean and standard deviation."""
    from scipy.optimize import root  # noqa: PLC0415 - as in streams

    mean, sd = wanted
    low, high = (math.log(one) for one in limits) if shape == "log-normal" else limits
    width = math.sqrt(math.log1p((sd / mean) ** 2)) if shape == "log-normal" else sd
    centre = math.log(mean) - 0.5 * width**2 if shape == "log-normal" else mean
    found = root(partial(_misses, shape, wanted, (low, high)), [centre, math.log(width)], tol=1e-12)
    latent = _Latent(float(found.x[0]), math.exp(float(found.x[1])), low, high, shape)
    if not np.max(np.abs(_misses(shape, wanted, (low, high), found.x))) < 1e-6:
        expected = f"a mean and a spread that people between {limits[0]:g} and {limits[1]:g} can have"
        raise FieldError(name, f"mean {mean:g}, SD {sd:g}", expected)
    return latent


def _misses(shape: Shape, wanted: tuple[float, float], limits: tuple[float, float], x: np.ndarray) -> list[float]:
    """By how much mean and SD of a curve between limits miss what is wanted, in SDs."""
    mean, sd = wanted
    latent = _Latent(float(x[0]), math.exp(min(float(x[1]), 50.0)), *limits, shape)
    first, second = (_log_moments if shape == "log-normal" else _moments)(latent)
    return [(first - mean) / sd, math.sqrt(max(second - first**2, 0.0)) / sd - 1.0]


def _moments(latent: _Latent) -> tuple[float, float]:
    """Mean and mean square of a normal curve between its limits."""
    from scipy.special import ndtr  # noqa: PLC0415 - as in streams

    a, b = ((limit - latent.centre) / latent.width for limit in (latent.low, latent.high))
    inside = _inside(a, b, ndtr)
    density = [math.exp(-0.5 * one * one) / math.sqrt(2.0 * math.pi) for one in (a, b)]
    shift = (density[0] - density[1]) / inside
    variance = 1.0 + (a * density[0] - b * density[1]) / inside - shift**2
    mean = latent.centre + latent.width * shift
    return mean, mean**2 + latent.width**2 * variance


def _log_moments(latent: _Latent) -> tuple[float, float]:
    """The same for the exponential: E[x^k] = exp(k m + k^2 s^2/2) (F(b - k s) - F(a - k s)) / (F(b) - F(a))."""
    from scipy.special import ndtr  # noqa: PLC0415 - as in streams

    a, b = ((limit - latent.centre) / latent.width for limit in (latent.low, latent.high))
    inside = _inside(a, b, ndtr)
    first, second = (
        math.exp(min(k * latent.centre + 0.5 * (k * latent.width) ** 2, 700.0))
        * _inside(a - k * latent.width, b - k * latent.width, ndtr)
        / inside
        for k in (1, 2)
    )
    return first, second


def _inside(a: float, b: float, ndtr: object) -> float:
    """The share of a standard normal curve between a and b, exact in either tail."""
    flip = a > 0.0
    low, high = (-b, -a) if flip else (a, b)
    return max(float(ndtr(high)) - float(ndtr(low)), 1e-300)  # type: ignore[operator]  # a SciPy ufunc


def _quantiles(latent: _Latent, shares: np.ndarray) -> np.ndarray:
    from scipy.special import ndtr, ndtri  # noqa: PLC0415 - as in streams

    a, b = ((limit - latent.centre) / latent.width for limit in (latent.low, latent.high))
    if a > 0.0:  # from the other end, where the numbers are small and exact
        below, above = ndtr(-b), ndtr(-a)
        scores = -ndtri(below + (1.0 - shares) * (above - below))
    else:
        below, above = ndtr(a), ndtr(b)
        scores = ndtri(below + shares * (above - below))
    values = latent.centre + latent.width * scores
    return np.asarray(np.exp(values) if latent.shape == "log-normal" else values)


def _table(marginal: Counts | PoissonAbove) -> tuple[np.ndarray, np.ndarray]:
    """Counts, and the share of people who have that many or fewer."""
    if isinstance(marginal, Counts):
        order = sorted(marginal.shares)
        shares = [marginal.shares[count].value for count in order]
        return np.array(order, dtype=float), np.cumsum(shares)
    beyond = np.arange(marginal.most - marginal.least + 1)
    rate = marginal.beyond.value
    logs = beyond * math.log(max(rate, 1e-300)) - rate - np.array([math.lgamma(one + 1.0) for one in beyond])
    chances = np.exp(logs)
    return marginal.least + beyond.astype(float), np.cumsum(chances / chances.sum())
