"""One order: the dose, what is predicted, how far the check has come; and how it is cancelled."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from starlette.responses import Response

from kinetamine.clinic.access import Action
from kinetamine.clinic.care import dose_check, plan, review, users
from kinetamine.clinic.records import Order, Person
from kinetamine.clinic.web.answers import answers, kind
from kinetamine.clinic.web.band_pictures import pictures
from kinetamine.clinic.web.forms import Form, Posted
from kinetamine.clinic.web.pages import person
from kinetamine.clinic.web.rendering import page, seen
from kinetamine.clinic.web.signing import signing
from kinetamine.clinic.web.visit import SignedIn, Visit
from kinetamine.errors import FieldError, InputError

router = APIRouter()


@router.get("/orders/{order_id}")
def show(visit: SignedIn, order_id: str) -> Response:
    """At a glance."""
    return _page(visit, order_id)


@router.post("/orders/{order_id}/cancel")
def cancel(visit: SignedIn, order_id: str, form: Posted) -> Response:
    """Not to be given."""
    visit.records.require(Action.CHANGE, Order)
    try:
        plan.cancel(visit.records, order_id, form.whole("version"), form.typed("why"))
    except InputError as error:
        return _page(visit, order_id, form=form, error=error)
    return seen(f"/orders/{order_id}")


@router.get("/orders/{order_id}/review")
def blank(visit: SignedIn, order_id: str) -> Response:
    """What is asked before this dose: empty, whatever was answered before another."""
    visit.records.require(Action.CHANGE, Order)
    return _review(visit, order_id)


@router.post("/orders/{order_id}/review")
def look_again(visit: SignedIn, order_id: str, form: Posted) -> Response:
    """Look at the series again."""
    visit.records.require(Action.CHANGE, Order)
    try:
        found, decision = answers(form, review.QUESTIONS), form.typed("decision")
        review.ask(visit.records, order_id, form.whole("version"), found, decision, signing(visit))
    except InputError as error:
        return _review(visit, order_id, form=form, error=error)
    return seen(f"/orders/{order_id}")


@person.part
def part(visit: Visit, whom: Person) -> tuple[str, dict[str, Any]] | None:
    """On the person's page: what is ordered."""
    if not visit.may(Action.READ, Order.kind):
        return None
    given_in = plan.given(visit.records, whom.id)
    orders = [(one, plan.stands(one, given_in)) for one in plan.of(visit.records, whom.id)]
    return "_part_orders.html", {"orders": orders}


def _review(visit: Visit, order_id: str, form: Form | None = None, error: InputError | None = None) -> Response:
    record = visit.records.get(Order, order_id)
    if plan.treatment_of_order(record) is None:
        raise FieldError("treatment", None, "an order that was planned here, and says for what")
    return page(
        "review.html",
        visit,
        "/people",
        form=form,
        error=error,
        record=record,
        person=visit.records.get(Person, record.person_id),
        asked=[(kind(one), one) for one in review.QUESTIONS],
    )


def _page(visit: Visit, order_id: str, form: Form | None = None, error: InputError | None = None) -> Response:
    record = visit.records.get(Order, order_id)
    known = "dose" in record.details
    given_in = plan.given(visit.records, record.person_id)
    state = plan.stands(record, given_in)
    session = plan.prediction_of(record) if record.details.get("prediction") else None
    begun, done = (dose_check.begun_of(record), dose_check.finished_of(record)) if known else (None, None)
    looked = review.of(visit.records, record)
    people = [] if begun is None else [begun.by]
    people += [] if looked is None else [looked.by]
    people += [] if done is None else [done.first_by, done.second_by]
    return page(
        "order.html",
        visit,
        "/people",
        form=form,
        error=error,
        record=record,
        state=state,
        to_come=state in plan.TO_COME,
        given_in=given_in.get(record.id),
        beyond=plan.beyond_of_order(record),
        person=visit.records.get(Person, record.person_id),
        dose=plan.dose_of(record) if known else None,
        measured=plan.measured_of(record) if known else None,
        session=session,
        drawn=() if session is None else pictures(session),
        looked=looked,
        begun=begun,
        done=done,
        names=users.names(visit.records, people),
    )
