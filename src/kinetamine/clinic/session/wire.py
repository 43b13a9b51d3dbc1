"""Entries as they are stored and sent: what happened, its content as plain JSON, and a note that is sealed.

A row is anything with the fields of a stored entry, so that this module needs no database. A correction is a row that
points at the newest row of what it corrects; in the timeline it is about the first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol, cast, get_args

from kinetamine.clinic.session.entries import (
    Correction,
    DeviceUsed,
    EnteredInError,
    Entry,
    Given,
    InfusionStarted,
    Injected,
    Left,
    Paused,
    RateChanged,
    Read,
    Resumed,
    Scored,
    Seen,
    Stopped,
    Symptom,
)
from kinetamine.engine.dose import Salt
from kinetamine.errors import FieldError, KinetamineError

IN_ERROR = "entered in error"
ACKNOWLEDGED = "alarm acknowledged"
SILENCED = "alarm silenced"
DEVICE_USED = "device used"
GIVEN = ("infusion started", "injected", DEVICE_USED)
"""Entries by which a drug begins to be given."""
LEFT = "left"
ARRANGED = "arranged"
DISCHARGED = "discharged"
RECORD_ANSWERED = "monitoring record answered"
RECORD_SENT = "monitoring record sent"
ACTS = (ACKNOWLEDGED, SILENCED, ARRANGED, DISCHARGED, RECORD_ANSWERED, RECORD_SENT)
"""What people do about a session that is no entry of its timeline."""


class Row(Protocol):
    """A stored entry."""

    id: Any
    client_id: Any
    device_time: Any
    device: Any
    made_at: Any
    made_by: Any
    happened: Any
    content: Any
    note: Any
    corrects_id: Any
    why: Any


@dataclass(frozen=True, kw_only=True)
class Told:
    """What a row says.

    Attributes:
        note: a reason or an action in words; free text is kept nowhere else.
    """

    happened: str
    content: Mapping[str, Any]
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Heard:
    """The rows of a session, understood.

    Attributes:
        entries: of the timeline; ``acts`` the other rows, in the order in which they were received.
        struck: acts that were entered in error, by name, and the row that says so.
        unread: rows that nothing here understands; they are kept, and somebody should look.
    """

    entries: tuple[Entry, ...]
    acts: tuple[Row, ...]
    struck: Mapping[str, Row]
    unread: tuple[Row, ...]

    def standing(self, *kinds: str) -> tuple[Row, ...]:
        """Acts of some kinds that were not entered in error."""
        return tuple(one for one in self.acts if one.happened in kinds and one.client_id not in self.struck)


def tell(what: Given | Seen) -> Told:
    """An entry's content, to be stored or sent."""
    return _TELL[type(what)](what)


def hear(told: Told) -> Given | Seen:
    """An entry's content, as it was stored or sent.

    Raises:
        FieldError: and which field; nothing is guessed.
    """
    known = _HEAR.get(told.happened)
    if known is None:
        raise FieldError("happened", told.happened, "one of " + ", ".join(_HEAR))
    return known(told)


def heard(rows: Iterable[Row]) -> Heard:
    """Every row of a session; what one of them says wrongly hides none of the others."""
    everything = sorted(rows, key=lambda one: (one.made_at, one.client_id))
    by_id = {one.id: one for one in everything}
    entries: list[Entry] = []
    acts: list[Row] = []
    unread: list[Row] = []
    struck: dict[str, Row] = {}
    for row in everything:
        first = _chain(row, by_id)[-1]
        if first.happened in ACTS:
            if row is first:
                acts.append(row)
            else:
                struck[first.client_id] = row
            continue
        try:
            entries.append(_entry(row, by_id))
        except KinetamineError:
            unread.append(row)
    return Heard(entries=tuple(entries), acts=tuple(acts), struck=struck, unread=tuple(unread))


def newest(rows: Iterable[Row], name: str) -> Row | None:
    """The row that says what the entry of a name says now: itself or its last correction; None where it is not here."""
    known = list(rows)
    found = next((one for one in known if one.client_id == name), None)
    after = {one.corrects_id: one for one in known if one.corrects_id is not None}
    while found is not None and found.id in after:
        found = after[found.id]
    return found


def name_of(rows: Iterable[Row], row: Row) -> str:
    """The name of the entry that a row is about: its own, or that of the first of its corrections' chain."""
    by_id = {one.id: one for one in rows}
    return str(_chain(row, by_id)[-1].client_id)


def _entry(row: Row, by_id: Mapping[str, Row]) -> Entry:
    what: Given | Seen | Correction | EnteredInError
    earlier = _chain(row, by_id)[1:]
    if row.corrects_id is None:
        what = hear(Told(happened=row.happened, content=row.content, note=row.note or ""))
    else:
        of = str(earlier[-1].client_id) if earlier else str(row.corrects_id)
        what = _change(row, of, earlier)
    return Entry(
        name=row.client_id,
        at=row.device_time,
        received_at=row.made_at,
        by=row.made_by,
        what=what,
        device=row.device or "",
    )


