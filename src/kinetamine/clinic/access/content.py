"""What a record holds, as plain values; and whether what is given fits its columns."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any
from zoneinfo import available_timezones

import sqlalchemy
from sqlalchemy import Column

from kinetamine.clinic.audit import content as prints
from kinetamine.clinic.records import Base, Clinic, LedgerEntry, Record, Role, User
from kinetamine.clinic.records.base import KEPT
from kinetamine.clinic.records.columns import canonical
from kinetamine.errors import FieldError, UnknownNameError

_MOST_TEXT = 100_000


def columns(kind: type[Base]) -> dict[str, Column[Any]]:
    """Every column, by name."""
    table = sqlalchemy.inspect(kind).local_table
    return {column.name: column for column in table.columns if isinstance(column, Column)}


def given(kind: type[Record]) -> tuple[str, ...]:
    """The columns that a person fills in."""
    return tuple(name for name in columns(kind) if name not in KEPT)


def filled_in(record: Record) -> dict[str, Any]:
    """What a person filled in."""
    return {name: value for name, value in prints.content(record).items() if name not in KEPT}


def check_names(kind: type[Record], names: Iterable[str]) -> None:
    """Refuse columns that are not there, or not for people to write.

    Raises:
        UnknownNameError: and which; it offers the nearest.
    """
    known = given(kind)
    for name in names:
        if name not in known:
            raise UnknownNameError(f"field of {kind.kind}", name, known)


def check(record: Record) -> None:
    """Refuse what does not fit.

    Raises:
        FieldError: and which field.
    """
    table = columns(type(record))
    for name in given(type(record)):
        value, column = getattr(record, name), table[name]
        if value is None:
            if not column.nullable:
                raise FieldError(name, None, "a value")
            continue
        setattr(record, name, _fitting(name, value, column))
    if isinstance(record, User):
        _check_roles(record)
    if isinstance(record, Clinic) and record.time_zone not in available_timezones():
        raise FieldError("time_zone", record.time_zone, "the name of a time zone, such as Europe/Berlin")
    if isinstance(record, LedgerEntry) and record.witness_id is not None and record.witness_id == record.made_by:
        raise FieldError("witness_id", record.witness_id, "another person than who made the entry")


def _fitting(name: str, value: object, column: Column[Any]) -> object:
    wanted, shown = column.type.python_type, type(value).__name__ if hasattr(column.type, "use") else value
    if wanted is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)  # as the database would give it back
    if isinstance(value, bool) is not (wanted is bool) or not isinstance(value, wanted):
        raise FieldError(name, shown, f"a value of type {wanted.__name__}")
    for problem in _problems(value, column):
        raise FieldError(name, shown, problem)
    return value


def _problems(value: object, column: Column[Any]) -> Iterator[str]:
    if isinstance(value, str):
        yield from _text_problems(value, getattr(column.type, "length", None))
    elif isinstance(value, int) and abs(value) >= 2**31:
        yield "a number below 2^31"
    elif isinstance(value, float) and not math.isfinite(value):
        yield "a finite number"
    elif isinstance(value, datetime) and value.tzinfo is None:
        yield "a time with its zone"
    elif isinstance(value, dict | tuple):
        try:
            yield from _text_problems(canonical(value), None)
        except (ValueError, TypeError):
            yield "values that JSON can write"


def _text_problems(value: str, length: int | None) -> Iterator[str]:
    if "\0" in value or "\\u0000" in value:
        yield "text without a null character"
    if any("\ud800" <= letter <= "\udfff" for letter in value):
        yield "whole characters"
    if len(value) > (length or _MOST_TEXT):
        yield f"at most {length or _MOST_TEXT} characters"


def _check_roles(user: User) -> None:
    known = tuple(Role)
    for role in user.roles:
        if role not in known:
            raise UnknownNameError("role", str(role), known)
    if not user.roles:
        raise FieldError("roles", (), "one or more of " + ", ".join(known))
    if Role.DEVICE in user.roles and len(user.roles) > 1:
        raise FieldError("roles", user.roles, "a device alone, or people's roles")
    if Role.PATIENT in user.roles and user.person_id is None:
        raise FieldError("person_id", None, "the patient's own record")


def told(values: Mapping[str, Any]) -> list[str]:
    """Names alone, for the audit: it says what was touched, and never what it held."""
    return sorted(values)
