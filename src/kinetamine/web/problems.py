"""Errors as answers: one place says which status each has, and what of it the page puts at which field."""

from __future__ import annotations

from typing import Any

from kinetamine.errors import (
    FieldError,
    InputError,
    KinetamineError,
    MissingExtraError,
    OutsideStudiedRangeError,
    RowError,
    UnknownNameError,
)

Problem = dict[str, Any]
"""``status``, ``kind``, ``message``; of one thing also ``field``, ``given``, ``expected`` and ``nearest``."""


def problem_of(error: KinetamineError) -> Problem:
    """The error as plain values, for the interface and the pages."""
    found: Problem = {"status": _status(error), "kind": type(error).__name__, "message": str(error)}
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


def _status(error: KinetamineError) -> int:
    if isinstance(error, MissingExtraError):
        return 501
    return 422 if isinstance(error, InputError) else 500


def _plain(value: object) -> object:
    return value if isinstance(value, str | int | float | bool | None) else str(value)