def _change(row: Row, of: str, earlier: Sequence[Row]) -> Correction | EnteredInError:
    if row.happened == IN_ERROR:
        return EnteredInError(of=of, reason=row.why or "")
    before: datetime | None = next((one.device_time for one in earlier if one.happened != IN_ERROR), None)
    return Correction(
        of=of,
        what=hear(Told(happened=row.happened, content=row.content, note=row.note or "")),
        reason=row.why or "",
        at=None if before == row.device_time else row.device_time,
    )


def _chain(row: Row, by_id: Mapping[str, Row]) -> list[Row]:
    """A row, what it corrects, and so on to the original."""
    found = [row]
    while found[-1].corrects_id is not None and found[-1].corrects_id in by_id:
        found.append(by_id[found[-1].corrects_id])
    return found


def _read(told: Told) -> Read:
    absent = _mapping(told, "absent") if "absent" in told.content else {}
    return Read(
        values=tuple(sorted((name, _finite(value, name)) for name, value in _mapping(told, "values").items())),
        absent=tuple(sorted((name, _words(value, name)) for name, value in absent.items())),
    )


def _scored(told: Told) -> Scored:
    answers = tuple(sorted((name, _whole(value, name)) for name, value in _mapping(told, "answers").items()))
    recall = _text(told, "recall") if "recall" in told.content else "now"
    return Scored(scale=_text(told, "scale"), answers=answers, recall=recall)


def _symptom(told: Told) -> Symptom:
    resolved = told.content.get("resolved")
    if not isinstance(resolved, bool):
        raise FieldError("resolved", resolved, "true or false")
    return Symptom(kind=_text(told, "kind"), resolved=resolved, action=told.note)


def _mapping(told: Told, name: str) -> Mapping[str, object]:
    found = told.content.get(name)
    if not isinstance(found, Mapping):
        raise FieldError(name, found, "names with their values")
    return {str(key): value for key, value in found.items()}


def _number(told: Told, name: str) -> float:
    return _finite(told.content.get(name), name)


def _finite(value: object, name: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise FieldError(name, value, "a number")
    try:
        return float(value)
    except OverflowError as error:
        raise FieldError(name, "a number of more than 300 digits", "a number") from error


def _whole(value: object, name: str) -> int:
    found = _finite(value, name)
    if not found.is_integer():
        raise FieldError(name, value, "a whole number")
    return int(found)


def _salt(told: Told) -> Salt:
    found = next((one for one in get_args(Salt) if one == told.content.get("salt")), None)
    if found is None:
        raise FieldError("salt", told.content.get("salt"), "one of " + ", ".join(get_args(Salt)))
    return cast("Salt", found)


def _text(told: Told, name: str) -> str:
    return _words(told.content.get(name), name)


def _words(value: object, name: str) -> str:
    if not isinstance(value, str) or not value.strip():
        raise FieldError(name, value, "words")
    return value


def _plain(happened: str, *names: str) -> Callable[[Any], Told]:
    """Told by fields of plain values alone."""
    return lambda what: Told(happened=happened, content={name: getattr(what, name) for name in names})


def _reasoned(happened: str) -> Callable[[Any], Told]:
    """Told by a reason alone."""
    return lambda what: Told(happened=happened, content={}, note=what.reason)


_TELL: dict[type, Callable[[Any], Told]] = {
    InfusionStarted: _plain("infusion started", "ml_per_h", "mg_per_ml", "salt", "lot"),
    RateChanged: _plain("rate changed", "ml_per_h"),
    Paused: _reasoned("paused"),
    Resumed: _plain("resumed"),
    Stopped: _reasoned("stopped"),
    Injected: _plain("injected", "mg", "salt", "lot"),
    DeviceUsed: _plain(DEVICE_USED, "number", "lot"),
    Read: lambda what: Told(happened="reading", content={"values": dict(what.values), "absent": dict(what.absent)}),
    Scored: lambda what: Told(
        happened="score", content={"scale": what.scale, "answers": dict(what.answers), "recall": what.recall}
    ),
    Symptom: lambda what: Told(
        happened="symptom", content={"kind": what.kind, "resolved": what.resolved}, note=what.action
    ),
    Left: _plain(LEFT),
}
_HEAR: dict[str, Callable[[Told], Given | Seen]] = {
    "infusion started": lambda told: InfusionStarted(
        ml_per_h=_number(told, "ml_per_h"),
        mg_per_ml=_number(told, "mg_per_ml"),
        salt=_salt(told),
        lot=_text(told, "lot"),
    ),
    "rate changed": lambda told: RateChanged(ml_per_h=_number(told, "ml_per_h")),
    "paused": lambda told: Paused(reason=told.note),
    "resumed": lambda _: Resumed(),
    "stopped": lambda told: Stopped(reason=told.note),
    "injected": lambda told: Injected(mg=_number(told, "mg"), salt=_salt(told), lot=_text(told, "lot")),
    DEVICE_USED: lambda told: DeviceUsed(number=_whole(told.content.get("number"), "number"), lot=_text(told, "lot")),
    "reading": _read,
    "score": _scored,
    "symptom": _symptom,
    LEFT: lambda _: Left(),
}
