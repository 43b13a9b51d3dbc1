from __future__ import annotations

import html
from collections.abc import Callable
from typing import Any

import pyotp
import pytest

from clinic.care.sittings import PUMP, SPRAY, opened
from clinic.care.test_predictions import PREDICTED
from clinic.web.signed_in import Asking, Server, serving
from clinic.world import PASSWORD, START, World, person, session
from kinetamine.clinic.records import Role, Session, SessionEvent, Signature, Task

INFUSION = "infusion over 40 minutes"


def entry(
    name: str, happened: str, content: dict[str, Any] | None = None, note: str = "", **more: str
) -> dict[str, Any]:
    plain = {"client_id": name, "device_time": START.isoformat(), "happened": happened}
    return plain | {"content": content or {}, "note": note} | more


def vitals(name: str, systolic: float) -> dict[str, Any]:
    return entry(name, "reading", {"values": {"systolic": systolic, "diastolic": 70.0}, "absent": {}})


def test_from_the_form_to_the_board(world: World) -> None:
    server = serving(world)
    nurse, whom = server.as_(Role.NURSE), world.records().add(person(number="D7", name="Demo Seven"))
    assert "Demo Seven" in nurse.get("/sessions/new").text
    form = {"person": whom.id, "chair": "4", "protocol": INFUSION, "setting": "outpatient", "patient_enrolled": "yes"}
    wrong = nurse.post("/sessions/new", **form | {"chair": " ", "watched_with_oximeter": "no"})
    assert (wrong.status_code, 'id="wrong-chair">chair' in wrong.text) == (422, True)
    assert 'name="watched_with_oximeter" value="no" checked' in wrong.text
    made = nurse.post("/sessions/new", **form)
    assert made.status_code == 303
    shown = nurse.get(made.headers["location"])
    assert shown.status_code == 200
    assert "a prescriber is on site" in shown.text
    assert "Nothing was predicted" not in shown.text
    assert "D7" in nurse.get("/").text
    assert [one["chair"] for one in nurse.get("/api/board").json()["chairs"]] == ["4"]
    assert made.headers["location"] in nurse.get(f"/people/{whom.id}").text
    assert "chair that is free" in nurse.post("/sessions/new", **form).text


def test_entries_alarms_and_what_is_sent_back(world: World) -> None:
    server, session_id = serving(world), opened(world, predicted=PREDICTED)
    nurse, address = server.as_(Role.NURSE), f"/api/sessions/{session_id}/entries"
    both = {"entries": [vitals("a", 120.0), entry("p", "infusion started", PUMP)]}
    for _ in range(2):
        answer = nurse.send(address, both)
        assert (answer.status_code, answer.json()["stored"]) == (200, ["a", "p"])
    bad = nurse.send(address, {"entries": [vitals("b", 1200.0)]})
    assert (bad.status_code, bad.json()["at"], bad.json()["client_id"]) == (422, "systolic", "b")
    critical = nurse.send(address, {"entries": [vitals("c", 225.0)]}).json()["picture"]
    assert critical["alarms"][0]["unanswered"] == ["c/systolic"]
    assert [one["place"] for one in critical["observed"] if one["quantity"] == "systolic"] == ["inside", "above"]
    seen = nurse.send(address, {"entries": [entry("k", "alarm acknowledged", {"readings": ["c/systolic"]})]})
    assert seen.json()["picture"]["alarms"][0]["unanswered"] == []
    mended = nurse.send(address, {"entries": [vitals("d", 125.0) | {"corrects": "c", "why": "typed wrongly"}]})
    first = next(one for one in mended.json()["picture"]["timeline"] if one["name"] == "c")
    assert (first["original"], first["history"][0]["why"]) == ("systolic 225 mmHg, diastolic 70 mmHg", "typed wrongly")
    assert nurse.get(f"/api/sessions/{session_id}").json()["observed"] == mended.json()["picture"]["observed"]


