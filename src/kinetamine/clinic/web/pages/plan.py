"""Plan a series: the doses spelled out, what is predicted for this person, and one order for each."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any, get_args

from fastapi import APIRouter
from starlette.responses import Response

from kinetamine.clinic.access import Action
from kinetamine.clinic.care import enrolment, plan
from kinetamine.clinic.care.plan import Foreseen
from kinetamine.clinic.care.told import ToldError
from kinetamine.clinic.eligibility.questions import HEPATIC
from kinetamine.clinic.eligibility.rules import Treatment
from kinetamine.clinic.measured import Measured
from kinetamine.clinic.plan import Phase, Plan
from kinetamine.clinic.records import Enrolment, Order, Person
from kinetamine.clinic.web.band_pictures import pictures
from kinetamine.clinic.web.forms import Form, Posted
from kinetamine.clinic.web.rendering import page, seen
from kinetamine.clinic.web.visit import SignedIn, Visit
from kinetamine.engine.dose import Salt
from kinetamine.errors import InputError

router = APIRouter()
_MEASURED = ("weight_kg", "age_y", "systolic_mmhg", "diastolic_mmhg", "heart_rate_bpm")
PHASES = range(1, plan.MOST_PHASES + 1)


@dataclass(frozen=True, kw_only=True)
class _Shown:
    """What the page shows of a plan, and by what it is known when it is sent again.

    Attributes:
        volumes: mL of each dose, where the vial is known.
    """

    found: Foreseen
    starts_at: datetime
    volumes: tuple[float, ...] = ()

    @property
    def mark(self) -> str:
        """Of the plan and its start: what is ordered is what was shown."""
        return hashlib.sha256(repr((self.found.plan, self.starts_at)).encode()).hexdigest()[:32]


@router.get("/enrolments/{enrolment_id}/plan")
def blank(visit: SignedIn, enrolment_id: str) -> Response:
    """The form: nothing stands in it."""
    visit.records.require(Action.ADD, Order)
    return _page(visit, visit.records.get(Enrolment, enrolment_id))


@router.post("/enrolments/{enrolment_id}/plan")
def work_out(visit: SignedIn, enrolment_id: str, form: Posted) -> Response:
    """Show every dose and its prediction; and order them, where what is ordered was shown."""
    visit.records.require(Action.ADD, Order)
    record = visit.records.get(Enrolment, enrolment_id)
    try:
        planned = _plan(form, enrolment.require_treatment(record), visit)
        shown = _shown(form, planned, visit)
    except InputError as error:
        return _page(visit, record, form=form, error=error)
    if form.typed("action") != "order" or form.typed("mark") != shown.mark:
        return _page(visit, record, form=form, shown=shown, changed=form.typed("action") == "order")
    try:
        plan.save(visit.records, record, shown.found, shown.starts_at, visit.zone)
    except InputError as error:
        return _page(visit, record, form=form, error=error, shown=shown)
    return seen(f"/people/{record.person_id}")


def _shown(form: Form, planned: Plan, visit: Visit) -> _Shown:
    starts_at, mg_per_ml = form.moment("starts_at", visit.zone), form.maybe_number("mg_per_ml")
    salt = "hydrochloride" if mg_per_ml is None else form.choice("vial_salt", get_args(Salt))
    found = plan.foreseen(planned)
    volumes = []
    if mg_per_ml is not None:
        volumes = [plan.volume_ml(one, mg_per_ml, "base" if salt == "base" else "hydrochloride") for one in found.doses]
    return _Shown(found=found, starts_at=starts_at, volumes=tuple(volumes))


def _plan(form: Form, treatment: Treatment, visit: Visit) -> Plan:
    numbers = {name: form.number(name) for name in _MEASURED}
    measured = Measured(**numbers, taken_at=form.moment("taken_at", visit.zone))
    if measured.taken_at > visit.services.database.clock():
        raise ToldError("taken_at", "A time that has passed: what was measured, not what will be.")
    outside = bool(form.typed("outside"))
    return plan.made(treatment, _phases(form), measured, _others(form), outside=outside)


def _phases(form: Form) -> list[Phase]:
    """Every row that was filled in; the first must be."""
    found = []
    for place in PHASES:
        names = [f"{name}_{place}" for name in ("phase", "words", "first_day")]
        if place == 1 or any(name in form for name in names):
            day = 1 if place == 1 else form.whole(names[2])
            found.append(plan.phase(place, form.text(names[0]), form.text(names[1]), day))
    return found


def _others(form: Form) -> dict[str, object]:
    """What is known beyond what must be measured."""
    others: dict[str, object] = {}
    if form.typed("hepatic"):
        others["hepatic"] = form.choice("hepatic", HEPATIC)
    sessions = form.maybe_number("previous_sessions")
    if sessions is not None:
        others["previous_sessions"] = sessions
    if taken := form.all("comedication"):
        others["comedication"] = taken
    return others


def _page(
    visit: Visit, record: Enrolment, *, shown: _Shown | None = None, changed: bool = False, **more: Any
) -> Response:
    treatment = enrolment.require_treatment(record)
    values = {} if shown is None else _results(shown, visit)
    return page(
        "plan.html",
        visit,
        "/people",
        record=record,
        person=visit.records.get(Person, record.person_id),
        treatment=treatment,
        shortcuts=plan.shortcuts(treatment),
        rules=plan.series_rules(treatment),
        hepatic=HEPATIC,
        interactions=plan.interactions(),
        phases=PHASES,
        shown=shown,
        changed=changed,
        **more,
        **values,
    )


def _results(shown: _Shown, visit: Visit) -> dict[str, Any]:
    found = shown.found
    dates = [plan.on_the_wall(shown.starts_at, one.start_h, visit.zone) for one in found.doses]
    drawn = {
        one.number: pictures(session)
        for one, session in zip(found.doses, found.sessions, strict=True)
        if one.number == 1 or one.phase != found.doses[one.number - 2].phase
    }
    return {
        "rows": list(zip(found.doses, found.sessions, dates, strict=True)),
        "drawn": drawn,
        "volumes": shown.volumes,
        "beyond": plan.beyond_what_was_tried(found),
    }
