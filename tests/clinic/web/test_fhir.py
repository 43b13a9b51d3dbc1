"""FHIR over HTTP: who may read what, what a search finds, and errors in FHIR's own words."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from clinic import world as people
from clinic.fhir.published import by_definition, by_fhirkit
from clinic.world import START, World, course
from kinetamine.clinic.access import Member, credentials
from kinetamine.clinic.audit.inspection import inspect
from kinetamine.clinic.care.interop import SOURCES, TYPES
from kinetamine.clinic.records import Enrolment, Person, Role, Score, Session, SessionEvent, Task, User
from kinetamine.clinic.web.app import create_app
from own_loop import finished

FHIR = "application/fhir+json"
NOT_THERE = {"AuditEvent", "DetectedIssue", "MedicationAdministration", "AdverseEvent", "RiskAssessment", "Device"}
"""What the one of everything does not make, or what each reading adds to."""
OF_THE_CLINIC = {"Organization", "Practitioner", "PractitionerRole", "Device", "AuditEvent"}
WRONG = {
    "/fhir/Patient/none": 404,
    "/fhir/Ketamine": 404,
    "/fhir/Observation/none": 404,
    "/fhir/AuditEvent/none": 403,
    "/fhir/AuditEvent/%C2%B2": 403,
    f"/fhir/Practitioner/{'9' * 400}": 404,
    "/fhir/Observation?date=ge": 422,
    "/fhir/Observation?_count=%C2%B2": 422,
    "/fhir/Observation": 422,
    "/fhir/Observation?colour=blue": 422,
    "/fhir/Observation?date=yesterday": 422,
    "/fhir/Observation?_count=0": 422,
    "/fhir/Observation?_page=x": 422,
    "/fhir/Observation?patient=a&patient=b": 422,
    "/fhir/Patient/a/b/c/d": 404,
    "/fhir/Patient/%00": 404,
}
READING = {"values": {"systolic": 138.0, "diastolic": 86.0, "spo2": 97.0}, "absent": {"heart_rate": "probe fell off"}}


class Program:
    """Asks with a bearer token, or none."""

    def __init__(self, world: World) -> None:
        self.world, self.app = world, create_app(world.database, accounts=world.accounts)

    def get(self, path: str, whom: Role | Member | None = Role.PHYSICIAN) -> httpx.Response:
        headers = {} if whom is None else {"Authorization": f"Bearer {self._token(whom)}"}
        return finished(_asked(self.app, path, headers))

    def found(self, path: str, whom: Role | Member = Role.PHYSICIAN) -> list[dict[str, Any]]:
        """What a search finds; as published."""
        answer = self.get(path, whom)
        assert answer.status_code == 200, answer.text
        bundle = answer.json()
        assert by_definition(bundle) == []
        assert by_fhirkit(bundle) == []
        return [one["resource"] for one in bundle.get("entry", [])]

    def _token(self, whom: Role | Member) -> str:
        token, member = secrets.token_urlsafe(32), self.world.members[whom] if isinstance(whom, Role) else whom
        with self.world.database.unlogged() as transaction:
            credentials.start(transaction, member, self.world.settings.keys.sign_in.mac("token", token.encode()))
        return token


async def _asked(app: FastAPI, path: str, headers: dict[str, str]) -> httpx.Response:
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1", headers=headers) as client:
        return await client.get(path)


@pytest.fixture
def program(world: World) -> Program:
    return Program(world)


@pytest.fixture
def whom(world: World) -> str:
    """The patient's own record, with one of everything."""
    (own,) = world.records().find(Person, number="own")
    held = course(world.records(), own)
    reading = people.event(held.id(Session), "bp", content=READING, device="monitor 1")
    world.records(Role.NURSE).add(reading)
    return own.id


def ids(found: list[dict[str, Any]]) -> Iterator[str]:
    return (f"{one['resourceType']}/{one['id']}" for one in found)


def test_everything_that_is_found_can_be_read(program: Program, whom: str) -> None:
    for kind in TYPES:
        if kind in {
            "AuditEvent",
            "DetectedIssue",
            "MedicationAdministration",
            "AdverseEvent",
            "RiskAssessment",
            "Device",
        }:
            continue
        found = program.found(f"/fhir/{kind}?patient={whom}")
        assert found or kind == "Provenance", kind
        for one in found[:2]:
            assert program.get(f"/fhir/{kind}/{one['id']}").json() == one


