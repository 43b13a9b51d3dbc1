"""One person: who they are, and the way to everything that is kept about them."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from starlette.responses import Response

from kinetamine.clinic.records import Person
from kinetamine.clinic.web.rendering import page
from kinetamine.clinic.web.visit import SignedIn, Visit

router = APIRouter()
PARTS: list[Any] = []
"""What the page shows, part by part: functions of a visit and a person that give a template's name and its values."""


@router.get("/people/{person_id}")
def show(visit: SignedIn, person_id: str) -> Response:
    """Everything at a glance."""
    person = visit.records.get(Person, person_id)
    parts = [part for one in PARTS if (part := one(visit, person)) is not None]
    return page("person.html", visit, "/people", person=person, parts=parts)


def part(function: Any) -> Any:
    """Register a part of the page."""
    PARTS.append(function)
    return function


__all__ = ["PARTS", "Visit", "part", "router", "show"]
