"""The page Library: everything taken from the literature, each entry with its card, and the card as plain values."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter
from starlette.responses import HTMLResponse, JSONResponse

from kinetamine.catalogue import names
from kinetamine.errors import UnknownNameError, nearest
from kinetamine.report.card import Card, card
from kinetamine.report.card import numbers as held
from kinetamine.report.card.agreement import agreement, analyte, figures, quantity
from kinetamine.report.card.course import course_with
from kinetamine.report.card.gather import CHAIN
from kinetamine.report.card.ink import inked
from kinetamine.report.card.kinds import KINDS, ONE, about, every
from kinetamine.report.card.numbers import provenances, unverified
from kinetamine.report.card.parts import Section
from kinetamine.report.card.plain import plain
from kinetamine.report.words import figure, source_words
from kinetamine.web import problems
from kinetamine.web.course_form import START
from kinetamine.web.rendering import page

router = APIRouter()
HERE = "/library"
_HELP: dict[str, Any] = {
    "figure": figure,
    "held": held,
    "inked": inked,
    "source_words": source_words,
    "analyte": analyte,
    "quantity": quantity,
}


@dataclass(frozen=True)
class Line:
    """One entry as a list shows it.

    Attributes:
        text: what is searched.
    """

    kind: str
    name: str
    title: str
    about: str
    numbers: int
    unverified: int
    text: str


@router.get(HERE)
def index(q: str = "") -> HTMLResponse:
    """Every entry, or those that hold all the words."""
    return _listed(KINDS, q)


@router.get("/library/{kind}")
def of_kind(kind: str, q: str = "") -> HTMLResponse:
    """The entries of one kind."""
    if kind == CHAIN[0]:
        return show(*CHAIN)
    if kind not in KINDS:
        return _missing(f"There is no kind {kind!r} in the library.", nearest(kind, KINDS), "")
    return _listed({kind: KINDS[kind]}, q)


@router.get("/library/{kind}/{name}.json")
def values(kind: str, name: str) -> JSONResponse:
    """The card of an entry as plain values."""
    try:
        return JSONResponse(plain(card(kind, name)))
    except UnknownNameError:
        near = _near(kind, name)
        said = problems.told(404, "UnknownNameError", _unknown(kind, name), nearest=near or None)
        return JSONResponse(said, status_code=404)


@router.get("/library/{kind}/{name}")
def show(kind: str, name: str) -> HTMLResponse:
    """The card of an entry."""
    try:
        found = card(kind, name)
    except UnknownNameError:
        near = _near(kind, name)
        return _missing(_unknown(kind, name), near.rpartition("/")[2], near)
    return page(
        "library_entry.html",
        HERE,
        card=found,
        kind_title=KINDS.get(kind, KINDS["mechanisms"]),
        one=ONE.get(kind, "Chain"),
        sections=[_shaped(section) for section in found.sections],
        provenances=provenances(found.entry),
        unverified=unverified(found.entry),
        simulate=_use(found),
        agreement=_agreement(found),
        **_HELP,
    )


def _listed(kinds: Any, words: str) -> HTMLResponse:
    wanted = words.casefold().split()
    lines = [one for one in _lines() if one.kind in kinds]
    return page(
        "library.html",
        HERE,
        kinds=KINDS,
        groups={kind: [one for one in lines if one.kind == kind] for kind in kinds},
        hidden={(one.kind, one.name) for one in lines if not all(word in one.text for word in wanted)},
        one=next(iter(kinds)) if len(kinds) == 1 else "",
        words=words,
        counts={kind: len(names(kind)) for kind in KINDS},
        total=len(lines),
    )


@cache
def _lines() -> tuple[Line, ...]:
    return tuple(_line(card(kind, name)) for kind, name in every())


def _line(found: Card) -> Line:
    entry, counted = found.entry, provenances(found.entry)
    said = about(found.kind, entry)
    sources = " ".join(source_words(one) for one in entry.references)
    text = " ".join([found.name, found.name.replace("_", " "), found.title, said, found.purpose, sources])
    return Line(
        kind=found.kind,
        name=found.name,
        title=found.title,
        about=said,
        numbers=sum(counted.values()),
        unverified=unverified(entry),
        text=f"{text} {KINDS[found.kind]}".casefold(),
    )


def _shaped(section: Section) -> dict[str, Any]:
    """A section with the name of the macro that lays it out."""
    return {"key": section.key, "heading": section.heading, "part": section.part, "shape": _shape(section)}


def _shape(section: Section) -> str:
    return type(section.part).__name__.lower()


def _use(found: Card) -> str:
    """The address of the page Simulate with this entry in use, whole; empty where a course cannot be given it."""
    given = course_with(found.kind, found.entry)
    if given is None:
        return ""
    person = {f"person.{key}": value for key, value in given.pop("person", {}).items()}
    flat = {key: ",".join(value) if isinstance(value, list) else value for key, value in {**given, **person}.items()}
    left = {key: words for key, words in START.items() if key not in flat}
    if found.kind == "comparators" and not found.entry.sessions:
        left.pop("regimen")  # on a course of its own
    return "/?" + urlencode(flat | left)


def _agreement(found: Card) -> dict[str, Any] | None:
    """What a PK model predicts beside what was published."""
    if found.kind != "pk" or not agreement(found.name).levels:
        return None
    rows = agreement(found.name)
    return {"found": rows, "figures": figures(rows)}


def _near(kind: str, name: str) -> str:
    """The address below the library of the entry most like what was asked for: of its kind, or of any."""
    own = nearest(name, names(kind)) if kind in KINDS else None
    if own:
        return f"{kind}/{own}"
    found = nearest(name, [one for _, one in every()])
    return next((f"{of}/{one}" for of, one in every() if one == found), "")


def _unknown(kind: str, name: str) -> str:
    one = ONE.get(kind, "entry")
    return f"There is no {one if one[:2].isupper() else one.lower()} named {name!r} in the library."


def _missing(said: str, near: str | None, address: str) -> HTMLResponse:
    return page("library_missing.html", HERE, status=404, said=said, near=near, address=address or near or "")