def test_a_reading_is_a_panel_with_its_reason_for_what_failed(program: Program, whom: str) -> None:
    found = program.found(f"/fhir/Observation?patient=Patient/{whom}&code=http://loinc.org|85354-9")
    (panel,) = [one for one in found if len(one["component"]) == 2]
    assert [one["valueQuantity"]["value"] for one in panel["component"]] == [138, 86]
    assert {one["valueQuantity"]["code"] for one in panel["component"]} == {"mm[Hg]"}
    (pulse,) = program.found(f"/fhir/Observation?patient={whom}&code=8867-4")
    assert pulse["dataAbsentReason"]["text"] == "probe fell off"
    assert "valueQuantity" not in pulse
    oxygen = program.found(f"/fhir/Observation?patient={whom}&code=59408-5")
    assert {"2708-6", "59408-5"} == {one["code"] for one in oxygen[-1]["code"]["coding"]}


def test_a_search_is_narrowed_and_paged(program: Program, whom: str, world: World) -> None:
    for day in range(3):
        world.records().add(people.score(whom, answered_at=START + timedelta(days=10 + day)))
    asked = f"/fhir/Observation?patient={whom}&code=44261-6"
    everything = list(ids(program.found(asked)))
    assert len(everything) == 4
    assert len(program.found(f"{asked}&date=ge2026-03-12&date=lt2026-03-14")) == 2
    assert len(program.found(f"{asked}&date=2026-03")) == 4
    pages = [list(ids(program.found(f"{asked}&_count=3&_page={page}"))) for page in (1, 2, 3)]
    assert [one for page in pages for one in page] == everything
    links = {one["relation"]: one["url"] for one in program.get(f"{asked}&_count=3").json()["link"]}
    assert "_page=2" in links["next"]
    assert "next" not in {one["relation"] for one in program.get(f"{asked}&_count=3&_page=2").json()["link"]}


def test_a_correction_stays_beside_what_it_corrects(program: Program, whom: str, world: World) -> None:
    (score,) = world.records().find(Score, person_id=whom)
    world.records().correct(Score, score.id, "answer misread", items={"1": 3, "9": 0}, total=3)
    found = program.found(f"/fhir/Observation?patient={whom}&code=44261-6")
    assert {one["status"]: one["valueQuantity"]["value"] for one in found} == {"entered-in-error": 2, "amended": 3}
    assert "answer misread" in str(found[-1]["note"])
    (reading,) = world.records().find(SessionEvent, client_id="bp")
    world.records(Role.NURSE).correct(
        SessionEvent, reading.id, "wrong person", client_id="bp2", happened="entered in error", content={}
    )
    panels = program.found(f"/fhir/Observation?patient={whom}&code=85354-9&_id={reading.id}-bp")
    assert [one["status"] for one in panels] == ["entered-in-error"]


def test_nobody_reads_what_their_role_does_not_reach(program: Program, whom: str) -> None:
    for kind in TYPES:
        before = program.world.rows()
        assert program.get(f"/fhir/{kind}?patient={whom}", None).status_code == 401, kind
        stranger = program.get(f"/fhir/{kind}?patient={whom}", program.world.stranger)
        if kind in OF_THE_CLINIC:
            assert program.world.north.id not in stranger.text, kind
        else:
            assert stranger.status_code == 404, kind
        admin = program.get(f"/fhir/{kind}?patient={whom}", Role.ADMIN)
        assert admin.status_code == (200 if kind in OF_THE_CLINIC else 403), kind
        assert program.world.rows() > before, kind
    assert inspect(program.world.database).sound


