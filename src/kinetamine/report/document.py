"""One simulated course as plain values: units, sources and warnings beside the numbers."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import numpy as np

from kinetamine.course import Course
from kinetamine.engine.trajectory import Series, Trajectory
from kinetamine.report.given import given
from kinetamine.report.harms import as_mapping as harms_as_mapping
from kinetamine.report.harms import harms_of
from kinetamine.report.nature import NATURE
from kinetamine.report.rows import Row
from kinetamine.report.summary import summary

_DIGITS = 6
_COLUMNS = ("section", "quantity", "value", "unit", "time", "time_h", "p5", "p95", "note", "mean")


def document(course: Course, trajectory: Trajectory, identity: str = "") -> dict[str, Any]:
    """A simulated course as plain values."""
    return {
        "kinetamine": trajectory.version,
        "nature": NATURE,
        "title": course.title,
        "id": identity,
        "person": asdict(course.person),
        "model": course.pk_model.name,
        "used": [getattr(entry, "name", type(entry).__name__) for entry in trajectory.used],
        "mechanism": dict(course.mechanism),
        "comparator": course.comparator,
        "background": list(course.background),
        "people": course.people,
        "seed": trajectory.seed,
        "engine": course.engine,
        "warnings": list(trajectory.warnings),
        "doses": [dose.to_json() for dose in given(course)],
        "summary": [_row(row) for row in summary(trajectory)],
        "harms": harms_as_mapping(harms_of(course)),
        "times_h": _rounded(trajectory.times_h),
        "series": {series.name: _series(series) for series in trajectory},
        "references": [asdict(reference) for reference in trajectory.references],
    }


def _row(row: Row) -> dict[str, Any]:
    """The range as ``p5`` and ``p95``; ``mean`` is that of the virtual people."""
    low, high = row.range or (None, None)
    plain = (row.section, row.quantity, row.value, row.unit, row.time, row.time_h, low, high, row.note, row.mean)
    return dict(zip(_COLUMNS, plain, strict=True))


def _series(series: Series) -> dict[str, Any]:
    content: dict[str, Any] = {
        "title": series.title,
        "unit": series.unit,
        "stage": series.stage,
        "typical": _rounded(series.typical),
    }
    band = series.band()
    if band is not None:
        content |= {"p5": _rounded(band[0]), "p95": _rounded(band[1])}
    return content


def _rounded(values: np.ndarray) -> list[float]:
    """Six significant digits: far more than any model is good for, and a tenth of the text."""
    return [float(f"{value:.{_DIGITS}g}") for value in values]
