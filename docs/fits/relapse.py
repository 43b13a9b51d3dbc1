"""Fits library/outcomes/relapse.py to times to relapse; prints the numbers that stand there, intervals and residuals.

Run with ``python docs/fits/relapse.py`` (seconds). A person's hazard is H0 x PRONE x exp(-PROTECT x held), with
held = 1 - (1 - relief) (1 - benefit); PRONE is log-normal between people, so that those who stay well longest are
those least at risk and the hazard of a group falls. What relief each group had is assumed (COURSES, all in one
place): give ``survival`` other times and reliefs, and ``fit`` other arms, to do it again with a simulated curve.
Errors are those of a proportion at that time, on the scale of the log cumulative hazard, and BETWEEN_STUDIES more.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import numpy as np
from scipy.optimize import least_squares

Array = np.ndarray
FREE = ("H0", "PROTECT")
START = (0.05, 3.0)
OMEGA2 = 3.0
"""Variance of log PRONE: the smallest that is hardly worse than the best one (``profile`` prints the price of each);
the best is so wide that the hazards of single people would mean nothing."""
BETWEEN_STUDIES = 0.4
"""SD of the log cumulative hazard from study to study: definitions of relapse differ widely."""
RELIEF_AFTER_SIX = 0.76
RELIEF_AFTER_ONE = 0.61
RELIEF_MAINTAINED = 0.70
HALF_LIFE_D = 11.0
"""Of the default mechanism, mean over virtual people who responded: 0.51 a week after six, 0.37 after two; 12 weekly
sprays keep between 0.62 and 0.82."""
ANTIDEPRESSANT = 0.5
"""Benefit of the oral antidepressant that goes on, in people chosen for having become well with it: assumed."""
OPTIMISED_D = 84.0
"""SUSTAIN-1 drew lots only among those still well after 16 weeks, of which 4 weeks of induction."""
GRID_D = np.concatenate((np.arange(0.0, 60.0, 0.25), np.arange(60.0, 731.0, 1.0)))
NODES, WEIGHTS = np.polynomial.hermite_e.hermegauss(61)


@dataclass(frozen=True)
class Course:
    """What holds a group up: relief and benefit of another treatment (each 0 to 1) at days since follow-up began.

    Attributes:
        selected_d: days before, under the relief and benefit of day 0, that all in the group had stayed well.
    """

    times_d: Array
    relief: Array
    benefit: Array
    selected_d: float = 0.0


@dataclass(frozen=True)
class Datum:
    """The share still well at a day; with ``against`` the ratio of cumulative hazards at that day."""

    source: str
    course: Course
    day: float
    well: float
    people: int
    against: Course | None = None
    log_error: float | None = field(default=None)

    @property
    def wanted(self) -> float:
        """Log cumulative hazard, or log ratio."""
        return math.log(self.well) if self.against else math.log(-math.log(self.well))

    @property
    def error(self) -> float:
        """Of ``wanted``."""
        own = self.log_error or math.sqrt((1.0 - self.well) / (self.people * self.well)) / -math.log(self.well)
        return math.hypot(own, 0.0 if self.against else BETWEEN_STUDIES)


def falling(start: float, benefit: float = 0.0, *, benefit_falls: float = 0.0, selected_d: float = 0.0) -> Course:
    """Relief (and part of the benefit, where another treatment has stopped) that halves every HALF_LIFE_D."""
    left = 0.5 ** (GRID_D / HALF_LIFE_D)
    other = 1.0 - (1.0 - benefit) * (1.0 - benefit_falls * left)
    return Course(GRID_D, start * left, other, selected_d)


def steady(relief: float, benefit: float, selected_d: float = 0.0) -> Course:
    """Relief kept up by maintenance."""
    ones = np.ones_like(GRID_D)
    return Course(GRID_D, relief * ones, benefit * ones, selected_d)


def risk(course: Course, h0: float, protect: float) -> Array:
    """Cumulative hazard of the typical person at each of the course's times."""
    hazard = h0 * np.exp(-protect * (1.0 - (1.0 - course.relief) * (1.0 - course.benefit)))
    steps = np.diff(course.times_d) * (hazard[1:] + hazard[:-1]) / 2.0
    return np.concatenate(([0.0], np.cumsum(steps)))


def survival(course: Course, h0: float, protect: float, omega2: float = OMEGA2) -> Array:
    """Share of the group still well at each of the course's times: the mean over log-normal frailty."""
    frailty = np.exp(math.sqrt(omega2) * NODES)[:, None]
    held = 1.0 - (1.0 - course.relief[0]) * (1.0 - course.benefit[0])
    before = course.selected_d * h0 * math.exp(-protect * held)
    weights = (WEIGHTS / WEIGHTS.sum())[:, None]
    well = (weights * np.exp(-frailty * (before + risk(course, h0, protect)))).sum(axis=0)
    return np.asarray(well / (weights * np.exp(-frailty * before)).sum())