def test_a_patient_reads_their_own(program: Program, whom: str, world: World) -> None:
    other = world.records().add(people.person(number="other"))
    course(world.records(), other)
    for kind in ("Patient", "Consent", "Encounter", "Task", "QuestionnaireResponse", "Observation"):
        found = program.found(f"/fhir/{kind}", Role.PATIENT)
        assert found, kind
        assert other.id not in str(found)
        assert program.get(f"/fhir/{kind}?patient={other.id}", Role.PATIENT).status_code == 404
    for kind in ("MedicationRequest", "MedicationAdministration", "Provenance", "AuditEvent", "RiskAssessment"):
        assert program.get(f"/fhir/{kind}", Role.PATIENT).status_code == 403, kind
    assert program.get(f"/fhir/Patient/{whom}/$everything", Role.PATIENT).status_code == 403


def test_a_patient_reads_nobodys_notes(program: Program, whom: str, world: World) -> None:
    (task,), (score,) = (world.records().find(kind, person_id=whom) for kind in (Task, Score))
    world.records(Role.NURSE).change(Task, task.id, task.version, "done", outcome="NOTED", done_at=START)
    corrected = world.records(Role.NURSE).correct(Score, score.id, "NOTED", items={"1": 3, "9": 0}, total=3)
    (kept,) = world.records().find(Enrolment, person_id=whom)
    decided = {"findings": [{"rule": "r", "outcome": "met", "decision": {"reason": "NOTED"}}]}
    world.records().change(Enrolment, kept.id, kept.version, "asked", eligibility=decided)
    ids = {"Task": [task.id], "Observation": [score.id, corrected.id], "DetectedIssue": [f"{kept.id}-1"]}
    patient = world.members[Role.PATIENT]
    for roles in (("patient",), ("admin", "patient")):
        user = world.records(Role.ADMIN).get(User, patient.user_id)
        world.records(Role.ADMIN).change(User, user.id, user.version, "also", roles=roles)
        for kind, names in ids.items():
            asked = [f"/fhir/{kind}?patient={whom}", *(f"/fhir/{kind}/{name}" for name in names)]
            for path in asked:
                answer = program.get(path, Role.PATIENT)
                assert (answer.status_code, "NOTED" in answer.text) == (200, False), (roles, path)
                assert by_fhirkit(answer.json()) == []
                assert "NOTED" in program.get(path).text, path


def test_a_row_of_a_number_without_end_is_none(program: Program) -> None:
    for name in ("9" * 5000, "9" * 10, "0"):
        answer = program.get(f"/fhir/AuditEvent/{name}", Role.AUDITOR)
        assert (answer.status_code, answer.json()["resourceType"]) == (404, "OperationOutcome")


def test_the_whole_record_is_for_who_may_export_it(program: Program, whom: str) -> None:
    for role in Role:
        answer = program.get(f"/fhir/Patient/{whom}/$everything", role)
        assert answer.status_code == (200 if role in {Role.PHYSICIAN, Role.AUDITOR} else 403), role
    whole = program.found(f"/fhir/Patient/{whom}/$everything", Role.AUDITOR)
    assert {"Patient", "Consent", "AuditEvent", "Observation"} <= {one["resourceType"] for one in whole}
    assert len(set(ids(whole))) == len(whole)
    assert program.get(f"/fhir/Patient/{whom}/$everything", program.world.stranger).status_code == 404
    last = program.world.last_row()
    assert (last.outcome, last.action, last.actor) == ("refused", "export", program.world.stranger.user_id)


def test_what_is_wrong_is_told_as_an_outcome(program: Program) -> None:
    for path, status in WRONG.items():
        answer = program.get(path)
        assert answer.status_code == status, path
        assert answer.headers["content-type"].startswith(FHIR)
        assert answer.json()["resourceType"] == "OperationOutcome"
        assert by_definition(answer.json()) == []
        assert by_fhirkit(answer.json()) == []


def test_what_can_be_asked_is_said(program: Program) -> None:
    said = program.get("/fhir/metadata", None).json()
    assert by_definition(said) == []
    assert by_fhirkit(said) == []
    assert {one["type"] for one in said["rest"][0]["resource"]} == set(TYPES)
    smart = program.get("/.well-known/smart-configuration", None).json()
    assert "token_endpoint" not in smart
    assert {one.kind.kind for one in SOURCES} <= {"clinic", *people_kinds()}


def people_kinds() -> set[str]:
    return {"user", "person", "enrolment", "consent", "order", "session", "session_event", "score", "task", "signature"}
