"""The simulated course: nobody's readings, the same for the same seed, and what the model says."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from kinetamine.clinic.alarms.limits import Vital
from kinetamine.clinic.alarms.machine import outside
from kinetamine.clinic.alarms.published import PUBLISHED
from kinetamine.clinic.monitor.course import UNPREDICTED, Simulated, Virtual, simulated
from kinetamine.engine.model import Provenance
from kinetamine.errors import FieldError

DOSE = "0.5 mg/kg iv over 40 min"


@cache
def course() -> Simulated:
    return simulated(Virtual(regimen=DOSE))


def test_a_reading_is_the_same_whenever_it_is_asked_for() -> None:
    assert course().at(20.0, 3) == course().at(20.0, 3)
    assert course().at(20.0, 3) != course().at(20.0, 4)


def test_pressure_rises_under_the_infusion_and_falls_again() -> None:
    def mean(minute: float) -> float:
        return float(np.mean([course().at(minute, number)[Vital.SYSTOLIC] for number in range(400)]))

    before, under, after = mean(-5.0), mean(38.0), mean(240.0)
    typical = course().people[Vital.SYSTOLIC][course().person]
    assert before == pytest.approx(typical[0], abs=1.5)
    assert under == pytest.approx(float(np.interp(38.0, course().times_min, typical)), abs=1.5)
    assert under > max(before, after)


def test_what_a_monitor_shows_can_be() -> None:
    for number in range(200):
        shown = course().at(number - 10.0, number)
        assert set(shown) == set(Vital) - {Vital.ALERTNESS}
        assert [sign for sign, value in shown.items() if outside(PUBLISHED, sign, value)] == []
        assert shown[Vital.DIASTOLIC] < shown[Vital.SYSTOLIC]
        assert all(value == round(value) for value in shown.values())


def test_what_no_model_predicts_is_said_to_be_assumed() -> None:
    assert {one.provenance for pair in UNPREDICTED.values() for one in pair} == {Provenance.ASSUMED}


@pytest.mark.parametrize("wrong", [{"regimen": "0.5 mg/kg iv over 40 min, twice weekly for 1 week"}, {"seed": -1}])
def test_a_course_is_of_one_dose(wrong: dict[str, object]) -> None:
    with pytest.raises(FieldError):
        simulated(Virtual(**{"regimen": DOSE} | wrong))  # type: ignore[arg-type]
