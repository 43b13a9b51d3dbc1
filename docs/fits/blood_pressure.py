"""Fits library/effects/blood_pressure.py; prints the numbers that stand there and the published shares they give.

Run with ``python docs/fits/blood_pressure.py``. The mean curve is solved from two levels: the effect site at the peak
of 0.5 mg/kg in 40 min, and 1959 ng/mL (Langsjo 2005). At the first, two kinds of evidence disagree and are averaged:
uncontrolled infusions (Vankawala 2021: +12.6 and +8.5 mmHg) and the nasal spray less placebo (Doherty 2020: 13.3 - 6.1
and 8.7 - 4.9 mmHg), which reaches the same S-ketamine. The spread and the age slope are those under which the counts
of patients above a threshold at least once in eight sessions (US label) are likeliest.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize

from kinetamine import catalogue
from kinetamine.engine.events import Event, Form
from kinetamine.engine.model import Effect
from kinetamine.engine.person import Person
from kinetamine.engine.problem import Problem
from kinetamine.engine.solve import simulate
from kinetamine.engine.spread import probability_above
from kinetamine.library.arterial import arm
from kinetamine.library.effects.blood_pressure import CEILING, MIDDLE_AGE_Y

ENTRY: Effect = catalogue.load("effects", "blood_pressure")
MEAN = {"systolic": (12.61 + 13.3 - 6.1) / 2, "diastolic": (8.49 + 8.7 - 4.9) / 2, "heart_rate": 4.09}
LANGSJO_NG_ML, RESTING_MAP, RESTING_HR = 1959.0, 88.0, 65.0
SESSIONS = 8
YOUNGER_Y, OLDER_Y = (25.0, 35.0, 45.0, 55.0, 64.0), (70.0,)
"""Ages that stand for the label's two groups; how its patients below 65 were spread was not read."""
COUNTS = (
    ("systolic_rise", 40.0, YOUNGER_Y, 29, 346),
    ("systolic_rise", 40.0, OLDER_Y, 12, 72),
    ("diastolic_rise", 25.0, YOUNGER_Y, 45, 346),
    ("diastolic_rise", 25.0, OLDER_Y, 10, 72),
)
"""Rise in mmHg, ages, patients who had it (rounded shares of 8, 17, 13 and 14 %), patients."""

Count = tuple[str, float, tuple[float, ...], int, int]


@dataclass(frozen=True)
class Spread:
    """How people differ: variance on the log scale, and systolic rise by year of age beyond the middle."""

    omega2: float
    slope: float


def site_level(devices: int = 0) -> float:
    """Highest S-ketamine at the effect site: 0.5 mg/kg in 40 min, or esketamine nasal devices of 28 mg."""
    if devices:
        model = "perez_ruixo_2021"
        events = [
            Event(time_h=i / 12, amount_mg=28.0, route="intranasal", form=Form.ESKETAMINE) for i in range(devices)
        ]
    else:
        model = "kamp_2020"
        events = [Event(time_h=0.0, amount_mg=35.0, route="intravenous", duration_h=2 / 3)]
    found = simulate(
        Problem(
            model=catalogue.load("pk", model),
            routes={"intravenous": catalogue.load("routes", "intravenous")},
            events=tuple(events),
            person=Person(weight_kg=70.0, age_y=MIDDLE_AGE_Y),
            effects=(ENTRY,),
            arm=arm(),
            horizon_h=6.0,
        )
    )
    rise = float(found["systolic_rise"].typical.max())
    return ENTRY.parameters["C50_BP"].value * rise / (ENTRY.parameters["EMAX_SBP"].value - rise)


def hyperbola(low: float, high: float, level: float) -> tuple[float, float]:
    """Emax and C50 through two points."""
    ratio = high / low
    half = LANGSJO_NG_ML * level * (ratio - 1.0) / (LANGSJO_NG_ML - ratio * level)
    return high * (half + LANGSJO_NG_ML) / LANGSJO_NG_ML, half


def pressure_curve(omega2: float, level: float) -> tuple[float, float, float]:
    """EMAX_SBP, EMAX_DBP and C50_BP whose population means are those aimed at."""
    systolic, diastolic = (MEAN[name] / math.exp(omega2 / 2.0) for name in ("systolic", "diastolic"))
    middle = (systolic + 2.0 * diastolic) / 3.0
    emax, half = hyperbola(middle, 0.27 * RESTING_MAP, level)
    return emax * systolic / middle, emax * diastolic / middle, half


