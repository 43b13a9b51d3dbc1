"""Every function of the simulator as the interface offers it: its name, what it may be asked, what it answers."""

from __future__ import annotations

from typing import Any, NamedTuple

from pydantic import BaseModel

from kinetamine.web import answers, schemas

_COURSE: dict[str, Any] = {"regimen": schemas.SIX, "person": {"weight_kg": 70}}


class Function(NamedTuple):
    """One function.

    Attributes:
        says: what it does, in one sentence.
        answer: None: a file, or a list.
    """

    name: str
    says: str
    asked: type[BaseModel]
    answer: Any
    example: dict[str, Any]


FUNCTIONS = (
    Function(
        "simulate",
        "One course, from milligrams to mood: what kinetamine simulate --engine fast --json prints.",
        schemas.Course,
        answers.Simulation,
        _COURSE,
    ),
    Function(
        "compare",
        "The same course by several PK models: what kinetamine compare --json prints.",
        schemas.Compare,
        answers.Comparison,
        _COURSE,
    ),
    Function(
        "doses",
        "The doses that words mean, row by row: what kinetamine doses --json prints.",
        schemas.Course,
        list[answers.Dose],
        _COURSE,
    ),
    Function(
        "explain",
        "One course in plain words, step by step: what kinetamine explain --json prints.",
        schemas.Course,
        answers.Explanation,
        _COURSE,
    ),
    Function(
        "export",
        "A course as a file: the report, its numbers, an event table, or what other software reads.",
        schemas.Export,
        None,
        _COURSE | {"format": "csv"},
    ),
    Function(
        "hypotheses",
        "Rival explanations before published results: what kinetamine hypotheses --json prints.",
        schemas.Hypotheses,
        answers.Rivals,
        {"mechanisms": ["disinhibition", "habenula"]},
    ),
    Function(
        "population",
        "A course given to many virtual people: what kinetamine population --json prints; live, with its progress.",
        schemas.Population,
        answers.Study,
        {"regimen": schemas.SIX, "people": 200},
    ),
    Function(
        "predict",
        "What a trial of a course would find: what kinetamine predict --json prints.",
        schemas.Predict,
        answers.Forecast,
        _COURSE | {"n": 30, "days": [1, 7, 28]},
    ),
    Function(
        "sensitivity",
        "Which numbers move the results most: what kinetamine sensitivity --json prints.",
        schemas.Sensitivity,
        answers.Ranking,
        _COURSE | {"method": "morris", "samples": 8},
    ),
    Function(
        "cite",
        "References of entries, or of all that a course rests on: what kinetamine cite prints.",
        schemas.Cite,
        answers.Citation,
        {"names": ["kamp_2020"]},
    ),
    Function(
        "validate",
        "Predictions beside published observations: what kinetamine validate --json prints.",
        schemas.Validate,
        answers.Accuracy,
        {"models": ["kamp_2020"]},
    ),
)
"""In the order in which they are described."""
