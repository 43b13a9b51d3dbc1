"""Questionnaires: which there are, what was answered, and the score that the scale's versioned scoring makes of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from kinetamine import catalogue
from kinetamine.clinic.access import Action, Records
from kinetamine.clinic.care import tasks
from kinetamine.clinic.care.wording import WORDING, Wording
from kinetamine.clinic.outcomes.change import scale_of
from kinetamine.clinic.records import Score
from kinetamine.clinic.refusals import NoSuchRecordError
from kinetamine.clinic.signature import require_words
from kinetamine.engine.scale import Rater, Scale
from kinetamine.errors import FieldError, UnknownNameError

_AHEAD = timedelta(minutes=5)
"""How far a clock on the wall may be ahead of the server's."""
AFTER_YES = {"cssrs_screener": {"3": "2", "4": "2", "5": "2", "6_recent": "6"}}
"""Items that are asked only after a yes to another."""


def forms() -> tuple[Scale, ...]:
    """Every scale that there is a form for, by title."""
    return tuple(sorted(catalogue.load_all("scales"), key=lambda one: one.title))


def own_forms() -> tuple[Scale, ...]:
    """Those that a patient fills in about themselves: the scale says so, and its words may be shown."""
    return tuple(one for one in forms() if one.rater is Rater.PATIENT and wording_of(one) is not None)


def wording_of(scale: Scale) -> Wording | None:
    """The form's own words, where the register lets us show them; otherwise the clinic's own copy lies beside."""
    return WORDING.get(scale.name) if scale.rights.may_reproduce else None


def form_of(name: str) -> Scale:
    """A scale by its name in an address.

    Raises:
        NoSuchRecordError: there is no such form.
    """
    try:
        return scale_of(name)
    except UnknownNameError as error:
        raise NoSuchRecordError("form", name) from error


def own_form(records: Records, name: str) -> Scale:
    """The same, for a patient.

    Raises:
        NotAllowedError: it is a clinician's to fill in.
    """
    found = form_of(name)
    if found not in own_forms():
        records.bar(Action.ADD, Score, "a clinician fills in this form")
    return found


@dataclass(frozen=True, kw_only=True)
class Filled:
    """A form as it was filled in.

    Attributes:
        answers: by item; what is left out was not answered, and stays so.
        answered_at: when the person answered, which may be before it was entered.
    """

    scale: Scale
    recall: str
    answers: Mapping[str, int | None]
    answered_at: datetime

    def __post_init__(self) -> None:
        """Refuse an empty form, and one that asks about another time than the scale does."""
        if self.recall not in self.scale.recall:
            raise FieldError("recall", self.recall, "one of " + ", ".join(self.scale.recall))
        if all(answer is None for answer in self.answers.values()):
            raise FieldError("answers", "", "at least one answer")


def keep(records: Records, person_id: str, filled: Filled, now: datetime) -> Score:
    """Score a form and store it, with whatever somebody must do because of an answer: both or neither.

    The same answers of the same minute are one form that was sent twice, and are given back as they were stored.

    Raises:
        FieldError: an answer is none of the scale's, or it was answered in the future.
    """
    _require_past(filled.answered_at, now)
    wanted = _score(person_id, filled)
    for stored in records.find(Score, person_id=person_id, scale=wanted.scale, answered_at=wanted.answered_at):
        if _is_same(stored, wanted):
            return stored
    return records.add(wanted, due=tasks.due)


def correct(records: Records, original: Score, filled: Filled, why: str, now: datetime) -> Score:
    """Put other answers in the place of a form's; the original stays, and the tasks that it opened.

    Raises:
        FieldError: no reason, or an answer is none of the scale's.
        ConflictError: somebody corrected it already.
    """
    require_words("why", why)
    _require_past(filled.answered_at, now)
    made = _score(original.person_id, filled)
    values = {name: getattr(made, name) for name in ("method", "recall", "answered_at", "items", "total", "category")}
    return records.correct(Score, original.id, why, tasks.due, **values)


def _score(person_id: str, filled: Filled) -> Score:
    found = filled.scale.score(filled.answers)
    return Score(
        person_id=person_id,
        scale=filled.scale.name,
        method=found.method,
        recall=filled.recall,
        rater=filled.scale.rater.value,
        answered_at=filled.answered_at,
        items={name: answer for name, answer in filled.answers.items() if answer is not None},
        total=found.total,
        category=found.category or None,
    )


def _is_same(stored: Score, wanted: Score) -> bool:
    return (stored.items, stored.recall) == (wanted.items, wanted.recall) and stored.corrects_id is None


def _require_past(moment: datetime, now: datetime) -> None:
    if moment > now + _AHEAD:
        raise FieldError("answered_at", moment.isoformat(timespec="minutes"), "a time that has passed")
