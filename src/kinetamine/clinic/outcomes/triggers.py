"""Answers that somebody must act on: each has an owner, a deadline, and somebody to turn to when it passes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from kinetamine.clinic.basis import PROJECT
from kinetamine.clinic.instants import in_utc
from kinetamine.clinic.outcomes.change import Rating, scale_of
from kinetamine.clinic.signature import Signature, require_words
from kinetamine.engine.model import Estimate, Provenance
from kinetamine.engine.scale import Alert
from kinetamine.errors import FieldError


def _minutes(value: float, note: str) -> Estimate:
    return Estimate(value, "min", PROJECT, "triggers", Provenance.ASSUMED, note)


AT_ONCE = _minutes(15.0, "where the scale's action is now")
SAME_DAY = _minutes(480.0, "where the scale's action is the same day: within one working day of hours")
ASK_AGAIN = _minutes(60.0, "where the question was not answered")
DEADLINES: Mapping[tuple[str, str], Estimate] = {
    ("phq9", "9"): AT_ONCE,
    ("madrs", "10"): AT_ONCE,
    ("cssrs_screener", "3"): SAME_DAY,
    ("cssrs_screener", "4"): AT_ONCE,
    ("cssrs_screener", "5"): AT_ONCE,
    ("cssrs_screener", "6"): SAME_DAY,
    ("cssrs_screener", "6_recent"): AT_ONCE,
}
"""By scale and item; an alert that is not listed is due at once."""


@dataclass(frozen=True, kw_only=True)
class Owners:
    """Who answers: nothing is asked of a person unless somebody does.

    Attributes:
        owner: who acts; ``fallbacks`` who is turned to, one after another, when the deadline passes.
    """

    owner: str
    fallbacks: tuple[str, ...]

    def __post_init__(self) -> None:
        """Refuse an answer that nobody would act on."""
        require_words("owner", self.owner)
        if not self.fallbacks or self.owner in self.fallbacks:
            raise FieldError("fallbacks", self.fallbacks, f"at least one person other than {self.owner}")


@dataclass(frozen=True, kw_only=True)
class Task:
    """Something that is due because of one answer.

    Attributes:
        name: the same for the same form and item, however often it is opened.
        answer: as given; None where the question was left out.
    """

    name: str
    rating: str
    scale: str
    item: str
    answer: int | None
    action: str
    owners: Owners
    opened_at: datetime
    deadline: datetime


@dataclass(frozen=True, kw_only=True)
class Done:
    """Somebody acted on a task, and says what was done."""

    task: str
    what: str
    signature: Signature

    def __post_init__(self) -> None:
        """No closing without what was done."""
        require_words("what", self.what)


class Stand(StrEnum):
    """How a task stands."""

    OPEN = "open"
    OVERDUE = "overdue"
    DONE = "done"
    DONE_LATE = "done late"


@dataclass(frozen=True, kw_only=True)
class Standing:
    """A task at a time.

    Attributes:
        turned_to: who must act now: the owner, and every fallback whose turn has come.
    """

    task: Task
    stand: Stand
    turned_to: tuple[str, ...]
    done: Done | None


def tasks(rating: Rating, owners: Owners, received_at: datetime) -> tuple[Task, ...]:
    """What is due for one form: every alert of its scale, and every alert's question that was left out.

    The clock runs from when the form was received, as nobody could act before; a form filled in late is no excuse.
    """
    opened = in_utc("received_at", received_at)
    answers, met = dict(rating.answers), rating.score
    due = [_task(rating, alert, answers.get(alert.item), owners, opened) for alert in met.alerts]
    listened = {alert.item: alert for alert in scale_of(rating.scale).alerts}
    asked = [
        alert for item, alert in listened.items() if item in met.missing and _is_asked(rating.scale, item, answers)
    ]
    return (*due, *(_task(rating, alert, None, owners, opened) for alert in asked))


def standing(task: Task, done: Iterable[Done], now: datetime) -> Standing:
    """How a task stands; while it is overdue one more fallback is turned to with every further span of the deadline."""
    moment = in_utc("now", now)
    mine = sorted((one for one in done if one.task == task.name), key=lambda one: (one.signature.at, one.signature.by))
    acted = next((one for one in mine if one.signature.at >= task.opened_at), None)
    if acted is not None and acted.signature.at <= moment:
        late = acted.signature.at > task.deadline
        return Standing(task=task, stand=Stand.DONE_LATE if late else Stand.DONE, turned_to=(), done=acted)
    turned = _turned_to(task, moment)
    stand = Stand.OVERDUE if moment > task.deadline else Stand.OPEN
    return Standing(task=task, stand=stand, turned_to=turned, done=None)


def _turned_to(task: Task, now: datetime) -> tuple[str, ...]:
    if now <= task.deadline:
        return (task.owners.owner,)
    spans = 1 + int((now - task.deadline) / (task.deadline - task.opened_at))
    return (task.owners.owner, *task.owners.fallbacks[:spans])


def _task(rating: Rating, alert: Alert, answer: int | None, owners: Owners, opened: datetime) -> Task:
    within = DEADLINES.get((rating.scale, alert.item), AT_ONCE) if answer is not None else ASK_AGAIN
    return Task(
        name=f"{rating.name}/{alert.item}",
        rating=rating.name,
        scale=rating.scale,
        item=alert.item,
        answer=answer,
        action=alert.action if answer is not None else f"Not answered: ask again, then: {alert.action}",
        owners=owners,
        opened_at=opened,
        deadline=opened + timedelta(minutes=within.value),
    )


def _is_asked(scale: str, item: str, answers: Mapping[str, int | None]) -> bool:
    """Whether a question was to be answered: the screener skips some after a no."""
    if scale != "cssrs_screener":
        return True
    if item in {"3", "4", "5"}:
        return answers.get("2") != 0
    return answers.get("6") != 0
