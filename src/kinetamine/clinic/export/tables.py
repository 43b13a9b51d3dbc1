"""A record as tables: one for each kind of record, every column under the name it is kept by."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import fields

from kinetamine.clinic.access.whole import Link, Whole
from kinetamine.clinic.audit import content
from kinetamine.clinic.records import Base
from kinetamine.clinic.records.columns import canonical

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_ELSEWHERE = ("audit", "chain")


def tables(record: Whole) -> dict[str, str]:
    """CSV by kind; times in UTC, units in the names of columns, empty where nothing was recorded."""
    found: dict[str, str] = {}
    for field in fields(record):
        value = getattr(record, field.name)
        rows = value if isinstance(value, tuple) else (value,)
        if field.name not in _ELSEWHERE and rows:
            found[field.name] = _table(rows)
    return found


def _table(rows: Sequence[Base | Link]) -> str:
    contents = [content.content(one) for one in rows if isinstance(one, Base)]
    names = list(dict.fromkeys(name for one in contents for name in one))
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow(names)
    writer.writerows([_cell(one.get(name)) for name in names] for one in contents)
    return file.getvalue()


def _cell(value: object) -> object:
    """Text that a spreadsheet would take for a formula gets an apostrophe in front."""
    if isinstance(value, dict | list):
        return canonical(value)
    if isinstance(value, str) and value.startswith(_FORMULA):
        return f"'{value}"
    return value
