"""Devices: given a token by an admin, which is shown once; known by a keyed hash of it; revoked at once."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field

from kinetamine.clinic.access import operator
from kinetamine.clinic.access.member import Member
from kinetamine.clinic.access.store import records_for
from kinetamine.clinic.database import Database
from kinetamine.clinic.records import Device, Role, User
from kinetamine.errors import FieldError

_LONGEST = 100


@dataclass(frozen=True)
class Issued:
    """A new device; the token is nowhere else."""

    device: Device
    token: str = field(repr=False)


class Devices:
    """The devices of one database."""

    def __init__(self, database: Database) -> None:
        """With its keys."""
        self._database, self._ring = database, database.settings.keys.sign_in

    def macs(self, token: str) -> tuple[str, ...]:
        """What a token may be known by: its hash under every key in the ring."""
        return tuple(self._ring.mac("device", token.encode(errors="replace"), key.name) for key in self._ring.keys)

    def issue(self, by: Member, name: str, chair: str) -> Issued:
        """A new device at a chair, by an admin.

        Raises:
            FieldError: a name or a chair that is none.
            Refusal: not an admin, or the name is taken.
        """
        _check(name, chair)
        records, token = records_for(self._database, by), secrets.token_urlsafe(32)
        user = records.add(_user(name))
        device = Device(user_id=user.id, name=name, chair=chair, mac=self._mac(token), active=True)
        return Issued(records.add(device), token)

    def issue_at_console(self, clinic_code: str, name: str, chair: str) -> Issued:
        """The same, by whoever runs the server.

        Raises:
            FieldError: a name or a chair that is none, or the name is taken.
            NoSuchRecordError: there is no such clinic.
        """
        _check(name, chair)
        token = secrets.token_urlsafe(32)
        member = operator.add_user(self._database, clinic_code, _user(name).name, name, (Role.DEVICE,))
        return Issued(operator.add_device(self._database, member, name, chair, self._mac(token)), token)

    def revoke(self, by: Member, device_id: str, why: str) -> Device:
        """From now on it is nobody; what it sent stays. Twice is as good as once.

        Raises:
            Refusal: not an admin, or there is none.
        """
        records = records_for(self._database, by)
        return records.change(Device, device_id, records.get(Device, device_id).version, why, active=False)

    def _mac(self, token: str) -> str:
        return self._ring.mac("device", token.encode())


def _user(name: str) -> User:
    return User(name=f"device {name}", shown_as=name, roles=(Role.DEVICE.value,), active=True)


def _check(name: str, chair: str) -> None:
    for at, given in (("name", name), ("chair", chair)):
        if not given.strip() or len(given) > _LONGEST or not given.isprintable():
            raise FieldError(at, given[:40], f"1 to {_LONGEST} letters")
