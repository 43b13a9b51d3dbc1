"""A plan: every dose spelled out, predicted for this person, and looked at before each session."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from itertools import product

import numpy as np
import pytest

from kinetamine.clinic.bands import Band, band_of
from kinetamine.clinic.care.enrolment import FORMS, ROUTE_NAMES, USES
from kinetamine.clinic.dose_check import Order, Vial, work_out
from kinetamine.clinic.eligibility.assess import Outcome, assess
from kinetamine.clinic.eligibility.rules import Treatment, Use
from kinetamine.clinic.measured import Measured
from kinetamine.clinic.plan import READINGS, Phase, Plan, SessionPrediction, predict
from kinetamine.clinic.plan_rules import SERIES
from kinetamine.engine.events import Form
from kinetamine.engine.trajectory import Series
from kinetamine.errors import FieldError, OutsideStudiedRangeError

AT = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
MEASURED = Measured(
    weight_kg=70.0, age_y=44.0, systolic_mmhg=126.0, diastolic_mmhg=80.0, heart_rate_bpm=70.0, taken_at=AT
)
INFUSION = Treatment(form=Form.RACEMIC, route="intravenous", use=Use.RESISTANT_DEPRESSION)
SPRAY = Treatment(form=Form.ESKETAMINE, route="intranasal", use=Use.RESISTANT_DEPRESSION)
WORDS = "racemic ketamine HCl 0.5 mg/kg iv over 40 min"
PLAN = Plan(
    treatment=INFUSION,
    phases=(
        Phase(name="induction", words=f"{WORDS}, twice weekly for 1 week"),
        Phase(name="maintenance", words=f"{WORDS}, weekly for 2 weeks", first_day=8),
    ),
    measured=MEASURED,
)
SPRAYED = Plan(
    treatment=SPRAY,
    phases=(Phase(name="induction", words="esketamine 56 mg intranasal on day 1, then 84 mg on day 4"),),
    measured=MEASURED,
)


@cache
def predicted() -> tuple[SessionPrediction, ...]:
    return predict(PLAN)


def test_every_dose_is_spelled_out_by_phase_day_mg_of_salt_and_of_base() -> None:
    rows = [(one.number, one.phase, one.day, one.stated_mg, round(one.base_mg, 2)) for one in PLAN.doses]
    assert rows == [
        (1, "induction", 1, 35.0, 30.35),
        (2, "induction", 4, 35.0, 30.35),
        (3, "maintenance", 8, 35.0, 30.35),
        (4, "maintenance", 15, 35.0, 30.35),
    ]


def test_a_spray_is_spelled_out_device_by_device() -> None:
    assert [(one.base_mg, len(one.given)) for one in SPRAYED.doses] == [(56.0, 2), (84.0, 3)]
    gaps = np.diff([row.time_h for row in SPRAYED.doses[1].given]) * 60.0
    assert gaps == pytest.approx([5.0, 5.0])


def test_a_planned_dose_is_what_two_people_work_out() -> None:
    planned = PLAN.doses[0]
    vial = Vial(lot="L", form=Form.RACEMIC, salt="hydrochloride", mg_per_ml=50.0)
    worked = work_out(
        Order(dose=planned.dose, weight_kg=MEASURED.weight_kg, weighed_at=AT, vial=vial, diluted_to_ml=35.0)
    )
    assert worked.mg == planned.stated_mg
    assert worked.base_mg == pytest.approx(planned.base_mg)


def test_every_session_has_a_band_around_this_persons_own_pressure() -> None:
    assert [one.number for one in predicted()] == [1, 2, 3, 4]
    first = predicted()[0]
    assert set(first.bands) == set(READINGS)
    systolic = first.bands["systolic"]
    assert systolic.typical[0] == pytest.approx(126.0)
    assert systolic.times_min[0] == 0.0
    assert systolic.times_min[-1] >= 240.0
    minute, typical, low, high = systolic.peak
    assert 30.0 <= minute <= 60.0
    assert low < typical < high
    assert typical > 130.0
    assert (first.exposure, first.model) == ("ketamine_venous", "kamp_2020")
    assert 100.0 < first.peak_ng_per_ml < 300.0
    assert first.auc_ng_h_per_ml > 0.0


def test_dissociation_starts_at_nothing_peaks_and_never_leaves_the_scale() -> None:
    cadss = predicted()[0].bands["cadss"]
    assert cadss.typical[0] == pytest.approx(0.0, abs=1e-6)
    assert min(cadss.low) >= 0.0
    assert max(cadss.high) <= 92.0
    assert cadss.peak[1] > predicted()[-1].bands["cadss"].peak[1]


def test_a_band_ends_where_nothing_was_predicted() -> None:
    systolic = predicted()[0].bands["systolic"]
    assert systolic.at(-1.0) is None
    assert systolic.at(10000.0) is None
    low, high = systolic.at(42.5) or (0.0, 0.0)
    assert low < high


def test_a_band_holds_the_noise_of_one_reading() -> None:
    rng = np.random.default_rng(1)
    people = np.tile(rng.normal(100.0, 5.0, size=(400, 1)), (1, 3))
    series = Series("x", "x", "mmHg", "acute", np.full(3, 100.0), people=people, residual_sd=12.0)
    band = band_of(series, np.array([0.0, 1.0, 2.0]), 0.0, 2.0)
    readings = people[:, 0] + rng.normal(0.0, 12.0, 400)
    assert 0.86 < np.mean((readings > band.low[0]) & (readings < band.high[0])) < 0.94
    assert band.has_noise
    assert isinstance(band, Band)
    with pytest.raises(FieldError, match="virtual people"):
        band_of(replace(series, people=None), np.array([0.0, 1.0, 2.0]), 0.0, 2.0)


def test_outside_the_studied_range_the_plan_is_refused_unless_one_insists() -> None:
    heavy = replace(PLAN, measured=replace(MEASURED, age_y=90.0), phases=PLAN.phases[:1])
    with pytest.raises(OutsideStudiedRangeError):
        predict(heavy)
    assert any("90" in one for one in predict(replace(heavy, outside=True))[0].warnings)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"phases": ()}, "at least one phase"),
        ({"treatment": SPRAY}, "esketamine intranasal"),
        ({"phases": (PLAN.phases[0], replace(PLAN.phases[1], first_day=3))}, "a day after the last of induction"),
    ],
)
def test_a_plan_is_judged(change: dict[str, object], message: str) -> None:
    with pytest.raises(FieldError, match=message):
        replace(PLAN, **change)  # type: ignore[arg-type]  # wrong on purpose


def test_nothing_that_is_measured_is_assumed() -> None:
    with pytest.raises(FieldError, match="first_day"):
        Phase(name="x", words=WORDS, first_day=0)
    with pytest.raises(FieldError, match="weight_kg"):
        replace(MEASURED, weight_kg=0.5)
    with pytest.raises(FieldError, match="with its zone"):
        replace(MEASURED, taken_at=AT.replace(tzinfo=None))
    with pytest.raises(TypeError):
        Measured(weight_kg=70.0, taken_at=AT)  # type: ignore[call-arg]


@pytest.mark.parametrize(
    ("facts", "treatment", "met"),
    [
        ({"day": 28.0, "benefit": False}, SPRAY, set()),
        ({"day": 29.0, "benefit": False}, SPRAY, {"no_benefit_after_induction"}),
        ({"day": 29.0, "benefit": False}, INFUSION, {"no_benefit"}),
        ({"bladder_symptoms": True}, INFUSION, {"harm_of_long_treatment"}),
        ({"wants_to_stop": True}, SPRAY, {"stop_wanted"}),
        ({"since_review_d": 91.0}, SPRAY, {"review_due"}),
    ],
)
def test_a_series_is_looked_at_again(facts: dict[str, float | bool], treatment: Treatment, met: set[str]) -> None:
    findings = assess(facts, SERIES, treatment, AT).findings
    assert {one.rule.name for one in findings if one.outcome is Outcome.MET} == met


def test_four_weeks_without_benefit_are_noticed_once_whatever_somebody_is_enrolled_for() -> None:
    for form, route, use in product(FORMS, ROUTE_NAMES, USES):
        treatment = Treatment(form=Form(form), route=route, use=Use(use))
        findings = assess({"day": 60.0, "benefit": False}, SERIES, treatment, AT).findings
        met = [one.rule.title for one in findings if one.outcome is Outcome.MET]
        assert len(met) == 1, (treatment, met)
        assert "without clear benefit" in met[0]


def test_benefit_that_nobody_judged_is_listed_as_not_known() -> None:
    (one,) = [
        one for one in assess({"day": 40.0}, SERIES, SPRAY, AT).findings if "benefit" in one.rule.name and one.is_open
    ]
    assert one.outcome is Outcome.NOT_KNOWN
