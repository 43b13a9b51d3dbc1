"""Users as pages: an admin's, who sees no patient."""

from __future__ import annotations

import re

import pyotp

from clinic.web.desk import Desk, Fields, hidden, words, wrong_at
from clinic.world import PASSWORD, World
from kinetamine.clinic.records import Person, Role, User

NEW: Fields = {"name": "demo1", "shown_as": "Demo One", "roles": ["nurse", "monitor"]}


def test_somebody_is_added_let_in_changed_and_stopped(world: World) -> None:
    desk = Desk(world)
    admin = desk.as_(Role.ADMIN)
    made = admin.post("/users/new", NEW)
    address = made.headers["location"]
    assert "Demo One · monitor, nurse · may sign in" in words(admin.get(address).text)
    secrets: Fields = {"password": PASSWORD, "password_again": PASSWORD}
    set_now = admin.post(f"{address}/credentials", secrets)
    found = re.search(r'class="secret">([A-Z2-7 ]+)<', set_now.text)
    assert found is not None
    code = pyotp.TOTP(found[1].replace(" ", "")).at(world.clock.now)
    assert world.accounts.sign_in("north", "demo1", PASSWORD, code).member.name == "demo1"
    change: Fields = {"version": "1", "shown_as": "Demo 1", "roles": "nurse", "why": "no longer watches"}
    assert list(wrong_at(admin.post(address, change | {"why": ""}).text)) == ["why"]
    assert admin.post(address, change).status_code == 303
    version = hidden(admin.get(address).text, "version")
    stop: Fields = {"version": version, "active": "no"}
    wrong = admin.post(f"{address}/active", stop)
    assert list(wrong_at(wrong.text)) == ["active_why"]
    assert 'value="Demo 1"' in wrong.text
    assert admin.post(f"{address}/active", stop | {"active_why": "left"}).status_code == 303
    assert "Demo 1 · nurse · stopped" in words(admin.get(address).text)


def test_passwords_are_judged_and_never_come_back(world: World) -> None:
    desk = Desk(world)
    admin, nurse = desk.as_(Role.ADMIN), world.members[Role.NURSE].user_id
    for given, field in (("short one", "password"), ("", "password"), (PASSWORD, "password_again")):
        form: Fields = {"password": given, "password_again": given if field == "password" else "another one"}
        wrong = admin.post(f"/users/{nurse}/credentials", form)
        assert (wrong.status_code, list(wrong_at(wrong.text))) == (422, [field])
        assert not given or given not in wrong.text


def test_a_patients_account_is_tied_by_the_id_on_their_page(world: World) -> None:
    desk = Desk(world)
    (own,) = world.records().find(Person, number="own")
    assert own.id in words(desk.as_(Role.PHYSICIAN).get(f"/people/{own.id}").text)
    form: Fields = {"name": "demo2", "shown_as": "Demo Two", "roles": "patient", "person_id": own.id}
    admin = desk.as_(Role.ADMIN)
    for change in ({"person_id": ""}, {"person_id": "nobody"}, {"roles": "nurse"}):
        assert list(wrong_at(admin.post("/users/new", form | change).text)) == ["person_id"]
    assert admin.post("/users/new", form).status_code == 303
    assert list(wrong_at(admin.post("/users/new", form).text)) == ["name"]
    assert admin.get(f"/people/{own.id}").status_code == 403


def test_an_admin_cannot_lock_the_clinic_out(world: World) -> None:
    desk = Desk(world)
    admin, own = desk.as_(Role.ADMIN), world.members[Role.ADMIN].user_id
    change: Fields = {"version": "1", "shown_as": "Admin", "roles": "nurse", "why": "tired"}
    assert list(wrong_at(admin.post(f"/users/{own}", change).text)) == ["roles"]
    stop: Fields = {"version": "1", "active": "no", "active_why": "tired"}
    assert list(wrong_at(admin.post(f"/users/{own}/active", stop).text)) == ["active_why"]
    assert world.records(Role.ADMIN).get(User, own).active


def test_only_an_admin_sees_them(world: World) -> None:
    desk = Desk(world)
    for role in (Role.PHYSICIAN, Role.NURSE, Role.AUDITOR, Role.PATIENT):
        assert desk.as_(role).get("/users").status_code == 403
        assert desk.as_(role).post("/users/new", NEW).status_code == 403
