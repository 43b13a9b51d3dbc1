"""Who is treated here."""

from __future__ import annotations

from datetime import date

from kinetamine.clinic.access import Records
from kinetamine.clinic.care.every import every
from kinetamine.clinic.records import Person
from kinetamine.errors import FieldError

SEXES = ("female", "male", "other", "unknown")
"""FHIR's administrative gender."""
_OLDEST = date(1900, 1, 1)


def everybody(records: Records) -> list[Person]:
    """By number."""
    return sorted(every(records, Person), key=lambda one: one.number.casefold())


def add(records: Records, *, number: str, name: str, born_on: str, sex: str, contact: str | None) -> Person:
    """Somebody new.

    Raises:
        FieldError: a field is wrong.
        ConflictError: the number is somebody's already.
    """
    if sex not in SEXES:
        raise FieldError("sex", sex, "one of " + ", ".join(SEXES))
    _require_birthday(born_on)
    return records.add(Person(number=number, name=name, born_on=born_on, sex=sex, contact=contact))


def _require_birthday(born_on: str) -> None:
    expected = "a date of birth such as 1980-02-29"
    try:
        born = date.fromisoformat(born_on)
    except ValueError as error:
        raise FieldError("born_on", born_on, expected) from error
    if born_on != born.isoformat():  # Python reads weeks and dates without dashes too; FHIR and people do not
        raise FieldError("born_on", born_on, expected)
    if not _OLDEST <= born <= date.today():  # noqa: DTZ011 - a birthday has no zone
        raise FieldError("born_on", born_on, expected)
