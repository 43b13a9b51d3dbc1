"""A session's page: what happened, what is due, values over the prediction, alarms, and the list before leaving."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from kinetamine import catalogue
from kinetamine.clinic.access import Action
from kinetamine.clinic.care import people, plan, session
from kinetamine.clinic.care.before_dose import still_missing
from kinetamine.clinic.care.every import every
from kinetamine.clinic.care.floor import Look, judged
from kinetamine.clinic.care.sitting import PROTOCOLS, Sitting
from kinetamine.clinic.records import Consent, Order, Person, Session, SessionEvent
from kinetamine.clinic.rems import GATES, closed_gates
from kinetamine.clinic.session.entries import SYMPTOMS
from kinetamine.clinic.web import live, session_json
from kinetamine.clinic.web.forms import Form, Posted
from kinetamine.clinic.web.pages.person import part
from kinetamine.clinic.web.rendering import page, seen
from kinetamine.clinic.web.visit import SignedIn, Visit
from kinetamine.clinic.web.wording import ARRANGED_WORDS, SIGNS
from kinetamine.errors import InputError

router = APIRouter()
WITHOUT_A_VALUE = ("the cuff failed", "the sensor gave nothing", "declined", "moved too much", "not possible now")
"""Why a sign has no value: chosen, as free text is kept sealed elsewhere."""


@router.get("/sessions/new")
def blank(visit: SignedIn, person: str = "") -> Response:
    """The form that opens one."""
    visit.records.require(Action.ADD, Session)
    return _opening(visit, Form({"person": [person]}))


@router.post("/sessions/new")
def begin(visit: SignedIn, form: Posted) -> Response:
    """Open one."""
    visit.records.require(Action.ADD, Session)
    try:
        found = session.open_at(visit.records, _asked(form), visit.services.floor.in_use)
    except InputError as error:
        return _opening(visit, form, error)
    visit.services.floor.visited(visit.records, visit.member.clinic_id, found.id)
    return seen(f"/sessions/{found.id}")


@router.get("/sessions/{session_id}")
def show(visit: SignedIn, session_id: str) -> Response:
    """Everything about one."""
    look = looked(visit, session_id)
    person = visit.records.get(Person, look.sitting.session.person_id)
    details = look.sitting.session.details
    order_id = look.sitting.session.order_id
    ordered = visit.records.get(Order, order_id) if order_id and visit.may(Action.READ, Order.kind) else None
    start = {"fixed": session_json.fixed(look), "picture": session_json.picture(look, visit.services.floor)}
    return page(
        "session.html",
        visit,
        "/",
        session=look.sitting.session,
        person=person,
        order=details.get("order"),
        order_state="" if ordered is None else ordered.state,
        protocol=look.sitting.protocol,
        in_use=look.sitting.in_use,
        opened_under=details.get("limits"),
        missing=_missing(visit, look.sitting, ordered),
        start=start,
        may_enter=visit.may(Action.ADD, SessionEvent.kind),
        is_physician="physician" in visit.badge.roles,
        signs=session.TYPED,
        called=SIGNS,
        ranges=start["fixed"]["ranges"],
        reason_options=[(one, one) for one in WITHOUT_A_VALUE],
        symptom_options=[(one, one) for one in SYMPTOMS],
        arrangements=ARRANGED_WORDS,
        scales={name: catalogue.load("scales", name) for name in session.SCALES},
        user=visit.member.user_id,
    )


def _missing(visit: Visit, sitting: Sitting, ordered: Order | None) -> tuple[str, ...]:
    """What must be so before a dose and is not known to be; nothing once the session is over."""
    if not sitting.is_open:
        return ()
    gates = closed_gates(sitting.session.details.get("gates", {}), sitting.duty)
    if ordered is None or not visit.may(Action.READ, Consent.kind):
        return gates
    return (*gates, *still_missing(visit.records, ordered, visit.services.database.clock(), visit.zone))


@router.get("/api/sessions/{session_id}")
def picture(visit: SignedIn, session_id: str) -> JSONResponse:
    """A session for the page's script."""
    look = looked(visit, session_id)
    return JSONResponse(session_json.picture(look, visit.services.floor), headers={"Cache-Control": "no-store"})


@router.get("/api/sessions/{session_id}/live")
def follow(request: Request, visit: SignedIn, session_id: str) -> Response:
    """The same, as it changes."""
    floor = visit.services.floor
    held = looked(visit, session_id).sitting

    def now() -> Look:
        moment: datetime = visit.services.database.clock()
        return floor.look(session_id, moment) or judged(held, moment)

    source = live.Source(
        version=lambda: floor.version(session_id),
        whole=lambda: session_json.picture(now(), floor),
        passing=lambda: session_json.tick(now()),
    )
    return live.events(request, visit, source)


def looked(visit: Visit, session_id: str) -> Look:
    """A session, read by somebody who may, and judged now.

    Raises:
        Refusal: there is none, or it is not for this person.
    """
    floor = visit.services.floor
    sitting = floor.visited(visit.records, visit.member.clinic_id, session_id)
    return judged(sitting, visit.services.database.clock())


def fresh(visit: Visit, session_id: str) -> Sitting:
    """A session as the records have it now.

    Raises:
        Refusal: there is none, or it is not for this person.
    """
    return visit.services.floor.visited(visit.records, visit.member.clinic_id, session_id)


@part
def sessions_of(visit: Visit, person: Person) -> tuple[str, dict[str, Any]] | None:
    """Their sessions, on the person's page."""
    if not live.may_look(visit.badge.roles):
        return None
    found = every(visit.records, Session, person_id=person.id)
    may_open = visit.may(Action.ADD, Session.kind)
    return "_sessions_of.html", {"sessions": list(reversed(found)), "may_open": may_open, "person": person}


def _asked(form: Form) -> session.Opening:
    return session.Opening(
        person_id=form.text("person"),
        chair=form.text("chair"),
        order_id=form.optional("order"),
        protocol=form.typed("protocol"),
        outpatient=form.choice("setting", ("outpatient", "inpatient")) == "outpatient",
        gates={name: answer for name in GATES if (answer := form.yes_no(name)) is not None},
    )


def _opening(visit: Visit, form: Form, error: InputError | None = None) -> Response:
    """The form: first whom, then which order of theirs."""
    everybody = people.everybody(visit.records)
    chosen = next((one for one in everybody if one.id == form.typed("person")), None)
    orders = () if chosen is None else plan.to_be_given(visit.records, chosen.id)
    return page(
        "session_new.html",
        visit,
        "/",
        form=form,
        error=error,
        everybody=everybody,
        chosen=chosen,
        orders=orders,
        protocols=tuple(PROTOCOLS),
        gates=GATES,
    )
