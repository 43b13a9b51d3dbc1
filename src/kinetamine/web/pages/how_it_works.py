"""The page How it works: the story of one course, told with a simulation that follows the reader's choices."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from kinetamine.catalogue import load_all
from kinetamine.errors import FieldError
from kinetamine.explanation.claims import CLAIMS, Claim
from kinetamine.explanation.page import linked
from kinetamine.report.html import join
from kinetamine.web.rendering import page
from kinetamine.web.simulations import DOORS
from kinetamine.web.simulations.walk import BLOCKS, SESSIONS, SLIDERS, WEIGHTS, course_words, default_course

router = APIRouter()
HERE = "/how-it-works"
_ONE = threading.Lock()
"""A story is told in the server's own process: one at a time."""
_OFF_STEP = 1e-6
"""Of a step: what rounding may leave."""
_CHAIN, _STORY = "<!--chain-->", "<!--story-->"
_GRADES = {
    "high": ("Well supported", "Replicated in controlled trials or pooled analyses."),
    "moderate": ("Supported", "One good controlled trial, or several that agree in part."),
    "low": ("Weakly supported", "Small, uncontrolled or indirect studies."),
    "contradicted": ("Commonly said, and contradicted", "Better evidence says otherwise."),
}


@router.get(HERE)
def show(request: Request) -> Response:
    """The page; with a query, the story of what it asks for: without a script a form asks so.

    What is known at once goes first, so that the page is there while the story is still being simulated.
    """
    chosen, given, problem = _read(request.query_params)
    return StreamingResponse(_parts(chosen, given, problem), media_type="text/html")


def _parts(chosen: Mapping[str, Any], given: Mapping[str, Any], problem: str) -> Iterator[str]:
    whole = _rendered("how_it_works.html", chosen=chosen, problem=problem, **_choices())
    head, rest = whole.split(_CHAIN)
    middle, tail = rest.split(_STORY)
    yield head
    with _ONE:
        told = DOORS["walk"](given, lambda _event, _data: None)
    yield _rendered("how_it_works_chain.html", chain=told["chain"]) + middle
    yield _rendered("how_it_works_story.html", told=told, claims=_claims()) + tail


def _rendered(template: str, **values: Any) -> str:
    return bytes(page(template, HERE, **values).body).decode()


def _choices() -> dict[str, Any]:
    return {
        "sliders": SLIDERS,
        "sessions": SESSIONS,
        "weights": WEIGHTS,
        "blocks": BLOCKS,
        "mechanisms": load_all("mechanisms"),
    }


def _read(query: Mapping[str, str]) -> tuple[dict[str, Any], dict[str, Any], str]:
    """What was chosen, the course of it, and what is wrong with it; then the usual course is told."""
    usual = {"route": "infusion", "dose": "", "sessions": "", "weight": "", "block": "", "mechanism": ""}
    chosen = usual | {key: value for key, value in query.items() if key in usual}
    try:
        found = _course(chosen)
    except FieldError as error:
        wrong = f"{error.field.capitalize()}: expected {error.expected}; given {error.given}."
        return _numbered(usual), default_course(), f"{wrong} Told is the usual course."
    return _numbered(chosen), found, ""


def _numbered(chosen: Mapping[str, str]) -> dict[str, Any]:
    slider = SLIDERS[chosen["route"]]
    return {
        **chosen,
        "dose": chosen["dose"] or f"{slider['start']:g}",
        "sessions": chosen["sessions"] or str(SESSIONS["start"]),
        "weight": chosen["weight"] or str(WEIGHTS["start"]),
    }


def _course(chosen: Mapping[str, str]) -> dict[str, Any]:
    """As a course file holds it.

    Raises:
        FieldError: something in the address is none of the choices.
    """
    _one_of("route", chosen["route"], SLIDERS)
    _one_of("block", chosen["block"], BLOCKS)
    _one_of("mechanism", chosen["mechanism"], {"": "", **{one.name: "" for one in load_all("mechanisms")}})
    given = _numbered(chosen)
    dose = _within("dose", given["dose"], SLIDERS[chosen["route"]])
    sessions = round(_within("sessions", given["sessions"], SESSIONS))
    weight = _within("weight", given["weight"], WEIGHTS)
    found: dict[str, Any] = {
        "regimen": course_words(chosen["route"], dose, sessions),
        "person": {"weight_kg": weight},
    }
    if chosen["mechanism"]:
        found["mechanism"] = chosen["mechanism"]
    if chosen["block"]:
        found["parameters"] = {"mechanism": {chosen["block"]: 1}}
    return found


def _one_of(field: str, given: str, choices: Mapping[str, Any]) -> None:
    if given not in choices:
        raise FieldError(field, given, "one of " + ", ".join(one or "nothing" for one in choices))


def _within(field: str, given: str, limits: Mapping[str, Any]) -> float:
    low, high, step = limits["low"], limits["high"], limits["step"]
    try:
        value = float(given)
    except ValueError:
        value = low - 1.0
    if not low <= value <= high or abs((value - low) / step - round((value - low) / step)) > _OFF_STEP:
        raise FieldError(field, given, f"{low:g} to {high:g} in steps of {step:g}")
    return value


def _claims() -> list[dict[str, Any]]:
    """What is commonly said, by how far evidence carries it."""
    return [
        {"grade": grade, "title": title, "about": about, "claims": [_claim(one) for one in _graded(grade)]}
        for grade, (title, about) in _GRADES.items()
    ]


def _graded(grade: str) -> list[Claim]:
    return [one for one in CLAIMS.values() if one.grade.value == grade]


def _claim(one: Claim) -> dict[str, Any]:
    return {"says": one.sentence, "linked": join(linked(one.source))}
