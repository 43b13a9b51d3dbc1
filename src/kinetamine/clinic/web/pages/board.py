"""The board: every chair in use at a glance, the most urgent first."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from kinetamine.clinic.access import Action
from kinetamine.clinic.records import Session, SessionEvent
from kinetamine.clinic.refusals import NotAllowedError
from kinetamine.clinic.web import live
from kinetamine.clinic.web.rendering import page, seen
from kinetamine.clinic.web.session_json import Json, chair_json
from kinetamine.clinic.web.visit import SignedIn, Visit

router = APIRouter()


@router.get("/")
def show(visit: SignedIn) -> Response:
    """Every chair; who has no business there is led to their own first page."""
    if not live.may_look(visit.badge.roles) and visit.menu:
        return seen(visit.menu[0][0])
    board = _board(visit)
    return page("board.html", visit, "/", board=board)


@router.get("/api/board")
def chairs(visit: SignedIn) -> JSONResponse:
    """The same for the page's script."""
    return JSONResponse(_board(visit), headers={"Cache-Control": "no-store"})


@router.get("/api/board/live")
def follow(request: Request, visit: SignedIn) -> Response:
    """The same, as it changes."""
    _board(visit)
    floor, clinic_id = visit.services.floor, visit.member.clinic_id

    def now() -> Json:
        return _picture(visit)

    return live.events(
        request, visit, live.Source(version=lambda: floor.clinic_version(clinic_id), whole=now, passing=now)
    )


def _board(visit: Visit) -> Json:
    """As it stands, for somebody whose looking is on the audit.

    Raises:
        NotAllowedError: not for this role.
    """
    visit.records.find(Session, state="open", limit=1)
    if not live.may_look(visit.badge.roles):
        raise NotAllowedError(Action.READ, SessionEvent.kind)
    visit.services.floor.load(visit.records, visit.member.clinic_id)
    return _picture(visit)


def _picture(visit: Visit) -> Json:
    now: datetime = visit.services.database.clock()
    found: list[Any] = [chair_json(one) for one in visit.services.floor.board(visit.member.clinic_id, now)]
    return {"now": now.isoformat(), "chairs": found}
