"""Readings, as Observation of the profile of vital signs: pressures as one panel, a failed reading with its reason."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from kinetamine.clinic.fhir.codes import BLOOD_PRESSURE, SIGNS, UNITS, VITAL_SIGNS, Code, concept
from kinetamine.clinic.fhir.decode import absent_of, superseded, values_of
from kinetamine.clinic.fhir.pieces import Resource, absent, moment, notes, quantity, refer, resource, said, who
from kinetamine.clinic.records import Session, SessionEvent

_PRESSURES = ("systolic", "diastolic")
_PANEL = "bp"


def observations(session: Session, rows: Iterable[SessionEvent]) -> list[Resource]:
    """One for each sign of each reading; what was corrected stays, as entered in error, beside its correction."""
    rows = list(rows)
    replaced = superseded(rows)
    return [one for row in rows if row.happened == "reading" for one in _reading(session, row, replaced.get(row.id))]


def standing(row: SessionEvent, replaced: SessionEvent | None) -> dict[str, Any]:
    """Status and remarks of an entry, by what corrects it and what it corrects."""
    if replaced is not None:
        return {"status": "entered-in-error", "note": notes(replaced.why)}
    if row.corrects_id:
        return {"status": "amended", "note": notes(f"in place of entry {row.corrects_id}: {row.why}")}
    return {"status": "final"}


def _reading(session: Session, row: SessionEvent, replaced: SessionEvent | None) -> Iterable[Resource]:
    found: dict[str, float | str] = {**absent_of(row), **values_of(row)}
    shared = _shared(session, row, replaced)
    pressures = {sign: found[sign] for sign in _PRESSURES if sign in found}
    if pressures:
        parts = [{"code": concept(*SIGNS[sign]), **_value(sign, value)} for sign, value in pressures.items()]
        yield _observation(row, _PANEL, (BLOOD_PRESSURE,), shared | {"component": parts})
    for sign, value in found.items():
        if sign in SIGNS and sign not in _PRESSURES:
            yield _observation(row, sign, SIGNS[sign], shared | _value(sign, value))


def _observation(row: SessionEvent, sign: str, codes: tuple[Code, ...], elements: Mapping[str, Any]) -> Resource:
    category = [concept(VITAL_SIGNS)]
    name = f"{row.id}-{sign.replace('_', '-')}"
    return resource("Observation", name, category=category, code=concept(*codes), **elements)


def _shared(session: Session, row: SessionEvent, replaced: SessionEvent | None) -> dict[str, Any]:
    found = standing(row, replaced) | {
        "subject": refer("Patient", session.person_id),
        "encounter": refer("Encounter", session.id),
        "effectiveDateTime": moment(row.device_time),
        "issued": moment(row.made_at),
        "performer": [who(row.made_by)],
    }
    if row.device and said(row.device):
        device = {"resourceType": "Device", "id": "device"}
        device |= {"deviceName": [{"name": row.device, "type": "user-friendly-name"}]}  # type: ignore[dict-item]
        found |= {"contained": [device], "device": {"reference": "#device"}}
    return found


def _value(sign: str, value: float | str) -> dict[str, Any]:
    if isinstance(value, str):
        return {"dataAbsentReason": absent(value)}
    return {"valueQuantity": quantity(value, *UNITS[sign])}
