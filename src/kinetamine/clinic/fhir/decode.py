"""A session's stored entries as the session's own logic reads them; an entry that cannot be read is left out there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

from kinetamine.clinic.records import SessionEvent
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
    Resumed,
    Seen,
    Stopped,
    Symptom,
)
from kinetamine.clinic.session.timeline import Timeline
from kinetamine.errors import KinetamineError

_UNSAID = "not recorded"
_TOO_LARGE = 1e15
_Reader = Callable[[Mapping[str, Any], str], Given | Seen]
_READERS: Mapping[str, _Reader] = {
    "infusion started": lambda content, _: InfusionStarted(
        ml_per_h=float(content["ml_per_h"]),
        mg_per_ml=float(content["mg_per_ml"]),
        salt=content["salt"],
        lot=str(content.get("lot") or _UNSAID),
    ),
    "rate changed": lambda content, _: RateChanged(ml_per_h=float(content["ml_per_h"])),
    "paused": lambda _, note: Paused(reason=note or _UNSAID),
    "resumed": lambda _, __: Resumed(),
    "stopped": lambda _, note: Stopped(reason=note or _UNSAID),
    "injected": lambda content, _: Injected(
        mg=float(content["mg"]), salt=content["salt"], lot=str(content.get("lot") or _UNSAID)
    ),
    "device used": lambda content, _: DeviceUsed(number=int(content["number"]), lot=str(content.get("lot") or _UNSAID)),
    "symptom": lambda content, note: Symptom(
        kind=str(content["kind"]), resolved=bool(content["resolved"]), action=note
    ),
    "left": lambda _, __: Left(),
}
"""What was given and what was felt; readings and scores are written out row by row, whatever they hold."""


def timeline(rows: Iterable[SessionEvent]) -> Timeline:
    """The entries of one session under the ids of their rows."""
    by_id = {row.id: row for row in rows}
    entries = (_entry(row, _root(row, by_id)) for row in by_id.values())
    return Timeline(frozenset(one for one in entries if one is not None))


def superseded(rows: Iterable[SessionEvent]) -> dict[str, SessionEvent]:
    """By id the entry that stands in its place, or says that it was entered in error."""
    return {row.corrects_id: row for row in rows if row.corrects_id}


def values_of(row: SessionEvent) -> dict[str, float]:
    """The numbers of a reading, by sign."""
    found = row.content.get("values", row.content)
    return {str(name): float(value) for name, value in _pairs(found) if _is_number(value)}


def absent_of(row: SessionEvent) -> dict[str, str]:
    """Why there is no number, by sign."""
    return {str(name): str(reason) for name, reason in _pairs(row.content.get("absent", {}))}


def what_of(row: SessionEvent) -> Given | Seen | None:
    """What a row says; None where it is a reading, a score, no entry of the timeline, or cannot be read."""
    reader = _READERS.get(row.happened)
    if reader is None:
        return None
    try:
        return reader(row.content, row.note or "")
    except (KinetamineError, KeyError, TypeError, ValueError, OverflowError):
        return None


def _entry(row: SessionEvent, root: str | None) -> Entry | None:
    what = what_of(row)
    found: Given | Seen | Correction | EnteredInError | None = what
    why, at = (row.why or "").strip() or _UNSAID, row.device_time
    if root is not None:
        wrong = row.happened == "entered in error"
        found = EnteredInError(of=root, reason=why) if wrong else what and _correction(root, what, why, at)
    if found is None:
        return None
    return Entry(name=row.id, at=at, received_at=row.made_at, by=row.made_by, what=found)


def _correction(root: str, what: Given | Seen, why: str, at: datetime) -> Correction:
    return Correction(of=root, what=what, reason=why, at=at)


def _root(row: SessionEvent, by_id: Mapping[str, SessionEvent]) -> str | None:
    """The entry that was made first; None where it is this one."""
    seen, found = {row.id}, row
    while (before := by_id.get(found.corrects_id or "")) is not None and before.id not in seen:
        found = before
        seen.add(found.id)
    return None if found is row else found.id


def _pairs(given: object) -> Iterable[tuple[Any, Any]]:
    return given.items() if isinstance(given, Mapping) else ()


def _is_number(value: object) -> bool:
    """A number that a resource can hold: JSON's may be of any length."""
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < _TOO_LARGE
