"""One course: its doses, its numbers, and what a page shows of it."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import Any

import kinetamine
from kinetamine.course import FAST, Course, from_mapping
from kinetamine.engine.trajectory import Trajectory
from kinetamine.report.argued import mechanism_evidence, treatment_evidence
from kinetamine.report.arms import mechanism_words, run, uses_mechanism
from kinetamine.report.content import Content, gather
from kinetamine.report.document import document
from kinetamine.report.figures import panel_data, zoom_data
from kinetamine.report.harms import harms_section
from kinetamine.report.overview import overview_data
from kinetamine.report.panels import Panel
from kinetamine.report.sources import numbers_section, references_section
from kinetamine.report.summary_tables import summary_section
from kinetamine.report.words import band_words, baseline_words, is_outside, person_words
from kinetamine.report.zoom import shown_sessions
from kinetamine.web.simulations.door import Tell, Values
from kinetamine.web.simulations.plan import plan_of
from kinetamine.web.simulations.recipes import recipes


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


def plan(given: Values, _tell: Tell) -> dict[str, Any]:
    """The doses as understood, before anything is simulated."""
    return plan_of(course_of(given))


def view(given: Values, tell: Tell) -> dict[str, Any]:
    """One course as figures and tables for a page.

    Told before the end: the doses as ``plan``, even of a course that is then refused, and the typical person's figures
    alone as ``typical``.
    """
    course = course_of(given)
    tell("plan", plan_of(course))
    if course.people:
        alone = replace(course, people=0)
        tell("typical", view_of(alone, run(alone)))
    trajectory = run(course)
    content = gather(trajectory, course)
    drawn = {"people": course.people, "seed": course.seed, "engine": course.engine}
    return view_of(course, trajectory, content) | {"tables": _tables(content), "same": recipes({**given, **drawn})}


def view_of(course: Course, trajectory: Trajectory, content: Content | None = None) -> dict[str, Any]:
    """What a page shows of a simulated course; ``content`` where it was gathered already."""
    content = content or gather(trajectory, course)
    return {
        "kinetamine": kinetamine.__version__,
        "title": course.title,
        "stamp": content.stamp,
        "warnings": list(trajectory.warnings),
        "outside": is_outside(trajectory),
        "sentence": content.doses.sentence,
        "facts": _facts(course, trajectory),
        "cards": [asdict(card) for card in content.cards],
        **_figures(content),
    }


def _facts(course: Course, trajectory: Trajectory) -> dict[str, str]:
    """What the numbers hold for, in words."""
    person = course.person
    return {
        "person": f"{person_words(person)}; {baseline_words(person)}",
        "model": course.pk_model.name if course.doses else "",
        "mechanism": mechanism_words(course) if uses_mechanism(trajectory) else "",
        "bands": band_words(trajectory),
        "seed": "" if trajectory.seed is None else str(trajectory.seed),
    }


def _figures(content: Content) -> dict[str, Any]:
    return {
        "panels": [panel_data(panel) | _words(panel) for panel in content.panels],
        "zooms": [zoom_data(zoom) | _words(zoom.panel) for zoom in content.zooms],
        "overview": overview_data(content),
        "sessions": [
            {"number": one.number, "label": one.label, "start_h": one.start_h, "until_h": one.until_h}
            for one in shown_sessions(content.trajectory)
        ],
    }


def _words(panel: Panel) -> dict[str, str]:
    """What stands below a figure, and the figure for those who do not see it."""
    return {"caption": panel.caption, "description": panel.description}


def _tables(content: Content) -> dict[str, str]:
    """The report's own sections as HTML; every value in them is escaped there."""
    course = content.course
    argued = mechanism_evidence(course) if uses_mechanism(content.trajectory) else ""
    treated = treatment_evidence(course) if course.comparator or course.background else ""
    return {
        "summary": summary_section(content),
        "harms": "" if content.harms is None else harms_section(content.harms),
        "argued": argued + treated,
        "numbers": numbers_section(content.entries),
        "references": references_section(content.trajectory),
    }