def test_what_does_not_fit_and_what_nothing_understands_is_shown_beside_its_entry(world: World) -> None:
    server, session_id = serving(world), opened(world)
    gone = entry("s", "symptom", {"kind": "nausea", "resolved": True})
    told = server.as_(Role.NURSE).send(f"/api/sessions/{session_id}/entries", {"entries": [vitals("a", 120.0), gone]})
    odd = {one["name"]: one["odd"] for one in told.json()["picture"]["timeline"]}
    assert odd == {"a": [], "s": ["nausea gone, but it had not begun"]}
    row = {"session_id": session_id, "client_id": "u", "device_time": START, "device": None, "content": {}}
    world.records().add(SessionEvent(happened="hovered", note="a secret", **row))
    shown = server.as_(Role.NURSE).get(f"/api/sessions/{session_id}").json()["timeline"]
    (unread,) = (one for one in shown if one["kind"] == "unread")
    assert (unread["name"], unread["words"]) == ("u", "hovered: not understood, kept, and counts for nothing")
    assert "secret" not in str(unread)


def test_two_who_correct_the_same_entry(world: World) -> None:
    server, session_id = serving(world), opened(world)
    nurse, physician = server.as_(Role.NURSE), server.as_(Role.PHYSICIAN)
    address = f"/api/sessions/{session_id}/entries"

    def mended(name: str, systolic: float, seen: str) -> dict[str, Any]:
        return {"entries": [vitals(name, systolic) | {"corrects": seen, "why": "typed wrongly"}]}

    nurse.send(address, {"entries": [vitals("r", 160.0)]})
    (first,) = nurse.send(address, mended("a", 150.0, "r")).json()["picture"]["timeline"]
    assert (first["name"], first["newest"]) == ("r", "a")
    late = physician.send(address, mended("b", 155.0, "r"))
    assert (late.status_code, "The nurse corrected it" in late.json()["message"]) == (409, True)
    (again,) = physician.send(address, mended("c", 155.0, first["newest"])).json()["picture"]["timeline"]
    assert (again["newest"], again["words"]) == ("c", "systolic 155 mmHg, diastolic 70 mmHg")


def test_bodies_that_hold_no_entries(world: World) -> None:
    nurse, address = serving(world).as_(Role.NURSE), f"/api/sessions/{opened(world)}/entries"
    listed: tuple[Any, ...] = (None, 5, [5], [{"client_id": "x"}], [{}] * 501)
    bodies: list[dict[str, Any]] = [{"entries": one} for one in listed]
    for body in [{}, *bodies]:
        assert nurse.send(address, body).status_code == 422
    assert nurse.post(address, entries="x").status_code == 415


@pytest.mark.parametrize(
    "text",
    [
        '{"entries": [{"client_id": "z", "content": {"values": {"systolic": 1e999}, "absent": {}}}]}',
        '{"entries": [{"client_id": "z", "happened": "symptom", "note": "\\ud800"}]}',
        '{"client_id": "q", "why": "to the ward", "password": "\\ud800", "code": "1"}',
        '{"client_id": "q", "why": "to the ward", "password": "x", "code": "\\ud800"}',
    ],
)
def test_what_cannot_be_kept_is_refused_and_not_asked_for_again(world: World, text: str) -> None:
    physician, address = serving(world).as_(Role.PHYSICIAN), f"/api/sessions/{opened(world)}"
    for where in ("entries", "discharge"):
        answer = physician.send_text(f"{address}/{where}", text)
        assert (answer.status_code, answer.json()["kind"]) == (422, "NotJson")


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_a_person_of_many_sessions_is_shown_the_newest(world: World) -> None:
    physician = world.records()
    whom = physician.add(person(number="D8"))
    physician.add_all([session(whom.id, chair=f"c{place}", state="closed") for place in range(500)])
    world.clock.pass_by(minutes=1)
    newest = physician.add(session(whom.id, chair="newest"))
    assert newest.id in serving(world).as_(Role.NURSE).get(f"/people/{whom.id}").text


