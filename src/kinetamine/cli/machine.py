"""Machine output: one JSON document with units, sources and warnings beside the numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from kinetamine.cli.dose_table import given
from kinetamine.cli.files import Wanted, write_all
from kinetamine.cli.terminal import DISCLAIMER, print_json, progress
from kinetamine.engine.table_cells import about
from kinetamine.report.arms import run
from kinetamine.report.harms import as_mapping as harms_as_mapping
from kinetamine.report.harms import harms_of
from kinetamine.report.summary import summary
from kinetamine.report.tables import as_mapping

if TYPE_CHECKING:
    import numpy as np

    from kinetamine.cli.flags import OutputFlags
    from kinetamine.course import Course
    from kinetamine.engine.trajectory import Series, Trajectory

_DIGITS = 6


def print_courses(courses: Mapping[str, Course], files: Sequence[Wanted], flags: OutputFlags) -> None:
    """Simulate every course, write its files, and print one document (a list of them where there are several)."""
    documents = []
    with progress(list(courses), "Simulating") as identities:
        for identity in identities:
            course, whose = courses[identity], identity if len(courses) > 1 else ""
            with about(whose):
                trajectory = run(course)
                written = write_all(files, flags, trajectory, course, whose)
            documents.append(document(course, trajectory, identity) | {"files": [str(path) for path in written]})
    print_json(documents[0] if len(documents) == 1 else documents)


def document(course: Course, trajectory: Trajectory, identity: str = "") -> dict[str, Any]:
    """A simulated course as plain values."""
    return {
        "kinetamine": trajectory.version,
        "nature": DISCLAIMER,
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
        "warnings": list(trajectory.warnings),
        "doses": [dose.to_json() for dose in given(course)],
        "summary": [as_mapping(row) for row in summary(trajectory)],
        "harms": harms_as_mapping(harms_of(course)),
        "times_h": _rounded(trajectory.times_h),
        "series": {series.name: _series(series) for series in trajectory},
        "references": [asdict(reference) for reference in trajectory.references],
    }


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
