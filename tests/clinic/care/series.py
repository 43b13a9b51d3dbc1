"""A planned series for tests: one person, a few doses, predicted once for all tests."""

from __future__ import annotations

from functools import cache
from zoneinfo import ZoneInfo

from clinic.world import START, World, person
from kinetamine.clinic.bands import Band
from kinetamine.clinic.care import enrolment, plan
from kinetamine.clinic.eligibility.rules import Treatment, Use
from kinetamine.clinic.measured import Measured
from kinetamine.clinic.plan import READINGS, Phase, SessionPrediction
from kinetamine.clinic.records import Enrolment, Order
from kinetamine.engine.events import Form

INFUSION = Treatment(form=Form.RACEMIC, route="intravenous", use=Use.RESISTANT_DEPRESSION)
SPRAY = Treatment(form=Form.ESKETAMINE, route="intranasal", use=Use.RESISTANT_DEPRESSION)
MEASURED = Measured(
    weight_kg=70.0, age_y=44.0, systolic_mmhg=126.0, diastolic_mmhg=80.0, heart_rate_bpm=70.0, taken_at=START
)
WORDS = "racemic ketamine HCl 0.5 mg/kg iv over 40 min"
BERLIN = ZoneInfo("Europe/Berlin")


def band(quantity: str) -> Band:
    """Some band; what the model says is tested where plans are."""
    low, typical, high = (90.123456, 60.0), (100.0, 70.0), (110.0, 80.987654)
    return Band(
        quantity=quantity,
        title=quantity,
        unit="mmHg",
        times_min=(0.0, 40.0),
        typical=typical,
        low=low,
        high=high,
        has_noise=True,
    )


def session(number: int) -> SessionPrediction:
    """Some prediction."""
    return SessionPrediction(
        number=number,
        exposure="ketamine_venous",
        peak_ng_per_ml=176.123456,
        auc_ng_h_per_ml=258.0,
        bands={one: band(one) for one in READINGS},
        model="demo",
        version="0",
        warnings=("a remark",),
    )


def foretold(treatment: Treatment, *phases: Phase) -> plan.Foreseen:
    """A plan with some prediction for every dose."""
    made = plan.made(treatment, phases, MEASURED, {"previous_sessions": 2.0}, outside=False)
    sessions = tuple(session(one.number) for one in made.doses)
    return plan.Foreseen(plan=made, doses=made.doses, sessions=sessions)


@cache
def foreseen() -> plan.Foreseen:
    """Two doses in two phases."""
    return foretold(
        INFUSION, Phase(name="induction", words=WORDS), Phase(name="maintenance", words=WORDS, first_day=29)
    )


@cache
def sprayed() -> plan.Foreseen:
    """One dose of two devices."""
    return foretold(SPRAY, Phase(name="induction", words="esketamine 56 mg intranasal"))


def enrolled(world: World, treatment: Treatment = INFUSION) -> Enrolment:
    """Somebody who is treated."""
    records = world.records()
    return enrolment.enrol(records, records.add(person()).id, treatment, "series", START)


def ordered(world: World, *, spray: bool = False) -> Order:
    """The first dose of the series, as it was ordered."""
    found = sprayed() if spray else foreseen()
    made = plan.save(world.records(), enrolled(world, SPRAY if spray else INFUSION), found, START, BERLIN)
    return made[0]
