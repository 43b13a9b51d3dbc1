"""FHIR R4: an Observation, or a Bundle of them; answered with an OperationOutcome."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from kinetamine.clinic.alarms.limits import Vital
from kinetamine.clinic.feeds import codes
from kinetamine.clinic.feeds.codes import Code
from kinetamine.clinic.feeds.message import MOST_READINGS, Message, Outcome, Reading, told
from kinetamine.clinic.feeds.plain import mapping, moment, number, parsed
from kinetamine.errors import FieldError

MEDIA = ("application/fhir+json",)
_UCUM = "http://unitsofmeasure.org"
_RESULT = frozenset({"final", "preliminary"})
_ISSUES = {401: "login", 403: "forbidden", 404: "not-found", 409: "conflict", 422: "invalid"}


def read(body: bytes) -> Message:
    """What was sent.

    Raises:
        FieldError: and where it is wrong.
    """
    whole = mapping(parsed(body), "the resource")
    kind = whole.get("resourceType")
    if kind == "Observation":
        resources = [(whole, "Observation")]
    elif kind == "Bundle":
        resources = list(_entries(whole))
    else:
        raise FieldError("resourceType", str(kind), "Observation or Bundle")
    not_taken: list[str] = []
    readings = [
        reading
        for resource, where in resources
        if (reading := _reading(resource, where, not_taken)) is not None
    ]  # fmt: skip
    return Message(readings=tuple(readings), not_taken=told(not_taken))


def answer(outcome: Outcome, sent: bytes) -> bytes:
    """An OperationOutcome: one issue for each thing to be told."""
    del sent
    issues = [
        _issue("error" if not outcome.taken else "warning", _ISSUES.get(outcome.status, "processing"), one)
        for one in outcome.remarks
    ]
    if outcome.taken:
        words = f"{outcome.stored} stored, {outcome.again} known already"
        issues.insert(0, _issue("information", "informational", words))
    return json.dumps({"resourceType": "OperationOutcome", "issue": issues}).encode()


def _issue(severity: str, code: str, words: str) -> dict[str, Any]:
    return {"severity": severity, "code": code, "diagnostics": words}


def _entries(bundle: Mapping[str, Any]) -> Iterator[tuple[Mapping[str, Any], str]]:
    entries = _list(bundle, "entry", "Bundle")
    if len(entries) > MOST_READINGS:
        raise FieldError("Bundle.entry", len(entries), f"at most {MOST_READINGS}")
    for place, entry in enumerate(entries):
        where = f"Bundle.entry.{place}"
        yield mapping(mapping(entry, where).get("resource", {}), f"{where}.resource"), f"{where}.resource"


def _reading(resource: Mapping[str, Any], where: str, not_taken: list[str]) -> Reading | None:
    if resource.get("resourceType") != "Observation":
        not_taken.append(f"{where}: {resource.get('resourceType')}")
        return None
    status = _code(resource, "status", where)
    if status not in _RESULT:
        not_taken.append(f"{where}: status {status}; corrections are made by people")
        return None
    found: dict[Vital, tuple[Code, float | str]] = {}
    for part, at in _measured(resource, where):
        _take(part, at, found, not_taken)
    if not found:
        return None
    return Reading(
        name=_name(resource, where),
        at=_effective(resource, where),
        values=tuple((sign, one) for sign, (_, one) in found.items() if isinstance(one, float)),
        absent=tuple((sign, one) for sign, (_, one) in found.items() if isinstance(one, str)),
        patients=_patients(resource, where),
    )


def _measured(resource: Mapping[str, Any], where: str) -> Iterator[tuple[Mapping[str, Any], str]]:
    """What may hold a value: the observation itself, and its components."""
    components = _list(resource, "component", where)
    if not components or "valueQuantity" in resource:
        yield resource, where
    for place, component in enumerate(components):
        yield mapping(component, f"{where}.component.{place}"), f"{where}.component.{place}"


def _take(
    part: Mapping[str, Any], where: str, found: dict[Vital, tuple[Code, float | str]], not_taken: list[str]
) -> None:
    codings = _codings(part.get("code", {}), f"{where}.code")
    code = next((one for system, code, _ in codings if (one := codes.known(system, code)) is not None), None)
    if code is None and "dataAbsentReason" in part and any(codes.is_panel(*one[:2]) for one in codings):
        reason = _absent(part, f"{where}.dataAbsentReason")
        found |= {sign: (one, reason) for sign, one in codes.PRESSURES.items() if sign not in found}
        return
    if code is None:
        names = " ".join(f"{code} {display}".strip() for _, code, display in codings)
        not_taken.append(f"{where}: {names or 'without a code'}")
        return
    if code.vital in found:
        raise FieldError(where, code.vital.value, "each vital sign once in an Observation")
    found[code.vital] = (code, _value(part, code, where))


def _value(part: Mapping[str, Any], code: Code, where: str) -> float | str:
    """The value, or why there is none."""
    others = [name for name in part if name.startswith("value") and name != "valueQuantity"]
    if others:
        raise FieldError(f"{where}.{others[0]}", "given", "valueQuantity")
    if "dataAbsentReason" in part:
        if "valueQuantity" in part:
            raise FieldError(f"{where}.dataAbsentReason", "given", "a value or a reason, not both")
        return _absent(part, f"{where}.dataAbsentReason")
    if "valueQuantity" not in part:
        return "sent without a value"
    quantity, at = mapping(part["valueQuantity"], f"{where}.valueQuantity"), f"{where}.valueQuantity"
    if "comparator" in quantity:
        return f"sent as {quantity['comparator']} {quantity.get('value')}"
    if "value" not in quantity:
        return "sent without a value"
    coded = quantity.get("code") if _code(quantity, "system", at) in {_UCUM, *_MDC_SYSTEMS} else None
    unit = coded if coded is not None else quantity.get("unit")
    return codes.in_our_unit(code.vital, number(quantity["value"], f"{at}.value"), (str(unit or ""),), at)


def _absent(part: Mapping[str, Any], where: str) -> str:
    reason = mapping(part["dataAbsentReason"], where)
    coded = next((code for _, code, _ in _codings(reason, where)), "")
    return str(reason.get("text") or coded) or "no reason given"


_MDC_SYSTEMS = ("urn:iso:std:iso:11073:10101", "urn:oid:2.16.840.1.113883.6.24")


def _codings(concept: object, where: str) -> list[tuple[str, str, str]]:
    """System, code and display of each."""
    found = []
    for place, one in enumerate(_list(mapping(concept, where), "coding", where)):
        coding = mapping(one, f"{where}.coding.{place}")
        found.append((str(coding.get("system", "")), str(coding.get("code", "")), str(coding.get("display", ""))))
    return found


def _name(resource: Mapping[str, Any], where: str) -> str:
    for place, one in enumerate(_list(resource, "identifier", where)):
        identifier = mapping(one, f"{where}.identifier.{place}")
        if identifier.get("value"):
            return f"{identifier.get('system', '')}|{identifier['value']}"
    if resource.get("id"):
        return str(resource["id"])
    raise FieldError(f"{where}.identifier", "none", "an identifier, the same when it is sent again")


def _effective(resource: Mapping[str, Any], where: str) -> Any:
    for name in ("effectiveDateTime", "effectiveInstant"):
        if name in resource:
            return moment(resource[name], f"{where}.{name}")
    raise FieldError(f"{where}.effectiveDateTime", "none", "when it was read, with its zone")


def _patients(resource: Mapping[str, Any], where: str) -> tuple[str, ...]:
    """What the subject is called, by identifier or by reference."""
    subject = mapping(resource.get("subject", {}), f"{where}.subject")
    identifier = mapping(subject.get("identifier", {}), f"{where}.subject.identifier")
    reference = str(subject.get("reference", "")).rpartition("/")[2]
    return tuple(str(one) for one in (identifier.get("value"), reference) if one)


def _code(given: Mapping[str, Any], name: str, where: str) -> str | None:
    found = given.get(name)
    if found is not None and not isinstance(found, str):
        raise FieldError(f"{where}.{name}", type(found).__name__, "text")
    return found


def _list(given: Mapping[str, Any], name: str, where: str) -> list[Any]:
    found = given.get(name, [])
    if not isinstance(found, list):
        raise FieldError(f"{where}.{name}", type(found).__name__, "a list")
    return found
