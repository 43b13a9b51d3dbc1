"""The page of devices: an admin adds one, sees its token once, and revokes it; nobody else may."""

from __future__ import annotations

import re

import httpx
import pyotp
import pytest

from clinic.web.chairs import Client, Feed, feed
from clinic.world import PASSWORD, World
from kinetamine.clinic.accounts.devices import Devices
from kinetamine.clinic.records import Device, Role

TOKEN = re.compile(r'<code class="token">([^<]+)</code>')


@pytest.fixture
def clinic(world: World) -> Feed:
    return feed(world)


class Person:
    """Somebody who is signed in."""

    def __init__(self, clinic: Feed, role: Role) -> None:
        world, member = clinic.world, clinic.world.members[role]
        address = world.accounts.set_first_credentials(member, PASSWORD)
        code = pyotp.parse_uri(address).at(world.clock.now)  # type: ignore[attr-defined]
        token = world.accounts.sign_in("north", member.name, PASSWORD, code).token
        self._client, self._headers = clinic.client, {"authorization": f"Bearer {token}"}

    def get(self, path: str) -> httpx.Response:
        return self._client.get(path, headers=self._headers)

    def post(self, path: str, **fields: object) -> httpx.Response:
        return self._client.post(path, data=fields, headers=self._headers)


def test_a_token_is_shown_once_and_lets_readings_in(clinic: Feed) -> None:
    admin = Person(clinic, Role.ADMIN)
    added = admin.post("/devices", name="Monitor 2", chair="2")
    assert (added.status_code, added.headers["cache-control"]) == (200, "no-store")
    (token,) = TOKEN.findall(added.text)
    page = admin.get("/devices").text
    assert "Monitor 2" in page
    assert token not in page
    clinic.open(chair="2")
    clinic.token = token
    assert clinic.send().status_code == 200


def test_a_device_is_revoked_with_a_reason(clinic: Feed) -> None:
    admin = Person(clinic, Role.ADMIN)
    (device,) = clinic.world.records(Role.ADMIN).find(Device)
    wrong = admin.post("/devices/revoke", device=device.id, why=" ")
    assert (wrong.status_code, 'role="alert"' in wrong.text) == (422, True)
    assert f'<option value="{device.id}" selected>' in wrong.text
    assert admin.post("/devices/revoke", device=device.id, why="lost").status_code == 303
    assert "no, revoked 2026-03-02" in admin.get("/devices").text
    assert clinic.send().status_code == 401
    assert admin.post("/devices/revoke", device=device.id, why="lost").status_code == 303
    (revision,) = clinic.world.records(Role.ADMIN).history(Device, device.id)
    assert (revision.names, revision.why) == (("active",), "lost")


@pytest.mark.parametrize(
    ("name", "chair", "at"),
    [("", "1", "name"), ("x", "", "chair"), ("Monitor 1", "1", "name"), ("x" * 101, "1", "name")],
)
def test_what_is_wrong_is_told_at_its_field_and_nothing_is_lost(clinic: Feed, name: str, chair: str, at: str) -> None:
    answer = Person(clinic, Role.ADMIN).post("/devices", name=name, chair=chair)
    assert answer.status_code == 422
    assert re.search(rf'id="{at}" name="{at}"[^>]*aria-invalid="true"', answer.text)
    assert f'value="{name or chair}"' in answer.text
    assert TOKEN.findall(answer.text) == []


@pytest.mark.parametrize(
    ("role", "read"),
    [(Role.AUDITOR, 200), (Role.NURSE, 403)],
)
def test_others_may_not(clinic: Feed, role: Role, read: int) -> None:
    somebody = Person(clinic, role)
    page = somebody.get("/devices")
    assert page.status_code == read
    assert 'action="/devices"' not in page.text
    (device,) = clinic.world.records(Role.ADMIN).find(Device)
    assert somebody.post("/devices", name="x", chair="1").status_code == 403
    assert somebody.post("/devices/revoke", device=device.id, why="mine").status_code == 403
    assert clinic.world.last_row().outcome == "refused"


def test_nobody_and_another_clinic_see_nothing(clinic: Feed) -> None:
    assert Client(clinic.client.app).get("/devices").status_code == 401
    other = Devices(clinic.world.database).issue(clinic.world.stranger, "South monitor", "1").device
    admin = Person(clinic, Role.ADMIN)
    assert "South monitor" not in admin.get("/devices").text
    assert admin.post("/devices/revoke", device=other.id, why="mine").status_code == 404
