"""What is asked before treatment, and the list to decide on; nothing here says yes."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from kinetamine.clinic.access import Action
from kinetamine.clinic.care import eligibility, enrolment, users
from kinetamine.clinic.care.eligibility import Standing
from kinetamine.clinic.eligibility.questions import GROUPS, QUESTIONS
from kinetamine.clinic.records import Enrolment, Person
from kinetamine.clinic.web.answers import answers, as_typed, kind
from kinetamine.clinic.web.forms import Form, Posted
from kinetamine.clinic.web.rendering import page, seen
from kinetamine.clinic.web.signing import signing
from kinetamine.clinic.web.visit import SignedIn, Visit
from kinetamine.errors import InputError

router = APIRouter()
_BY_NAME = {one.name: one for one in QUESTIONS}
_GROUPED = tuple((title, tuple(_BY_NAME[name] for name in names)) for title, names in GROUPS.items())


@router.get("/enrolments/{enrolment_id}/eligibility")
def show(visit: SignedIn, enrolment_id: str) -> Response:
    """The list."""
    return _list(visit, enrolment_id)


@router.get("/enrolments/{enrolment_id}/eligibility/ask")
def blank(visit: SignedIn, enrolment_id: str, request: Request) -> Response:
    """The questions: empty, or with the answers of this very assessment where they are to be completed."""
    visit.records.require(Action.CHANGE, Enrolment)
    form = None
    if request.query_params.get("amend"):
        stands = eligibility.standing(visit.records.get(Enrolment, enrolment_id))
        form = None if stands is None else as_typed(stands.answers)
    return _questions(visit, enrolment_id, form)


@router.post("/enrolments/{enrolment_id}/eligibility/ask")
def ask(visit: SignedIn, enrolment_id: str, form: Posted) -> Response:
    """Judge the rules on the answers."""
    visit.records.require(Action.CHANGE, Enrolment)
    try:
        eligibility.ask(visit.records, enrolment_id, form.whole("version"), answers(form, QUESTIONS), signing(visit))
    except InputError as error:
        return _questions(visit, enrolment_id, form, error)
    return seen(f"/enrolments/{enrolment_id}/eligibility")


@router.post("/enrolments/{enrolment_id}/eligibility/decide")
def decide(visit: SignedIn, enrolment_id: str, form: Posted) -> Response:
    """Record decisions, each with its reason."""
    visit.records.require(Action.CHANGE, Enrolment)
    names = [name.removeprefix("reason_") for name in form if name.startswith("reason_")]
    reasons = {name: form.typed(f"reason_{name}") for name in names}
    try:
        eligibility.settle(visit.records, enrolment_id, form.whole("version"), reasons, signing(visit))
    except InputError as error:
        return _list(visit, enrolment_id, form, error)
    return seen(f"/enrolments/{enrolment_id}/eligibility")


def _list(visit: Visit, enrolment_id: str, form: Form | None = None, error: InputError | None = None) -> Response:
    record = visit.records.get(Enrolment, enrolment_id)
    stands = eligibility.standing(record)
    return page(
        "eligibility.html",
        visit,
        "/people",
        form=form,
        error=error,
        record=record,
        person=visit.records.get(Person, record.person_id),
        treatment=enrolment.treatment_of(record),
        standing=stands,
        names={} if stands is None else _names(visit, stands),
    )


def _questions(visit: Visit, enrolment_id: str, form: Form | None, error: InputError | None = None) -> Response:
    record = visit.records.get(Enrolment, enrolment_id)
    return page(
        "eligibility_ask.html",
        visit,
        "/people",
        form=form,
        error=error,
        record=record,
        person=visit.records.get(Person, record.person_id),
        treatment=enrolment.require_treatment(record),
        groups=[(title, [(kind(one), one) for one in asked]) for title, asked in _GROUPED],
    )


def _names(visit: Visit, stands: Standing) -> dict[str, str]:
    if visit.is_patient():
        return {}
    return users.names(visit.records, [stands.by, *(one.signature.by for one in stands.decisions)])
