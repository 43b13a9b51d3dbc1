"""Enrol a person for a treatment; and one enrolment at a glance."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from starlette.responses import Response

from kinetamine.clinic.access import Action
from kinetamine.clinic.care import eligibility, enrolment
from kinetamine.clinic.eligibility.rules import Treatment, Use
from kinetamine.clinic.records import Enrolment, Person
from kinetamine.clinic.web.forms import Form, Posted
from kinetamine.clinic.web.pages import person
from kinetamine.clinic.web.rendering import page, seen
from kinetamine.clinic.web.signing import signing
from kinetamine.clinic.web.visit import SignedIn, Visit
from kinetamine.engine.events import Form as Molecule
from kinetamine.errors import InputError

router = APIRouter()


@router.get("/people/{person_id}/enrolments/new")
def blank(visit: SignedIn, person_id: str) -> Response:
    """The form."""
    visit.records.require(Action.ADD, Enrolment)
    return _form(visit, person_id)


@router.post("/people/{person_id}/enrolments/new")
def enrol(visit: SignedIn, person_id: str, form: Posted) -> Response:
    """Enrol."""
    visit.records.require(Action.ADD, Enrolment)
    try:
        treatment = Treatment(
            form=Molecule(form.choice("form", enrolment.FORMS)),
            route=form.choice("route", enrolment.ROUTE_NAMES),
            use=Use(form.choice("use", enrolment.USES)),
        )
        started_at = form.moment("started_at", visit.zone)
        found = enrolment.enrol(visit.records, person_id, treatment, form.text("programme"), started_at)
    except InputError as error:
        return _form(visit, person_id, form=form, error=error)
    return seen(f"/enrolments/{found.id}")


@router.get("/enrolments/{enrolment_id}")
def show(visit: SignedIn, enrolment_id: str) -> Response:
    """At a glance."""
    return _page(visit, enrolment_id)


@router.post("/enrolments/{enrolment_id}/end")
def end(visit: SignedIn, enrolment_id: str, form: Posted) -> Response:
    """End it."""
    visit.records.require(Action.CHANGE, Enrolment)
    try:
        version, why = form.whole("version"), form.typed("why")
        enrolment.end(visit.records, enrolment_id, version, why, signing(visit).at)
    except InputError as error:
        return _page(visit, enrolment_id, form=form, error=error)
    return seen(f"/enrolments/{enrolment_id}")


@person.part
def part(visit: Visit, whom: Person) -> tuple[str, dict[str, Any]] | None:
    """On the person's page."""
    if not visit.may(Action.READ, Enrolment.kind):
        return None
    rows = [
        {"record": one, "treatment": enrolment.treatment_of(one), "standing": eligibility.standing(one)}
        for one in enrolment.of(visit.records, whom.id)
    ]
    may_add = visit.may(Action.ADD, Enrolment.kind)
    return "_part_enrolments.html", {"rows": rows, "person": whom, "may_add": may_add, "patient": visit.is_patient()}


def _form(visit: Visit, person_id: str, form: Form | None = None, error: InputError | None = None) -> Response:
    return page(
        "enrolment_new.html",
        visit,
        "/people",
        form=form,
        error=error,
        person=visit.records.get(Person, person_id),
        forms=enrolment.FORMS,
        routes=enrolment.ROUTE_NAMES,
        uses=enrolment.USES,
    )


def _page(visit: Visit, enrolment_id: str, form: Form | None = None, error: InputError | None = None) -> Response:
    record = visit.records.get(Enrolment, enrolment_id)
    return page(
        "enrolment.html",
        visit,
        "/people",
        form=form,
        error=error,
        record=record,
        person=visit.records.get(Person, record.person_id),
        treatment=enrolment.treatment_of(record),
        standing=eligibility.standing(record),
    )