def test_roles_and_clinics(world: World) -> None:
    server, session_id = serving(world), opened(world)
    pages = (f"/sessions/{session_id}", f"/sessions/{session_id}/record", f"/api/sessions/{session_id}", "/api/board")
    wanted = {None: 401, Role.ADMIN: 403, Role.NURSE: 200, Role.AUDITOR: 200, Role.THERAPIST: 200}
    for role, status in wanted.items():
        asking = server.as_(role)
        assert [asking.get(page).status_code for page in pages] == [status] * len(pages), role
        assert asking.get(f"/api/sessions/{session_id}/live").status_code == status if status != 200 else True
    patient, own = server.as_(Role.PATIENT), world.sitting()
    assert [patient.get(page).status_code for page in pages] == [404, 404, 404, 403]
    assert [patient.get(page.replace(session_id, own)).status_code for page in pages] == [403] * len(pages)
    stranger = server.as_(world.stranger)
    assert [stranger.get(page).status_code for page in pages] == [404, 404, 404, 200]
    assert stranger.get("/api/board").json()["chairs"] == []
    body = {"entries": [vitals("a", 120.0)]}
    refused = {None: 401, Role.THERAPIST: 403, Role.AUDITOR: 403, Role.ADMIN: 403, Role.PATIENT: 404}
    for role, status in refused.items():
        assert server.as_(role).send(f"/api/sessions/{session_id}/entries", body).status_code == status, role
    assert stranger.send(f"/api/sessions/{session_id}/entries", body).status_code == 404
    for role in (Role.MONITOR, Role.THERAPIST, Role.ADMIN):
        assert server.as_(role).get("/sessions/new").status_code == 403
    assert server.as_(Role.ADMIN).get("/").headers["location"] == "/audit"


def test_nobody_sends_what_somebody_else_made(world: World) -> None:
    server, session_id = serving(world), opened(world)
    body = {"by": world.members[Role.NURSE].user_id, "entries": [vitals("a", 120.0)]}
    address = f"/api/sessions/{session_id}/entries"
    assert server.as_(Role.PHYSICIAN).send(address, body).status_code == 403
    assert server.as_(Role.NURSE).send(address, body).status_code == 200


def override(world: World, server: Server) -> tuple[Asking, Callable[[], dict[str, str]]]:
    """A physician, and what they send each time to let somebody go early."""
    member = world.members[Role.PHYSICIAN]
    secret = pyotp.parse_uri(world.accounts.set_first_credentials(member, PASSWORD)).secret

    def given() -> dict[str, str]:
        world.clock.pass_by(minutes=1)
        code = pyotp.TOTP(secret).at(world.clock.now)
        return {"client_id": "d", "why": "to the ward", "password": PASSWORD, "code": code}

    return server.as_(Role.PHYSICIAN), given


def test_nobody_lets_go_from_somebody_else_s_page(world: World) -> None:
    server, session_id = serving(world), opened(world)
    physician, given = override(world, server)
    address = f"/api/sessions/{session_id}/discharge"
    refused = physician.send(address, given() | {"by": world.members[Role.NURSE].user_id})
    assert (refused.status_code, "somebody else made it" in refused.json()["message"]) == (403, True)
    assert world.records().get(Session, session_id).state == "open"
    assert physician.send(address, given() | {"by": world.members[Role.PHYSICIAN].user_id}).status_code == 200


def test_what_cannot_be_stored_is_not_signed_for(world: World) -> None:
    server, session_id = serving(world), opened(world)
    physician, given = override(world, server)
    address = f"/api/sessions/{session_id}/discharge"
    server.as_(Role.NURSE).send(f"/api/sessions/{session_id}/entries", {"entries": [vitals("taken", 120.0)]})
    for wrong, status in (({"client_id": "x" * 40}, 422), ({"why": "a\0b"}, 422), ({"client_id": "taken"}, 409)):
        assert physician.send(address, given() | wrong).status_code == status
    assert world.records().find(Signature) == []
    assert physician.send(address, given()).json()["picture"]["state"] == "closed"


