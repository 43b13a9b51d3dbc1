"""Something to do, as Task: whose it is, and by when."""

from __future__ import annotations

from typing import Any

from kinetamine.clinic.fhir.pieces import Resource, moment, period, refer, resource, said, who
from kinetamine.clinic.records import Task

_PRIORITIES = {"high": "stat", "urgent": "urgent", "medium": "urgent", "at once": "stat", "same day": "asap"}


def task(due: Task) -> Resource:
    """What is done is completed; what has an owner is accepted by nobody until it is done."""
    output = [{"type": {"text": "outcome"}, "valueString": due.outcome}] if said(due.outcome) else None
    about: dict[str, Any] = {"for": refer("Patient", due.person_id)}
    return resource(
        "Task",
        due.id,
        of=due,
        status="completed" if due.done_at is not None else "requested",
        intent="order",
        priority=_PRIORITIES.get(due.priority, "routine"),
        description=due.what,
        authoredOn=moment(due.made_at),
        lastModified=moment(max(due.made_at, due.changed_at or due.made_at)),
        requester=who(due.made_by),
        owner=who(due.assigned_to),
        restriction={"period": period(None, due.due_at)},
        executionPeriod=period(None, due.done_at),
        output=output,
        **about,
    )
