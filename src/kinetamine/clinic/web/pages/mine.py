"""A patient's own pages: their forms, what became of an answer, and who looked at their record."""

from __future__ import annotations

from datetime import datetime

from fastapi import APIRouter
from starlette.responses import Response

from kinetamine.clinic.access import Action
from kinetamine.clinic.care import audit, ratings, scores
from kinetamine.clinic.care.every import every
from kinetamine.clinic.records import Role, Score, Task
from kinetamine.clinic.refusals import NoSuchRecordError
from kinetamine.clinic.web import asking, waiting
from kinetamine.clinic.web.forms import Form, Posted
from kinetamine.clinic.web.pages.seen import Row
from kinetamine.clinic.web.rendering import page, seen
from kinetamine.clinic.web.visit import SignedIn, Visit
from kinetamine.errors import InputError

router = APIRouter()


@router.get("/mine")
def show(visit: SignedIn) -> Response:
    """Forms to fill in, and those that were."""
    me = _me(visit)
    forms = {one.name: one for one in scores.own_forms()}
    kept = [one for one in ratings.of_person(visit.records, me) if one.scale in forms]
    return page("mine.html", visit, "/mine", forms=forms, kept=kept[::-1], passed=_passed(visit, me))


@router.get("/mine/forms/{scale}")
def blank(visit: SignedIn, scale: str) -> Response:
    """An empty form."""
    return _form(visit, scale, Form())


@router.post("/mine/forms/{scale}")
def keep(visit: SignedIn, form: Posted, scale: str) -> Response:
    """Keep the answers; whatever is due because of them is the clinic's to do."""
    me, found = _me(visit), scores.own_form(visit.records, scale)
    now = visit.services.database.clock()
    try:
        filled = asking.filled(found, form, now.replace(second=0, microsecond=0))
        kept = scores.keep(visit.records, me, filled, now)
    except InputError as error:
        return _form(visit, scale, form, error)
    waiting.changed(visit)
    return seen(f"/mine/forms/{scale}/{kept.id}")


@router.get("/mine/forms/{scale}/{score_id}")
def kept(visit: SignedIn, scale: str, score_id: str) -> Response:
    """What was kept, and to whom an answer was passed on."""
    me, found = _me(visit), scores.own_form(visit.records, scale)
    score = visit.records.get(Score, score_id)
    if score.person_id != me or score.scale != scale:
        raise NoSuchRecordError(Score.kind, score_id)
    passed = _passed(visit, me).get(score_id, [])
    return page("mine_kept.html", visit, "/mine", score=score, scale=found, asking=asking, passed=passed)


@router.get("/mine/seen")
def seen_by(visit: SignedIn, before: Row = None) -> Response:
    """Who looked at one's own record, or wrote in it."""
    found = audit.visits(visit.records, _me(visit), visit.zone, before=before)
    return page("seen.html", visit, "/mine", person=None, found=found, here_again="/mine/seen")


def _form(visit: Visit, name: str, form: Form, error: InputError | None = None) -> Response:
    _me(visit)
    scale = scores.own_form(visit.records, name)
    return page(
        "mine_form.html",
        visit,
        "/mine",
        form=form,
        error=error,
        scale=scale,
        questions=asking.questions(scale),
        words=scores.wording_of(scale),
        lead=asking.lead,
    )


def _passed(visit: Visit, me: str) -> dict[str, list[tuple[datetime, datetime | None]]]:
    """By form: when something was passed on because of it, and when somebody had acted; never what was noted."""
    found: dict[str, list[tuple[datetime, datetime | None]]] = {}
    for one in every(visit.records, Task, person_id=me):
        found.setdefault(one.what[-36:], []).append((one.made_at, one.done_at))
    return found


def _me(visit: Visit) -> str:
    """Whose pages these are.

    Raises:
        NotAllowedError: they are no patient's.
    """
    if Role.PATIENT not in visit.badge.roles or visit.badge.person_id is None:
        visit.records.bar(Action.READ, Score, "these are patients' own pages")
    return visit.badge.person_id
