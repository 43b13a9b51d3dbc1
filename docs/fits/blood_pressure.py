"""Fits library/effects/blood_pressure.py; prints the numbers that stand there and the published shares they give.

Run with ``python docs/fits/blood_pressure.py``. The mean curve is solved from two levels: the effect site at the peak
of 0.5 mg/kg in 40 min, and 1959 ng/mL (Langsjo 2005). At the first, two kinds of evidence disagree and are averaged:
uncontrolled infusions (Vankawala 2021: +12.6 and +8.5 mmHg) and the nasal spray less placebo (Doherty 2020: 13.3 - 6.1
and 8.7 - 4.9 mmHg), which reaches the same S-ketamine. The spread is solved from the shares of patients above a
threshold at least once in eight sessions (US label).
"""

from __future__ import annotations

import math

import numpy as np
from scipy.optimize import brentq

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
OLD_Y = 70.0
SHARES = {"younger": 29 / 346, "older": 12 / 72}
"""Patients with a systolic rise of 40 mmHg, below 65 years and from 65."""


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


def solved(nasal: tuple[float, ...], level: float) -> tuple[float, float]:
    """Between-person variance and age slope that give the label's shares; half the sessions at each nasal dose."""

    def peaks(omega2: float, slope: float) -> list[float]:
        emax, _, half = pressure_curve(omega2, level)
        tops = [emax * math.exp(slope * (OLD_Y - MIDDLE_AGE_Y)) * one / (half + one) for one in nasal]
        return tops * (SESSIONS // len(tops))

    omega2 = brentq(lambda w: share("systolic_rise", 40.0, peaks(w, 0.0), w) - SHARES["younger"], 0.01, 2.0)
    slope = brentq(lambda s: share("systolic_rise", 40.0, peaks(omega2, s), omega2) - SHARES["older"], 0.0, 0.05)
    return omega2, slope


def main() -> None:
    """Fit and print."""
    level, nasal = site_level(), (site_level(2), site_level(3))
    print(f"S at the site: infusion {level:.0f}, 56 mg {nasal[0]:.0f}, 84 mg {nasal[1]:.0f} ng/mL")
    omega2, slope = solved(nasal, level)
    emax_s, emax_d, half = pressure_curve(omega2, level)
    variance_hr = ENTRY.variability["SENSITIVITY_HR"].omega2.value
    emax_hr, half_hr = hyperbola(MEAN["heart_rate"] / math.exp(variance_hr / 2.0), 0.435 * RESTING_HR, level)
    print(
        f"fitted: omega2 {omega2:.3f}, AGE {slope:.4f}; EMAX_SBP {emax_s:.1f}, EMAX_DBP {emax_d:.1f}, C50_BP {half:.0f}"
    )
    print(f"        EMAX_HR {emax_hr:.1f}, C50_HR {half_hr:.0f}")

    value = {name: one.value for name, one in ENTRY.parameters.items()}
    own = ENTRY.variability["SENSITIVITY"].omega2.value
    filled = np.array(nasal) / (np.array(nasal) + value["C50_BP"])
    older = math.exp(value["AGE"] * (OLD_Y - MIDDLE_AGE_Y))
    mean = math.exp(own / 2) * value["EMAX_SBP"] * level / (level + value["C50_BP"])
    print(f"entry: mean rise at 0.5 mg/kg in 40 min {mean:.1f}")
    for text, name, threshold, top in (
        ("SBP +40 younger, label 8 %", "systolic_rise", 40.0, value["EMAX_SBP"] * filled),
        ("SBP +40 older, label 17 %", "systolic_rise", 40.0, value["EMAX_SBP"] * older * filled),
        ("DBP +25, label 13 to 14 %", "diastolic_rise", 25.0, value["EMAX_DBP"] * filled),
        ("SBP +40 placebo, label 0.5 to 2 %", "systolic_rise", 40.0, 0.0 * filled),
        ("DBP +25 placebo, label 3 %", "diastolic_rise", 25.0, 0.0 * filled),
    ):
        print(f"  {text}: {100 * share(name, threshold, [float(one) for one in top] * (SESSIONS // 2), own):.1f} %")


if __name__ == "__main__":
    main()
