"""Fits library/outcomes/depression.py to trial means; prints the numbers that stand there, residuals and spreads.

Run with ``python docs/fits/depression.py`` (some minutes). Kinetics: kamp_2020, 70 kg. Data, with where they were
read, are in DATA; every standard error carries 1.5 points of difference between trials. Standardised sizes become
points with an SD of 11 (arms of Wilkinson 2018 at day 1 to 7: 9.3 to 12.3).
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import cache

import numpy as np
from scipy.optimize import least_squares

from kinetamine import catalogue
from kinetamine.engine.events import Event
from kinetamine.engine.model import Effect, Estimate
from kinetamine.engine.person import Person
from kinetamine.engine.problem import Problem
from kinetamine.engine.solve import simulate
from kinetamine.engine.trajectory import Trajectory

ENTRY: Effect = catalogue.load("outcomes", "depression")
FREE = ("SIZE", "GAIN", "DECAY", "BELIEF")
"""With ONSET free too its interval is 0 to 300 h: the trial means do not tell it; it stays at its assumed value."""
BETWEEN_TRIALS = 1.5
SD_POINTS = 11.0
DAYS = {
    "once": (0,),
    "twice a week": (0, 3, 7, 10),
    "three a week": (0, 2, 4, 7, 9, 11),
    "six in 3 weeks": (0, 3, 7, 10, 14, 17),
}


@dataclass(frozen=True)
class Datum:
    """A fall in points: ``arm`` is "ketamine", "control" or "difference"."""

    source: str
    arm: str
    schedule: str
    hour: float
    fall: float
    error: float
    baseline: float = 33.0


def arm(source: str, name: str, baseline: float, means: dict[int, tuple[float, float]], n: int) -> list[Datum]:
    """Falls of one arm from its means and SDs by day."""
    return [
        Datum(source, name, "once", 24.0 * day, baseline - mean, sd / math.sqrt(n), baseline)
        for day, (mean, sd) in means.items()
    ]


DATA = [
    *arm("Wilkinson 2018", "ketamine", 33.8, {1: (19.5, 12.3), 2: (19.4, 12.1), 3: (20.1, 12.2), 7: (22.0, 11.5)}, 84),
    *arm("Wilkinson 2018", "control", 32.9, {1: (29.2, 9.3), 2: (29.1, 10.5), 3: (27.3, 9.8), 7: (27.5, 10.0)}, 83),
    Datum("Price 2022, 809 people", "difference", "once", 24.0, 0.58 * SD_POINTS, 0.07 * SD_POINTS),
    Datum("Price 2022, 809 people", "difference", "once", 168.0, 0.38 * SD_POINTS, 0.08 * SD_POINTS),
    Datum("Kishimoto 2016", "difference", "once", 24.0, 1.00 * SD_POINTS, 0.14 * SD_POINTS),
    Datum("Murrough 2013", "ketamine", "once", 24.0, 16.5, 11.0 / math.sqrt(47)),
    Datum("Murrough 2013", "control", "once", 24.0, 8.8, 9.5 / math.sqrt(25)),
    Datum("Singh 2016", "ketamine", "twice a week", 336.0, 18.4, 12.0 / 4, 35.0),
    Datum("Singh 2016", "control", "twice a week", 336.0, 5.7, 10.2 / 4, 35.0),
    Datum("Singh 2016", "ketamine", "three a week", 336.0, 17.7, 7.3 / 4, 35.0),
    Datum("Singh 2016", "control", "three a week", 336.0, 3.1, 5.7 / 4, 35.0),
]
EARLY = ("An 2021: 6.2 at 2 to 4 h of 10.0 at 24 h; Daly 2018: 7.9 of 10.7 at 2 h", 3.0, 0.65, 0.15)
"""Difference early over difference at 24 h: source, hour, ratio, error."""


def changed(**values: float) -> Effect:
    """The entry with other parameter values."""
    parameters = {**ENTRY.parameters, **{k: replace(ENTRY.parameters[k], value=v) for k, v in values.items()}}
    return replace(ENTRY, parameters=parameters)


def course(effect: Effect, schedule: str, mg_per_kg: float = 0.5, people: int = 0, days: float = 15.0) -> Trajectory:
    """A course of 40-min infusions of racemate."""
    return simulate(
        Problem(
            model=catalogue.load("pk", "kamp_2020"),
            routes={"intravenous": catalogue.load("routes", "intravenous")},
            events=tuple(
                Event(time_h=24.0 * day, amount_mg=70.0 * mg_per_kg, route="intravenous", duration_h=2 / 3)
                for day in DAYS[schedule]
            ),
            person=Person(weight_kg=70.0, madrs=33.0),
            effects=(effect,),
            horizon_h=24.0 * days,
            people=people,
        )
    )


def falls(effect: Effect) -> list[float]:
    """What the typical person of a model does at each datum; all is proportional to the baseline."""

    @cache
    def typical(schedule: str, *, control: bool) -> Trajectory:
        return course(replace(effect, parameters=changed_efficacy(effect)) if control else effect, schedule)

    def fall(datum: Datum, *, control: bool) -> float:
        return (33.0 - typical(datum.schedule, control=control).at("madrs", datum.hour)) * datum.baseline / 33.0

    found = []
    for one in DATA:
        own = fall(one, control=one.arm == "control")
        found.append(own - fall(one, control=True) if one.arm == "difference" else own)
    once = typical("once", control=False)
    found.append(once.at("madrs_drug", EARLY[1]) / once.at("madrs_drug", 24.0))
    return found


def changed_efficacy(effect: Effect) -> dict[str, Estimate]:
    """The parameters of the same people on placebo."""
    return {**effect.parameters, "EFFICACY": replace(effect.parameters["EFFICACY"], value=0.0)}


def residuals(log_values: np.ndarray) -> np.ndarray:
    """Differences over their errors."""
    values = {
        name: (1 / (1 + math.exp(-v)) if name in {"SIZE", "BELIEF"} else math.exp(v))
        for name, v in zip(FREE, log_values, strict=True)
    }
    found = np.asarray(falls(changed(**values)))
    wanted = np.asarray([*(one.fall for one in DATA), EARLY[2]])
    errors = np.asarray([*(math.hypot(one.error, BETWEEN_TRIALS) for one in DATA), EARLY[3]])
    return np.asarray((found - wanted) / errors)


def fit() -> dict[str, float]:
    """Weighted least squares from the entry's own values."""
    start = [ENTRY.parameters[name].value for name in FREE]
    start = [
        math.log(v / (1 - v)) if name in {"SIZE", "BELIEF"} else math.log(v)
        for name, v in zip(FREE, start, strict=True)
    ]
    solved = least_squares(residuals, start, diff_step=[1e-3] * len(start), xtol=1e-4, ftol=1e-4)
    slopes = np.asarray(solved.jac)
    covariance = np.linalg.pinv(slopes.T @ slopes)
    print(f"chi2 {2 * solved.cost:.1f} on {len(DATA) + 1 - len(FREE)} degrees of freedom")
    values = {}
    for position, name in enumerate(FREE):
        error = math.sqrt(covariance[position, position])
        low, mid, high = (solved.x[position] + step * error for step in (-1.96, 0.0, 1.96))
        back = (lambda v: 1 / (1 + math.exp(-v))) if name in {"SIZE", "BELIEF"} else math.exp
        values[name] = back(mid)
        print(f"  {name} {back(mid):.3g} ({back(low):.3g} to {back(high):.3g})")
    return values