AFTER_SIX = falling(RELIEF_AFTER_SIX)
AFTER_SIX_TREATED = falling(RELIEF_AFTER_SIX, ANTIDEPRESSANT)
AFTER_ONE = falling(RELIEF_AFTER_ONE)
AFTER_ECT = falling(0.0, ANTIDEPRESSANT, benefit_falls=RELIEF_AFTER_SIX)
KEPT = steady(RELIEF_MAINTAINED, ANTIDEPRESSANT, OPTIMISED_D)
WITHDRAWN = falling(RELIEF_MAINTAINED, ANTIDEPRESSANT, selected_d=OPTIMISED_D)

DATA = (
    Datum("Murrough 2013b: responders off drugs, median 18 d", AFTER_SIX, 18.0, 0.5, 17),
    Datum("Feder 2021: PTSD responders, median 27.5 d", AFTER_SIX, 27.5, 0.5, 10),
    Datum("Salloum 2020: responders to one, half by day 14 (from day 3)", AFTER_ONE, 11.0, 0.5, 9),
    Datum("McInnes 2022: clinics, no maintenance, 80 % at 4 weeks", AFTER_SIX_TREATED, 28.0, 0.8, 288),
    Datum("McInnes 2022: 60 % at 8 weeks", AFTER_SIX_TREATED, 56.0, 0.6, 288),
    Datum("Ekstrand 2022: remitters, 70 % relapsed in 12 months", AFTER_SIX_TREATED, 365.0, 0.30, 43),
    Datum("Ekstrand 2022: after ECT, 63 %", AFTER_ECT, 365.0, 0.37, 57),
    Datum("Daly 2019: remitters on placebo, median 273 d", WITHDRAWN, 273.0, 0.5, 86),
    Datum("Daly 2019: hazard ratio in remitters", KEPT, 273.0, 0.49, 176, WITHDRAWN, math.log(0.84 / 0.29) / 3.92),
    Datum("Daly 2019: hazard ratio in responders", KEPT, 273.0, 0.30, 121, WITHDRAWN, math.log(0.55 / 0.16) / 3.92),
)


def predicted(datum: Datum, values: Array, omega2: float = OMEGA2) -> float:
    """What the model gives for ``datum.wanted``."""

    def log_hazard(course: Course) -> float:
        well = survival(course, float(values[0]), float(values[1]), omega2)
        return math.log(-math.log(float(np.interp(datum.day, course.times_d, well))))

    own = log_hazard(datum.course)
    return own - log_hazard(datum.against) if datum.against else own


def fit(data: tuple[Datum, ...] = DATA, omega2: float = OMEGA2) -> tuple[Array, Array, float]:
    """Weighted least squares on log parameters: values, the standard errors of their logs, and chi2."""

    def residuals(logs: Array) -> Array:
        return np.asarray([(predicted(one, np.exp(logs), omega2) - one.wanted) / one.error for one in data])

    solved = least_squares(residuals, np.log(START))
    assert solved.success
    return np.exp(solved.x), np.sqrt(np.diag(np.linalg.inv(solved.jac.T @ solved.jac))), 2.0 * solved.cost


def profile() -> None:
    """How well the data are met with frailty narrower and wider."""
    for omega2 in (0.25, 1.0, 2.0, 3.0, 4.0, 6.0, 9.0, 14.0):
        values, _, chi2 = fit(omega2=omega2)
        print(f"  OMEGA2 {omega2:5.2f}: chi2 {chi2:4.1f}, H0 {values[0]:.3f}, PROTECT {values[1]:.2f}")


def report(values: Array, errors: Array, chi2: float) -> None:
    """Values with 95 % intervals, then every datum beside the model."""
    print(f"chi2 {chi2:.1f} on {len(DATA) - len(FREE)} degrees of freedom")
    for name, value, error in zip(FREE, values, errors, strict=True):
        print(f"  {name} {value:.3g} ({value * math.exp(-1.96 * error):.3g} to {value * math.exp(1.96 * error):.3g})")
    for one in DATA:
        got = predicted(one, values)
        share = math.exp(got) if one.against else math.exp(-math.exp(got))
        off = (got - one.wanted) / one.error
        print(f"  {one.source:62} wanted {one.well:.2f} model {share:.2f}, {off:+.1f} errors off")
    for name, course in (("six, off drugs", AFTER_SIX), ("withdrawn", WITHDRAWN), ("kept", KEPT)):
        well = survival(course, float(values[0]), float(values[1]))
        slope = -np.gradient(np.log(well), course.times_d)
        median = float(np.interp(-0.5, -well, course.times_d)) if well[-1] < 0.5 else math.inf
        print(f"  {name}: median {median:.0f} d; at 7, 30, 90 and 365 d hazard per day",
              [round(float(np.interp(day, course.times_d, slope)), 4) for day in (7, 30, 90, 365)],
              "well", [round(float(np.interp(day, course.times_d, well)), 2) for day in (7, 30, 90, 365)])  # fmt: skip


def main() -> None:
    """Fit, report, and show what the width of frailty costs."""
    report(*fit())
    profile()


if __name__ == "__main__":
    main()
