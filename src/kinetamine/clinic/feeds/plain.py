"""Readings as plain JSON: the format of this software's own programs.

``{"id", "at", "values": {sign: {"value", "unit"}}, "absent": {sign: reason}, "patient", "chair"}``, or several of them
under ``readings``. Only id, time and at least one value or reason must be there.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any, NoReturn

from kinetamine.clinic.alarms.limits import Vital
from kinetamine.clinic.feeds.codes import in_our_unit
from kinetamine.clinic.feeds.message import Message, Outcome, Reading, told
from kinetamine.errors import FieldError

MEDIA = ("application/json",)
_SIGNS = {one.value: one for one in Vital}
_FIELDS = frozenset({"id", "at", "values", "absent", "patient", "chair", "readings"})
_DEEPEST = "JSON, nested less deeply"


def read(body: bytes) -> Message:
    """What was sent.

    Raises:
        FieldError: and where it is wrong.
    """
    whole = mapping(parsed(body), "the message")
    several = whole.get("readings")
    if several is None:
        parts = [whole]
    elif isinstance(several, list):
        parts = [mapping(one, f"readings.{place}") for place, one in enumerate(several)]
    else:
        raise FieldError("readings", type(several).__name__, "a list")
    unknown = [name for one in (whole, *parts) for name in one if name not in _FIELDS]
    strange = [
        sign for one in parts for part in ("values", "absent") for sign in mapping(one.get(part, {}), part)
        if sign not in _SIGNS
    ]  # fmt: skip
    readings = tuple(_reading(one, f"readings.{place}." if several else "") for place, one in enumerate(parts))
    return Message(
        readings=tuple(one for one in readings if one.values or one.absent),
        chair=_words(whole.get("chair"), "chair"),
        not_taken=told((*unknown, *strange)),
    )


def answer(outcome: Outcome, sent: bytes) -> bytes:
    """As JSON."""
    del sent
    found = {
        "status": outcome.status,
        "stored": outcome.stored,
        "again": outcome.again,
        "refused": outcome.refused,
        "not_taken": outcome.not_taken,
    }
    if not outcome.taken:
        found |= {"kind": outcome.kind, "message": outcome.message, "later": outcome.later}
    return json.dumps(found).encode()


def parsed(body: bytes) -> Any:
    """JSON, strictly: no NaN, no name twice, no half of a character, which nothing could store.

    Raises:
        FieldError: it is none.
    """
    try:
        found = json.loads(body, parse_constant=_no_number, object_pairs_hook=_each_once)
        json.dumps(found, ensure_ascii=False).encode()
    except RecursionError as error:
        raise FieldError("the message", "JSON", _DEEPEST) from error
    except ValueError as error:
        raise FieldError("the message", "something else", f"JSON ({error})") from error
    return found


def mapping(given: object, where: str) -> Mapping[str, Any]:
    """An object.

    Raises:
        FieldError: it is none.
    """
    if not isinstance(given, dict):
        raise FieldError(where, type(given).__name__, "an object")
    return given


def number(given: object, where: str) -> float:
    """A number; text is none.

    Raises:
        FieldError: it is none.
    """
    if isinstance(given, bool) or not isinstance(given, int | float):
        raise FieldError(where, given if isinstance(given, str) else type(given).__name__, "a number")
    try:
        return float(given)
    except OverflowError as error:
        raise FieldError(where, "a number of many digits", "a number") from error


def moment(given: object, where: str) -> datetime:
    """A time with its zone.

    Raises:
        FieldError: it is none, or has none.
    """
    expected = "a time with its zone, such as 2026-03-02T09:30:00Z"
    if not isinstance(given, str) or "T" not in given:
        raise FieldError(where, given if isinstance(given, str) else type(given).__name__, expected)
    try:
        found = datetime.fromisoformat(given)
        found.astimezone()  # a year that no zone can move
    except (ValueError, OverflowError) as error:
        raise FieldError(where, given, expected) from error
    if found.tzinfo is None:
        raise FieldError(where, given, expected)
    return found


def _reading(given: Mapping[str, Any], where: str) -> Reading:
    values = mapping(given.get("values", {}), f"{where}values")
    absent = mapping(given.get("absent", {}), f"{where}absent")
    patient = _words(given.get("patient"), f"{where}patient")
    return Reading(
        name=_words(given.get("id"), f"{where}id") or "",
        at=moment(given.get("at"), f"{where}at"),
        values=tuple(
            (_SIGNS[sign], _value(_SIGNS[sign], one, f"{where}values.{sign}"))
            for sign, one in values.items()
            if sign in _SIGNS
        ),
        absent=tuple(
            (_SIGNS[sign], _words(one, f"{where}absent.{sign}") or "") for sign, one in absent.items() if sign in _SIGNS
        ),
        patients=() if patient is None else (patient,),
    )


def _value(sign: Vital, given: object, where: str) -> float:
    whole = mapping(given, where)
    unit = _words(whole.get("unit"), f"{where}.unit") or ""
    return in_our_unit(sign, number(whole.get("value"), f"{where}.value"), (unit,), where)


def _words(given: object, where: str) -> str | None:
    if given is None:
        return None
    if not isinstance(given, str):
        raise FieldError(where, type(given).__name__, "text")
    return given.strip()


def _no_number(given: str) -> NoReturn:
    message = f"{given} is no number"
    raise ValueError(message)


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        message = "a name stands twice"
        raise ValueError(message)
    return found
