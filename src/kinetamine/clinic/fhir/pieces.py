"""What resources are made of: references, quantities, moments, and labels of who may see them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

from kinetamine.clinic.fhir.codes import PSYCHIATRY, RESTRICTED, SUBSTANCES, UCUM, Code, concept
from kinetamine.clinic.records import Record

Resource = dict[str, Any]
TYPES: Mapping[str, str] = {
    "clinic": "Organization",
    "user": "Practitioner",
    "person": "Patient",
    "consent": "Consent",
    "order": "MedicationRequest",
    "session": "Encounter",
    "score": "QuestionnaireResponse",
    "task": "Task",
}
"""What a kind of record is elsewhere, where something points at it."""
_NOTES = {"Task": "output", "Observation": "note", "DetectedIssue": "mitigation"}
"""Where staff's own words are: what they did, why they corrected a form, why they decided so."""
_OPERATOR = "operator"
_BLANKS = "\t\n\r "
_DIGITS = 9


def resource(kind: str, name: str, /, *, sensitive: bool = True, of: Record | None = None, **elements: Any) -> Resource:
    """A resource without what is not recorded; about a person it is labelled as restricted.

    Args:
        of: the record that it is, whose version it has.
    """
    labels = [one.coding for one in (RESTRICTED, PSYCHIATRY, SUBSTANCES)] if sensitive else []
    meta: dict[str, Any] = {"security": labels}
    if of is not None:
        meta |= {"versionId": str(of.version), "lastUpdated": moment(of.changed_at or of.made_at)}
    made: Resource = tidy({"resourceType": kind, "id": name, "meta": meta} | elements)
    return made


def tidy(given: Any) -> Any:
    """Without what is empty, and without characters that FHIR's text has no place for."""
    match given:
        case dict():
            found = {key: tidy(value) for key, value in given.items()}
            return {key: value for key, value in found.items() if filled(value)}
        case list() | tuple():
            return [value for one in given if filled(value := tidy(one))]
        case str():
            return "".join(_printed(letter) for letter in given).strip()
    return given


def without_notes(one: Resource) -> Resource:
    """As whoever it is about reads it: their own pages show them nobody's notes either."""
    left_out = _NOTES.get(one["resourceType"])
    return {name: value for name, value in one.items() if name != left_out}


def said(text: str | None) -> str:
    """What of a text can be written; empty where it says nothing."""
    return str(tidy(text or ""))


def questionnaire(name: str, version: str = "") -> str:
    """Address of a form that has none of LOINC's."""
    found = f"urn:kinetamine:questionnaire:{quote(name, safe='')}"
    return f"{found}|{quote(version, safe='')}" if version else found


def filled(value: object) -> bool:
    """Whether there is anything to write: FHIR has neither null nor empty lists."""
    return value is not None and value not in ("", [], {}, ())


def moment(given: datetime | None) -> str | None:
    """To the millisecond, in UTC."""
    return None if given is None else given.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def period(start: datetime | None, end: datetime | None) -> dict[str, Any]:
    """From and to, where they are known; an end before its start is kept beside, as FHIR's periods have none."""
    if start is not None and end is not None and end < start:
        return {"extension": [extension("end-before-start", valueDateTime=moment(end))], "start": moment(start)}
    found = {"start": moment(start), "end": moment(end)}
    return {name: value for name, value in found.items() if value is not None}


def refer(kind: str, name: str | None) -> dict[str, str] | None:
    """To another resource here."""
    return None if not name else {"reference": f"{kind}/{name}"}


def who(user_id: str | None) -> dict[str, str] | None:
    """Somebody of the clinic; whoever runs the server is nobody of it."""
    return {"display": "whoever runs the server"} if user_id == _OPERATOR else refer("Practitioner", user_id)


def quantity(value: float, code: str, unit: str = "") -> dict[str, Any]:
    """A number with its unit, in UCUM and as it is printed."""
    return {"value": number(value), "unit": unit or code, "system": UCUM, "code": code}


def number(value: float) -> float | int:
    """Without the digits that only a computer's arithmetic made."""
    short = float(f"{value:.{_DIGITS}g}")
    return int(short) if short.is_integer() and abs(short) < 1e15 else short


def absent(reason: str) -> dict[str, Any]:
    """Why there is no value, in the words that were typed."""
    code = Code("http://terminology.hl7.org/CodeSystem/data-absent-reason", "unknown", "Unknown", "FHIR 4.0.1")
    return concept(code, text=reason)


def notes(*texts: str | None) -> list[dict[str, str]]:
    """Remarks, one after another."""
    return [{"text": text} for text in map(said, texts) if text]


def extension(name: str, **value: Any) -> dict[str, Any]:
    """Something for which FHIR has no place; named in ours."""
    return {"url": f"urn:kinetamine:{name}"} | value


def _printed(letter: str) -> str:
    if letter in _BLANKS or (letter.isprintable() and not letter.isspace()):
        return letter
    return " "
