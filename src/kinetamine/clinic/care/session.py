"""Opening a session, and taking in what is entered in it: once, however often it is sent, and never over anything."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from kinetamine.clinic.access import Action, Records
from kinetamine.clinic.access.content import check
from kinetamine.clinic.alarms.limits import LimitSet, Vital
from kinetamine.clinic.care import ordered, predictions
from kinetamine.clinic.care.plan import NOT_TO_BE_GIVEN, given, stands
from kinetamine.clinic.care.sitting import OPEN, PROTOCOLS, Sitting
from kinetamine.clinic.instants import in_utc, of_our_time
from kinetamine.clinic.limits_in_use import AS_PUBLISHED, InUse
from kinetamine.clinic.outcomes.change import scale_of
from kinetamine.clinic.records import Order, Person, Session, SessionEvent, User
from kinetamine.clinic.refusals import ConflictError
from kinetamine.clinic.rems import GATES
from kinetamine.clinic.session.entries import Read, Scored
from kinetamine.clinic.session.schedule import INFUSION_SESSION, SPRAY_SESSION
from kinetamine.clinic.session.vitals import sent_back
from kinetamine.clinic.session.wire import ACKNOWLEDGED, ARRANGED, IN_ERROR, SILENCED, Row, Told, hear, newest, tell
from kinetamine.clinic.signature import require_words
from kinetamine.errors import FieldError, InputError, UnknownNameError

TYPED = tuple(sign for sign in Vital if sign is not Vital.ALERTNESS)
"""Vital signs that are typed in; alertness is a scale."""
SCALES = ("moaas", "cadss")
"""Scales that are filled in during a session. Nothing listens to their answers, as something does to those of a
questionnaire: one of these that is kept in a session would open no task and stand on no page of outcomes."""
ARRANGEMENTS = ("escort", "told_not_to_drive", "gait_safe", "symptoms_asked")
_LONGEST_NAME = 36
_NAME_IS_TAKEN = "another entry was sent under this client_id"
_OPENING = threading.Lock()
"""One chair, one session: two who open at once are taken in turn."""


class NotTakenError(FieldError):
    """One of several entries cannot be taken in; none of them was."""

    def __init__(self, client_id: str, cause: InputError) -> None:
        """Name the entry, and its field."""
        self.client_id = client_id
        if isinstance(cause, FieldError):
            super().__init__(cause.field, cause.given, cause.expected, cause.nearest)
        elif isinstance(cause, UnknownNameError):
            super().__init__(cause.kind, cause.given, "one of " + ", ".join(cause.known), cause.nearest)
        else:
            super().__init__("", "", str(cause))


@dataclass(frozen=True, kw_only=True)
class Opening:
    """A session that is to begin.

    Attributes:
        protocol: what is due when, by name; empty: by the order's route.
        gates: what must be so before a dose, by name, as far as it was answered.
    """

    person_id: str
    chair: str
    order_id: str | None = None
    protocol: str = ""
    outpatient: bool = True
    gates: Mapping[str, bool] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Sent:
    """One entry as a device sent it.

    Attributes:
        client_id: its name, made where it was made.
        corrects: name of the entry that this one replaces, or of its newest correction that was seen, and ``why``.
    """

    client_id: str
    device_time: datetime
    told: Told
    corrects: str = ""
    why: str = ""


def open_at(records: Records, opening: Opening, in_use: InUse = AS_PUBLISHED) -> Session:
    """Begin a session.

    Raises:
        FieldError: the chair or the person is taken, the order is another person's, or a field is wrong.
        Refusal: it is not for this person.
    """
    chair = require_words("chair", opening.chair)
    for name in opening.gates:
        if name not in GATES:
            raise UnknownNameError("gate", name, GATES)
    with _OPENING:
        _require_free(records, opening, chair)
        records.get(Person, opening.person_id)
        order = None if opening.order_id is None else records.get(Order, opening.order_id)
        if order is not None and order.person_id != opening.person_id:
            raise FieldError("order", order.regimen, "an order for this person")
        if order is not None:
            _require_to_be_given(records, order)
        details: dict[str, Any] = {
            "protocol": _protocol(opening, order),
            "outpatient": opening.outpatient,
            "gates": dict(opening.gates),
            "limits": in_use.about,
        }
        if order is not None:
            details[ordered.ORDER] = ordered.written(order)
            if predictions.of(order.details) is not None:
                details[predictions.PREDICTION] = order.details[predictions.PREDICTION]
        session = Session(
            person_id=opening.person_id,
            order_id=opening.order_id,
            chair=chair,
            state=OPEN,
            started_at=None,
            ended_at=None,
            details=details,
        )
        return records.add(session)


def sent(given: Mapping[str, Any]) -> Sent:
    """One entry from JSON.

    Raises:
        FieldError: and which field.
    """
    texts = {name: given.get(name) or "" for name in ("client_id", "happened", "note", "corrects", "why")}
    for name, text in texts.items():
        if not isinstance(text, str):
            raise FieldError(name, text, "words")
    client_id = named(texts["client_id"])
    content = given.get("content", {})
    if not isinstance(content, Mapping):
        raise FieldError("content", content, "names with their values")
    return Sent(
        client_id=client_id,
        device_time=_moment(given.get("device_time")),
        told=Told(happened=texts["happened"], content=content, note=texts["note"].strip()),
        corrects=texts["corrects"],
        why=texts["why"].strip(),
    )


def named(given: str) -> str:
    """The name of an entry.

    Raises:
        FieldError: it is none, or too long.
    """
    name = require_words("client_id", given)
    if len(name) > _LONGEST_NAME:
        raise FieldError("client_id", name, f"at most {_LONGEST_NAME} characters")
    return name


def enter(records: Records, sitting: Sitting, everything: Sequence[Sent]) -> tuple[SessionEvent, ...]:
    """Take entries in, in their order: all, or none where one of them cannot be.

    What was stored before, by its ``client_id``, is given back as it was.

    Raises:
        NotTakenError: an entry cannot be, and which field of it; a critical value is no reason.
        ConflictError: another entry has that name, or somebody corrected the same one.
        Refusal: it is not for this person.
    """
    known = {one.client_id for one in sitting.rows}
    checked: list[Sent] = []
    for one in everything:
        try:
            checked.append(replace(one, told=_checked(one, sitting, known)))
        except InputError as error:
            raise NotTakenError(one.client_id, error) from error
        known.add(one.client_id)
    stored: tuple[SessionEvent, ...] = ()
    plain: list[SessionEvent] = []
    for one in checked:
        if one.corrects:
            stored += tuple(records.add_all(plain))
            plain.clear()
            stored += (_correct(records, sitting.merged(stored), one),)
        else:
            plain.append(row(sitting.session.id, one))
    return (*stored, *records.add_all(plain))


def require_storable(records: Records, session_id: str, one: Sent) -> None:
    """Refuse now what would be refused later, after somebody has signed for it.

    Raises:
        FieldError: it does not fit.
        ConflictError: another entry has that name.
        Refusal: it is not for this person.
    """
    records.require(Action.ADD, SessionEvent)
    check(row(session_id, one))
    for stored in records.find(SessionEvent, client_id=one.client_id, limit=1):
        raise ConflictError(SessionEvent.kind, stored.id, [_NAME_IS_TAKEN])


def row(session_id: str, one: Sent) -> SessionEvent:
    """As it is stored."""
    return SessionEvent(
        session_id=session_id,
        client_id=one.client_id,
        device_time=one.device_time,
        device=None,
        happened=one.told.happened,
        content=dict(one.told.content),
        note=one.told.note or None,
    )


def _protocol(opening: Opening, order: Order | None) -> str:
    if opening.protocol:
        if opening.protocol not in PROTOCOLS:
            raise FieldError("protocol", opening.protocol, "one of " + ", ".join(PROTOCOLS))
        return opening.protocol
    if order is None:
        raise FieldError("protocol", "", "what is watched, where there is no order to tell")
    return (SPRAY_SESSION if order.route == "intranasal" else INFUSION_SESSION).name


def _require_free(records: Records, opening: Opening, chair: str) -> None:
    if records.find(Session, chair=chair, state=OPEN, limit=1):
        raise FieldError("chair", chair, "a chair that is free")
    if records.find(Session, person_id=opening.person_id, state=OPEN, limit=1):
        raise FieldError("person", "in a chair already", "somebody who is in no open session")


def _require_to_be_given(records: Records, order: Order) -> None:
    """An order is one dose: one that was given, even in part, is not given again."""
    state = stands(order, given(records, order.person_id))
    if state in NOT_TO_BE_GIVEN:
        raise FieldError("order", state, "an order that is to be given")


def _moment(given: object) -> datetime:
    try:
        found = in_utc("device_time", datetime.fromisoformat(given if isinstance(given, str) else ""))
    except (ValueError, OverflowError) as error:
        raise FieldError("device_time", given, "a time with its zone, such as 2026-03-01T09:30:00+01:00") from error
    return of_our_time("device_time", found)


def _checked(one: Sent, sitting: Sitting, known: Iterable[str]) -> Told:
    """What is stored of an entry: its own fields, and nothing that was sent beside them.

    Raises:
        InputError: and why.
    """
    if one.corrects:
        require_words("why", one.why)
        if one.corrects not in known:
            raise FieldError("corrects", one.corrects, "the name of an entry of this session")
        if one.told.happened == IN_ERROR:
            return Told(happened=IN_ERROR, content={})
    if one.told.happened in _ACTS:
        if one.corrects:
            raise FieldError("happened", one.told.happened, f"an entry, or {IN_ERROR}: what was done is not corrected")
        _ACTS[one.told.happened](one.told.content, sitting.limits, set(known))
        own = {name: one.told.content[name] for name in _OF_ACTS if name in one.told.content}
        return Told(happened=one.told.happened, content=own)
    what = hear(one.told)
    if isinstance(what, Read):
        _check_read(what)
    elif isinstance(what, Scored):
        _check_scored(what)
    for words in sent_back(what, sitting.limits):
        sign, _, expected = words.partition(": expected ")
        value = dict(what.values).get(sign.replace(" ", "_")) if isinstance(what, Read) else what
        shown = value if not isinstance(what, Scored) else what.score().total
        raise FieldError(sign.replace(" ", "_"), shown, expected)
    return tell(what)


def _check_read(what: Read) -> None:
    for name in (*dict(what.values), *dict(what.absent)):
        if name not in TYPED:
            raise UnknownNameError("vital sign", name, TYPED)


def _check_scored(what: Scored) -> None:
    """Only what a session asks, about the time that it asks about."""
    if what.scale not in SCALES:
        elsewhere = "any other questionnaire is filled in on the person's page, where somebody is told of its answers"
        raise FieldError("scale", what.scale, f"{' or '.join(SCALES)}; {elsewhere}")
    recall = scale_of(what.scale).recall
    if what.recall not in recall:
        raise FieldError("recall", what.recall, "one of " + ", ".join(recall))


def _check_acknowledged(content: Mapping[str, Any], _: LimitSet, known: set[str]) -> None:
    """Nobody can answer what has not been heard yet."""
    readings = content.get("readings")
    if not isinstance(readings, list) or not readings or not all(isinstance(one, str) for one in readings):
        raise FieldError("readings", readings, "the names of the readings on the screen")
    for one in readings:
        if one.rpartition("/")[0].partition("@")[0] not in known:
            raise FieldError("readings", one, "a reading of this session")


def _check_silenced(content: Mapping[str, Any], limits: LimitSet, known: set[str]) -> None:
    _check_acknowledged(content, limits, known)
    longest = max(one.longest_silence_s.value for one in limits.times.values())
    seconds = content.get("seconds")
    if isinstance(seconds, bool) or not isinstance(seconds, int | float) or not 0.0 < seconds <= longest:
        raise FieldError("seconds", seconds, f"more than 0 and at most {longest:g} s")


def _check_arranged(content: Mapping[str, Any], _limits: LimitSet, _known: set[str]) -> None:
    if content.get("what") not in ARRANGEMENTS:
        raise FieldError("what", content.get("what"), "one of " + ", ".join(ARRANGEMENTS))


_ACTS = {ACKNOWLEDGED: _check_acknowledged, SILENCED: _check_silenced, ARRANGED: _check_arranged}
"""What people may do beside entries, and how it is checked."""
_OF_ACTS = ("readings", "seconds", "what")


def _correct(records: Records, sitting: Sitting, one: Sent) -> SessionEvent:
    happened, content, note = one.told.happened, dict(one.told.content), one.told.note or None
    for stored in sitting.rows:
        if stored.client_id == one.client_id:
            if (stored.happened, stored.content, stored.note, stored.why) == (happened, content, note, one.why):
                return stored
            raise ConflictError(SessionEvent.kind, stored.id, [_NAME_IS_TAKEN])
    seen = next((held for held in sitting.rows if held.client_id == one.corrects), None)
    if seen is None:
        raise FieldError("corrects", one.corrects, "the name of an entry of this session")
    now = newest(sitting.rows, one.corrects)
    if now is not None and now is not seen:
        raise ConflictError(SessionEvent.kind, seen.id, [_changed(records, seen, now)])
    return records.correct(
        SessionEvent,
        seen.id,
        one.why,
        client_id=one.client_id,
        device_time=one.device_time,
        device=None,
        happened=happened,
        content=content,
        note=note,
    )


def _changed(records: Records, seen: Row, now: Row) -> str:
    """Who changed what since it was seen."""
    who, at = records.get(User, now.made_by).shown_as, f"at {now.made_at:%Y-%m-%d %H:%M:%S} UTC"
    if now.happened == IN_ERROR:
        return f"{who} marked it as entered in error {at}"
    before, new = _flat(seen.content), _flat(now.content)
    words = [
        f"{name.replace('_', ' ')} {new[name]}".removesuffix(".0") for name in new if new[name] != before.get(name)
    ]
    return f"{who} corrected it {at}" + (": " + ", ".join(words) if words else "")


def _flat(content: Mapping[str, Any]) -> dict[str, Any]:
    """Fields by name, those of a reading's values or a scale's answers among them."""
    found: dict[str, Any] = {}
    for name, value in content.items():
        found |= value if isinstance(value, Mapping) else {name: value}
    return found
