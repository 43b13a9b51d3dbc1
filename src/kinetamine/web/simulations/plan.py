"""The doses of a course as they were understood, row by row: what a second person checks before anything else."""

from __future__ import annotations

from typing import Any

from kinetamine import units
from kinetamine.course import Course
from kinetamine.engine.dose import NASAL_DEVICE_MG
from kinetamine.engine.events import Form
from kinetamine.engine.listing import length
from kinetamine.engine.regimen import DoseRow
from kinetamine.engine.schedule import DAY_H
from kinetamine.report.doses import doses_of

_DIGITS = 8
"""Significant digits: what is a round number stays one."""


def plan_of(course: Course) -> dict[str, Any]:
    """The doses in one sentence and row by row; no rows where another treatment is given in ketamine's place.

    Raises:
        FieldError: a dose is per kg and the weight is not known.
    """
    given = course.regimen is not None and bool(course.doses)
    rows = course.regimen.table(course.person) if given and course.regimen is not None else ()
    return {"sentence": doses_of(course).sentence, "rows": [_row(row) for row in rows]}


def _row(row: DoseRow) -> dict[str, Any]:
    """Milligrams of base and of hydrochloride both, as vials are labelled by either."""
    return {
        "number": row.number,
        "day": row.day,
        "clock": _clock(row.time_h),
        "time_h": _rounded(row.time_h),
        "stated": _stated(row),
        "amount_mg": _rounded(row.amount_mg),
        "base_mg": _rounded(row.base_mg),
        "hydrochloride_mg": _rounded(row.base_mg / units.BASE_PER_HYDROCHLORIDE),
        "mg_per_kg": None if row.mg_per_kg is None else _rounded(row.mg_per_kg),
        "form": row.form.value,
        "salt": row.salt,
        "route": row.route.replace("_", " "),
        "over": length(row.duration_h),
        "device": row.device,
        "devices": row.devices,
        "by_device": row.devices > 1 or _is_one_device(row),
        "total_mg": _rounded(row.cumulative_mg),
    }


def _stated(row: DoseRow) -> str:
    """The dose as stated, and which part of it this row is."""
    device = f", device {row.device} of {row.devices}" if row.devices > 1 else ""
    return row.stated + ("" if row.salt == "base" else f" {row.salt}") + device


def _is_one_device(row: DoseRow) -> bool:
    nasal = (row.route, row.form, row.salt) == ("intranasal", Form.ESKETAMINE, "base")
    return nasal and row.amount_mg == NASAL_DEVICE_MG


def _clock(time_h: float) -> str:
    """Hours and minutes of the day, the course beginning at 00:00 of day 1."""
    minutes = round(60.0 * (time_h % DAY_H))
    return f"{minutes // 60 % 24:02d}:{minutes % 60:02d}"


def _rounded(value: float) -> float:
    return float(f"{value:.{_DIGITS}g}")
