"""A day in the clinic, without pages or database: from the first question to the proposal weeks later."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from clinic.outcomes.ratings import rated
from kinetamine.clinic.alarms.events import Acknowledged
from kinetamine.clinic.alarms.machine import step
from kinetamine.clinic.alarms.published import PUBLISHED as LIMITS
from kinetamine.clinic.consent import ConsentText, Given, Purpose, fingerprint, in_force, purpose_of
from kinetamine.clinic.discharge import Arrangements, discharge, gate
from kinetamine.clinic.dose_check import Order, Vial, Worked, begin
from kinetamine.clinic.eligibility.assess import assess, decide, undecided
from kinetamine.clinic.eligibility.published import PUBLISHED as RULES
from kinetamine.clinic.eligibility.questions import QUESTIONS
from kinetamine.clinic.eligibility.rules import Treatment, Use
from kinetamine.clinic.ledger import Account, Count, Ledger, Lot, Posting, micrograms
from kinetamine.clinic.measured import Measured
from kinetamine.clinic.outcomes.boosters import booster
from kinetamine.clinic.outcomes.trajectory import path
from kinetamine.clinic.plan import Phase, Plan, SessionPrediction, predict
from kinetamine.clinic.rems import Colour, Duty, Identity, Record, duty_of, filled
from kinetamine.clinic.rems import clock as seven_days
from kinetamine.clinic.session.compare import Place, compare
from kinetamine.clinic.session.entries import Entry, InfusionStarted, Left, Paused, Read, Resumed, Scored, Stopped, What
from kinetamine.clinic.session.schedule import INFUSION_SESSION, Status, due
from kinetamine.clinic.session.state import state_at
from kinetamine.clinic.session.timeline import Timeline
from kinetamine.clinic.session.vitals import alarms_of, present, sent_back, unanswered
from kinetamine.clinic.signature import Signature
from kinetamine.engine.events import Form
from kinetamine.units import BASE_PER_HYDROCHLORIDE

NINE = datetime(2026, 3, 2, 14, 0, tzinfo=UTC)
ZONE = ZoneInfo("America/New_York")
TREATMENT = Treatment(form=Form.RACEMIC, route="intravenous", use=Use.RESISTANT_DEPRESSION)
PLAN = Plan(
    treatment=TREATMENT,
    phases=(Phase(name="induction", words="racemic ketamine HCl 0.5 mg/kg iv over 40 min, twice weekly for 1 week"),),
    measured=Measured(
        weight_kg=70.0, age_y=44.0, systolic_mmhg=128.0, diastolic_mmhg=80.0, heart_rate_bpm=70.0, taken_at=NINE
    ),
)


@cache
def predicted() -> SessionPrediction:
    return predict(PLAN)[0]


def at(minutes: float) -> datetime:
    return NINE + timedelta(minutes=minutes)


def signed(by: str, role: str, minutes: float) -> Signature:
    return Signature(by=by, role=role, at=at(minutes))


def entry(name: str, minutes: float, what: What) -> Entry:
    return Entry(name=name, at=at(minutes), received_at=at(minutes + 0.1), by="nurse-a", what=what)


def vitals(systolic: float, diastolic: float) -> Read:
    return Read(values=(("systolic", systolic), ("diastolic", diastolic), ("heart_rate", 74.0), ("spo2", 97.0)))


SESSION = (
    entry("before", -10, vitals(128, 80)),
    entry("start", 0, InfusionStarted(ml_per_h=52.5, mg_per_ml=1.0, salt="hydrochloride", lot="L1")),
    entry("r15", 15, vitals(138, 86)),
    entry("r20", 20, vitals(184, 112)),
    entry("pause", 21, Paused(reason="pressure 184/112")),
    entry("r25", 25, vitals(146, 90)),
    entry("resume", 31, Resumed()),
    entry("r40", 40, vitals(150, 92)),
    entry("stop", 50, Stopped(reason="complete")),
    entry("dissociated", 46, Scored(scale="cadss", answers=tuple((f"{item}", 1) for item in range(1, 24)))),
    entry("r60", 60, vitals(140, 86)),
    entry("r90", 90, vitals(130, 80)),
    entry("clear", 150, Scored(scale="cadss", answers=tuple((f"{item}", 0) for item in range(1, 24)))),
    entry("alert", 151, Scored(scale="moaas", answers=(("response", 5),))),
    entry("r120", 120, vitals(126, 78)),
    entry("r155", 155, vitals(124, 78)),
)


def test_before_the_dose() -> None:
    facts: dict[str, bool | float | str | None] = {
        one.name: False for one in QUESTIONS if type(one).__name__ == "YesNo"
    }
    facts |= dict.fromkeys(("psychiatric_assessment_done", "baseline_scored", "treatment_history_known"), True)
    facts |= {"hepatic": "normal", "age_y": 44.0, "systolic_mmhg": 144.0, "diastolic_mmhg": 80.0}
    assessment = assess(facts, RULES, TREATMENT, at(-60))
    (one,) = assessment.to_decide
    made = decide(
        assessment, one.rule.name, "144 once, 128 after ten minutes of rest", signed("dr-a", "physician", -20)
    )
    assert undecided(assessment, [made]) == ()
    text = ConsentText(
        name="racemic",
        version=3,
        purpose=purpose_of(TREATMENT),
        language="en",
        sha256=fingerprint(b"off-label ..."),
        valid_from=at(-10000),
    )
    agreed = Given(
        name="c1", person="p", text=text, sha256=fingerprint(b"off-label ..."), signature=signed("p", "patient", -50)
    )
    assert in_force("p", Purpose.OFF_LABEL, [agreed], at(0)).given == agreed
    vial = Vial(lot="L1", form=Form.RACEMIC, salt="hydrochloride", mg_per_ml=50.0)
    order = Order(dose=PLAN.doses[0].dose, weight_kg=70.0, weighed_at=at(-60), vial=vial, diluted_to_ml=35.0)
    check = begin(order, Worked(mg=35.0, base_mg=30.3, ml=0.7, ml_per_h=52.5), signed("nurse-a", "nurse", -15))
    assert check.finish(Worked(mg=35.0, base_mg=30.3, ml=0.7, ml_per_h=52.5), signed("nurse-b", "nurse", -12)).agrees


def test_the_session_itself() -> None:
    assert all(sent_back(one.what, LIMITS) == () for one in SESSION)
    timeline = Timeline().merged(SESSION)
    state = state_at(timeline, at(171))
    assert round(state.base_mg, 6) == round(35.0 * BASE_PER_HYDROCHLORIDE, 6)
    alarms = alarms_of(timeline, LIMITS)
    assert {"systolic at least 180 mmHg", "diastolic at least 110 mmHg"} <= set(unanswered(alarms))
    comparison = compare(timeline, state, predicted())
    assert comparison.changed_at == at(21)
    assert [one.entry for one in comparison.outside if one.quantity == "systolic"] == ["r20"]
    assert {one.place for one in comparison.compared if one.quantity == "cadss"} == {Place.INSIDE}
    found = {one.slot.name: one.status for one in due(INFUSION_SESSION, state)}
    assert found == {
        "before": Status.DONE,
        "minute 15": Status.DONE,
        "minute 30": Status.DONE,
        "minute 40": Status.DONE,
        "minute 60": Status.DONE,
        "minute 90": Status.DONE,
        "minute 120": Status.DONE,
        "dissociation": Status.DONE,
        "before leaving": Status.DONE,
    }


def test_leaving() -> None:
    timeline = Timeline().merged(SESSION)
    state = state_at(timeline, at(171))
    alarms = alarms_of(timeline, LIMITS)
    arranged = Arrangements(escort=at(160), told_not_to_drive=at(162), gait_safe=at(157), symptoms_asked=at(156))
    shut = gate(state, arranged, unanswered_alarms=unanswered(alarms), present_alarms=present(alarms))
    assert [one.name for one in shut.unmet] == ["every alarm answered"]
    seen = frozenset(name for one in alarms.board for name in one.unanswered)
    alarms, _ = step(alarms, Acknowledged(name="seen", readings=seen, by="nurse-a", at=at(22)))
    done = gate(state, arranged, unanswered_alarms=unanswered(alarms), present_alarms=present(alarms))
    assert done.unmet == ()
    assert done.would_have_been_ready == at(157)
    assert discharge(done, signed("nurse-a", "nurse", 172)).overridden == ()
    left = timeline.merged([entry("left", 173, Left())])
    record = filled(
        Record(identity=Identity(first_name="A")), state_at(left, at(180)), ZONE, done.would_have_been_ready
    )
    assert (record.treatment_date, record.total_min, record.ready_min) == (date(2026, 3, 2), 173.0, 157.0)
    duty = duty_of(TREATMENT.form, TREATMENT.route, outpatient=True)
    assert duty is Duty.GOOD_PRACTICE
    assert seven_days(duty, NINE, at(6 * 1440), ZONE).colour is Colour.RED


def test_the_drug_is_all_accounted_for() -> None:
    lot = Lot(number="L1", product="ketamine 500 mg / 10 mL", form=Form.RACEMIC, salt="hydrochloride")
    given = Posting(
        name="g",
        lot=lot,
        source=Account.STOCK,
        target=Account.PATIENT,
        ug=micrograms("35"),
        signature=signed("nurse-a", "nurse", 50),
        session="s1",
    )
    bought = replace(given, name="r", source=Account.SUPPLIER, target=Account.STOCK, ug=micrograms("500"), session="")
    bought = replace(bought, signature=signed("nurse-a", "nurse", -600))
    rest = replace(
        given,
        name="w",
        target=Account.WASTE,
        ug=micrograms("465"),
        witness=signed("nurse-b", "nurse", 55),
        reason="vial opened, rest discarded",
    )
    ledger = Ledger().posted(bought).posted(given).posted(rest)
    empty = Count(
        name="c", lot=lot, ug=0, signature=signed("a", "nurse", 60), witness=signed("b", "nurse", 60), whole=True
    )
    assert ledger.counted(empty).discrepancies == ()
    assert ledger.counted(empty).last_inventory(ZONE) == date(2026, 3, 2)


def test_weeks_later() -> None:
    ratings = [rated("phq9", total, 7.0 * week) for week, total in enumerate((20, 6, 12, 14))]
    found = booster(
        path(ratings, NINE),
        last_dose_at=at(3 * 1440),
        next_dose_at=None,
        open_findings=(),
        now=ratings[-1].at + timedelta(hours=1),
    )
    assert found is not None
    assert found.reasons[0] == "response lost: to be decided on"
