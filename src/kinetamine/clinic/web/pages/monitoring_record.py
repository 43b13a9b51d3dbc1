"""The monitoring record of a session: what is missing, what people must answer, and its seven days."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from kinetamine.clinic.access import Action
from kinetamine.clinic.care import rems
from kinetamine.clinic.care.sitting import Sitting
from kinetamine.clinic.records import SessionEvent
from kinetamine.clinic.web.forms import Form, Posted
from kinetamine.clinic.web.pages.session import fresh
from kinetamine.clinic.web.rendering import page, seen
from kinetamine.clinic.web.visit import SignedIn, Visit
from kinetamine.errors import InputError

router = APIRouter()


@router.get("/sessions/{session_id}/record")
def show(visit: SignedIn, session_id: str) -> Response:
    """The record."""
    return _record(visit, fresh(visit, session_id))


@router.post("/sessions/{session_id}/record")
def answer(visit: SignedIn, session_id: str, form: Posted) -> Response:
    """Keep what people answered."""
    sitting = fresh(visit, session_id)
    now = visit.services.database.clock()
    try:
        answers = {name: found for name in rems.QUESTIONS if (found := form.yes_no(name)) is not None}
        texts = {name: form.typed(name) for name in rems.TEXTS if form.typed(name)}
        row = rems.answer(visit.records, sitting, answers | texts, form.typed("seen"), now)
    except InputError as error:
        return _record(visit, sitting, form, error)
    visit.services.floor.entered(session_id, [row])
    return seen(f"/sessions/{session_id}/record")


@router.post("/sessions/{session_id}/record/sent")
def mark_sent(visit: SignedIn, session_id: str) -> Response:
    """Say that it was sent."""
    sitting = fresh(visit, session_id)
    row = rems.mark_sent(visit.records, sitting, visit.services.database.clock())
    visit.services.floor.entered(session_id, [row])
    return seen(f"/sessions/{session_id}/record")


def _record(visit: Visit, sitting: Sitting, form: Form | None = None, error: InputError | None = None) -> Response:
    found = rems.monitoring(visit.records, sitting, visit.zone, visit.services.database.clock())
    if form is None:
        form = Form({name: [_shown(value)] for name, value in found.answers.items()} | {"seen": [found.answered]})
    return page(
        "monitoring_record.html",
        visit,
        "/",
        form=form,
        error=error,
        session=sitting.session,
        number=visit.services.floor.number(sitting.session),
        monitoring=found,
        duty=sitting.duty,
        questions=rems.QUESTIONS,
        texts=rems.TEXTS,
        names=visit.services.floor.names(visit.member.clinic_id),
        may_answer=visit.may(Action.ADD, SessionEvent.kind),
    )


def _shown(value: object) -> str:
    return {True: "yes", False: "no"}.get(value, str(value)) if isinstance(value, bool) else str(value)
