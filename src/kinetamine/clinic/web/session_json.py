"""Sessions and boards as plain JSON, for the pages' scripts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from kinetamine.clinic.alarms.limits import Vital
from kinetamine.clinic.alarms.machine import Alarm
from kinetamine.clinic.care import discharge
from kinetamine.clinic.care.floor import Chair, Floor, Look
from kinetamine.clinic.session.compare import compare
from kinetamine.clinic.session.entries import Correction, EnteredInError, Entry, Read, Scored
from kinetamine.clinic.session.schedule import Due
from kinetamine.clinic.session.timeline import Standing
from kinetamine.clinic.session.vitals import before_dose
from kinetamine.clinic.session.wire import Row, Told, newest, tell
from kinetamine.clinic.web.wording import SIGNS, act_in_words, called, in_words

Json = dict[str, Any]


def picture(look: Look, floor: Floor) -> Json:
    """All of a session."""
    names = floor.names(look.sitting.session.clinic_id)
    sitting = look.sitting
    return tick(look) | {
        "timeline": [*_entries(look, names), *_acts(look, names), *_unread(look, names)],
        "observed": list(_observed(look)),
        "changed_minute": _changed_minute(look),
        "arranged": {what: _act(row, names) for what, row in discharge.arranged(sitting, look.state).items()},
    }


def tick(look: Look) -> Json:
    """What changes by itself as time passes."""
    state, session = look.state, look.sitting.session
    return {
        "now": _iso(look.at),
        "state": session.state,
        "phase": state.phase.name.casefold(),
        "phase_words": state.phase.value,
        "started_at": _iso(state.started_at),
        "left_at": _iso(state.left_at),
        "base_mg": state.base_mg,
        "ordered_base_mg": None if state.ordered is None else state.ordered.base_mg,
        "is_over": state.is_over,
        "ml": state.ml,
        "ml_per_h": state.ml_per_h,
        "devices": len(state.devices),
        "lots": list(state.lots),
        "stop_reason": state.stop_reason,
        "due": [due_json(one) for one in look.due],
        "alarms": [alarm_json(one) for one in look.alarms.board],
        "unmeasured": [called(one.text) for one in look.alarms.unmeasured],
        "symptoms": [
            {"kind": one.kind, "since": _iso(one.since), "until": _iso(one.until), "action": one.action}
            for one in state.symptoms
        ],
        "before": {str(sign): value for sign, value in before_dose(state).items()},
        "gate": _gate(look),
    }


def fixed(look: Look) -> Json:
    """What does not change while a session lasts: its prediction, and the limits in use."""
    limits = look.sitting.limits
    predicted = look.sitting.prediction
    return {
        "ranges": {
            str(one.vital): {"low": one.low.value, "high": one.high.value, "unit": one.vital.unit}
            for one in limits.possible
        },
        "limits": [
            {
                "name": one.name,
                "sign": str(one.vital),
                "side": str(one.side),
                "value": one.value.value,
                "priority": str(one.priority),
                "text": called(one.text),
            }
            for one in limits.limits
            if one.on
        ],
        "silence_s": {str(name): one.longest_silence_s.value for name, one in limits.times.items()},
        "prediction": None
        if predicted is None
        else {
            "model": predicted.model,
            "version": predicted.version,
            "warnings": list(predicted.warnings),
            "bands": {
                name: {
                    "title": band.title,
                    "unit": band.unit,
                    "minutes": list(band.times_min),
                    "typical": list(band.typical),
                    "low": list(band.low),
                    "high": list(band.high),
                    "has_noise": band.has_noise,
                }
                for name, band in predicted.bands.items()
            },
        },
    }


def chair_json(one: Chair) -> Json:
    """One chair on the board."""
    return {
        "session_id": one.session_id,
        "chair": one.chair,
        "person": one.person,
        "phase": one.phase,
        "minutes": one.minutes,
        "vitals": [
            {"sign": SIGNS.get(sign, sign), "value": value, "unit": Vital(sign).unit, "age_min": age}
            for sign, value, age in one.vitals
        ],
        "waiting": [due_json(slot) for slot in one.waiting],
        "next_due": None if one.next_due is None else due_json(one.next_due),
        "alarms": [alarm_json(alarm) for alarm in one.alarms],
    }


def alarm_json(one: Alarm) -> Json:
    """One alarm; ``unanswered`` are the readings that an acknowledgement answers."""
    return {
        "name": one.limit.name,
        "text": called(one.limit.text),
        "sign": str(one.limit.vital),
        "unit": one.limit.vital.unit,
        "priority": str(one.limit.priority),
        "value": one.last_value,
        "first_at": _iso(one.first_at),
        "unanswered": list(one.unanswered),
        "present": one.present,
        "sounds": one.sounds,
        "called": list(one.called),
    }


def due_json(one: Due) -> Json:
    """One slot."""
    return {
        "name": one.slot.name,
        "what": [SIGNS.get(name, called(name)) for name in one.slot.what],
        "minute": one.slot.minute,
        "at": _iso(one.at),
        "status": one.status.value,
        "done_by": one.done_by,
        "basis": one.slot.basis.note,
    }


def _gate(look: Look) -> Json:
    found = discharge.gate_at(look.sitting, look.state, look.alarms)
    let_go = discharge.discharged(look.sitting)
    return {
        "text": found.text,
        "ready_at": _iso(found.would_have_been_ready),
        "unmet": len(found.unmet),
        "discharged": None if let_go is None else let_go.client_id,
        "conditions": [
            {
                "name": called(one.name.replace("_", " ")),
                "met_since": _iso(one.met_since),
                "reason": called(one.reason),
                "clinical": one.clinical,
            }
            for one in found.conditions
        ],
    }


def _entries(look: Look, names: Mapping[str, str]) -> Iterator[Json]:
    odd: dict[str, list[str]] = {}
    for oddity in look.state.oddities:
        odd.setdefault(oddity.entry, []).append(oddity.text)
    for one in look.sitting.timeline.everything:
        name = one.entry.name
        yield _standing(one, names) | {"newest": _newest(one, look), "odd": odd.get(name, [])}
    for entry in (*look.sitting.timeline.conflicts, *look.sitting.timeline.orphans):
        yield _changed(entry, names) | {"name": entry.name, "kind": "stray", "happened": "", "history": []}


def _standing(one: Standing, names: Mapping[str, str]) -> Json:
    told = tell(one.what)
    return {
        "kind": "entry",
        "name": one.entry.name,
        "at": _iso(one.at),
        "received_at": _iso(one.entry.received_at),
        "skew_s": one.entry.skew_s,
        "by": names.get(one.entry.by, one.entry.by),
        "device": one.entry.device or None,
        "happened": told.happened,
        "content": dict(told.content),
        "note": told.note,
        "words": in_words(told),
        "in_error": one.in_error,
        "original": in_words(_told(one.entry)) if one.history else "",
        "history": [_changed(change, names) for change in one.history],
    }


def _newest(one: Standing, look: Look) -> str:
    """Name of the row that says it now; a correction names it, to say what it was made in sight of."""
    row = newest(look.sitting.rows, one.entry.name) if one.history else None
    return one.entry.name if row is None else str(row.client_id)


def _changed(entry: Entry, names: Mapping[str, str]) -> Json:
    """What one correction, or mark of an error, says."""
    what = entry.what
    reason = what.reason if isinstance(what, Correction | EnteredInError) else ""
    words = "entered in error" if isinstance(what, EnteredInError) else in_words(_told(entry))
    return {
        "at": _iso(entry.at),
        "received_at": _iso(entry.received_at),
        "by": names.get(entry.by, entry.by),
        "words": words,
        "why": reason,
    }


def _told(entry: Entry) -> Told:
    what = entry.what.what if isinstance(entry.what, Correction) else entry.what
    assert not isinstance(what, EnteredInError)  # noqa: S101 - for the type checker
    return tell(what)


def _acts(look: Look, names: Mapping[str, str]) -> Iterator[Json]:
    for row in look.sitting.heard.acts:
        struck = look.sitting.heard.struck.get(row.client_id)
        yield _act(row, names) | {
            "kind": "act",
            "happened": row.happened,
            "words": act_in_words(row),
            "in_error": "" if struck is None else struck.why or "",
            "history": [],
        }


def _unread(look: Look, names: Mapping[str, str]) -> Iterator[Json]:
    for row in look.sitting.heard.unread:
        words = f"{row.happened}: not understood, kept, and counts for nothing"
        yield _act(row, names) | {"kind": "unread", "happened": row.happened, "words": words, "history": []}


def _act(row: Row, names: Mapping[str, str]) -> Json:
    return {
        "name": row.client_id,
        "at": _iso(row.device_time),
        "received_at": _iso(row.made_at),
        "by": names.get(row.made_by, row.made_by),
    }


def _observed(look: Look) -> Iterator[Json]:
    """Every value as a point; where nothing was predicted, or no drug was given yet, without a band beside it."""
    predicted = look.sitting.prediction
    compared = (
        {}
        if predicted is None
        else {(one.entry, one.quantity): one for one in compare(look.sitting.timeline, look.state, predicted).compared}
    )
    for one in (*look.state.readings, *look.state.scores):
        if isinstance(one.what, Read):
            values = one.what.values
        else:
            total = one.what.score().total if isinstance(one.what, Scored) else None
            values = () if total is None or not isinstance(one.what, Scored) else ((one.what.scale, float(total)),)
        for quantity, value in values:
            held = compared.get((one.entry.name, quantity))
            yield {
                "quantity": quantity,
                "name": one.entry.name,
                "at": _iso(one.at),
                "minute": look.state.since_start_min(one.at),
                "value": value,
                "place": "" if held is None else held.place.value,
                "after_change": held is not None and held.after_change,
            }


def _changed_minute(look: Look) -> float | None:
    predicted = look.sitting.prediction
    if predicted is None:
        return None
    changed_at = compare(look.sitting.timeline, look.state, predicted).changed_at
    return None if changed_at is None else look.state.since_start_min(changed_at)


def _iso(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()
