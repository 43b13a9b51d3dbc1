"""My password: everybody sets their own, and a second factor that no admin saw."""

from __future__ import annotations

import re

import pyotp
import pytest

from clinic.web.desk import Browser, Desk, Fields, words, wrong_at
from clinic.world import PASSWORD, World
from kinetamine.clinic.audit.inspection import inspect
from kinetamine.clinic.records import Role
from kinetamine.clinic.refusals import NotSignedInError

NEW = "another long secret"


def filled(desk: Desk, role: Role, **changes: str) -> Fields:
    """The form as its owner fills it in."""
    told = {"old_password": PASSWORD, "code": desk.code(role), "password": NEW, "password_again": NEW}
    return told | changes


def test_whoever_is_signed_in_is_shown_the_way(world: World) -> None:
    desk = Desk(world)
    for role, path in ((Role.NURSE, "/"), (Role.ADMIN, "/users"), (Role.PATIENT, "/mine")):
        assert '<a href="/password">My password</a>' in desk.as_(role).get(path).text
        assert desk.as_(role).get("/password").status_code == 200


@pytest.mark.parametrize("role", [Role.NURSE, Role.PATIENT])
def test_a_new_password_signs_out_and_the_second_factor_stays(world: World, role: Role) -> None:
    desk = Desk(world)
    own = desk.as_(role)
    done = own.post("/password", filled(desk, role))
    assert (done.status_code, done.headers["cache-control"]) == (200, "no-store")
    assert 'class="secret"' not in done.text
    assert own.get("/password").status_code == 401
    assert world.accounts.sign_in("north", role.value, NEW, desk.code(role)).member == world.members[role]
    assert inspect(world.database).problems == []


def test_what_an_admin_set_and_saw_counts_no_more(world: World) -> None:
    desk, physician = Desk(world), world.members[Role.PHYSICIAN]
    given: Fields = {"password": PASSWORD, "password_again": PASSWORD}
    page = desk.as_(Role.ADMIN).post(f"/users/{physician.user_id}/credentials", given).text
    desk.secrets[Role.PHYSICIAN] = seen = secret(page)
    assert "you could sign in as them" in words(page)
    done = desk.as_(Role.PHYSICIAN).post("/password", filled(desk, Role.PHYSICIAN, fresh_factor="yes"))
    own = desk.secrets[Role.PHYSICIAN] = secret(done.text)
    assert (own != seen, desk.secrets[Role.PHYSICIAN] in done.text.replace(" ", "")) == (True, True)
    row = world.last_row()
    assert (row.action, row.actor, row.record_id) == ("set credentials", physician.user_id, physician.user_id)
    code = desk.code(Role.PHYSICIAN)
    for password, tried in ((PASSWORD, code), (NEW, pyotp.TOTP(seen).at(world.clock.now))):
        with pytest.raises(NotSignedInError):
            world.accounts.prove(physician, password, tried)
    assert world.accounts.prove(physician, NEW, code).user_id == physician.user_id
    assert inspect(world.database).problems == []


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"old_password": "not my password"}, "code"),
        ({"old_password": ""}, "old_password"),
        ({"code": ""}, "code"),
        ({"password": "short one", "password_again": "short one"}, "password"),
        ({"password": "the nurse of north", "password_again": "the nurse of north"}, "password"),
        ({"password_again": "something else"}, "password_again"),
    ],
)
def test_what_is_wrong_is_told_at_its_field_and_nothing_comes_back(
    world: World, change: dict[str, str], field: str
) -> None:
    desk = Desk(world)
    own: Browser = desk.as_(Role.NURSE)
    form = filled(desk, Role.NURSE, fresh_factor="yes", **change)
    wrong = own.post("/password", form)
    assert (wrong.status_code, list(wrong_at(wrong.text))) == (422, [field])
    assert not [one for name, one in form.items() if name != "fresh_factor" and one and f'value="{one}"' in wrong.text]
    assert own.get("/password").status_code == 200


def secret(page: str) -> str:
    found = re.search(r'class="secret">([A-Z2-7 ]+)<', page)
    assert found is not None
    return found[1].replace(" ", "")
