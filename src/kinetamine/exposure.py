"""Exposure measures of a concentration curve: what a noncompartmental analysis would print."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float

from kinetamine.errors import FieldError

_STEEP = 1.0 - 1e-5
"""A fall of less is taken as a straight line: the two rules agree to 1e-11 there, and the logarithms lose digits."""
_TINY = float(np.finfo(np.float64).tiny)


def area(
    levels: Float[np.ndarray, " time *columns"], times_h: Float[np.ndarray, " time"]
) -> Float[np.ndarray, "*columns"]:
    """Areas under curves known at some times, each a column: straight as they rise, exponential as they fall.

    Between two times at which a positive level falls from ``a`` to ``b``, the area is ``(a - b) / ln(a / b)`` times the
    hours, exact for an exponential; elsewhere it is that of a trapezoid ("linear up, log down"). Trapezoids throughout
    are too large wherever a level decays.

    Gabrielsson J, Weiner D. Pharmacokinetic and Pharmacodynamic Data Analysis, 5th ed. 2016. The rules are compared in
    Purves RD. J Pharmacokinet Biopharm 1992;20:211-226.
    """
    logs = np.log(np.maximum(levels, _TINY))
    before, after = levels[:-1], levels[1:]
    falls = (after > 0.0) & (after < before * _STEEP)
    middle = 0.5 * (before + after)
    np.divide(before - after, logs[:-1] - logs[1:], out=middle, where=falls)
    hours = np.diff(times_h).reshape(-1, *(1,) * (levels.ndim - 1))
    return np.asarray(np.sum(hours * middle, axis=0))  # not by BLAS, whose order may change with its threads


@dataclass(frozen=True)
class Curve:
    """A concentration over time from one occasion of dosing, dense enough for the trapezoidal rule.

    Attributes:
        times_h: increasing, from the first dose on.
        values: in ng/mL.
    """

    times_h: Float[np.ndarray, " time"]
    values: Float[np.ndarray, " time"]

    @property
    def cmax(self) -> float:
        """Highest concentration, ng/mL."""
        return float(self.values.max())

    @property
    def tmax_h(self) -> float:
        """When it is reached, h."""
        return float(self.times_h[self.values.argmax()])

    def at(self, time_h: float) -> float:
        """The concentration at a time, ng/mL.

        Raises:
            FieldError: the curve does not reach that far.
        """
        if not self.times_h[0] <= time_h <= self.times_h[-1]:
            raise FieldError("time_h", time_h, f"{self.times_h[0]:g} to {self.times_h[-1]:g} h, where the curve is")
        return float(np.interp(time_h, self.times_h, self.values))

    def auc(self, until_h: float | None = None) -> float:
        """Area under the curve, ng*h/mL; to infinity when no end is given.

        Raises:
            FieldError: the curve does not reach that far, or has no tail to extend.
        """
        if until_h is None:
            return float(np.trapezoid(self.values, self.times_h)) + float(self.values[-1]) / self.lambda_z
        inside = self.times_h <= until_h
        times, values = np.append(self.times_h[inside], until_h), np.append(self.values[inside], self.at(until_h))
        return float(np.trapezoid(values, times))

    @property
    def lambda_z(self) -> float:
        """Terminal rate constant, 1/h, from the last third of the curve that is above a thousandth of its peak."""
        if self.cmax <= 0.0:
            raise FieldError("values", self.cmax, "a curve above zero, to have a terminal phase")
        seen = self.values > 1e-3 * self.cmax
        late = seen & (self.times_h >= self.tmax_h + 2 / 3 * (self.times_h[seen][-1] - self.tmax_h))
        if late.sum() < 2:
            raise FieldError("times_h", int(late.sum()), "at least 2 times in the terminal phase")
        slope = np.polyfit(self.times_h[late], np.log(self.values[late]), 1)[0]
        return float(-slope)

    @property
    def half_life_h(self) -> float:
        """Terminal half-life, h."""
        return float(np.log(2.0) / self.lambda_z)

    @property
    def mrt_h(self) -> float:
        """Mean residence time, input included, h."""
        tail, end, rate = float(self.values[-1]), float(self.times_h[-1]), self.lambda_z
        moment = float(np.trapezoid(self.values * self.times_h, self.times_h)) + tail * (end / rate + 1.0 / rate**2)
        return moment / self.auc()
