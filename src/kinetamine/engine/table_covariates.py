"""Covariates of an event table: columns to Person fields, and time courses whose interpolation is named."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from typing import Literal, cast, get_args

from kinetamine.engine.person import Person, Sex, sex_word
from kinetamine.engine.table_cells import Row
from kinetamine.errors import FieldError

Interpolation = Literal["locf", "nocb"]
Value = float | str
Course = tuple[tuple[float, Value], ...]

FIELDS = {
    "WT": "weight_kg",
    "AGE": "age_y",
    "SEX": "sex",
    "HT": "height_cm",
    "ANCESTRY": "ancestry",
    "CYP2B6": "cyp2b6",
    "COMED": "comedication",
    "HEPATIC": "hepatic",
    "HTN": "hypertension",
    "SBP": "systolic_mmhg",
    "DBP": "diastolic_mmhg",
    "HR": "heart_rate_bpm",
    "MADRS": "madrs",
    "NRS": "pain_nrs",
    "SESSIONS": "previous_sessions",
}
"""Columns named otherwise than the field of Person they fill; any other column of numbers keeps its name."""
_COLUMNS = {field: column for column, field in FIELDS.items()}
_TEXTS = ("sex", "ancestry", "cyp2b6", "comedication", "hepatic")
_COMEDICATION_MARK = "+"
_NOT_STATED = "not stated"
# Columns are read one by one, so neither pressure is judged by what the other is where nobody measured it.
_BESIDE = {"systolic_mmhg": {"diastolic_mmhg": 30.0}, "diastolic_mmhg": {"systolic_mmhg": 260.0}}


def field_of(column: str) -> str:
    """The Person field a column fills, or the column's own name."""
    names = {field.name.upper(): field.name for field in fields(Person)}
    return FIELDS.get(column) or names.get(column, column)


def column_of(name: str) -> str:
    """The column that holds a covariate, in upper case as every column."""
    return _COLUMNS.get(name, name.upper())


def known_columns() -> tuple[str, ...]:
    """Every column that fills a field of Person."""
    return (*FIELDS, *(field.name.upper() for field in fields(Person)))


def is_text(name: str) -> bool:
    """Whether a covariate is words, which other software cannot read."""
    return name in _TEXTS


def course(
    column: str, rows: Sequence[Row], times_h: Sequence[float], sex_codes: Mapping[str, Sex] | None = None
) -> Course:
    """The values of one column by time; of two values at one time the later counts, and blanks say nothing.

    What never changes is one value.

    Raises:
        RowError: a value is not possible for a person.
    """
    points: dict[float, Value] = {}
    for row, time_h in zip(rows, times_h, strict=True):
        if row.text(column) is not None:
            points[time_h] = _value(column, row, sex_codes or {})
    return tuple(points.items())[: 1 if len(set(points.values())) == 1 else None]


def value_at(points: Course, time_h: float, interpolation: Interpolation | None) -> Value:
    """The value of a course at a time: carried forward (locf) or backward (nocb), and beyond its ends."""
    times = [time for time, _ in points]
    after = bisect_left(times, time_h) if interpolation == "nocb" else bisect_right(times, time_h) - 1
    return points[min(max(after, 0), len(points) - 1)][1]


def require_interpolation(given: object, varying: Iterable[str]) -> None:
    """Refuse to guess between two values.

    Raises:
        FieldError: none is named though covariates vary, or it is not one there is.
    """
    choices = get_args(Interpolation)
    names = ", ".join(sorted(varying))
    if given not in (*choices, None) or (given is None and names):
        because = f", because {names} changes within a person" if names else ""
        expected = f"locf (carried forward) or nocb (backward, as NONMEM does){because}"
        raise FieldError("covariate_interpolation", given, expected)


def person_fields(values: Mapping[str, Value]) -> dict[str, object]:
    """What of these values Person has, in its own types."""
    known = {field.name for field in fields(Person)}
    return {name: _typed(name, value) for name, value in values.items() if name in known}


def covariates_of(person: Person) -> dict[str, Value]:
    """What is known of a person, as a table holds it."""
    values: dict[str, Value] = {}
    for field in fields(Person):
        value = getattr(person, field.name)
        if isinstance(value, tuple):
            value = _COMEDICATION_MARK.join(value)
        if value not in {None, "", _NOT_STATED}:
            values[field.name] = value if isinstance(value, str) else float(value)
    return values


def _value(column: str, row: Row, sex_codes: Mapping[str, Sex]) -> Value:
    name, cell = field_of(column), row.text(column) or ""
    if name == "sex":
        return _sex(column, row, cell, sex_codes)
    if name == "hypertension":
        return float(row.whole(column, 0, (0, 1)))
    if name in _TEXTS:
        value: Value = cell
    elif name == column:
        return cast("float", row.number_in(column))
    else:
        value = cast("float", row.number_in(column))
    try:
        Person(**_BESIDE.get(name, {}), **{name: _typed(name, value)})  # type: ignore[arg-type]  # the field is known, its type checked there
    except FieldError as error:
        raise row.error(column, error.expected, [error.nearest or ""]) from error
    return value


def _sex(column: str, row: Row, cell: str, sex_codes: Mapping[str, Sex]) -> Sex:
    word = sex_codes.get(cell, sex_word(cell))
    if word not in get_args(Sex):
        expected = 'female or male, or sex_codes={"0": "male", "1": "female"} to say what numbers mean'
        raise row.error(column, expected, get_args(Sex))
    return cast("Sex", word)


def _typed(name: str, value: Value) -> object:
    if name == "comedication":
        return tuple(part.strip() for part in str(value).split(_COMEDICATION_MARK))
    return bool(value) if name == "hypertension" else value