def share(name: str, threshold: float, peaks: list[float], omega2: float) -> float:
    """Share of people above a threshold at least once."""
    return probability_above(threshold, peaks, omega2, ENTRY.residual[name].value, CEILING[name])


def pooled(count: Count, nasal: tuple[float, ...], curve: tuple[float, float, float], spread: Spread) -> float:
    """Share of a group of the label; half the sessions at each nasal dose."""
    name, threshold, ages, _, _ = count
    top = (curve[0] if name == "systolic_rise" else curve[1]) * np.array(nasal) / (curve[2] + np.array(nasal))
    slope = spread.slope if name == "systolic_rise" else 0.0
    factors = [math.exp(slope * (max(age, MIDDLE_AGE_Y) - MIDDLE_AGE_Y)) for age in ages]
    shares = [share(name, threshold, [float(f * one) for one in top] * (SESSIONS // 2), spread.omega2) for f in factors]
    return float(np.mean(shares))


def solved(nasal: tuple[float, ...], level: float) -> Spread:
    """Between-person variance and age slope of the largest binomial likelihood."""

    def surprise(x: np.ndarray) -> float:
        spread = Spread(math.exp(x[0]), x[1])
        total = 0.0
        for one in COUNTS:
            chance = pooled(one, nasal, pressure_curve(spread.omega2, level), spread)
            total -= one[3] * math.log(chance) + (one[4] - one[3]) * math.log(1.0 - chance)
        return total

    found = minimize(surprise, [math.log(0.6), 0.014], method="Nelder-Mead", options={"xatol": 1e-4, "fatol": 1e-5})
    return Spread(math.exp(found.x[0]), float(found.x[1]))


def main() -> None:
    """Fit and print."""
    level, nasal = site_level(), (site_level(2), site_level(3))
    print(f"S at the site: infusion {level:.0f}, 56 mg {nasal[0]:.0f}, 84 mg {nasal[1]:.0f} ng/mL")
    fitted = solved(nasal, level)
    emax_s, emax_d, half = pressure_curve(fitted.omega2, level)
    variance_hr = ENTRY.variability["SENSITIVITY_HR"].omega2.value
    emax_hr, half_hr = hyperbola(MEAN["heart_rate"] / math.exp(variance_hr / 2.0), 0.435 * RESTING_HR, level)
    print(f"fitted: omega2 {fitted.omega2:.3f}, AGE {fitted.slope:.4f}")
    print(f"        EMAX_SBP {emax_s:.1f}, EMAX_DBP {emax_d:.1f}, C50_BP {half:.0f}")
    print(f"        EMAX_HR {emax_hr:.1f}, C50_HR {half_hr:.0f}")

    value = {name: one.value for name, one in ENTRY.parameters.items()}
    own = Spread(ENTRY.variability["SENSITIVITY"].omega2.value, value["AGE"])
    curve = value["EMAX_SBP"], value["EMAX_DBP"], value["C50_BP"]
    mean = math.exp(own.omega2 / 2) * curve[0] * level / (level + curve[2])
    print(f"entry: mean rise at 0.5 mg/kg in 40 min {mean:.1f}")
    for one in COUNTS:
        label, model = 100 * one[3] / one[4], 100 * pooled(one, nasal, curve, own)
        print(f"  {one[0]} {one[1]:.0f}, ages {one[2]}: label {label:.0f} %, model {model:.1f} %")
    for age in (20.0, 30.0, 45.0, 55.0, 64.0, 70.0, 80.0):
        one = ("systolic_rise", 40.0, (age,), 0, 0)
        print(f"  systolic_rise 40, age {age:.0f}: {100 * pooled(one, nasal, curve, own):.1f} %")
    for name, threshold, label in (("systolic_rise", 40.0, "0.5 to 2 %"), ("diastolic_rise", 25.0, "3 %")):
        print(f"  {name} {threshold:.0f} placebo, label {label}: {100 * share(name, threshold, [0.0] * 8, 0.0):.1f} %")


if __name__ == "__main__":
    main()
