"""The cells of an event table: from CSV text, a file or a data frame to rows that know their numbers."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from kinetamine.errors import FieldError, KinetamineError, RowError, nearest

if TYPE_CHECKING:
    import pandas as pd

_MISSING = {"", ".", "NA"}
_UTF_8 = "text in UTF-8: save it again as CSV UTF-8, as spreadsheets and editors offer"
_EXPECTED = {
    "TIME": "hours from 0 on, or a date-time with zone such as 2026-03-01T09:30+01:00",
    "EVID": "0 observation, 1 dose, 2 other, 3 reset or 4 reset and dose",
    "AMT": "mg",
    "RATE": "mg/h above 0, 0 for a bolus, -1 (rate modelled) or -2 (duration modelled)",
    "DUR": "hours above 0, or nothing for a bolus",
    "II": "hours, 0 or more",
    "ADDL": "a whole number of additional doses, 0 or more",
    "SS": "0 none, 1 steady state or 2 steady state added to what is there",
    "OCC": "a whole number, 1 or more",
    "MDV": "0 or 1",
    "HTN": "0, or 1 for hypertension",
    "CENS": "0, or 1 for below the limit",
}


@dataclass(frozen=True)
class Row:
    """One row: its number from 1 below the header, and its cells by upper-case column."""

    number: int
    cells: Mapping[str, str]

    def text(self, column: str) -> str | None:
        """What the cell holds; None where it is missing."""
        cell = self.cells.get(column, "").strip()
        return None if cell in _MISSING else cell

    def number_in(self, column: str) -> float | None:
        """The number the cell holds.

        Raises:
            RowError: it holds something else.
        """
        cell = self.text(column)
        if cell is None:
            return None
        try:
            value = float(cell)
        except ValueError:
            value = math.nan
        if not math.isfinite(value):
            raise self.error(column)
        return value

    def whole(self, column: str, default: int, choices: Sequence[int] | None = None) -> int:
        """The whole number the cell holds, one of the choices if there are any.

        Raises:
            RowError: it holds something else.
        """
        value = self.number_in(column)
        if value is None:
            return default
        if value != int(value) or (choices is not None and value not in choices):
            raise self.error(column)
        return int(value)

    def is_number(self, column: str) -> bool:
        """Whether the cell holds a number or nothing."""
        try:
            self.number_in(column)
        except RowError:
            return False
        return True

    @property
    def is_comment(self) -> bool:
        """Whether its column C says to leave it out, as NONMEM's IGNORE=C does."""
        return self.text("C") not in {None, "0"}

    def error(self, column: str, expected: str | None = None, known: Iterable[str] = ()) -> RowError:
        """The error that names this row, the column and what was given."""
        given = self.cells.get(column, "").strip()
        wanted = expected or _EXPECTED.get(column, "a number")
        return RowError(self.number, column, given, wanted, nearest(given, known))


@contextmanager
def about(identity: str) -> Iterator[None]:
    """Errors inside get a note of whom they are about; the command line puts it in front."""
    try:
        yield
    except KinetamineError as error:
        if identity:
            error.add_note(f"ID {identity}")
        raise


def read_rows(source: str | Path | pd.DataFrame) -> tuple[list[str], list[Row]]:
    """The columns in order and the rows of CSV text (it has line ends), a file of that path, or a data frame.

    Raises:
        FieldError: there is no such file, no header, or a column twice.
        RowError: a row is longer or shorter than the header.
    """
    if isinstance(source, str | Path):
        header, records = _csv(_content(source))
    else:
        header, records = [str(column) for column in source.columns], _frame_cells(source)
    columns = [column.strip().lstrip("#").upper() for column in header]
    twice = sorted({column for column in columns if columns.count(column) > 1})
    if twice or not any(columns):
        raise FieldError("header", ", ".join(twice or columns), "the name of each column, once")
    return columns, list(_rows(columns, records))


def hours_since_first(rows: Sequence[Row]) -> list[float]:
    """The times of one person's rows in hours; date-times count from the first row.

    Raises:
        RowError: a time is missing, negative, without zone, or of another kind than the first.
    """
    stamps = [_time(row) for row in rows]
    origin = stamps[0]
    return [_hours(row, stamp, origin) for row, stamp in zip(rows, stamps, strict=True)]


def _time(row: Row) -> float | datetime:
    cell = row.text("TIME")
    try:
        return float(cell or "nan")
    except ValueError:
        pass
    try:
        stamp = datetime.fromisoformat(cell or "")
    except ValueError:
        raise row.error("TIME") from None
    if stamp.tzinfo is None:
        raise row.error("TIME")
    return stamp


def _hours(row: Row, stamp: float | datetime, origin: float | datetime) -> float:
    if isinstance(stamp, datetime) and isinstance(origin, datetime):
        return (stamp - origin).total_seconds() / 3600.0
    if isinstance(stamp, datetime) or isinstance(origin, datetime):
        raise row.error("TIME", "the same kind of time as in the person's first row")
    if not math.isfinite(stamp) or stamp < 0.0:
        raise row.error("TIME")
    return stamp


def _content(source: str | Path) -> str:
    if isinstance(source, str) and "\n" in source:
        return source
    try:
        content = Path(source).read_text(encoding="utf-8-sig")
    except OSError as error:
        raise FieldError("event table", str(source), "CSV text or the path of a CSV file") from error
    except UnicodeDecodeError as error:
        raise FieldError("event table", str(source), _UTF_8) from error
    if "\0" in content:
        raise FieldError("event table", str(source), _UTF_8)
    return content


def _csv(content: str) -> tuple[list[str], Iterator[list[str]]]:
    content = content.lstrip("\ufeff \r\n")
    header = content.partition("\n")[0]
    delimiter = max(",;\t", key=header.count)
    lines = _lines(content, delimiter)
    first = next(lines, [])
    # Where semicolons part the cells, the comma is the decimal sign.
    return first, ([cell.replace(",", ".") if delimiter == ";" else cell for cell in line] for line in lines)


def _lines(content: str, delimiter: str) -> Iterator[list[str]]:
    lines = csv.reader(io.StringIO(content), delimiter=delimiter, skipinitialspace=True)
    try:
        yield from lines
    except csv.Error as error:
        raise FieldError("event table", f"line {lines.line_num}", f"cells of a CSV file ({error})") from error


def _frame_cells(frame: pd.DataFrame) -> Iterator[list[str]]:
    for record in frame.itertuples(index=False, name=None):
        yield [_frame_cell(value) for value in record]


def _frame_cell(value: object) -> str:
    import pandas as pd  # noqa: PLC0415 - whoever passes a frame has paid for it already

    if value is None or value is pd.NA or value is pd.NaT or (isinstance(value, float) and math.isnan(value)):
        return ""
    return repr(float(value)) if isinstance(value, float) else str(value)


def _rows(columns: Sequence[str], records: Iterable[list[str]]) -> Iterator[Row]:
    for number, cells in enumerate(records, start=1):
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) != len(columns):
            raise RowError(number, columns[-1], f"{len(cells)} cells", f"{len(columns)}, as the header has")
        yield Row(number, dict(zip(columns, cells, strict=True)))
