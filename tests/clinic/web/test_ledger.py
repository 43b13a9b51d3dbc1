"""The ledger as pages, with a witness who types for themselves."""

from __future__ import annotations

import html
import re

import pytest

from clinic.web.desk import Desk, Fields, wall, words, wrong_at
from clinic.world import World
from kinetamine.clinic.records import AuditRow, LedgerEntry, Role

NEW: Fields = {"product": "ketamine 500 mg / 10 mL", "molecule": "racemic ketamine", "salt": "hydrochloride"}
RECEIVED: Fields = {"happened": "received", "lot": "L1", "mg": "500", "at": wall()} | NEW
WASTED: Fields = {"happened": "wasted", "lot": "L1", "mg": "12.5", "at": wall(), "reason": "rest of the vial"}


def test_a_day_of_the_ledger(world: World) -> None:
    desk = Desk(world)
    nurse = desk.as_(Role.NURSE)
    assert nurse.post("/ledger/new", RECEIVED).status_code == 303
    assert nurse.post("/ledger/new", WASTED | desk.witness(Role.PHYSICIAN)).status_code == 303
    given: Fields = {"happened": "given", "lot": "l1", "mg": "35", "at": wall(), "session": world.sitting()}
    assert "own, chair tests" in words(nurse.get("/ledger/new").text)
    assert nurse.post("/ledger/new", given).status_code == 303
    count: Fields = {"lot": "L1", "mg": "452", "at": wall(), "whole": "yes"}
    assert "452.5" not in nurse.get("/ledger/count").text
    assert nurse.post("/ledger/count", count | desk.witness(Role.PHYSICIAN)).status_code == 303
    said = words(nurse.get("/ledger").text)
    assert "L1 ketamine 500 mg / 10 mL racemic ketamine, hydrochloride 452.5 mg" in said
    assert "452.5 mg in the book, 452 mg counted, 0.5 mg missing" in said
    assert "notice by 2026-03-03, form 106 by 2026-04-16" in said
    assert "to be counted again by 2028-03-02" in said
    assert "-12.5 mg The nurse The physician rest of the vial" in said
    (link,) = re.findall(r'href="(/ledger/new\?happened=missing[^"]+)"', nurse.get("/ledger").text)
    form = nurse.get(html.unescape(link)).text
    assert 'name="at" value="2026-03-02 ' in form
    desk.world.clock.pass_by(minutes=1)
    wrong = re.findall(r'href="(/ledger/[^"]+/take-back)"', nurse.get("/ledger").text)[1]
    assert "reverses it in full" in words(nurse.get(wrong).text)
    assert nurse.post(wrong, {"why": "slip"} | desk.witness(Role.PHYSICIAN)).status_code == 303
    assert "taken back" in words(nurse.get("/ledger").text)
    assert nurse.post(wrong, {"why": "slip"} | desk.witness(Role.PHYSICIAN)).status_code == 422


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"mg": "600"}, "mg"),
        ({"mg": "0.0001"}, "mg"),
        ({"lot": "L2"}, "lot"),
        ({"reason": ""}, "reason"),
        ({"at": wall(600)}, "at"),
        ({"happened": "given"}, "session"),
        ({"witness_name": ""}, "witness_name"),
        ({"witness_name": "nurse"}, "witness_name"),
        ({"witness_name": "nobody"}, "witness_code"),
        ({"witness_password": "not theirs at all"}, "witness_code"),
    ],
)
def test_what_is_wrong_is_told_at_its_field_and_nothing_is_booked(world: World, change: Fields, field: str) -> None:
    desk = Desk(world)
    nurse = desk.as_(Role.NURSE)
    nurse.post("/ledger/new", RECEIVED)
    form = WASTED | desk.witness(Role.PHYSICIAN) | change
    wrong = nurse.post("/ledger/new", form)
    assert (wrong.status_code, list(wrong_at(wrong.text))) == (422, [field])
    assert str(form["witness_password"]) not in wrong.text
    assert len(world.records().find(LedgerEntry)) == 1


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"product": "esketamine 84 mg kit", "molecule": "esketamine", "salt": "base", "mg": "84"}, "product"),
        ({"product": "ketamine 50 mg / 10 mL"}, "product"),
        ({"molecule": "esketamine"}, "molecule"),
        ({"salt": "base"}, "salt"),
    ],
)
@pytest.mark.parametrize("number", ["L1", "l1"])
def test_what_is_not_of_a_known_lot_is_not_booked_onto_it(
    world: World, number: str, change: Fields, field: str
) -> None:
    nurse = Desk(world).as_(Role.NURSE)
    nurse.post("/ledger/new", RECEIVED)
    wrong = nurse.post("/ledger/new", RECEIVED | {"lot": number} | change)
    assert (wrong.status_code, list(wrong_at(wrong.text))) == (422, [field])
    assert "Lot L1 is in the book as ketamine 500 mg / 10 mL, racemic ketamine, mg of hydrochloride" in wrong.text
    for typed in (RECEIVED | change)["product"], (RECEIVED | change)["mg"], number:
        assert f'value="{typed}"' in wrong.text
    assert '<details class="more" open>' in wrong.text
    assert len(world.records().find(LedgerEntry)) == 1


