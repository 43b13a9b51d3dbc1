"""The summary as CSV and as JSON."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from kinetamine.errors import UnknownNameError
from kinetamine.report.rows import Row

_COLUMNS = ("section", "quantity", "value", "unit", "time", "time_h", "p5", "p95", "note", "mean")


def as_mapping(row: Row) -> dict[str, Any]:
    """The row as plain values, the range as ``p5`` and ``p95``; ``mean`` is that of the virtual people."""
    low, high = row.range or (None, None)
    plain = (row.section, row.quantity, row.value, row.unit, row.time, row.time_h, low, high, row.note, row.mean)
    return dict(zip(_COLUMNS, plain, strict=True))


def to_json(rows: Iterable[Row]) -> str:
    """A JSON list of objects."""
    return json.dumps([as_mapping(row) for row in rows], ensure_ascii=False, indent=1, allow_nan=False)


def write_summary(rows: Iterable[Row], path: Path) -> Path:
    """Write by the file's suffix, .csv or .json; the old file stays until the new one is whole.

    Raises:
        UnknownNameError: another suffix.
    """
    writers: Mapping[str, Any] = {".csv": _write_csv, ".json": _write_json}
    if path.suffix not in writers:
        raise UnknownNameError("file suffix", path.suffix, writers)
    part = path.with_name(path.name + ".part")
    writers[path.suffix](tuple(rows), part)
    part.replace(path)
    return path


def _write_csv(rows: tuple[Row, ...], path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, _COLUMNS)
        writer.writeheader()
        writer.writerows(as_mapping(row) for row in rows)


def _write_json(rows: tuple[Row, ...], path: Path) -> None:
    path.write_text(to_json(rows) + "\n", encoding="utf-8")
