"""What a session becomes: the volume that ran, why it ended, what was felt; and which entries no longer count."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest

from clinic.fhir.made import NOON, one_id, record
from clinic.fhir.published import by_definition, by_fhirkit
from kinetamine.clinic.care import interop
from kinetamine.clinic.care.interop import of_session
from kinetamine.clinic.fhir import provenance
from kinetamine.clinic.fhir.pieces import Resource
from kinetamine.clinic.records import Order, Session, SessionEvent, Signature, User
from kinetamine.units import BASE_PER_HYDROCHLORIDE

SESSION = record(Session, id=one_id(9), person_id=one_id(8), order_id=one_id(7), chair="1", state="closed", details={})
PUMP = {"ml_per_h": 52.5, "mg_per_ml": 1.0, "salt": "hydrochloride", "lot": "L1"}
Told = tuple[float, str, dict[str, Any], str]


def rows(*told: Told) -> list[SessionEvent]:
    return [
        record(
            SessionEvent,
            id=one_id(100 + number),
            session_id=SESSION.id,
            client_id=f"c{number}",
            device_time=NOON + timedelta(minutes=minutes),
            made_at=NOON + timedelta(minutes=minutes),
            happened=happened,
            content=content,
            note=note or None,
        )
        for number, (minutes, happened, content, note) in enumerate(told)
    ]


def made(kind: str, entries: list[SessionEvent], order: Order | None = None) -> list[Resource]:
    return [one for one in of_session(SESSION, entries, order) if one["resourceType"] == kind]


def volume(one: Resource) -> float:
    (found,) = (each["valueQuantity"]["value"] for each in one["extension"] if each["url"].endswith("volume-given"))
    return float(found)


@pytest.mark.parametrize(
    ("told", "ml", "status"),
    [
        ([(40, "stopped", {}, "complete")], 35.0, "completed"),
        ([(28, "stopped", {}, "asked to stop")], 24.5, "stopped"),
        ([(20, "paused", {}, "pressure"), (26, "resumed", {}, ""), (46, "stopped", {}, "complete")], 35.0, "completed"),
        ([(20, "rate changed", {"ml_per_h": 26.25}, ""), (40, "stopped", {}, "complete")], 26.25, "completed"),
        ([(20, "paused", {}, "pressure")], 17.5, "on-hold"),
    ],
)
def test_the_volume_that_ran_is_written_and_not_the_one_ordered(told: list[Told], ml: float, status: str) -> None:
    (one,) = made("MedicationAdministration", rows((0, "infusion started", PUMP, ""), *told))
    assert (volume(one), one["status"]) == (ml, status)
    assert one["dosage"]["dose"]["value"] == ml  # 1 mg/mL
    assert f"{ml * BASE_PER_HYDROCHLORIDE:.4g} mg base" in one["dosage"]["text"]
    assert one["dosage"]["rateQuantity"]["code"] == "mL/h"
    if told[-1][1] == "stopped":
        assert one["statusReason"][0]["text"] == told[-1][3]
    assert ("note" in one) == any(what in {"paused", "rate changed"} for _, what, _, _ in told)


def test_two_infusions_do_not_share_their_volume() -> None:
    entries = rows(
        (0, "infusion started", PUMP, ""),
        (20, "stopped", {}, "syringe empty"),
        (30, "infusion started", PUMP | {"lot": "L2"}, ""),
        (40, "stopped", {}, "complete"),
    )
    first, second = made("MedicationAdministration", entries)
    assert (volume(first), volume(second)) == (17.5, 8.75)
    assert second["contained"][0]["batch"]["lotNumber"] == "L2"


def test_each_nasal_device_is_one_of_its_own() -> None:
    order = record(Order, drug="esketamine", route="intranasal")
    found = made(
        "MedicationAdministration",
        rows(*((5.0 * n, "device used", {"number": n, "lot": "S"}, "") for n in (1, 2))),
        order,
    )
    assert [one["dosage"]["dose"]["value"] for one in found] == [28, 28]
    assert found[0]["dosage"]["route"]["coding"][0]["code"] == "46713006"


def test_an_entry_in_error_gives_nothing_and_stays() -> None:
    entries = rows((0, "infusion started", PUMP, ""), (1, "entered in error", {}, ""))
    entries[1].corrects_id, entries[1].why = entries[0].id, "another chair"
    (one,) = made("MedicationAdministration", entries)
    assert one["status"] == "entered-in-error"
    assert one["statusReason"][0]["text"] == "another chair"


def test_a_correction_of_a_correction_counts() -> None:
    entries = rows(*((0, "infusion started", PUMP | {"ml_per_h": rate}, "") for rate in (5.0, 50.0, 52.5)))
    for before, after in pairwise(entries):
        after.corrects_id, after.why = before.id, "mistyped"
    (one,) = made("MedicationAdministration", entries)
    assert one["dosage"]["rateQuantity"]["value"] == 52.5


def test_a_symptom_ends_where_it_was_gone() -> None:
    entries = rows(
        (10, "symptom", {"kind": "nausea", "resolved": False}, "rest"),
        (12, "symptom", {"kind": "dizziness", "resolved": False}, ""),
        (30, "symptom", {"kind": "nausea", "resolved": True}, ""),
    )
    nausea, dizziness = made("AdverseEvent", entries)
    assert [one["outcome"]["coding"][0]["code"] for one in (nausea, dizziness)] == ["resolved", "ongoing"]
    assert {"urn:kinetamine:action": "rest"}.items() <= {
        one["url"]: one.get("valueString", "") for one in nausea["extension"]
    }.items()


def test_one_thing_called_other_is_not_ended_by_the_end_of_another() -> None:
    entries = rows(
        (10, "symptom", {"kind": "other", "resolved": False}, "chest pain, ECG done"),
        (12, "symptom", {"kind": "other", "resolved": False}, "itching"),
        (30, "symptom", {"kind": "other", "resolved": True}, "itching gone"),
    )
    outcomes = [one["outcome"]["coding"][0]["code"] for one in made("AdverseEvent", entries)]
    assert outcomes == ["ongoing", "resolved"]


def test_what_cannot_be_read_breaks_nothing() -> None:
    garbled = rows(
        (0, "infusion started", {"ml_per_h": "fast"}, ""),
        (1, "reading", {"values": ["x"]}, ""),
        (2, "score", {"answers": 3}, ""),
        (3, "something new", {"a": 1}, ""),
        (4, "reading", {"values": {"systolic": 10**400}}, ""),
        (5, "injected", {"mg": 10**400, "salt": "base"}, ""),
    )
    assert list(of_session(SESSION, garbled, None)) == []


def test_answers_of_any_kind_are_written() -> None:
    answers = {"²": 1, "1": 10**12, "2": None, "x": True}
    (one,) = made("QuestionnaireResponse", rows((0, "score", {"scale": "phq9", "answers": answers}, "")))
    assert by_definition(one) == []
    assert by_fhirkit(one) == []


def test_two_people_who_checked_one_dose_are_two_agents() -> None:
    signed = [
        record(
            Signature,
            id=one_id(20 + number),
            made_by=one_id(30 + number),
            signed_kind="order",
            signed_id=one_id(7),
            signed_version=1,
            meaning=meaning,
        )
        for number, meaning in enumerate(("worked out", "worked out without seeing it"))
    ]
    (one,) = provenance.provenance(signed)
    assert [agent["type"]["coding"][0]["code"] for agent in one["agent"]] == ["author", "verifier"]
    assert len({agent["who"]["reference"] for agent in one["agent"]}) == 2
    order = record(Order, state="checked", details={"check": {"begun_by": one_id(1), "second_by": one_id(2)}})
    (checked,) = provenance.checked(order)
    assert [agent["who"]["reference"] for agent in checked["agent"]] == [f"Practitioner/{one_id(n)}" for n in (1, 2)]
    assert provenance.checked(record(Order, details={})) == []


def test_what_a_device_sent_names_it_and_nobody() -> None:
    monitor = record(User, id=one_id(3), shown_as="Monitor 1", roles=("device",), active=True)
    (sent,) = made("Observation", rows((0, "reading", {"values": {"spo2": 97.0}}, "")))
    assert sent["performer"] == [{"reference": f"Practitioner/{one_id(3)}"}]
    (one,) = interop.redirected([sent], [monitor])
    assert ("performer" in one, one["device"]) == (False, {"reference": f"Device/{one_id(3)}"})
    assert by_definition(one) == []
    own = record(User, id=one_id(3), roles=("patient",), person_id=one_id(8))
    (one,) = interop.redirected([sent], [own])
    assert one["performer"] == [{"reference": f"Patient/{one_id(8)}"}]
