"""The audit: who did what, row by row; whether it is as it was written; and who looked at one person's record."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query
from starlette.responses import Response

from kinetamine.clinic.access.trail import Asked
from kinetamine.clinic.care import audit, staff
from kinetamine.clinic.records import Person
from kinetamine.clinic.web.forms import Form
from kinetamine.clinic.web.pages.seen import Row
from kinetamine.clinic.web.rendering import page
from kinetamine.clinic.web.visit import SignedIn, Visit
from kinetamine.errors import FieldError

router = APIRouter()
_Text = Annotated[str, Query(max_length=64)]


@router.get("/audit")
def show(visit: SignedIn, person: _Text = "", record: _Text = "", actor: _Text = "", before: Row = None) -> Response:
    """Rows of this clinic, the newest first."""
    typed = {"person": person.strip(), "record": record.strip(), "actor": actor.strip()}
    asked = Asked(actor=typed["actor"], record=typed["record"])
    try:
        person_id = _person_id(visit, typed["person"])
    except FieldError as error:
        return _page(visit, typed, error=error, found=audit.NOTHING, verified=None)
    found = audit.lines(visit.records, asked, person_id=person_id, before=before)
    return _page(visit, typed, found=found, verified=None)


@router.post("/audit/verify")
def verify(visit: SignedIn) -> Response:
    """Walk all of it, as ``kinetamine clinic verify-audit`` does."""
    verified = visit.records.verify_audit()
    return _page(visit, {}, found=audit.lines(visit.records), verified=verified)


def _person_id(visit: Visit, number: str) -> str:
    """Whose rows are asked for; empty: everybody's.

    Raises:
        FieldError: nobody has that number.
    """
    if not number:
        return ""
    for found in visit.records.find(Person, number=number):
        return found.id
    raise FieldError("person", number, "the number of somebody who is treated here")


def _page(visit: Visit, asked: dict[str, str], error: FieldError | None = None, **values: Any) -> Response:
    return page(
        "audit.html",
        visit,
        "/audit",
        form=Form({name: [value] for name, value in asked.items()}),
        error=error,
        asked={name: value for name, value in asked.items() if value},
        users=sorted(staff.names(visit.records).items(), key=lambda one: one[1].casefold()),
        **values,
    )
