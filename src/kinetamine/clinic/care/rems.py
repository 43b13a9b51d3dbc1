"""The monitoring record of a session: what the session knows, what people answered, and whether it was sent."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from kinetamine.clinic.access import Records
from kinetamine.clinic.care.discharge import gate_of
from kinetamine.clinic.care.sitting import Sitting
from kinetamine.clinic.records import Clinic, Person, SessionEvent, Task
from kinetamine.clinic.refusals import ConflictError
from kinetamine.clinic.rems import Clock, Duty, Identity, Record, clock, filled
from kinetamine.clinic.session.state import Phase
from kinetamine.clinic.session.wire import DEVICE_USED, LEFT, RECORD_ANSWERED, RECORD_SENT, Row
from kinetamine.errors import FieldError

TEXTS = {
    "setting_address": "Address of the setting",
    "monitor_first_name": "First name of who watched",
    "monitor_last_name": "Last name of who watched",
    "monitor_telephone": "Telephone of who watched",
    "monitor_email": "E-mail of who watched",
}
"""What people write in words."""
QUESTIONS = {
    "benzodiazepines": "Took benzodiazepines?",
    "other_sedatives": "Took other sedatives?",
    "opioids": "Took opioids?",
    "stimulants": "Took stimulants?",
    "maoi": "Took a monoamine oxidase inhibitor?",
    "vitals_acceptable_before": "Were vital signs acceptable before the dose?",
    "vitals_acceptable_after": "Were vital signs acceptable before leaving?",
    "sedation": "Was the person sedated?",
    "dissociation": "Did the person dissociate?",
    "respiratory_depression": "Was breathing depressed?",
    "serious_event": "Was there a serious adverse event?",
}
"""What people answer with yes or no; no answer is not a no."""


@dataclass(frozen=True, kw_only=True)
class Monitoring:
    """A record and its clock.

    Attributes:
        answered: the row that holds the last answers; empty where nobody has answered. Whoever answers names it, so
            that two who answer at once do not overwrite each other.
        clock: None before the first drug.
    """

    record: Record
    answers: Mapping[str, Any]
    answered: str
    sent: Row | None
    clock: Clock | None


def monitoring(records: Records, sitting: Sitting, zone: tzinfo, now: datetime) -> Monitoring:
    """The record as it stands.

    Raises:
        Refusal: it is not for this person.
    """
    person = records.get(Person, sitting.session.person_id)
    (clinic,) = records.find(Clinic, id=sitting.session.clinic_id, limit=1)
    answered = next(reversed(sitting.heard.standing(RECORD_ANSWERED)), None)
    given = _answers(answered)
    record = Record(identity=_identity(person, clinic, given), **{k: v for k, v in given.items() if k in _FIELDS})
    state = sitting.state(now)
    record = filled(record, state, zone, gate_of(sitting, now).would_have_been_ready)
    sent = next(iter(sitting.heard.standing(RECORD_SENT)), None)
    sent_at = None if sent is None else sent.made_at
    running = None if state.started_at is None else clock(sitting.duty, state.started_at, now, zone, sent_at)
    return Monitoring(
        record=record,
        answers=given,
        answered="" if answered is None else str(answered.client_id),
        sent=sent,
        clock=running,
    )


def answer(records: Records, sitting: Sitting, answers: Mapping[str, Any], seen: str, now: datetime) -> SessionEvent:
    """Keep what people answered; sealed, as names and telephones are in it.

    Args:
        seen: the row whose answers were on the screen.

    Raises:
        FieldError: there is no such question, or the answer is none.
        ConflictError: somebody answered meanwhile.
        Refusal: it is not for this person.
    """
    _check(answers)
    last = next(reversed(sitting.heard.standing(RECORD_ANSWERED)), None)
    if ("" if last is None else last.client_id) != seen:
        raise ConflictError(SessionEvent.kind, "", ["somebody else answered since you opened the form"])
    return records.add(_row(sitting, RECORD_ANSWERED, f"answers after {seen}", now, answers))


def remind(records: Records, sitting: Sitting, zone: tzinfo, now: datetime) -> Task | None:
    """A task to send the record, where it must be sent; None where nothing must, it was sent, or the task is open.

    One that was closed tells nobody any more: where the record still is to be sent, there is another.

    Raises:
        Refusal: it is not for this person.
    """
    state = sitting.state(now)
    if sitting.duty is not Duty.REQUIRED or state.started_at is None or sitting.heard.standing(RECORD_SENT):
        return None
    if any(one.done_at is None for one in _tasks(records, sitting)):
        return None
    last_day = clock(sitting.duty, state.started_at, max(now, state.started_at), zone).due
    return records.add(
        Task(
            person_id=sitting.session.person_id,
            what=_task(sitting),
            priority="high",
            due_at=datetime.combine(last_day + timedelta(days=1), time.min, zone),
            assigned_to=None,
            done_at=None,
            outcome=None,
        )
    )


def remind_after(
    records: Records, sitting: Sitting, rows: Sequence[SessionEvent], zone: tzinfo, now: datetime
) -> Task | None:
    """The same, where rows that were just entered ask for it; the usual time to be reminded is when somebody is let go.

    They take back that the record was sent, or tell that somebody left by themselves, or of a spray after that.

    Args:
        sitting: with these rows.

    Raises:
        Refusal: it is not for this person.
    """
    sent = {one.id for one in sitting.heard.acts if one.happened == RECORD_SENT}
    is_over = not sitting.is_open or sitting.state(now).phase is Phase.LEFT
    ended = is_over and any(one.happened in {LEFT, DEVICE_USED} for one in rows)
    if ended or any(one.corrects_id in sent for one in rows):
        return remind(records, sitting, zone, now)
    return None


def mark_sent(records: Records, sitting: Sitting, now: datetime) -> SessionEvent:
    """Say that the record was sent; it is sent by people, not by this software. The task to send it is done.

    Raises:
        Refusal: it is not for this person.
    """
    for task in _tasks(records, sitting):
        if task.done_at is None:
            records.change(Task, task.id, task.version, "the record was sent", done_at=now, outcome="sent")
    return records.add(
        _row(
            sitting,
            RECORD_SENT,
            f"sent, {sum(one.happened == RECORD_SENT for one in sitting.heard.acts)} before",
            now,
            {},
        )
    )


def _task(sitting: Sitting) -> str:
    return f"send the monitoring record of session {sitting.session.id}"


def _tasks(records: Records, sitting: Sitting) -> list[Task]:
    return records.find(Task, person_id=sitting.session.person_id, what=_task(sitting))


_FIELDS = (*QUESTIONS, *(one for one in TEXTS if one.startswith("monitor")))


# Named after what it follows: of two that follow the same, the records take the first and refuse the other.
def _row(sitting: Sitting, happened: str, name: str, now: datetime, answers: Mapping[str, Any]) -> SessionEvent:
    return SessionEvent(
        session_id=sitting.session.id,
        client_id=str(uuid5(NAMESPACE_URL, f"{sitting.session.id}/{name}")),
        device_time=now,
        device=None,
        happened=happened,
        content={},
        note=json.dumps(dict(answers), sort_keys=True) if answers else None,
    )


def _answers(row: Row | None) -> dict[str, Any]:
    return {} if row is None or not row.note else json.loads(row.note)


def _check(answers: Mapping[str, Any]) -> None:
    for name, value in answers.items():
        wanted = bool if name in QUESTIONS else str if name in TEXTS else None
        if wanted is None or not isinstance(value, wanted):
            raise FieldError(name, value, "an answer to a question of the record")


def _identity(person: Person, clinic: Clinic, given: Mapping[str, Any]) -> Identity:
    """As on the person's file, whose name is one text: the last word is taken for the last name."""
    first, _, last = person.name.strip().rpartition(" ")
    return Identity(
        first_name=first or None,
        last_name=last or None,
        birth_date=date.fromisoformat(person.born_on),
        sex=person.sex,
        setting_name=clinic.name,
        setting_address=given.get("setting_address"),
    )
