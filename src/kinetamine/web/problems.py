"""Errors as answers: one place says which status each has, and what of it the page puts at which field."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import fields
from typing import Any

from kinetamine import catalogue
from kinetamine.engine.person import Person
from kinetamine.errors import (
    FieldError,
    InputError,
    KinetamineError,
    MissingExtraError,
    OutsideStudiedRangeError,
    RowError,
    SolverError,
    UnknownNameError,
    nearest,
)

Problem = dict[str, Any]
"""``status``, ``kind``, ``message``, ``at``; of one thing also ``field``, ``given``, ``expected`` and ``nearest``."""
_PERSON = frozenset(one.name for one in fields(Person))
_REGIMEN = frozenset(
    {"amount", "compartment", "devices", "dose", "duration_h", "events", "every", "form", "rate", "route", "start"}
    | {"steady_state", "time_h", "times", "unit", "weight"}
)
"""What the reader of regimens calls its parts."""
_ASKED = frozenset(
    {"regimen", "title", "model", "effects", "outcomes", "mechanism", "comparator", "background", "follow_up_days"}
    | {"people", "seed", "outside", "engine", "parameters", "models", "n", "against", "readout", "days", "level"}
    | {"population", "draws", "outputs", "thresholds", "readings", "exposure_response", "bins", "tolerance"}
    | {"precision", "target", "vary", "method", "samples", "format", "times_h", "residual", "findings", "mechanisms"}
    | {"name", "names", "kind", "course", "rows", "children", "person"}
)
"""Fields of the questions."""
_INSTEAD = {
    "effect": "effects",
    "outcome": "outcomes",
    "finding": "findings",
    "interaction": "person.comedication",
    "route": "regimen",
    "harm table": "",
    "column": "exposure_response",
    "output": "outputs",
}
"""What the library calls a field, where a question calls it otherwise."""


class PlaceError(FieldError):
    """A field that is named by its place in the question, as ``person.weight_kg``."""


def problem_of(error: KinetamineError) -> Problem:
    """The error as plain values, for the interface and the pages."""
    found: Problem = {"status": _status(error), "kind": type(error).__name__, "message": str(error), "at": at(error)}
    if isinstance(error, FieldError):
        found |= {"field": error.field, "given": _plain(error.given), "expected": error.expected}
    if isinstance(error, RowError):
        found |= {"field": error.column, "row": error.row, "given": _plain(error.given), "expected": error.expected}
    if isinstance(error, UnknownNameError):
        found |= {"field": error.kind, "given": error.given, "expected": "one of " + ", ".join(error.known)}
    if isinstance(error, OutsideStudiedRangeError):
        found["reasons"] = list(error.reasons)
    if getattr(error, "nearest", None):
        found["nearest"] = error.nearest  # type: ignore[attr-defined]
    return found


def at(error: KinetamineError) -> str:
    """The field of the question that the error belongs to, as ``person.weight_kg``; empty: the whole of it."""
    if isinstance(error, OutsideStudiedRangeError):
        return "outside"
    if isinstance(error, UnknownNameError):
        return _at_field(error.kind)
    return _at_error(error) if isinstance(error, FieldError) else ""


def _at_error(error: FieldError) -> str:
    if isinstance(error, PlaceError):
        return error.field
    if error.field == "course" and isinstance(error.given, str) and error.expected.startswith("one of the keys"):
        return error.given
    if error.expected.startswith("a covariate: "):
        return f"person.{error.field}"
    return _at_field(error.field)


def _at_field(field: str) -> str:
    if field in _PERSON:
        return f"person.{field}"
    if field in _INSTEAD:
        return _INSTEAD[field]
    if field in _ASKED:
        return field
    if field in _REGIMEN:
        return "regimen"
    return _at_number(field)


def _at_number(field: str) -> str:
    """Numbers that replace the library's, which it calls ``depression.SIZE``, ``parameter CL`` or the like."""
    if field.startswith("threshold of "):
        return "thresholds"
    if field.startswith("parameter "):
        name = field.removeprefix("parameter ")
        return "parameters" if name.startswith("of ") else f"parameters.{name}"
    owner, dot, name = field.partition(".")
    if owner in catalogue.names("pk"):
        return f"parameters.{name}"
    return f"parameters.{owner}.{name}" if dot and owner.isidentifier() and name.isidentifier() else ""


def _status(error: KinetamineError) -> int:
    if isinstance(error, MissingExtraError):
        return 501
    return 422 if isinstance(error, InputError | SolverError) else 503


def _plain(value: object) -> object:
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)  # JSON has no word for it
    return value if isinstance(value, str | int | float | bool | None) else str(value)


def told(status: int, kind: str, message: str, **more: Any) -> Problem:
    """A problem that is not an error of the library."""
    return {"status": status, "kind": kind, "message": message, "at": "", **more}


STOPPING = told(503, "Stopping", "The server is stopping; ask again once it is back.")
LOST = told(503, "Lost", "The process that simulated this ended before it was done; ask again.")
UNEXPECTED = told(
    503, "Unexpected", "This could not be computed; that is our mistake, and the server printed more about it."
)
CROSS_SITE = told(403, "CrossSite", "Only pages of this server may ask it for anything.")
NOT_JSON = told(415, "NotJson", "Ask in JSON: Content-Type must be application/json.")


def unknown_host(command: str) -> Problem:
    """A name under which this server does not answer, and what starts one that does."""
    return told(400, "Host", f"This server does not answer to that name; {command} --name adds one.")


def full(most: int) -> Problem:
    """No more room in the line."""
    return told(503, "Full", f"Too many questions wait already (at most {most}); ask again in a few seconds.")


def too_long(most_seconds: float) -> Problem:
    """A job that was ended."""
    message = f"most_seconds: this took longer than {most_seconds:g} s, the most that one question may take"
    return told(422, "TooLong", message, field="most_seconds", expected=f"at most {most_seconds:g} s")


def too_large(most_bytes: int) -> Problem:
    """A body beyond the limit."""
    return told(413, "TooLarge", f"The question is larger than {most_bytes} bytes, the most that is read.")


def unknown_function(name: str, known: Iterable[str]) -> Problem:
    """A function that there is not."""
    like = nearest(name, known)
    hint = f"; did you mean {like}?" if like else ""
    return told(404, "UnknownFunction", f"There is no function {name!r}{hint}; /api/docs lists them.")
