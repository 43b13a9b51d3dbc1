"""A person, as Patient."""

from __future__ import annotations

import re

from kinetamine.clinic.fhir.pieces import Resource, refer, resource, said
from kinetamine.clinic.records import Person

_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
_GENDERS = ("female", "male", "other", "unknown")


def patient(person: Person) -> Resource:
    """Who somebody is; what is not a date or a gender of FHIR's stays out."""
    return resource(
        "Patient",
        person.id,
        of=person,
        identifier=[{"use": "usual", "system": f"urn:kinetamine:clinic:{person.clinic_id}", "value": person.number}],
        name=[{"text": person.name}] if person.name else None,
        telecom=[{"system": "other", "value": person.contact}] if said(person.contact) else None,
        gender=person.sex if person.sex in _GENDERS else None,
        birthDate=person.born_on if _DATE.fullmatch(person.born_on) else None,
        managingOrganization=refer("Organization", person.clinic_id),
    )
