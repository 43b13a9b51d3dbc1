"""The people who are treated here; and the form that adds one."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from kinetamine.clinic.access import Action
from kinetamine.clinic.care import people
from kinetamine.clinic.records import Person
from kinetamine.clinic.refusals import ConflictError
from kinetamine.clinic.web.forms import Posted
from kinetamine.clinic.web.rendering import page, seen
from kinetamine.clinic.web.visit import SignedIn
from kinetamine.errors import FieldError, InputError

router = APIRouter()


@router.get("/people")
def show(visit: SignedIn) -> Response:
    """Everybody, by number."""
    return page("people.html", visit, "/people", people=people.everybody(visit.records))


@router.get("/people/new")
def blank(visit: SignedIn) -> Response:
    """The form."""
    visit.records.require(Action.ADD, Person)
    return page("person_new.html", visit, "/people", sexes=people.SEXES)


@router.post("/people/new")
def add(visit: SignedIn, form: Posted) -> Response:
    """Add somebody."""
    try:
        found = people.add(
            visit.records,
            number=form.text("number"),
            name=form.text("name"),
            born_on=form.text("born_on"),
            sex=form.choice("sex", people.SEXES),
            contact=form.optional("contact"),
        )
    except InputError as error:
        return page("person_new.html", visit, "/people", form=form, error=error, sexes=people.SEXES)
    except ConflictError:
        taken = FieldError("number", form.typed("number"), "a number that nobody else has here")
        return page("person_new.html", visit, "/people", form=form, error=taken, sexes=people.SEXES)
    return seen(f"/people/{found.id}")
