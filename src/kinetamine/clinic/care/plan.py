"""A series for one person: planned, predicted once, and kept as one order for every dose."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from kinetamine import catalogue
from kinetamine.clinic.access import Records
from kinetamine.clinic.bands import Band
from kinetamine.clinic.care import predictions
from kinetamine.clinic.care.enrolment import ENDED, treatment_from, treatment_json
from kinetamine.clinic.care.every import every
from kinetamine.clinic.care.told import ToldError, at_field
from kinetamine.clinic.dose_range import beyond, devices_of, is_spray
from kinetamine.clinic.eligibility.rules import Rule, Treatment
from kinetamine.clinic.measured import Measured
from kinetamine.clinic.plan import Phase, Plan, PlannedDose, SessionPrediction, predict
from kinetamine.clinic.plan_rules import SERIES
from kinetamine.clinic.records import Enrolment, Order, Session
from kinetamine.clinic.signature import require_words
from kinetamine.course import parse_regimen
from kinetamine.engine.dose import Dose, Salt
from kinetamine.engine.events import Form
from kinetamine.errors import FieldError, InputError, OutsideStudiedRangeError
from kinetamine.units import BASE_PER_HYDROCHLORIDE

PLANNED, FIRST_CHECKED, CHECKED, DISPUTED, CANCELLED = "planned", "first checked", "checked", "disputed", "cancelled"
"""States of an order before it is given."""
GIVEN = "given"
"""How an order stands of which a session holds drug: it follows from the session, and is stored nowhere."""
TO_COME = frozenset({PLANNED, FIRST_CHECKED, CHECKED, DISPUTED})
NOT_TO_BE_GIVEN = frozenset({GIVEN, CANCELLED, DISPUTED})
"""Given before, taken back, or two people got different doses: no session is opened for it."""
MOST_PHASES = 3
MOST_DOSES = 60
"""Of one plan: more than a year of weekly doses is taken for a slip."""
_MOST_WORDS = 200
_PLACES = 3
_OF_THE_PERSON = ("cyp2b6", "hepatic")
"""How interactions begin that follow from genotype and liver, and are not drugs."""


@dataclass(frozen=True, kw_only=True)
class Shortcut:
    """A regimen of the library, for the form."""

    name: str
    title: str
    words: str
    source: str


@dataclass(frozen=True, kw_only=True)
class Foreseen:
    """A plan and what is predicted for every session of it."""

    plan: Plan
    doses: tuple[PlannedDose, ...]
    sessions: tuple[SessionPrediction, ...]


def shortcuts(treatment: Treatment) -> tuple[Shortcut, ...]:
    """The library's regimens of the same drug by the same route."""
    found = []
    for one in catalogue.load_all("regimens"):
        doses = parse_regimen(one.words).doses
        if all((dose.form, dose.route) == (treatment.form, treatment.route) for dose in doses):
            source = "; ".join(reference.short() for reference in one.references)
            found.append(Shortcut(name=one.name, title=one.title, words=one.words, source=source))
    return tuple(found)


def interactions() -> tuple[tuple[str, str], ...]:
    """Drugs whose interaction the models know: name and title."""
    return tuple(
        (one.name, one.title) for one in catalogue.load_all("interactions") if not one.name.startswith(_OF_THE_PERSON)
    )


def phase(place: int, name: str, words: str, first_day: int) -> Phase:
    """One row of the form; what is wrong is told at its field.

    Raises:
        ToldError: the words cannot be understood, are too long, or the day is before the first.
    """
    if len(words) > _MOST_WORDS:
        raise ToldError(f"words_{place}", f"The doses of one phase in at most {_MOST_WORDS} characters, please.")
    with at_field(f"first_day_{place}"):
        made = Phase(name=name, words=words, first_day=first_day)
    with at_field(f"words_{place}"):
        doses = made.regimen.doses
        if len(doses) > MOST_DOSES:
            raise FieldError("words", f"{len(doses)} doses", f"at most {MOST_DOSES} doses")
    return made


def foreseen(plan: Plan) -> Foreseen:
    """Every dose and what is predicted; takes a second or two, and is not computed twice for one plan.

    Raises:
        ToldError: nobody studied such a person or dose, and the form does not say to predict all the same.
    """
    if len(plan.regimen.doses) > MOST_DOSES:
        raise ToldError("words_1", f"These are {len(plan.regimen.doses)} doses; at most {MOST_DOSES} in one plan.")
    try:
        return _foreseen(plan)
    except OutsideStudiedRangeError as error:
        said = f"Nobody studied this: {'; '.join(error.reasons)}. Tick the box to predict all the same."
        raise ToldError("outside", said) from error


