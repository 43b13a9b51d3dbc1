"""The columns of an event table: those there are, those refused, and those that nothing uses."""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence

from kinetamine.engine import table_covariates as covariate
from kinetamine.engine.table_cells import Row
from kinetamine.errors import FieldError

NUMBERS = (
    *("ID", "TIME", "EVID", "AMT", "RATE", "DUR", "II", "ADDL", "SS", "CMT", "OCC"),
    *("DV", "MDV", "DVID", "CENS", "LLOQ"),
)
"""Columns that NONMEM can read, in the order they are written."""
TEXTS = ("ROUTE", "FORM", "SALT")
"""Columns of words; they are written last, so that NONMEM can drop them."""
TEXT_ID = "USUBJID"
"""CDISC's column for who it is; NONMEM reads ID as a number."""
_ALSO = ("BLQ", TEXT_ID, "C")
_INSTEAD = {
    "DATE": "TIME as hours, or as date-times with zone",
    **dict.fromkeys(("TINF", "DURATION"), "DUR"),
    **dict.fromkeys(("BW", "WEIGHT", "BODYWEIGHT"), "WT"),
    "TAU": "II",
}
_OF_MODELS = re.compile(r"T?LAG\d*|ALAG\d*|F\d*|BIOAV|[RDS]\d")
# Usual columns of their own that only look like a slip of ours.
_NOT_SLIPS = ("ALT", "CYP2A6", "HCT", "RACE", "SID")
_ALIKE = 0.75


def check_columns(columns: Sequence[str], rows: Sequence[Row]) -> None:
    """Refuse a table that lacks what it must have, or has a column whose meaning would be lost.

    Raises:
        FieldError: it names the column.
    """
    for column in columns:
        if column in _INSTEAD:
            raise FieldError("header", column, _INSTEAD[column])
        if _OF_MODELS.fullmatch(column):
            raise FieldError("header", column, "no such column: lag and availability belong to routes and models")
    for column in unknown(columns):
        known = _known_like(column)
        if known is not None and known not in columns:
            raise FieldError("header", column, "a column there is, or a name that is not so like one", known)
    for column in ("TIME", "AMT"):
        if column not in columns:
            raise FieldError("header", ", ".join(columns), f"a column {column}")
    if not rows:
        raise FieldError("event table", "a header only", "at least one row")


def unknown(columns: Sequence[str]) -> tuple[str, ...]:
    """The columns that nothing uses."""
    known = {*NUMBERS, *TEXTS, *_ALSO, *covariate.known_columns()}
    return tuple(column for column in columns if column not in known)


def covariates_in(columns: Sequence[str], rows: Sequence[Row]) -> tuple[str, ...]:
    """The columns kept as covariates: those of Person, and of the unknown ones those of numbers."""
    others = [one for one in unknown(columns) if all(row.is_number(one) for row in rows)]
    return tuple(column for column in columns if column in (*covariate.known_columns(), *others))


def _known_like(column: str) -> str | None:
    """The known column that this one may be a slip of."""
    if column in _NOT_SLIPS:
        return None
    known = [one for one in (*NUMBERS, *TEXTS, *_ALSO, *covariate.known_columns()) if len(one) > 1]
    return next(iter(difflib.get_close_matches(column, known, n=1, cutoff=_ALIKE)), None)
