"""One course otherwise: its doses, its story, and what several models make of it."""

from __future__ import annotations

from typing import Any

from kinetamine import course as courses
from kinetamine.explanation import explain as tell_story
from kinetamine.report.exposures import exposures, left_out
from kinetamine.report.given import given as doses_given
from kinetamine.web.simulations.course import course_of
from kinetamine.web.simulations.door import Tell, Values
from kinetamine.web.simulations.taking import Taking


def doses(given: Values, _tell: Tell) -> list[dict[str, Any]]:
    """The doses that words mean, row by row: what ``kinetamine doses --json`` prints."""
    course = course_of(given)
    course.chosen  # noqa: B018 - refuses what else is wrong, which a list of doses would not need
    return [dose.to_json() for dose in doses_given(course)]


def compare(given: Values, _tell: Tell) -> dict[str, Any]:
    """The same course by several PK models: what ``kinetamine compare --json`` prints."""
    asked = Taking(given)
    models = asked.names("models")
    course = asked.course()
    found = courses.compare(course, models)
    missing = {} if models else left_out(found, course)
    return {"exposures": [row.to_json() for row in exposures(found, course)], "left_out": missing}


def explain(given: Values, _tell: Tell) -> dict[str, Any]:
    """One course in plain words, step by step: what ``kinetamine explain --json`` prints."""
    return tell_story(course_of(given)).to_json()
