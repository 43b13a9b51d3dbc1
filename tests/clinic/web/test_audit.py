"""The audit in the browser."""

from __future__ import annotations

from sqlalchemy import text

from clinic.web.test_scores import PHQ9
from clinic.web.visitors import browser, own_id, shown
from clinic.world import World, unguarded
from kinetamine.clinic.records import Role, Score


def test_rows_are_filtered_and_verified(world: World) -> None:
    browser(world, Role.PATIENT).sent("/mine/forms/phq9", **PHQ9)
    (kept,) = world.records().find(Score)
    auditor = browser(world, Role.AUDITOR)
    assert "add score" in shown(auditor.get("/audit"))
    page = shown(auditor.get(f"/audit?record={kept.id}"))
    assert "A patient add score" in page
    assert "read person" not in page
    page = shown(auditor.get("/audit?person=own"))
    assert "add score" in page
    assert "add user" not in page
    refused = auditor.get("/audit?person=nobody")
    assert (refused.status_code, "somebody who is treated here" in shown(refused)) == (422, True)
    assert auditor.get("/audit?before=0").status_code == 422
    assert "No rows." in shown(auditor.get("/audit?record=%00".replace("%00", "x")))
    verified = auditor.post("/audit/verify")
    assert "Nothing is wrong." in shown(verified)


def test_a_row_that_no_audit_has_is_refused(world: World) -> None:
    pages = (
        (Role.AUDITOR, "/audit"),
        (Role.PHYSICIAN, f"/people/{own_id(world)}/seen"),
        (Role.PATIENT, "/mine/seen"),
    )
    for role, path in pages:
        for before in ("9" * 30, "-5", "x"):
            assert browser(world, role).get(f"{path}?before={before}").status_code == 422, (path, before)
        assert browser(world, role).get(f"{path}?before={2**31 - 1}").status_code == 200, path


def test_what_was_changed_behind_its_back_is_named(world: World) -> None:
    browser(world, Role.PATIENT).sent("/mine/forms/phq9", **PHQ9)
    with unguarded(world.settings) as connection:
        connection.execute(text("UPDATE scores SET total = 0"))
    page = shown(browser(world, Role.ADMIN).post("/audit/verify"))
    assert "1 problem found" in page
    assert "changed behind its back" in page


def test_only_those_who_read_the_audit_verify_it(world: World) -> None:
    for role in world.members.keys() - {Role.AUDITOR, Role.ADMIN}:
        assert browser(world, role).post("/audit/verify").status_code == 403
    assert browser(world, None).post("/audit/verify").status_code == 401
    assert browser(world, Role.ADMIN).get("/audit?person=own").status_code == 403


def test_who_looked_is_shown_to_clinicians_and_to_the_patient(world: World) -> None:
    whom = own_id(world)
    nurse = browser(world, Role.NURSE)
    assert nurse.get(f"/people/{whom}").status_code == 200
    assert "Who saw this record" not in shown(nurse.last)
    assert "Who saw this record" in shown(browser(world).get(f"/people/{whom}"))
    for page in (browser(world).get(f"/people/{whom}/seen"), browser(world, Role.PATIENT).get("/mine/seen")):
        assert page.status_code == 200
        assert "The nurse nurse read identity" in shown(page)
