"""FHIR: single observations and bundles, and what each must say."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from kinetamine.clinic.alarms.limits import Vital
from kinetamine.clinic.feeds import fhir_observation
from kinetamine.clinic.feeds.message import Outcome
from kinetamine.errors import FieldError

LOINC, UCUM = "http://loinc.org", "http://unitsofmeasure.org"


def code(code: str, system: str = LOINC) -> dict[str, Any]:
    return {"coding": [{"system": system, "code": code}]}


def quantity(value: float, unit: str) -> dict[str, Any]:
    return {"value": value, "system": UCUM, "code": unit}


def observation(**more: Any) -> dict[str, Any]:
    whole = {
        "resourceType": "Observation",
        "status": "final",
        "identifier": [{"system": "urn:monitor:1", "value": "o7"}],
        "code": code("8867-4"),
        "subject": {"identifier": {"value": "17"}},
        "effectiveDateTime": "2026-03-02T10:00:00+01:00",
        "valueQuantity": quantity(72, "/min"),
    } | more
    return {name: value for name, value in whole.items() if value is not None}


def read(resource: dict[str, Any]) -> Any:
    return fhir_observation.read(json.dumps(resource).encode())


def test_one_observation() -> None:
    (reading,) = read(observation()).readings
    assert reading.values == ((Vital.HEART_RATE, 72.0),)
    assert reading.at == datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
    assert (reading.name, reading.patients) == ("urn:monitor:1|o7", ("17",))


def test_a_pressure_with_its_parts() -> None:
    parts = [
        {"code": code("8480-6"), "valueQuantity": quantity(120, "mm[Hg]")},
        {"code": code("8462-4"), "dataAbsentReason": {"coding": [{"code": "error"}], "text": "cuff leaks"}},
        {"code": code("8478-0"), "valueQuantity": quantity(93, "mm[Hg]")},
    ]
    found = read(observation(code=code("85354-9"), valueQuantity=None, component=parts))
    (reading,) = found.readings
    assert reading.values == ((Vital.SYSTOLIC, 120.0),)
    assert reading.absent == ((Vital.DIASTOLIC, "cuff leaks"),)
    assert found.not_taken == ("Observation.component.2: 8478-0",)


def test_a_pressure_that_could_not_be_measured_is_two_that_are_absent() -> None:
    reason = {"coding": [{"code": "not-performed"}]}
    (reading,) = read(observation(code=code("85354-9"), valueQuantity=None, dataAbsentReason=reason)).readings
    assert reading.absent == ((Vital.SYSTOLIC, "not-performed"), (Vital.DIASTOLIC, "not-performed"))


def test_saturation_with_both_its_codes_and_a_code_of_devices() -> None:
    both = {"coding": [{"system": LOINC, "code": "2708-6"}, {"system": LOINC, "code": "59408-5"}]}
    saturation = observation(code=both, valueQuantity=quantity(97, "%"))
    assert read(saturation).readings[0].values == ((Vital.SPO2, 97.0),)
    breaths = observation(
        code=code("151562", "urn:iso:std:iso:11073:10101"), valueQuantity=quantity(14, "{breaths}/min")
    )
    assert read(breaths).readings[0].values == ((Vital.RESPIRATORY_RATE, 14.0),)


def test_a_bundle_and_what_of_it_has_no_place() -> None:
    other = {"resourceType": "Patient", "id": "x"}
    wrong = observation(status="entered-in-error")
    entries = [{"resource": one} for one in (observation(), other, wrong, observation(code=code("8310-5")))]
    found = read({"resourceType": "Bundle", "type": "batch", "entry": entries})
    assert len(found.readings) == 1
    assert found.not_taken == (
        "Bundle.entry.1.resource: Patient",
        "Bundle.entry.2.resource: status entered-in-error; corrections are made by people",
        "Bundle.entry.3.resource: 8310-5",
    )


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({"valueQuantity": None}, "sent without a value"),
        ({"valueQuantity": {"system": UCUM, "code": "/min"}}, "sent without a value"),
        ({"valueQuantity": quantity(30, "/min") | {"comparator": "<"}}, "sent as < 30"),
        ({"valueQuantity": None, "dataAbsentReason": code("unknown", "x")}, "unknown"),
    ],
)
def test_a_value_that_is_missing_is_absent_and_never_zero(more: dict[str, Any], reason: str) -> None:
    (reading,) = read(observation(**more)).readings
    assert (reading.values, reading.absent) == ((), ((Vital.HEART_RATE, reason),))


@pytest.mark.parametrize(
    "more",
    [
        {"resourceType": "Patient"},
        {"identifier": None},
        {"identifier": "o7"},
        {"effectiveDateTime": None},
        {"effectiveDateTime": "2026-03-02"},
        {"effectiveDateTime": "2026-03-02T10:00:00"},
        {"valueQuantity": quantity(72, "Hz")},
        {"valueQuantity": {"value": 72}},
        {"valueQuantity": {"value": "72", "unit": "/min"}},
        {"valueQuantity": None, "valueString": "fast"},
        {"dataAbsentReason": code("unknown", "x")},
        {"code": "8867-4"},
        {"component": [{"code": code("8867-4"), "valueQuantity": quantity(1, "/min")}]},
        {"component": "x"},
        {"status": []},
        {"status": {"value": "final"}},
        {"valueQuantity": quantity(72, "/min") | {"system": []}},
        {"identifier": [{"value": "\ud800"}]},
        {"effectiveDateTime": "9999-12-31T23:59:59Z"},
        {"subject": "Patient/1"},
    ],
)
def test_what_is_wrong_is_refused(more: dict[str, Any]) -> None:
    with pytest.raises(FieldError):
        read(observation(**more))


def test_the_answer_is_an_outcome() -> None:
    done = json.loads(fhir_observation.answer(Outcome(stored=1, again=2, not_taken=("x",)), b""))
    assert [(one["severity"], one["diagnostics"]) for one in done["issue"]] == [
        ("information", "1 stored, 2 known already"),
        ("warning", "not taken: x"),
    ]
    wrong = json.loads(fhir_observation.answer(Outcome(status=409, message="other", kind="OtherPatientError"), b""))
    assert wrong["issue"] == [{"severity": "error", "code": "conflict", "diagnostics": "other"}]
