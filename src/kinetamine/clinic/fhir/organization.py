"""The clinic as Organization, and its people as Practitioner and PractitionerRole."""

from __future__ import annotations

from kinetamine.clinic.fhir.pieces import Resource, refer, resource
from kinetamine.clinic.records import Clinic, User


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


def staff(user: User) -> list[Resource]:
    """Both; a patient's account is neither."""
    return [] if set(user.roles) == {"patient"} else [practitioner(user), role(user)]
