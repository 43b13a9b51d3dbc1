"""Who works here: added, given roles, and stopped by an admin, who sees no patient."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from kinetamine.clinic.access import Action
from kinetamine.clinic.records import Role, User
from kinetamine.clinic.web.rendering import page
from kinetamine.clinic.web.visit import SignedIn

router = APIRouter()


@router.get("/users")
def show(visit: SignedIn) -> Response:
    """Everybody who signs in."""
    visit.records.require(Action.CHANGE, User)
    return page("users.html", visit, "/users", users=visit.records.find(User), roles=tuple(Role))
