"""How many tasks wait, beside the menu: asked for at most every few seconds, as every question is on the audit."""

from __future__ import annotations

import time
from weakref import WeakKeyDictionary

from kinetamine.clinic.access import Action
from kinetamine.clinic.access.trail import Waiting
from kinetamine.clinic.database import Database
from kinetamine.clinic.records import Task
from kinetamine.clinic.refusals import Refusal
from kinetamine.clinic.web.visit import Visit

_FRESH_S = 10.0
_HELD: WeakKeyDictionary[Database, dict[str, tuple[float, Waiting]]] = WeakKeyDictionary()
"""By database and clinic: when it was asked, and the answer, which is the same for everybody who may see it."""


def waiting(visit: Visit) -> Waiting | None:
    """The count for somebody who may act; None for everybody else."""
    if visit.is_patient() or not visit.may(Action.CHANGE, Task.kind):
        return None
    held = _HELD.setdefault(visit.services.database, {})
    asked_at, found = held.get(visit.member.clinic_id, (0.0, None))
    if found is None or time.monotonic() - asked_at > _FRESH_S:
        try:
            found = visit.records.waiting()
        except Refusal:  # signed out or stopped this moment: the page itself says so
            return None
        held[visit.member.clinic_id] = (time.monotonic(), found)
    return found


def changed(visit: Visit) -> None:
    """A task was opened or closed: count anew."""
    _HELD.get(visit.services.database, {}).pop(visit.member.clinic_id, None)
