"""Devices by HTTP: what is acknowledged is stored once in the right session; everything else is told and audited."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pyotp
import pytest

from clinic.feeds.test_fhir_observation import observation
from clinic.feeds.test_hl7v2 import DIASTOLIC, PID, SPO2, SYSTOLIC, changed, message
from clinic.web.chairs import Feed, feed, plain
from clinic.web.conftest import Visitor
from clinic.world import PASSWORD, START, World, person, session
from kinetamine.clinic.accounts.devices import Devices
from kinetamine.clinic.audit.inspection import inspect
from kinetamine.clinic.records import Device, Person, Role, Session, User

HL7, FHIR = "application/hl7-v2", "application/fhir+json"


@pytest.fixture
def monitor(world: World) -> Feed:
    return feed(world)


def test_a_reading_goes_into_the_session_at_the_chair(monitor: Feed) -> None:
    sitting, rows = monitor.open(), monitor.world.rows()
    monitor.world.clock.pass_by(seconds=2)
    answer = monitor.send(absent={"spo2": "probe off"})
    assert (answer.status_code, answer.json()["stored"]) == (200, 1)
    (event,) = monitor.stored()
    assert event.session_id == sitting.id
    assert event.content == {"values": {"systolic": 120.0}, "absent": {"spo2": "probe off"}}
    assert (event.device_time, event.made_at) == (START, START + timedelta(seconds=2))
    assert (event.happened, event.device, len(event.client_id)) == ("reading", "Monitor 1", 36)
    assert monitor.world.rows() == rows + 2  # one of them is of asking, above
    assert inspect(monitor.world.database).problems == []


def test_sent_again_it_is_stored_once(monitor: Feed) -> None:
    monitor.open()
    assert [monitor.send().json()["stored"] for _ in range(3)] == [1, 0, 0]
    assert monitor.send(at=(START + timedelta(seconds=5)).isoformat()).json()["stored"] == 1
    other = monitor.send(values={"systolic": {"value": 180, "unit": "mm[Hg]"}})
    assert (other.status_code, other.json()["kind"]) == (409, "ConflictError")
    assert [one.content["values"] for one in monitor.stored()] == [{"systolic": 120.0}] * 2


def test_all_of_a_message_or_nothing(monitor: Feed) -> None:
    monitor.open()
    monitor.send(id="b")
    several = [plain(id="a"), plain(id="b", values={"systolic": {"value": 99, "unit": "mm[Hg]"}})]
    assert monitor.post(json.dumps({"readings": several}).encode()).status_code == 409
    assert len(monitor.stored()) == 1


def test_hl7_is_answered_with_an_acknowledgement(monitor: Feed) -> None:
    monitor.open()
    body = message(SYSTOLIC, DIASTOLIC, SPO2).replace(b"|17^", b"|own^")
    answer = monitor.post(body, HL7)
    assert (answer.status_code, answer.headers["content-type"]) == (200, HL7)
    assert b"MSA|AA|MSG7" in answer.content
    assert monitor.post(body, "x-application/hl7-v2+er7").status_code == 200
    contents = [one.content["values"] for one in sorted(monitor.stored(), key=lambda one: one.device_time)]
    assert contents == [{"systolic": 120.0, "diastolic": 80.0}, {"spo2": 97.0}]


def test_times_without_a_zone_are_of_the_clinics_wall(monitor: Feed) -> None:
    admin, physician = monitor.world.records(Role.ADMIN), monitor.world.records()
    admin.change(type(monitor.world.north), monitor.world.north.id, 1, "it is there", time_zone="Europe/Berlin")
    monitor.open()
    body = message(changed(SPO2, 14, "20260302100005")).replace(PID.encode() + b"\r", b"")
    assert monitor.post(body, HL7).status_code == 200
    assert [one.device_time for one in monitor.stored()] == [datetime(2026, 3, 2, 9, 0, 5, tzinfo=UTC)]
    assert physician.find(Session, chair="1")


def test_fhir_is_answered_with_an_outcome(monitor: Feed) -> None:
    monitor.open()
    answer = monitor.post(json.dumps(observation(subject={"identifier": {"value": "own"}})).encode(), FHIR)
    assert (answer.status_code, answer.json()["resourceType"]) == (200, "OperationOutcome")
    assert [one.content["values"] for one in monitor.stored()] == [{"heart_rate": 72.0}]
    wrong = monitor.post(json.dumps(observation(status=None, resourceType="Patient")).encode(), FHIR)
    assert (wrong.status_code, wrong.json()["issue"][0]["severity"]) == (422, "error")


@pytest.mark.parametrize("named", ["json", "hl7", "fhir"])
def test_another_patients_reading_is_refused_and_on_the_audit(monitor: Feed, named: str) -> None:
    monitor.open()
    monitor.world.records().add(person(number="17"))
    if named == "json":
        answer = monitor.send(patient="17")
    elif named == "hl7":
        answer = monitor.post(message(SYSTOLIC), HL7)
        assert b"MSA|AE|MSG7" in answer.content
    else:
        answer = monitor.post(json.dumps(observation()).encode(), FHIR)
    assert answer.status_code == 409
    assert "own" not in answer.text
    row = monitor.world.last_row()
    assert (row.outcome, row.kind, "OtherPatientError" in row.detail) == ("refused", "session_event", True)
    assert monitor.stored() == []


def test_a_body_with_a_second_patient_is_refused_whole(monitor: Feed) -> None:
    monitor.open()
    body = message(SYSTOLIC, "PID|||SOMEBODY-ELSE", SPO2).replace(b"|17^", b"|own^")
    answer = monitor.post(body, HL7)
    assert (answer.status_code, b"MSA|AE|MSG7" in answer.content) == (422, True)
    assert monitor.stored() == []


@pytest.mark.parametrize(
    ("body", "media"),
    [
        (plain(id="\ud800"), "application/json"),
        (observation(status=[]), FHIR),
        (observation(valueQuantity={"value": 72, "unit": "/min", "system": []}), FHIR),
    ],
)
def test_what_will_never_be_taken_is_not_asked_for_again(monitor: Feed, body: dict[str, object], media: str) -> None:
    monitor.open()
    answer = monitor.post(json.dumps(body).encode(), media)
    assert (answer.status_code, "retry-after" in answer.headers) == (422, False)
    assert monitor.stored() == []


def test_without_an_open_session_it_is_to_be_sent_again(monitor: Feed) -> None:
    waiting = monitor.send()
    assert (waiting.status_code, waiting.json()["later"], waiting.headers["retry-after"]) == (409, True, "5")
    assert b"MSA|AR|" in monitor.post(message(SYSTOLIC), HL7).content
    assert monitor.world.last_row().outcome == "refused"
    monitor.open(state="planned")
    monitor.open(chair="2")
    assert monitor.send().json()["kind"] == "NoOpenSessionError"
    monitor.open()
    assert monitor.send().status_code == 200
    monitor.open()
    assert "2 sessions are open" in monitor.send(id="r2").json()["message"]


def test_a_reading_kept_from_the_session_before_does_not_reach_the_next_person(monitor: Feed) -> None:
    world, physician = monitor.world, monitor.world.records()
    second = monitor.open(state="planned")
    world.clock.pass_by(minutes=5)
    first = monitor.open()
    world.clock.pass_by(hours=2)
    physician.change(Session, first.id, 1, "left", state="closed", ended_at=world.clock.now)
    world.clock.pass_by(minutes=10)
    physician.change(Session, second.id, 1, "came", state="open")
    kept = monitor.send(at=(world.clock.now - timedelta(minutes=20)).isoformat())
    assert (kept.status_code, kept.json()["kind"], kept.json()["later"]) == (409, "OtherSessionError", False)
    assert monitor.send(at=world.clock.now.isoformat()).status_code == 200
    assert [one.session_id for one in monitor.stored()] == [second.id]


def test_what_cannot_be_is_refused_by_name_and_the_rest_is_kept(monitor: Feed) -> None:
    monitor.open()
    values = {"spo2": {"value": -100, "unit": "%"}, "heart_rate": {"value": 72, "unit": "/min"}}
    answer = monitor.send(values=values)
    assert (answer.status_code, answer.json()["stored"]) == (200, 1)
    assert "spo2 -100 %" in answer.json()["refused"][0]
    (event,) = monitor.stored()
    assert event.content["values"] == {"heart_rate": 72.0}
    assert event.content["absent"]["spo2"].startswith("refused: -100 %")
    alone = monitor.send(id="r2", values={"spo2": {"value": 300, "unit": "%"}})
    assert (alone.status_code, "300 %" in alone.json()["message"]) == (422, True)
    crossed = {"systolic": {"value": 80, "unit": "mm[Hg]"}, "diastolic": {"value": 120, "unit": "mm[Hg]"}}
    assert "80/120 mmHg" in monitor.send(id="r3", values=crossed).json()["message"]
    assert len(monitor.stored()) == 1


def test_what_is_critical_is_taken(monitor: Feed) -> None:
    monitor.open()
    values = {"spo2": {"value": 41, "unit": "%"}, "heart_rate": {"value": 210, "unit": "/min"}}
    assert monitor.send(values=values).json() == {
        "status": 200, "stored": 1, "again": 0, "refused": [], "not_taken": [],
    }  # fmt: skip


def test_what_has_no_place_is_taken_note_of(monitor: Feed) -> None:
    monitor.open()
    heat = {"temperature": {"value": 36.6, "unit": "Cel"}}
    answer = monitor.send(values=heat)
    assert (answer.status_code, answer.json()["stored"], answer.json()["not_taken"]) == (200, 0, ["temperature"])


def test_who_is_no_device_is_told_before_anything_is_read(monitor: Feed) -> None:
    monitor.open()
    assert monitor.client.post("/feed", content=b"{").status_code == 401
    assert monitor.post(b"{", token="forged").status_code == 401
    assert monitor.world.last_row().outcome == "refused"
    token = _signed_in(monitor.world, Role.NURSE)
    assert monitor.post(b"{", token=token).status_code == 403
    assert (monitor.world.last_row().outcome, monitor.world.last_row().actor) == (
        "refused", monitor.world.members[Role.NURSE].user_id,
    )  # fmt: skip
    for path in ("/people", "/devices", "/users"):
        assert monitor.client.get(path, headers={"authorization": f"Bearer {monitor.token}"}).status_code == 401


def test_a_token_that_was_revoked_counts_no_more(monitor: Feed) -> None:
    monitor.open()
    assert monitor.send().status_code == 200
    devices, admin = Devices(monitor.world.database), monitor.world.members[Role.ADMIN]
    (device,) = monitor.world.records(Role.ADMIN).find(Device)
    devices.revoke(admin, device.id, "lost")
    assert [monitor.send(id="r2").status_code for _ in range(2)] == [401, 401]
    assert monitor.world.last_row().outcome == "refused"
    other = devices.issue(admin, "Monitor 2", "1")
    monitor.token = other.token
    assert monitor.send(id="r2").status_code == 200
    monitor.world.records(Role.ADMIN).change(User, other.device.user_id, 1, "gone", active=False)
    assert monitor.send(id="r3").status_code == 401


def test_a_device_of_one_clinic_reaches_no_other(monitor: Feed) -> None:
    stranger = monitor.world.stranger
    sent = Devices(monitor.world.database).issue(stranger, "Monitor 1", "1")
    monitor.open()
    monitor.token = sent.token
    assert monitor.send().json()["kind"] == "NoOpenSessionError"
    assert monitor.send(chair="7").status_code == 403


@pytest.mark.parametrize("media", ["", "text/plain", "application/x-www-form-urlencoded"])
def test_another_format_is_not_read(monitor: Feed, media: str) -> None:
    assert monitor.post(b"x=1", media).status_code == 415


def test_a_body_without_end_is_not_read(monitor: Feed) -> None:
    assert monitor.post(b" " * 1_100_000).status_code == 413


def _signed_in(world: World, role: Role) -> str:
    """The token of somebody who is."""
    member = world.members[role]
    address = world.accounts.set_first_credentials(member, PASSWORD)
    code = pyotp.parse_uri(address).at(world.clock.now)  # type: ignore[attr-defined]
    return world.accounts.sign_in("north", member.name, PASSWORD, code).token


def test_a_monitor_that_is_behind_is_named_beside_what_it_sent(world: World, visitor: Visitor) -> None:
    token = Devices(world.database).issue(world.members[Role.ADMIN], "M", "1").token
    sitting = world.records().add(session(world.records().find(Person, number="own")[0].id, chair="1"))
    for seconds, name in ((60, "in time"), (17, "behind")):
        world.clock.pass_by(seconds=seconds)
        body = plain(id=name)
        assert visitor(None).post("/feed", json=body, headers={"authorization": f"Bearer {token}"}).status_code == 200
    shown = visitor(Role.NURSE).get(f"/api/sessions/{sitting.id}").json()["timeline"]
    late = "came 77 s late: the device's clock is behind, or it was offline"
    assert [(one["device"], one["odd"]) for one in shown] == [("M", []), ("M", [late])]


def test_what_a_monitor_sent_is_on_the_board_at_once(world: World, visitor: Visitor) -> None:
    nurse, token = visitor(Role.NURSE), Devices(world.database).issue(world.members[Role.ADMIN], "M", "1").token
    world.records().add(session(world.records().find(Person, number="own")[0].id, chair="1"))
    (before,) = nurse.get("/api/board").json()["chairs"]
    assert before["vitals"] == []
    sent = visitor(None).post("/feed", json=plain(), headers={"authorization": f"Bearer {token}"})
    assert sent.status_code == 200
    (after,) = nurse.get("/api/board").json()["chairs"]
    assert [(one["sign"], one["value"]) for one in after["vitals"]] == [("systolic", 120.0)]
