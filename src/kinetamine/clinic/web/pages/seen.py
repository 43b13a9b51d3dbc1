"""Who looked at one person's record, or wrote in it."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query
from starlette.responses import Response

from kinetamine.clinic.access import Action, policy
from kinetamine.clinic.care import audit
from kinetamine.clinic.records import Person
from kinetamine.clinic.web.pages.person import part
from kinetamine.clinic.web.reach import own_alone
from kinetamine.clinic.web.rendering import page
from kinetamine.clinic.web.visit import SignedIn, Visit

router = APIRouter()
Row = Annotated[int | None, Query(ge=1, le=2**31 - 1)]
"""A number of the audit's rows, as far as a database counts them."""


@router.get("/people/{person_id}/seen")
def seen_by(visit: SignedIn, person_id: str, before: Row = None) -> Response:
    """Who looked at this person's record, or wrote in it."""
    found = audit.visits(visit.records, person_id, visit.zone, before=before)
    person = None if own_alone(visit, Person) else visit.records.get(Person, person_id)
    return page("seen.html", visit, "/people", person=person, found=found, here_again=f"/people/{person_id}/seen")


@part
def seen_part(visit: Visit, person: Person) -> tuple[str, dict[str, Any]] | None:
    """For the person's page: the way there."""
    if own_alone(visit, Person) or not visit.may(Action.READ, policy.SIGHT):
        return None
    return "_person_seen.html", {"person_id": person.id}
