"""Blood pressure: mean curve, tail, covariates and the anaesthetic end."""

from __future__ import annotations

import numpy as np
import pytest

from kinetamine.engine.events import Form
from kinetamine.engine.person import Person
from kinetamine.engine.spread import probability_above
from kinetamine.library.effects.blood_pressure import CEILING, ENTRY
from library.effects.courses import STANDARD, infuse, people_of

OMEGA2 = ENTRY.variability["SENSITIVITY"].omega2.value


def _share(name: str, threshold: float, peak: float) -> float:
    return probability_above(threshold, [peak] * 8, OMEGA2, ENTRY.residual[name].value, CEILING[name])


def test_mean_rise() -> None:
    """0.5 mg/kg in 40 min: +12.6/+8.5 mmHg uncontrolled (Vankawala), +7.2/+3.8 nasal less placebo.

    HR +4.1 (0.6 to 7.6).
    """
    course = infuse(ENTRY, STANDARD, people=500)
    mean = {n: people_of(course, n).max(axis=1).mean() for n in ("systolic_rise", "diastolic_rise", "heart_rate_rise")}
    assert 7.2 <= mean["systolic_rise"] <= 12.6
    assert 3.8 <= mean["diastolic_rise"] <= 8.5
    assert 0.6 <= mean["heart_rate_rise"] <= 7.6
    assert 35.0 <= course.times_h[course["systolic_rise"].typical.argmax()] * 60.0 <= 50.0


@pytest.mark.parametrize(("age_y", "low", "high"), [(25.0, 0.05, 0.12), (45.0, 0.05, 0.12), (70.0, 0.09, 0.27)])
def test_patients_with_a_large_rise(age_y: float, low: float, high: float) -> None:
    """US label, eight sessions: +40 mmHg in 8 % (29/346) below and 17 % (12/72) from 65 years; exact 95 % intervals."""
    person = Person(weight_kg=70.0, age_y=age_y)
    course = infuse(ENTRY, STANDARD, person=person)
    assert low <= _share("systolic_rise", 40.0, course["systolic_rise"].typical.max()) <= high


def test_diastolic_and_placebo_tails() -> None:
    """US label: DBP +25 in 13 to 14 % (95 % interval 10 to 17); placebo +40 in 0.5 % (0.01 to 2.5), +25 in 3 %."""
    course = infuse(ENTRY, STANDARD, person=Person(weight_kg=70.0, age_y=45.0))
    assert 0.10 <= _share("diastolic_rise", 25.0, course["diastolic_rise"].typical.max()) <= 0.17
    assert 1e-4 <= _share("systolic_rise", 40.0, 0.0) <= 0.025
    assert 0.009 <= _share("diastolic_rise", 25.0, 0.0) <= 0.06


def test_anaesthetic_level() -> None:
    """Langsjo 2005: mean pressure +27 % and heart rate +43.5 % at 1959 (442) ng/mL S-ketamine; within a quarter."""
    course = infuse(
        ENTRY, (0.0, 1540.0, 8.0), form=Form.ESKETAMINE, horizon_h=8.0, person=Person(weight_kg=70.0, age_y=45.0)
    )
    assert course.at("s_ketamine_arterial", 8.0) == pytest.approx(1959.0, rel=0.25)
    middle = (course.at("systolic_rise", 8.0) + 2.0 * course.at("diastolic_rise", 8.0)) / 3.0
    assert middle == pytest.approx(0.27 * 88.0, rel=0.25)
    assert course.at("heart_rate_rise", 8.0) == pytest.approx(0.435 * 65.0, rel=0.25)


def test_nobody_leaves_the_possible() -> None:
    """300 hypertensive people of 80 under anaesthesia stay below the ceilings."""
    person = Person(weight_kg=70.0, age_y=80.0, hypertension=True, systolic_mmhg=170.0)
    course = infuse(ENTRY, (0.0, 140.0, 1 / 60), person=person, people=300)
    assert people_of(course, "systolic_rise").max() <= CEILING["systolic_rise"]
    assert people_of(course, "systolic").min() >= 170.0


def test_covariates() -> None:
    """Older and hypertensive people rise more (Yale 2024: odds 1.04 a year; all hypertensives had a surge)."""
    people = [
        Person(weight_kg=70.0, age_y=age, hypertension=ill) for age, ill in ((30.0, False), (70.0, False), (70.0, True))
    ]
    tops = [infuse(ENTRY, STANDARD, person=person)["systolic_rise"].typical.max() for person in people]
    assert tops[0] < tops[1] < tops[2]


def test_no_tolerance() -> None:
    """Riva-Posse 2018: no change from infusion 1 to 6."""
    course = infuse(ENTRY, *((48.0 * i, 35.0, 2 / 3) for i in range(6)), horizon_h=246.0)
    tops = [course.at("systolic_rise", 48.0 * i + 0.7) for i in range(6)]
    assert np.ptp(tops) < 0.1