def test_a_server_that_was_stopped_after_the_signature(world: World) -> None:
    server, session_id = serving(world), opened(world)
    physician, given = override(world, server)
    address = f"/api/sessions/{session_id}/discharge"
    held, proof = world.records().get(Session, session_id), world.proof(Role.PHYSICIAN)
    world.records().sign(held, "let leave with something unmet", proof)
    assert physician.send(address, given() | {"code": "000000"}).json()["at"] == "password"
    assert physician.send(address, given()).json()["picture"]["state"] == "closed"
    assert len(world.records().find(Signature, signed_kind="session")) == 1


def test_leaving_needs_a_physician_who_proves_it(world: World) -> None:
    server, session_id = serving(world), opened(world)
    address, nurse = f"/api/sessions/{session_id}/discharge", server.as_(Role.NURSE)
    refused = nurse.send(address, {"client_id": "d", "why": "wants to go"})
    assert (refused.status_code, refused.json()["field"]) == (422, "role")
    member = world.members[Role.PHYSICIAN]
    secret = pyotp.parse_uri(world.accounts.set_first_credentials(member, PASSWORD)).secret
    physician = server.as_(Role.PHYSICIAN)
    given = {"client_id": "d", "why": "", "password": PASSWORD, "code": pyotp.TOTP(secret).at(world.clock.now)}
    assert physician.send(address, given).json()["at"] == "why"
    given["why"] = "to the ward"
    assert physician.send(address, given | {"code": "000000"}).json()["at"] == "password"
    done = physician.send(address, given)
    assert (done.status_code, done.json()["picture"]["state"]) == (200, "closed")
    assert physician.send(address, given).status_code == 200
    assert world.records().find(Task) == []
    (signature,) = world.records().find(Signature, signed_kind="session")
    assert (signature.signed_id, signature.made_by) == (session_id, member.user_id)
    assert world.records().get(Session, session_id).state == "closed"
    late = nurse.send(f"/api/sessions/{session_id}/entries", {"entries": [vitals("late", 118.0)]})
    assert late.status_code == 200


def test_a_server_that_was_stopped_half_way(world: World) -> None:
    server, session_id = serving(world), opened(world, protocol="esketamine nasal spray")
    nurse, physician = world.records(Role.NURSE), server.as_(Role.PHYSICIAN)
    began = entry("d", "device used", {"number": 1, "lot": "S1"})
    physician.send(f"/api/sessions/{session_id}/entries", {"entries": [began]})
    event = {"session_id": session_id, "device_time": START, "device": None, "content": {}, "note": None}
    nurse.add(SessionEvent(client_id="gone", happened="discharged", **event))
    shown = physician.send(f"/api/sessions/{session_id}/discharge", {"client_id": "gone"}).json()["picture"]
    assert shown["state"] == "closed"
    (task,) = world.records().find(Task)
    assert task.what == f"send the monitoring record of session {session_id}"


def test_a_spray_that_is_told_of_late_and_a_record_that_was_not_sent(world: World) -> None:
    server, session_id = serving(world), opened(world)
    address, physician = f"/api/sessions/{session_id}", server.as_(Role.PHYSICIAN)
    event = {"session_id": session_id, "device_time": START, "device": None, "content": {}, "note": None}
    world.records(Role.NURSE).add(SessionEvent(client_id="gone", happened="discharged", **event))
    assert physician.send(f"{address}/discharge", {"client_id": "gone"}).status_code == 200
    assert world.records().find(Task) == []
    device = entry("d", "device used", {"number": 1, "lot": "S1"})
    nurse = server.as_(Role.NURSE)
    for _ in range(2):
        assert nurse.send(f"{address}/entries", {"entries": [device]}).status_code == 200
    assert [one.outcome for one in world.records().find(Task)] == [None]
    nurse.post(f"/sessions/{session_id}/record/sent")
    (row,) = world.records().find(SessionEvent, happened="monitoring record sent")
    struck = entry("e", "entered in error", corrects=row.client_id, why="another session's")
    for _ in range(2):
        assert server.as_(Role.MONITOR).send(f"{address}/entries", {"entries": [struck]}).status_code == 200
    assert {one.outcome for one in world.records().find(Task)} == {"sent", None}
    assert len(world.records().find(Task)) == 2