def report(effect: Effect) -> None:
    """Every datum beside the model, then the curve, doses and repetition."""
    for one, value in zip(DATA, falls(effect), strict=False):
        print(
            f"  {one.source:22} {one.arm:10} {one.schedule:13} {one.hour:5.0f} h: {one.fall:5.1f} "
            f"(SE {one.error:.1f}) model {value:5.1f}"
        )
    for mg_per_kg in (0.1, 0.2, 0.5, 1.0):
        once = course(effect, "once", mg_per_kg, days=14.0)
        drug = once["madrs_drug"].typical
        top = drug.argmax()
        after = once.times_h[top:][drug[top:] <= drug[top] / 2]
        half = f"{after[0] / 24:.1f} d" if len(after) else "later than 14 d"
        print(f"  {mg_per_kg} mg/kg: most {drug[top]:.1f} at {once.times_h[top]:.0f} h, half lost at {half}; by hour",
              {h: round(once.at("madrs_drug", h), 1) for h in (0.67, 2, 4, 24, 72, 168, 240)})  # fmt: skip
    six = course(effect, "six in 3 weeks", days=60.0)
    print("  six infusions, a day after each:",
          [round(33 - six.at("madrs", 24.0 * (d + 1)), 1) for d in DAYS["six in 3 weeks"]],
          "then", {d: round(33 - six.at("madrs", 24.0 * (17 + d)), 1) for d in (7, 14, 21, 28)})  # fmt: skip


def spread(effect: Effect, people: int = 1500) -> None:
    """SDs and response between people, with baseline SD 6.8 and reading noise."""
    rng = np.random.default_rng(7)
    scale = np.clip(33.0 + 6.8 * rng.standard_normal(people), 20.0, 60.0) / 33.0
    placebo = replace(effect, parameters=changed_efficacy(effect))
    for text, one, schedule, hours in (
        ("ketamine once", effect, "once", (24.0, 168.0)),
        ("control once", placebo, "once", (24.0, 168.0)),
        ("six infusions", effect, "six in 3 weeks", (18 * 24.0,)),
    ):
        drawn = course(one, schedule, people=people, days=19.0)
        assert drawn["madrs"].people is not None
        for hour in hours:
            true = drawn["madrs"].people[:, np.searchsorted(drawn.times_h, hour - 1e-6)] * scale
            read = np.clip(true + effect.residual["madrs"].value * rng.standard_normal(people), 0.0, 60.0)
            response = 100 * (read <= 0.5 * 33.0 * scale).mean()
            print(f"  {text} {hour:.0f} h: mean {read.mean():.1f} "
                  f"(typical {drawn.at('madrs', hour):.1f}) SD {read.std():.1f}, "
                  f"response {response:.0f} %, remission (<= 10) {100 * (read <= 10).mean():.0f} %")  # fmt: skip


def main() -> None:
    """Fit, then report the fitted and the entry's own values."""
    values = fit()
    print("fitted:")
    report(changed(**values))
    print("entry:")
    report(ENTRY)
    spread(ENTRY)


if __name__ == "__main__":
    main()
