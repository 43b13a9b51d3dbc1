"""What the model expects of a session, as RiskAssessment: a prediction must never look measured."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from kinetamine.clinic.bands import CONTENTS, NATURE
from kinetamine.clinic.fhir.codes import concept
from kinetamine.clinic.fhir.pieces import Resource, extension, filled, moment, notes, number, refer, resource
from kinetamine.clinic.records import Session

_TOO_LARGE = 1e15
_TAG = {"system": "urn:kinetamine:nature", "code": "model-output", "display": NATURE}


def assessment(session: Session) -> Resource | None:
    """Every band at its peak, with the model and its version; None where nothing was predicted."""
    found = session.details.get("prediction")
    if not isinstance(found, Mapping) or not found:
        return None
    model = f"{found.get('model') or 'model not recorded'}, version {found.get('version') or 'not recorded'}"
    bands = found.get("bands")
    pairs = bands.items() if isinstance(bands, Mapping) else ()
    made = resource(
        "RiskAssessment",
        session.id,
        status="final",
        method=concept(text=f"{NATURE}: {model}"),
        code=concept(text=f"course of a session, {NATURE}"),
        subject=refer("Patient", session.person_id),
        encounter=refer("Encounter", session.id),
        occurrenceDateTime=moment(session.started_at or session.made_at),
        basis=[one] if (one := refer("MedicationRequest", session.order_id)) else None,
        prediction=[_band(str(name), band) for name, band in pairs if isinstance(band, Mapping)],
        note=notes(NATURE, CONTENTS, *_words(found.get("warnings"))),
    )
    made["meta"]["tag"] = [_TAG]
    return made


def _band(name: str, band: Mapping[str, Any]) -> dict[str, Any]:
    """The band where the typical person is highest."""
    title, unit = str(band.get("title") or name.replace("_", " ")), str(band.get("unit") or "")
    sides = [_numbers(band.get(one)) for one in ("times_min", "typical", "low", "high")]
    said: dict[str, Any] = {"outcome": concept(text=f"{title}, {NATURE}")}
    if not sides[0] or len({len(one) for one in sides}) > 1:
        return said
    place = max(range(len(sides[1])), key=lambda one: sides[1][one])
    at, typical, low, high = (one[place] for one in sides)
    rationale = f"{NATURE}: highest at {at:.0f} min, typical {typical:.1f} {unit}, band {low:.1f} to {high:.1f} {unit}"
    edges = {"low": _amount(low, unit), "high": _amount(high, unit)}
    return said | {"rationale": rationale, "extension": [extension("predicted-range", valueRange=edges)]}


def _amount(value: float, unit: str) -> dict[str, Any]:
    return {key: one for key, one in {"value": number(value), "unit": unit}.items() if filled(one)}


def _numbers(given: object) -> list[float]:
    if not isinstance(given, Sequence) or isinstance(given, str):
        return []
    return [float(one) for one in given if isinstance(one, int | float) and abs(one) < _TOO_LARGE]


def _words(given: object) -> list[str]:
    return [str(one) for one in given] if isinstance(given, Sequence) and not isinstance(given, str) else []
