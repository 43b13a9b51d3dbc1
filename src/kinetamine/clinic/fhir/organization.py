"""The clinic as Organization, and its people as Practitioner and PractitionerRole."""

from __future__ import annotations

from kinetamine.clinic.fhir.pieces import Resource, refer, resource, said
from kinetamine.clinic.records import Clinic, User

DEVICE = "device"
"""The role of a device that sends by itself."""


def organization(clinic: Clinic) -> Resource:
    """The clinic."""
    identifier = [{"system": "urn:kinetamine:clinic", "value": clinic.code}]
    return resource(
        "Organization", clinic.id, sensitive=False, of=clinic, identifier=identifier, name=clinic.name, active=True
    )


def practitioner(user: User) -> Resource:
    """Somebody who works there."""
    return resource(
        "Practitioner", user.id, sensitive=False, of=user, active=user.active, name=[{"text": user.shown_as}]
    )


def role(user: User) -> Resource:
    """What they are there."""
    return resource(
        "PractitionerRole",
        user.id,
        sensitive=False,
        of=user,
        active=user.active,
        practitioner=refer("Practitioner", user.id),
        organization=refer("Organization", user.clinic_id),
        code=[{"coding": [{"system": "urn:kinetamine:role", "code": one, "display": one}]} for one in user.roles],
    )


def device(user: User) -> Resource:
    """A monitor that sends by itself, under an account of its own."""
    return resource(
        "Device",
        user.id,
        sensitive=False,
        of=user,
        status="active" if user.active else "inactive",
        deviceName=[{"name": user.shown_as, "type": "user-friendly-name"}] if said(user.shown_as) else None,
        owner=refer("Organization", user.clinic_id),
    )


def staff(user: User) -> list[Resource]:
    """Who works there and as what; a patient's account is neither, and a device's a Device."""
    if set(user.roles) == {"patient"}:
        return []
    return [device(user)] if DEVICE in user.roles else [practitioner(user), role(user)]


def place(user: User) -> str | None:
    """What an account is, where it is nobody of the staff."""
    if user.person_id is not None:
        return f"Patient/{user.person_id}"
    return f"Device/{user.id}" if DEVICE in user.roles else None