def test_the_monitoring_record(world: World) -> None:
    server, session_id = serving(world), opened(world, protocol="esketamine nasal spray")
    nurse, address = server.as_(Role.NURSE), f"/sessions/{session_id}/record"
    device = entry("d", "device used", {"number": 1, "lot": "S1"})
    nurse.send(f"/api/sessions/{session_id}/entries", {"entries": [device]})
    assert "respiratory depression" in nurse.get(address).text
    assert nurse.post(address, seen="", sedation="no", monitor_email="watch@clinic.example").status_code == 303
    shown = nurse.get(address).text
    assert 'name="sedation" value="no" checked' in shown
    assert "watch@clinic.example" in shown
    assert nurse.post(address, seen="", sedation="yes").status_code == 409
    assert nurse.post(f"{address}/sent").status_code == 303
    assert "Marked as sent by The nurse" in nurse.get(address).text
    assert server.as_(Role.AUDITOR).post(address, seen="", sedation="yes").status_code in {403, 409}


def test_what_is_not_as_ordered_is_shown_and_refused_by_nobody(world: World) -> None:
    server, session_id = serving(world), opened(world, predicted=PREDICTED)
    nurse, address = server.as_(Role.NURSE), f"/api/sessions/{session_id}/entries"
    much = entry("i", "injected", {"mg": 5000.0, "salt": "base", "lot": "Q"})
    shown = nurse.send(address, {"entries": [much, vitals("r", 120.0)]}).json()["picture"]
    odd = {one["name"]: one["odd"] for one in shown["timeline"]}
    assert odd["i"] == ["with it 5000 mg of base were given; ordered: 30.3 mg of base"]
    assert (shown["is_over"], round(shown["ordered_base_mg"], 1), shown["changed_minute"]) == (True, 30.3, 0.0)
    assert {one["after_change"] for one in shown["observed"] if one["place"]} == {True}


def test_a_drug_that_arrives_after_the_end_is_the_first_drug(world: World) -> None:
    server, session_id = serving(world), opened(world)
    physician, given = override(world, server)
    assert physician.send(f"/api/sessions/{session_id}/discharge", given()).json()["picture"]["state"] == "closed"
    nurse, person_id = server.as_(Role.NURSE), world.records().get(Session, session_id).person_id
    nurse.send(f"/api/sessions/{session_id}/entries", {"entries": [entry("p", "infusion started", PUMP)]})
    found = world.records().get(Session, session_id)
    assert found.started_at == START
    form = {"person": person_id, "chair": "2", "order": found.order_id or "", "protocol": "", "setting": "outpatient"}
    again = nurse.post("/sessions/new", **form)
    assert (again.status_code, "given 'given'" in html.unescape(again.text)) == (422, True)


def test_whoever_left_by_themselves_is_closed_by_a_nurse_and_their_record_is_to_be_sent(world: World) -> None:
    server, session_id = serving(world), opened(world, of=SPRAY)
    nurse, address = server.as_(Role.NURSE), f"/api/sessions/{session_id}"
    device = entry("d", "device used", {"number": 1, "lot": "S1"})
    nurse.send(f"{address}/entries", {"entries": [device]})
    assert nurse.send(f"{address}/discharge", {"client_id": "x"}).status_code == 422
    nurse.send(f"{address}/entries", {"entries": [entry("gone", "left")]})
    (task,) = world.records().find(Task)
    assert task.what == f"send the monitoring record of session {session_id}"
    assert server.as_(Role.THERAPIST).send(f"{address}/discharge", {"client_id": "x"}).status_code == 403
    closed = nurse.send(f"{address}/discharge", {"client_id": "x"}).json()["picture"]
    (words,) = (one["words"] for one in closed["timeline"] if one["happened"] == "discharged")
    assert words.startswith("closed, with unmet: 2 hours of observation")
    assert words.endswith("Reason: the person left by themselves")
    assert (closed["state"], len(world.records().find(Task))) == ("closed", 1)
