"""HL7 version 2: ORU^R01 as monitors send it (IHE PCD-01 among them), answered with ACK.

Read with python-hl7, which splits a message and judges nothing: monitors leave out what the standard demands, and a
reader that validates against it (hl7apy) refuses them. What is needed is checked here, field by field.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, timezone
from typing import Any
from uuid import uuid4

import hl7

from kinetamine.clinic.feeds import codes
from kinetamine.clinic.feeds.codes import Code
from kinetamine.clinic.feeds.message import Message, Outcome, Reading, told
from kinetamine.errors import FieldError

MEDIA = ("application/hl7-v2", "application/hl7-v2+er7", "x-application/hl7-v2+er7")
_START, _END = "\x0b", "\x1c"
"""Of a message by MLLP, which some send by HTTP as well."""
_TIME = re.compile(r"(\d{8})(\d{4}|\d{6})(?:\.(\d{1,6})\d*)?([+-]\d{4})?")
_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)")
_RESULT = frozenset({"", "F", "P", "R", "S"})
"""OBX-11: final, preliminary, not verified, partial."""
_NONE = "X"
"""OBX-11: no result can be had."""
_NULL = '""'
_NOT_NOW = frozenset({401, 403, 503})


@dataclass(frozen=True)
class _Line:
    """An OBX that is about a vital sign."""

    place: str
    code: Code
    at: datetime
    value: float | None
    reason: str


@dataclass
class _Lines:
    """What was found so far."""

    lines: list[_Line] = field(default_factory=list)
    not_taken: list[str] = field(default_factory=list)


def read(body: bytes) -> Message:
    """What was sent.

    Raises:
        FieldError: and in which field it is wrong.
    """
    message = _parsed(body)
    _require_one_patient(message)
    control = _text(message, "MSH", 10)
    if not control:
        raise FieldError("MSH-10", "", "the message's control id, the same when it is sent again")
    found = _observed(message)
    patients = _patients(message)
    readings = []
    for at in dict.fromkeys(line.at for line in found.lines):
        lines = list(_one_each([line for line in found.lines if line.at == at], found.not_taken))
        readings.append(
            Reading(
                name=f"{control}/{lines[0].place}/{at.isoformat()}",
                at=at,
                values=tuple((line.code.vital, line.value) for line in lines if line.value is not None),
                absent=tuple((line.code.vital, line.reason) for line in lines if line.value is None),
                patients=patients,
            )
        )
    return Message(readings=tuple(readings), not_taken=told(found.not_taken))


def answer(outcome: Outcome, sent: bytes) -> bytes:
    """An ACK: AA taken, AE something in it is wrong, AR not taken now, so that it may be sent again."""
    code = "AA" if outcome.taken else "AR" if outcome.later or outcome.status in _NOT_NOW else "AE"
    at = datetime.now(UTC).strftime("%Y%m%d%H%M%S+0000")
    try:
        message = _parsed(sent, any_type=True)
        program, place, control = (_echoed(_text(message, "MSH", field)) for field in (3, 4, 10))
    except FieldError:
        program = place = control = ""
    severity = "W" if outcome.taken else "E"
    condition = "0^Message accepted^HL70357" if outcome.taken else "207^Application error^HL70357"
    lines = [f"MSH|^~\\&|Kinetamine||{program}|{place}|{at}||ACK^R01^ACK|{uuid4().hex[:20]}|P|2.6"]
    lines += [f"MSA|{code}|{control}"]
    lines += [f"ERR|||{condition}|{severity}||||{_escaped(one)}" for one in outcome.remarks]
    return ("\r".join(lines) + "\r").encode()


def _parsed(body: bytes, *, any_type: bool = False) -> hl7.Message:
    # Numbers, codes and times are ASCII in every character set; what is not belongs to names, which are not read.
    text = body.decode("utf-8", errors="replace").strip(f"{_START}{_END}\r\n \t")
    text = text.replace("\r\n", "\r").replace("\n", "\r")
    separators = text[3:8]
    if not text.startswith("MSH") or len(set(separators)) < 5 or any(one.isalnum() for one in separators):
        raise FieldError("the message", text[:8], "an HL7 message, which begins MSH|^~\\&")
    try:
        message = hl7.parse(text + "\r")
        kind = _text(message, "MSH", 9, 1), _text(message, "MSH", 9, 2)
    except (hl7.exceptions.HL7Exception, LookupError, ValueError) as error:
        raise FieldError("the message", text[:8], "an HL7 message that can be read") from error
    if not any_type and kind != ("ORU", "R01"):
        raise FieldError("MSH-9", "^".join(kind), "ORU^R01: only results are taken")
    return message


def _require_one_patient(message: hl7.Message) -> None:
    """What is read belongs to the patient who is named: who else stands in a body has a message of their own.

    A name counts whatever is around it, as the marks between two messages are part of what follows them.

    Raises:
        FieldError: another message or another patient begins.
    """
    names = ["".join(filter(str.isalnum, str(segment[0]))).upper() for segment in message]
    for name, expected in (("MSH", "one message in a body"), ("PID", "one patient in a message")):
        if (count := sum(one.startswith(name) for one in names)) > 1:
            raise FieldError(name, f"{count} times", expected)


def _observed(message: hl7.Message) -> _Lines:
    found, asked_at = _Lines(), ""
    for segment in message:
        name = str(segment[0])
        if name == "OBR":
            asked_at = _part(segment, 7)
        elif name == "OBX":
            _take(segment, asked_at or _text(message, "MSH", 7), found)
    return found


def _take(segment: hl7.Segment, asked_at: str, found: _Lines) -> None:
    """One OBX; without a type it is a heading."""
    place, status = _part(segment, 1) or f"{len(found.lines) + 1}", _part(segment, 11)
    code = codes.known(_part(segment, 3, 3), _part(segment, 3, 1)) or codes.known(
        _part(segment, 3, 6), _part(segment, 3, 4)
    )
    given, where = _part(segment, 5), f"OBX-{place}"
    title = "^".join(_part(segment, 3, part) for part in (1, 2, 3)).strip("^") or "without a code"
    if code is None:
        if _part(segment, 2) or given:
            found.not_taken.append(f"{where} {title}")
        return
    if status not in _RESULT | {_NONE}:
        found.not_taken.append(f"{where} {title}: status {status}; corrections are made by people")
        return
    value, reason = None, ""
    if status == _NONE or given in {"", _NULL}:
        reason = "no result (OBX-11 X)" if status == _NONE else "sent without a value"
    elif not _NUMBER.fullmatch(given) or len(given) > 20:
        reason = f"sent as {given[:20]}"
    else:
        units = tuple(_part(segment, 6, part) for part in (1, 2, 4, 5))
        value = codes.in_our_unit(code.vital, float(given), units, where)
    at = _time(_part(segment, 14) or asked_at, f"{where}, field 14")
    found.lines.append(_Line(place, code, at, value, reason))


def _one_each(lines: Iterable[_Line], not_taken: list[str]) -> Iterator[_Line]:
    """Of several sources of one sign, the preferred one that has a value."""
    best: dict[str, _Line] = {}
    for line in sorted(lines, key=lambda one: (one.value is None, codes.rank(one.code))):
        if line.code.vital in best:
            not_taken.append(f"OBX-{line.place} {line.code.name}: {best[line.code.vital].code.name} was taken")
        else:
            best[line.code.vital] = line
    yield from best.values()


def _patients(message: hl7.Message) -> tuple[str, ...]:
    """PID-3: every identifier."""
    try:
        repeats = len(message.segment("PID")(3))
    except LookupError:
        return ()
    found = (_text(message, "PID", 3, 1, repeat) for repeat in range(1, repeats + 1))
    return tuple(one for one in found if one and one != _NULL)


def _time(given: str, where: str) -> datetime:
    """HL7's time; without a zone it stays so."""
    match = _TIME.fullmatch(given)
    expected = "a time to the minute at least, such as 20260302093000+0100"
    if match is None:
        raise FieldError(where, given[:30], expected)
    day, clock, fraction, zone = match.groups()
    try:
        found = datetime.strptime(day + clock.ljust(6, "0"), "%Y%m%d%H%M%S")  # noqa: DTZ007 - the clinic's, see Reading
        found = found.replace(microsecond=int((fraction or "").ljust(6, "0")))
        if zone:
            away = timedelta(hours=int(zone[1:3]), minutes=int(zone[3:]))
            found = found.replace(tzinfo=timezone(-away if zone[0] == "-" else away))
            found.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise FieldError(where, given[:30], expected) from error
    return found


def _text(message: hl7.Message, segment: str, place: int, part: int = 1, repeat: int = 1) -> str:
    try:
        return _part(message.segment(segment), place, part, repeat)
    except KeyError:
        return ""


def _part(segment: hl7.Segment, place: int, part: int = 1, repeat: int = 1) -> str:
    """A component; empty where there is none."""
    try:
        repeated: Any = segment(place)(repeat)
        if not isinstance(repeated, hl7.Container):
            return str(repeated).strip() if part == 1 else ""
        component: Any = repeated(part)
    except LookupError:
        return ""
    return str(component(1) if isinstance(component, hl7.Container) and component else component).strip()


_SEPARATORS = {"|": "\\F\\", "^": "\\S\\", "&": "\\T\\", "~": "\\R\\"}


def _escaped(text: str) -> str:
    named = {"\\": "\\E\\"} | _SEPARATORS
    return "".join(named.get(letter, letter if letter.isprintable() else " ") for letter in text)


def _echoed(text: str) -> str:
    """As it was sent, where it was sent with the usual separators."""
    return "".join(_SEPARATORS.get(letter, letter if letter.isprintable() else " ") for letter in text)
