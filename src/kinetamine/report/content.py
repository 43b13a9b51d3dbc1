"""Everything a report says, gathered once from a trajectory and its course; the sections only lay it out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from kinetamine.course import Course
from kinetamine.engine.trajectory import Trajectory
from kinetamine.report.arms import marked
from kinetamine.report.cards import Card, cards
from kinetamine.report.comparison import comparison_panels
from kinetamine.report.doses import Doses, doses_of
from kinetamine.report.harms import Harms, harms_of
from kinetamine.report.numbers import Entry, entries
from kinetamine.report.panels import Panel, course_panels
from kinetamine.report.rows import Row
from kinetamine.report.sessions import Session, sessions
from kinetamine.report.summary import summary
from kinetamine.report.words import stamp
from kinetamine.report.zoom import Zoom, session_panels


@dataclass(frozen=True, kw_only=True)
class Content:
    """One course, ready to be laid out."""

    course: Course
    trajectory: Trajectory
    doses: Doses
    sessions: tuple[Session, ...]
    panels: tuple[Panel, ...]
    zooms: tuple[Zoom, ...]
    comparison: tuple[Panel, ...]
    rows: tuple[Row, ...]
    cards: tuple[Card, ...]
    entries: tuple[Entry, ...]
    harms: Harms | None
    stamp: str

    @property
    def title(self) -> str:
        """Of the course, as its owner called it."""
        return self.course.title

    @property
    def model(self) -> str:
        """Name of the PK model."""
        return self.trajectory.attributes.get("model", "")


def gather(trajectory: Trajectory, course: Course, others: Mapping[str, Trajectory] | None = None) -> Content:
    """Panels, rows, cards and sources of one course; ``others`` are other models' predictions of the same course."""
    mark = stamp(trajectory)
    trajectory = marked(trajectory, course)
    doses, rows, found = doses_of(course), summary(trajectory), sessions(trajectory)
    return Content(
        course=course,
        trajectory=trajectory,
        doses=doses,
        sessions=found,
        panels=tuple(replace(panel, stamp=mark) for panel in course_panels(trajectory)),
        zooms=tuple(replace(zoom, panel=replace(zoom.panel, stamp=mark)) for zoom in session_panels(trajectory)),
        comparison=tuple(replace(panel, stamp="Prediction") for panel in comparison_panels(others or {})),
        rows=rows,
        cards=cards(rows, doses, len(found)),
        entries=entries(trajectory),
        harms=harms_of(course),
        stamp=mark,
    )
