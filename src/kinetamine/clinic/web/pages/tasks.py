"""What somebody has to do by a time: open, overdue and done, and who must act now."""

from __future__ import annotations

import time
from datetime import datetime
from weakref import WeakKeyDictionary

from fastapi import APIRouter
from starlette.responses import Response

from kinetamine.clinic.access import Action
from kinetamine.clinic.care import ratings, scores, tasks
from kinetamine.clinic.database import Database
from kinetamine.clinic.records import Task
from kinetamine.clinic.web import asking, waiting
from kinetamine.clinic.web.forms import Form, Posted
from kinetamine.clinic.web.reach import own_alone
from kinetamine.clinic.web.rendering import page, seen
from kinetamine.clinic.web.visit import SignedIn, Visit
from kinetamine.errors import InputError

router = APIRouter()
_MEND_EVERY_S = 3600.0
_MENDED: WeakKeyDictionary[Database, dict[str, float]] = WeakKeyDictionary()
"""When each clinic's forms were last gone through for tasks that were never opened."""


@router.get("/tasks")
def show(visit: SignedIn) -> Response:
    """All that is open, and what was done of late."""
    _refuse_patients(visit)
    _mend(visit)
    found = tasks.listed(visit.records, visit.member.user_id, _now(visit))
    return page(
        "tasks.html",
        visit,
        "/tasks",
        duties=[one for one in found if not one.is_done],
        done=[one for one in found if one.is_done],
        rule=tasks.RULE,
    )


@router.get("/tasks/{task_id}")
def one(visit: SignedIn, task_id: str) -> Response:
    """One task, with the answer that opened it."""
    return _one(visit, task_id)


@router.post("/tasks/{task_id}/take")
def take(visit: SignedIn, form: Posted, task_id: str) -> Response:
    """Take it over."""
    _refuse_patients(visit)
    visit.records.require(Action.CHANGE, Task)
    duty = _duty(visit, task_id)
    try:
        tasks.take(visit.records, duty, form.whole("version"), visit.member.user_id)
    except InputError as error:
        return _one(visit, task_id, form, error)
    waiting.changed(visit)
    return seen(f"/tasks/{task_id}")


@router.post("/tasks/{task_id}/done")
def close(visit: SignedIn, form: Posted, task_id: str) -> Response:
    """Say what was done."""
    _refuse_patients(visit)
    try:
        tasks.close(visit.records, _duty(visit, task_id), form.text("outcome"), _now(visit))
    except InputError as error:
        return _one(visit, task_id, form, error)
    waiting.changed(visit)
    return seen(f"/tasks/{task_id}")


def _one(visit: Visit, task_id: str, form: Form | None = None, error: InputError | None = None) -> Response:
    _refuse_patients(visit)
    duty = _duty(visit, task_id)
    said = asking.called(scores.form_of(duty.scale), duty.item, duty.answer) if duty.score else ""
    return page("task.html", visit, "/tasks", form=form, error=error, duty=duty, said=said, rule=tasks.RULE)


def _duty(visit: Visit, task_id: str) -> tasks.Duty:
    return tasks.one(visit.records, task_id, visit.member.user_id, _now(visit))


def _mend(visit: Visit) -> None:
    """Once an hour, look for forms whose tasks were never opened."""
    held = _MENDED.setdefault(visit.services.database, {})
    last = held.get(visit.member.clinic_id)
    if not visit.may(Action.ADD, Task.kind) or (last is not None and time.monotonic() - last < _MEND_EVERY_S):
        return
    tasks.mend(visit.records, ratings.standing(ratings.listened_to(visit.records)))
    held[visit.member.clinic_id] = time.monotonic()
    waiting.changed(visit)


def _refuse_patients(visit: Visit) -> None:
    if own_alone(visit, Task):
        visit.records.bar(Action.READ, Task, "what became of your answers is at /mine")


def _now(visit: Visit) -> datetime:
    return visit.services.database.clock()
