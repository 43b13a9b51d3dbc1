"""Two people work out one dose, each alone; the second never sees the first result before theirs is signed."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from kinetamine.clinic.access import Action
from kinetamine.clinic.care import dose_check, plan, users
from kinetamine.clinic.care.dose_check import Seen
from kinetamine.clinic.care.told import ToldError
from kinetamine.clinic.dose_check import Vial, Worked
from kinetamine.clinic.records import Order, Person
from kinetamine.clinic.web.forms import Form, Posted
from kinetamine.clinic.web.rendering import page, seen
from kinetamine.clinic.web.signing import again, proved, signing
from kinetamine.clinic.web.visit import SignedIn, Visit
from kinetamine.engine.dose import Salt
from kinetamine.errors import FieldError, InputError

router = APIRouter()
_SALTS: dict[str, Salt] = {"hydrochloride": "hydrochloride", "base": "base"}


@router.get("/orders/{order_id}/check")
def show(visit: SignedIn, order_id: str) -> Response:
    """The form of whoever's turn it is."""
    visit.records.require(Action.SIGN, Order)
    return _page(visit, visit.records.get(Order, order_id))


@router.post("/orders/{order_id}/check/first")
def first(visit: SignedIn, order_id: str, form: Posted) -> Response:
    """The first person signs what they worked out."""
    visit.records.require(Action.SIGN, Order)
    record = visit.records.get(Order, order_id)
    try:
        seen_as = Seen(record, form.whole("version"))
        asked = dose_check.asked(record, _vial(record, form), form.maybe_number("diluted_to_ml"))
        worked, by = _worked(form), signing(visit)
        dose_check.begin(asked, worked, by)
        dose_check.first(visit.records, seen_as, asked, worked, by, proved(visit, form))
    except InputError as error:
        return _page(visit, record, form=form, error=_told(error))
    return seen(f"/orders/{order_id}/check")


@router.post("/orders/{order_id}/check/second")
def second(visit: SignedIn, order_id: str, form: Posted) -> Response:
    """The second person signs, and both results are compared."""
    visit.records.require(Action.SIGN, Order)
    record = visit.records.get(Order, order_id)
    try:
        seen_as, begun = Seen(record, form.whole("version")), dose_check.awaited(record)
        worked, by = _worked(form), signing(visit)
        dose_check.begin(begun.order, worked, by)
        dose_check.second(visit.records, seen_as, worked, by, proved(visit, form))
    except InputError as error:
        return _page(visit, record, form=form, error=_told(error))
    return seen(f"/orders/{order_id}")


def _vial(record: Order, form: Form) -> Vial | None:
    if "vial" not in dose_check.needs(record):
        return None
    return Vial(
        lot=form.text("lot"),
        form=plan.dose_of(record).form,
        salt=_SALTS[form.choice("salt", _SALTS)],
        mg_per_ml=form.number("mg_per_ml"),
    )


def _worked(form: Form) -> Worked:
    devices = None if form.maybe_number("devices") is None else form.whole("devices")
    return Worked(
        mg=form.number("mg"),
        base_mg=form.number("base_mg"),
        ml=form.maybe_number("ml"),
        ml_per_h=form.maybe_number("ml_per_h"),
        devices=devices,
    )


def _told(error: InputError) -> InputError:
    """At a field that the form has."""
    if getattr(error, "field", "") == "vial":
        return ToldError("lot", str(error))
    return error


def _page(visit: Visit, record: Order, form: Form | None = None, error: InputError | None = None) -> Response:
    if "dose" not in record.details:
        raise FieldError("dose", None, "an order that was planned here: this one holds no dose to work out")
    state = plan.stands(record, plan.given(visit.records, record.person_id))
    begun, done = dose_check.begun_of(record), dose_check.finished_of(record)
    people = [one for one in (begun and begun.by, done and done.first_by, done and done.second_by) if one]
    return page(
        "dose_check.html",
        visit,
        "/people",
        form=again(form) if form is not None else None,
        error=error,
        record=record,
        state=state,
        beyond=plan.beyond_of_order(record),
        person=visit.records.get(Person, record.person_id),
        dose=plan.dose_of(record),
        measured=plan.measured_of(record),
        needs=dose_check.needs(record),
        begun=begun,
        done=done,
        turn=_turn(visit, state, begun),
        names=users.names(visit.records, people),
    )


def _turn(visit: Visit, state: str, begun: dose_check.Begun | None) -> str:
    """Whose turn it is: the first, the second, somebody else's, or nobody's."""
    if state not in plan.TO_COME:
        return "none"
    if begun is None:
        return "first"
    return "wait" if begun.by == visit.member.user_id else "second"
