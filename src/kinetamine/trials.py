"""What trials of ketamine and its comparators found: published group results that come with the package."""

from __future__ import annotations

import csv
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from kinetamine.errors import FieldError, RowError, nearest

CONDITIONS = ("depression", "anxiety", "ptsd", "chronic_pain", "suicidal_ideation")
QUANTITIES = (
    *("mean", "change", "sd", "difference", "effect_size", "odds_ratio"),
    *("response_percent", "remission_percent", "relapse_percent", "median_days"),
)
STATUSES = ("read", "memory")
"""``read``: the number was read where ``read_from`` says; ``memory``: recalled and never to be relied on."""


@dataclass(frozen=True, kw_only=True)
class TrialRow:
    """One published number about one group of people.

    Attributes:
        setting: who they were or where: ``trd``, ``inpatient``, ``masked`` ...
        regimen: the clinic's words; in a control arm, the sessions that it shared with ketamine; empty where
            treatment was daily or not ketamine's.
        comparator: what the arm got in ketamine's place; empty for a ketamine arm. In a difference, what the
            ketamine arm is compared with.
        background: what everyone in the trial got besides.
        baseline: mean score before, on the scale of ``readout``.
        readout: the scale, such as ``madrs``; ``depression_scale`` where studies with several were pooled.
        quantity: what ``value`` is; a change or a difference below zero is improvement, so is an effect size.
        time_h: hours since the first session; for a relapse since the last one, and ``note`` says how counted.
        se: standard error of ``value``; ``note`` says from what when it was not printed.
        low, high: the interval that was printed.
    """

    row_id: str
    study: str
    citation_key: str
    doi_or_url: str
    year: int
    condition: str
    setting: str
    arm: str
    regimen: str
    comparator: str
    background: str
    age_y: float | None
    baseline: float | None
    n: int | None
    readout: str
    quantity: str
    time_h: float
    value: float
    se: float | None
    low: float | None
    high: float | None
    unit: str
    status: str
    read_from: str
    note: str


@cache
def load() -> tuple[TrialRow, ...]:
    """All published group results that come with the package."""
    return read((resources.files("kinetamine.library.observations") / "mood.csv").read_text(encoding="utf-8"))


def read(text: str) -> tuple[TrialRow, ...]:
    """Group results from CSV text whose columns are the fields of `TrialRow`.

    Raises:
        FieldError: a column is missing or not known.
        RowError: a cell holds what it must not.
    """
    lines = csv.DictReader(text.splitlines())
    header = list(lines.fieldnames or ())
    for name in COLUMNS:
        if name not in header:
            raise FieldError("columns", ", ".join(header), f"a column {name}")
    for name in header:
        if name not in COLUMNS:
            raise FieldError("columns", name, "one of " + ", ".join(COLUMNS), nearest(name, COLUMNS))
    rows = tuple(_Cells(number, cells).row() for number, cells in enumerate(lines, start=1))
    seen: set[str] = set()
    for number, row in enumerate(rows, start=1):
        if row.row_id in seen:
            raise RowError(number, "row_id", row.row_id, "a name that no row before it has")
        seen.add(row.row_id)
    return rows


def select(rows: Iterable[TrialRow], **equal: object) -> tuple[TrialRow, ...]:
    """The rows whose fields equal what is given: ``select(load(), readout="madrs", status="read")``.

    Raises:
        FieldError: there is no such field.
    """
    for name in equal:
        if name not in COLUMNS:
            raise FieldError("field", name, "one of " + ", ".join(COLUMNS), nearest(name, COLUMNS))
    return tuple(row for row in rows if all(getattr(row, name) == value for name, value in equal.items()))


COLUMNS = tuple(TrialRow.__dataclass_fields__)
"""The columns of the table, in order."""
_REQUIRED = (
    *("row_id", "study", "citation_key", "doi_or_url", "setting", "arm", "readout", "unit"),
    *("condition", "quantity", "status"),
)
_CHOICES = {"condition": CONDITIONS, "quantity": QUANTITIES, "status": STATUSES}
_PERCENT = "_percent"


class _Cells:
    """The cells of one row, and what each must hold."""

    def __init__(self, number: int, cells: Mapping[str, str]) -> None:
        if None in cells or None in cells.values():
            raise RowError(number, "row_id", cells.get("row_id"), f"{len(COLUMNS)} cells")
        self.number, self.cells = number, cells

    def row(self) -> TrialRow:
        for column in _REQUIRED:
            self._require(column, self.cells[column].strip() != "", "something")
        for column, choices in _CHOICES.items():
            self._require(column, self.cells[column] in choices, "one of " + ", ".join(choices))
        sourced = self.cells["status"] != "read" or self.cells["read_from"] != ""
        self._require("read_from", sourced, "where a row with status read was read")
        row = self._typed()
        self._check(row)
        return row

    def _typed(self) -> TrialRow:
        whole = {column: self._whole(column) for column in ("year", "n")}
        real = {column: self._real(column) for column in ("age_y", "baseline", "time_h", "value", "se", "low", "high")}
        for column, given in (*whole.items(), *real.items()):
            self._require(column, given is not None or column not in {"year", "time_h", "value"}, "a number")
        words = {column: self.cells[column] for column in COLUMNS if column not in {*whole, *real}}
        return TrialRow(**words, **whole, **real)  # type: ignore[arg-type]  # the line above left out what is missing

    def _check(self, row: TrialRow) -> None:
        self._require("year", 1950 <= row.year <= 2100, "a year")
        self._require("time_h", row.time_h >= 0.0, "0 hours or later")
        self._require("n", row.n is None or row.n > 0, "people")
        self._require("se", row.se is None or row.se > 0.0, "a number above 0")
        self._require("low", row.low is None or row.low <= row.value, "no more than the value")
        self._require("high", row.high is None or row.high >= row.value, "no less than the value")
        if row.quantity.endswith(_PERCENT):
            self._require("value", 0.0 <= row.value <= 100.0, "a percentage from 0 to 100")

    def _whole(self, column: str) -> int | None:
        given = self._real(column)
        if given is None:
            return None
        self._require(column, given == int(given), "a whole number")
        return int(given)

    def _real(self, column: str) -> float | None:
        cell = self.cells[column].strip()
        if not cell:
            return None
        try:
            given = float(cell)
        except ValueError:
            raise RowError(self.number, column, cell, "a number or nothing") from None
        self._require(column, math.isfinite(given), "a finite number")
        return given

    def _require(self, column: str, holds: bool, expected: str) -> None:  # noqa: FBT001 - reads as a sentence
        if not holds:
            given = self.cells[column]
            choices = _CHOICES.get(column)
            raise RowError(self.number, column, given, expected, nearest(given, choices) if choices else None)