@lru_cache(maxsize=16)
def _foreseen(plan: Plan) -> Foreseen:
    return Foreseen(plan=plan, doses=plan.doses, sessions=predict(plan))


def made(
    treatment: Treatment, phases: Sequence[Phase], measured: Measured, others: Mapping[str, object], *, outside: bool
) -> Plan:
    """The plan; what is wrong between phases is told at the later one.

    Raises:
        ToldError: phases overlap, a dose is of another treatment, or no whole number of devices gives it.
    """
    for place, one in enumerate(phases, start=1):
        if any(before.name.casefold() == one.name.casefold() for before in phases[: place - 1]):
            raise ToldError(f"phase_{place}", f"Another phase is called {one.name!r} already; give each its own name.")
        with at_field(f"words_{place}"):
            for dose in Plan(treatment=treatment, phases=(one,), measured=measured).doses:
                if is_spray(dose.dose):
                    devices_of(dose.dose, dose.base_mg)
    try:
        return Plan(
            treatment=treatment,
            phases=tuple(phases),
            measured=measured,
            others=tuple(sorted(others.items())),
            outside=outside,
        )
    except InputError as error:
        raise ToldError(f"first_day_{len(phases)}", str(error)) from error


def beyond_what_was_tried(found: Foreseen) -> tuple[str, ...]:
    """Doses of a plan that are more than a trial or a label gave, each said once."""
    plan = found.plan
    told = (beyond(plan.treatment, one.dose, plan.measured.weight_kg) for one in found.doses)
    return tuple(dict.fromkeys(one for one in told if one))


def volume_ml(planned: PlannedDose, mg_per_ml: float, salt: Salt) -> float:
    """What would be drawn from a vial of this strength, unrounded: for reading, never for a syringe.

    Raises:
        FieldError: the strength is none.
    """
    if not 0.0 < mg_per_ml < math.inf:
        raise FieldError("mg_per_ml", mg_per_ml, "the strength printed on the vial, above 0 mg/mL")
    return planned.base_mg / (mg_per_ml * (BASE_PER_HYDROCHLORIDE if salt == "hydrochloride" else 1.0))


def save(records: Records, enrolment: Enrolment, found: Foreseen, starts_at: datetime, zone: ZoneInfo) -> list[Order]:
    """One order for every dose, all or none.

    Raises:
        FieldError: the enrolment has ended.
        Refusal: the role does not allow it.
    """
    if enrolment.state == ENDED:
        raise FieldError("enrolment", ENDED, "an enrolment that has not ended")
    pairs = zip(found.doses, found.sessions, strict=True)
    return records.add_all(
        [_order(enrolment, found, pair, on_the_wall(starts_at, pair[0].start_h, zone)) for pair in pairs]
    )


def on_the_wall(starts_at: datetime, hours: float, zone: ZoneInfo) -> datetime:
    """So many hours later by the clock on the wall: a series at nine stays at nine when the clocks change."""
    local = starts_at.astimezone(zone).replace(tzinfo=None) + timedelta(hours=hours)
    return local.replace(tzinfo=zone).astimezone(starts_at.tzinfo)


def of(records: Records, person_id: str) -> list[Order]:
    """Every order of a person, in the order in which they are planned."""
    found = every(records, Order, person_id=person_id)
    return sorted(found, key=lambda one: (one.planned_at or one.made_at, one.made_at))


def cancel(records: Records, order_id: str, version: int, why: str) -> Order:
    """Not to be given; the order stays on record.

    Raises:
        FieldError: it was given or cancelled already, or no reason is given.
    """
    require_words("why", why)
    require_to_come(records, records.get(Order, order_id), "why")
    return records.change(Order, order_id, version, why, state=CANCELLED)


def prediction_of(order: Order) -> SessionPrediction:
    """What was predicted when the dose was planned.

    Raises:
        FieldError: nothing was, or it cannot be read.
    """
    found = predictions.of(order.details)
    if found is None:
        raise FieldError("prediction", None, "an order that was planned with a prediction")
    return found


def rounded(prediction: SessionPrediction) -> SessionPrediction:
    """To thousandths of mmHg, of a beat a minute, of a point of a score: finer than anybody reads."""
    return replace(
        prediction,
        peak_ng_per_ml=round(prediction.peak_ng_per_ml, _PLACES),
        auc_ng_h_per_ml=round(prediction.auc_ng_h_per_ml, _PLACES),
        bands={name: _band_rounded(band) for name, band in prediction.bands.items()},
    )


