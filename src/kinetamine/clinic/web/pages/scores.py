"""Questionnaires about a person: filled in by staff, shown with every answer, corrected with a reason."""

from __future__ import annotations

from datetime import datetime

from fastapi import APIRouter
from starlette.responses import Response

from kinetamine.clinic.access import Action
from kinetamine.clinic.care import ratings, scores, staff, tasks
from kinetamine.clinic.records import Person, Score
from kinetamine.clinic.refusals import NoSuchRecordError
from kinetamine.clinic.web import asking, waiting
from kinetamine.clinic.web.forms import Form, Posted
from kinetamine.clinic.web.reach import own_alone
from kinetamine.clinic.web.rendering import page, seen
from kinetamine.clinic.web.visit import SignedIn, Visit
from kinetamine.engine.scale import Scale
from kinetamine.errors import InputError

router = APIRouter()


@router.get("/people/{person_id}/forms/{scale}")
def blank(visit: SignedIn, person_id: str, scale: str) -> Response:
    """An empty form: nothing is taken over from an earlier one."""
    return _form(visit, _whom(visit, person_id), scores.form_of(scale), Form())


@router.post("/people/{person_id}/forms/{scale}")
def keep(visit: SignedIn, form: Posted, person_id: str, scale: str) -> Response:
    """Keep the answers, and open what is due because of them."""
    person = _whom(visit, person_id)
    found = scores.form_of(scale)
    try:
        filled = asking.filled(found, form, form.moment("answered_at", visit.zone))
        kept = scores.keep(visit.records, person_id, filled, _now(visit))
    except InputError as error:
        return _form(visit, person, found, form, error)
    waiting.changed(visit)
    return seen(f"/people/{person_id}/scores/{kept.id}")


@router.get("/people/{person_id}/scores/{score_id}")
def show(visit: SignedIn, person_id: str, score_id: str) -> Response:
    """A form with every answer, what it came to, what it opened, and what became of it."""
    _refuse_patients(visit)
    score = _of(visit, person_id, score_id)
    person = visit.records.get(Person, person_id)
    corrected = visit.records.find(Score, corrects_id=score_id)
    opened = [
        one
        for one in tasks.listed(visit.records, visit.member.user_id, _now(visit), person_id=person_id)
        if score_id in one.task.what
    ]
    return page(
        "score.html",
        visit,
        "/people",
        person=person,
        score=score,
        scale=scores.form_of(score.scale),
        read=ratings.rating_of(score),
        asking=asking,
        corrected=corrected,
        opened=opened,
        names=staff.names(visit.records),
    )


@router.get("/people/{person_id}/scores/{score_id}/correct")
def begin_correction(visit: SignedIn, person_id: str, score_id: str) -> Response:
    """The form as it stands, to be put right."""
    person = _whom(visit, person_id)
    score = _of(visit, person_id, score_id)
    return _form(visit, person, scores.form_of(score.scale), asking.as_typed(score, visit.zone), corrects=score)


@router.post("/people/{person_id}/scores/{score_id}/correct")
def correct(visit: SignedIn, form: Posted, person_id: str, score_id: str) -> Response:
    """Put other answers in the place of these, which stay on record."""
    person = _whom(visit, person_id)
    score = _of(visit, person_id, score_id)
    found = scores.form_of(score.scale)
    try:
        filled = asking.filled(found, form, form.moment("answered_at", visit.zone))
        kept = scores.correct(visit.records, score, filled, form.text("why"), _now(visit))
    except InputError as error:
        return _form(visit, person, found, form, error, corrects=score)
    waiting.changed(visit)
    return seen(f"/people/{person_id}/scores/{kept.id}")


def _form(
    visit: Visit,
    person: Person,
    scale: Scale,
    form: Form,
    error: InputError | None = None,
    corrects: Score | None = None,
) -> Response:
    return page(
        "score_form.html",
        visit,
        "/people",
        form=form,
        error=error,
        person=person,
        scale=scale,
        questions=asking.questions(scale),
        words=scores.wording_of(scale),
        lead=asking.lead,
        corrects=corrects,
    )


def _whom(visit: Visit, person_id: str) -> Person:
    """Whom a form is about, for those who may send it."""
    _refuse_patients(visit)
    visit.records.require(Action.ADD, Score)
    return visit.records.get(Person, person_id)


def _of(visit: Visit, person_id: str, score_id: str) -> Score:
    score = visit.records.get(Score, score_id)
    if score.person_id != person_id:
        raise NoSuchRecordError(Score.kind, score_id)
    return score


def _refuse_patients(visit: Visit) -> None:
    """Patients have their own pages, which show them nobody's notes."""
    if own_alone(visit, Score):
        visit.records.bar(Action.READ, Score, "your own forms are at /mine")


def _now(visit: Visit) -> datetime:
    return visit.services.database.clock()