@pytest.mark.parametrize(
    "said", [dict.fromkeys(NEW, ""), NEW, {"product": "Ketamine 500 mg/10 mL", "molecule": "", "salt": "hydrochloride"}]
)
def test_more_of_a_known_lot_is_received_by_its_number(world: World, said: Fields) -> None:
    nurse = Desk(world).as_(Role.NURSE)
    nurse.post("/ledger/new", RECEIVED)
    assert nurse.post("/ledger/new", RECEIVED | said).status_code == 303
    assert "racemic ketamine, hydrochloride 1000 mg" in words(nurse.get("/ledger").text)


def test_what_was_received_as_something_else_is_taken_back_and_received_anew(world: World) -> None:
    desk = Desk(world)
    nurse = desk.as_(Role.NURSE)
    nurse.post("/ledger/new", RECEIVED | {"product": "esketamine 84 mg kit", "molecule": "esketamine", "salt": "base"})
    (wrong,) = re.findall(r'href="(/ledger/[^"]+/take-back)"', nurse.get("/ledger").text)
    desk.world.clock.pass_by(minutes=1)
    assert nurse.post(wrong, {"why": "slip"} | desk.witness(Role.PHYSICIAN)).status_code == 303
    assert list(wrong_at(nurse.post("/ledger/new", WASTED | desk.witness(Role.PHYSICIAN)).text)) == ["lot"]
    assert nurse.post("/ledger/new", RECEIVED).status_code == 303
    assert nurse.post("/ledger/new", WASTED | desk.witness(Role.PHYSICIAN)).status_code == 303
    assert "racemic ketamine, hydrochloride 487.5 mg" in words(nurse.get("/ledger").text)
    assert "esketamine 84 mg kit" not in nurse.get("/ledger/count").text


def test_a_witness_needs_a_role_that_signs_and_no_sign_in_begins(world: World) -> None:
    desk = Desk(world)
    nurse = desk.as_(Role.NURSE)
    nurse.post("/ledger/new", RECEIVED)
    wrong = nurse.post("/ledger/new", WASTED | desk.witness(Role.THERAPIST))
    assert list(wrong_at(wrong.text)) == ["witness_name"]
    assert nurse.post("/ledger/new", WASTED | desk.witness(Role.PHYSICIAN)).status_code == 303
    with world.database.snapshot() as session:
        done = [row.action for row in session.query(AuditRow).filter_by(actor=world.members[Role.PHYSICIAN].user_id)]
    assert "prove" in done
    assert "sign in" not in done


def test_who_reads_the_ledger_and_who_does_not(world: World) -> None:
    desk = Desk(world)
    monitor = desk.as_(Role.MONITOR)
    assert monitor.get("/ledger").status_code == 200
    assert monitor.get("/ledger/new").status_code == 403
    assert monitor.post("/ledger/new", RECEIVED).status_code == 403
    assert desk.as_(Role.AUDITOR).get("/ledger").status_code == 200
    assert desk.as_(Role.THERAPIST).get("/ledger").status_code == 403