def dose_of(order: Order) -> Dose:
    """The dose as it was prescribed.

    Raises:
        FieldError: the order does not hold one.
    """
    held = order.details.get("dose")
    if not held:
        raise FieldError("dose", None, "an order that was planned here, with its dose")
    return Dose(**held | {"form": Form(held["form"])})


def measured_of(order: Order) -> Measured:
    """What was measured when it was planned.

    Raises:
        FieldError: nothing was.
    """
    held = order.details.get("measured")
    if not held:
        raise FieldError("measured", None, "an order that was planned here, with what was measured")
    return Measured(**held | {"taken_at": datetime.fromisoformat(held["taken_at"])})


def treatment_of_order(order: Order) -> Treatment | None:
    """What it is given for; None where another program wrote the order."""
    return treatment_from(order.details.get("treatment"))


def beyond_of_order(order: Order) -> str:
    """The same of one order, for whoever checks it; empty where another program wrote it."""
    treatment = treatment_of_order(order)
    if treatment is None or not order.details.get("dose"):
        return ""
    return beyond(treatment, dose_of(order), order.weight_kg)


def given(records: Records, person_id: str) -> dict[str, Session]:
    """Orders of a person that were given, even in part, by their number: the session in which they were.

    Raises:
        Refusal: sessions are not for this person.
    """
    return given_in(every(records, Session, person_id=person_id))


def given_in(sessions: Iterable[Session]) -> dict[str, Session]:
    """The same of sessions that are known."""
    return {one.order_id: one for one in sessions if one.order_id and one.started_at is not None}


def stands(order: Order, given_in: Mapping[str, Session]) -> str:
    """How an order stands: as its record says, or given."""
    return GIVEN if order.id in given_in else order.state


def to_be_given(records: Records, person_id: str) -> list[Order]:
    """What a session may be opened for, in the order in which it is planned.

    Raises:
        Refusal: orders or sessions are not for this person.
    """
    before = given(records, person_id)
    return [one for one in of(records, person_id) if stands(one, before) not in NOT_TO_BE_GIVEN]


def require_to_come(records: Records, order: Order, field: str) -> None:
    """Refuse what is done to an order before it is given, where it was given already or is not to be.

    Raises:
        FieldError: at that field.
        Refusal: sessions are not for this person.
    """
    state = stands(order, given(records, order.person_id))
    if state not in TO_COME:
        raise FieldError(field, state, "an order that is still to be given")


def series_rules(treatment: Treatment) -> tuple[Rule, ...]:
    """What is asked before every further dose."""
    return tuple(one for one in SERIES.rules if one.on and one.applies.to(treatment))


def _order(
    enrolment: Enrolment, found: Foreseen, pair: tuple[PlannedDose, SessionPrediction], planned_at: datetime
) -> Order:
    planned, session = pair
    plan, dose = found.plan, planned.dose
    words = next(one.words for one in plan.phases if one.name == planned.phase)
    return Order(
        person_id=enrolment.person_id,
        enrolment_id=enrolment.id,
        regimen=words,
        drug=dose.form.value + (" hydrochloride" if dose.salt == "hydrochloride" else ""),
        route=dose.route,
        dose_mg=planned.stated_mg,
        weight_kg=plan.measured.weight_kg,
        planned_at=planned_at,
        state=PLANNED,
        details={
            "number": planned.number,
            "of": len(found.doses),
            "phase": planned.phase,
            "day": planned.day,
            "treatment": treatment_json(plan.treatment),
            "dose": _dose_json(dose),
            "base_mg": planned.base_mg,
            "measured": _measured_json(plan.measured),
            "others": {name: list(one) if isinstance(one, tuple) else one for name, one in plan.others},
            "outside": plan.outside,
            predictions.PREDICTION: predictions.written(rounded(session)),
        },
    )


def _band_rounded(band: Band) -> Band:
    def fine(values: tuple[float, ...]) -> tuple[float, ...]:
        return tuple(round(value, _PLACES) for value in values)

    return replace(
        band,
        times_min=fine(band.times_min),
        typical=fine(band.typical),
        low=fine(band.low),
        high=fine(band.high),
    )


def _dose_json(dose: Dose) -> dict[str, Any]:
    """Without its place in the series: the order says when it is planned."""
    names = ("amount", "unit", "route", "salt", "duration_h", "devices")
    return {name: getattr(dose, name) for name in names} | {"form": dose.form.value}


def _measured_json(measured: Measured) -> dict[str, Any]:
    return vars(measured) | {"taken_at": measured.taken_at.isoformat()}
