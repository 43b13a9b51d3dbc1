"""Devices and their tokens: known by a hash under any key in the ring, and never able to sign in."""

from __future__ import annotations

import pytest

from clinic.world import PASSWORD, World
from kinetamine.clinic import keys
from kinetamine.clinic.access.intake import Intake
from kinetamine.clinic.accounts.devices import Devices
from kinetamine.clinic.audit.inspection import inspect
from kinetamine.clinic.records import Device, Role, User
from kinetamine.clinic.refusals import NoSuchRecordError, NotAllowedError, NotSignedInError
from kinetamine.errors import FieldError


def test_a_token_is_nowhere_in_the_records(world: World) -> None:
    issued = Devices(world.database).issue(world.members[Role.ADMIN], "Monitor 1", "1")
    assert len(issued.token) >= 43
    assert issued.token not in repr(issued)
    assert issued.token not in str(vars(issued.device))
    assert issued.device.mac in Devices(world.database).macs(issued.token)
    assert inspect(world.database).problems == []


def test_a_device_cannot_sign_in(world: World) -> None:
    issued = Devices(world.database).issue(world.members[Role.ADMIN], "Monitor 1", "1")
    user = world.records(Role.ADMIN).get(User, issued.device.user_id)
    assert user.roles == ("device",)
    for password in (issued.token, "", PASSWORD):
        with pytest.raises(NotSignedInError):
            world.accounts.sign_in("north", user.name, password, "000000")
    with pytest.raises(NotSignedInError):
        world.accounts.badge(issued.token)


def test_the_role_of_a_device_goes_with_no_other(world: World) -> None:
    with pytest.raises(FieldError, match="device"):
        world.records(Role.ADMIN).add(User(name="x", shown_as="x", roles=("device", "nurse"), active=True))


def test_a_token_outlives_a_change_of_keys_until_its_own_is_gone(world: World) -> None:
    token = Devices(world.database).issue(world.members[Role.ADMIN], "Monitor 1", "1").token
    ring = world.settings.keys.sign_in
    new = keys.ring("sign_in", keys.make("second")).keys
    later = world.reopened(sign_in=keys.KeyRing("sign_in", (*ring.keys, *new)))
    Intake(later.database).require_device(Devices(later.database).macs(token))
    gone = world.reopened(sign_in=keys.KeyRing("sign_in", new))
    with pytest.raises(NotSignedInError):
        Intake(gone.database).require_device(Devices(gone.database).macs(token))
    later.database.close()
    gone.database.close()


def test_only_an_admin_issues_and_revokes(world: World) -> None:
    devices = Devices(world.database)
    device = devices.issue(world.members[Role.ADMIN], "Monitor 1", "1").device
    for role in set(Role) - {Role.ADMIN}:
        with pytest.raises(NotAllowedError):
            devices.issue(world.members[role], "Monitor 2", "1")
        with pytest.raises(NotAllowedError):
            devices.revoke(world.members[role], device.id, "mine")
    assert [one.name for one in world.records(Role.ADMIN).find(Device)] == ["Monitor 1"]


def test_at_the_console(world: World) -> None:
    devices = Devices(world.database)
    issued = devices.issue_at_console("north", "Monitor 1", "1")
    Intake(world.database).require_device(devices.macs(issued.token))
    with pytest.raises(FieldError, match=r"^name: "):
        devices.issue_at_console("north", "Monitor 1", "2")
    with pytest.raises(NoSuchRecordError):
        devices.issue_at_console("west", "Monitor 1", "2")
    assert devices.issue_at_console("south", "Monitor 1", "1").device.clinic_id == world.south.id
    assert inspect(world.database).problems == []


@pytest.mark.parametrize(("name", "chair"), [("", "1"), ("x", " "), ("x" * 101, "1"), ("x", "1\n2"), ("a\0b", "1")])
def test_a_name_that_is_none_is_refused(world: World, name: str, chair: str) -> None:
    with pytest.raises(FieldError):
        Devices(world.database).issue(world.members[Role.ADMIN], name, chair)
