"""One course: its numbers, and what a page shows of it."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import Any

import kinetamine
from kinetamine.course import FAST, Course, from_mapping
from kinetamine.engine.trajectory import Trajectory
from kinetamine.report.arms import run
from kinetamine.report.content import Content, gather
from kinetamine.report.document import document
from kinetamine.report.figures import panel_data, zoom_data
from kinetamine.report.overview import overview_data
from kinetamine.report.zoom import shown_sessions
from kinetamine.web.simulations.door import Tell, Values


def course_of(given: Values) -> Course:
    """The course that was asked for, as a TOML file would say it; the fast engine unless another is named.

    Raises:
        InputError: something in it is not possible or not known.
    """
    return from_mapping({"engine": FAST, **given})


def simulate(given: Values, _tell: Tell) -> dict[str, Any]:
    """One course: what ``kinetamine simulate --json`` prints."""
    course = course_of(given)
    return document(course, run(course))


def view(given: Values, tell: Tell) -> dict[str, Any]:
    """One course as figures and tables for a page: first of the typical person alone, told as ``typical``."""
    course = course_of(given)
    if course.people:
        alone = replace(course, people=0)
        tell("typical", view_of(alone, run(alone)))
    return view_of(course, run(course))


def view_of(course: Course, trajectory: Trajectory) -> dict[str, Any]:
    """What a page shows of a simulated course."""
    content = gather(trajectory, course)
    return {
        "kinetamine": kinetamine.__version__,
        "title": course.title,
        "stamp": content.stamp,
        "warnings": list(trajectory.warnings),
        "sentence": content.doses.sentence,
        "cards": [asdict(card) for card in content.cards],
        **_figures(content),
    }


def _figures(content: Content) -> dict[str, Any]:
    return {
        "panels": [panel_data(panel) for panel in content.panels],
        "zooms": [zoom_data(zoom) for zoom in content.zooms],
        "overview": overview_data(content),
        "sessions": [{"number": one.number, "label": one.label} for one in shown_sessions(content.trajectory)],
    }
