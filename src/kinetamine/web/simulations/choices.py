"""What there is to choose for a course, from the library, with what speaks for and against each choice."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import MISSING, fields
from functools import cache
from typing import Any

from kinetamine import catalogue
from kinetamine.citation import Reference
from kinetamine.course import CYP2B6_ENTRIES, DEFAULT_EFFECTS, DEFAULT_OUTCOMES, FAST, Course
from kinetamine.engine.comparator import Comparator
from kinetamine.engine.evidence import Evidence, Grade
from kinetamine.engine.interaction import Interaction
from kinetamine.engine.mechanism import Mechanism
from kinetamine.engine.model import PKModel
from kinetamine.engine.person import Person
from kinetamine.engine.protocol import NamedRegimen
from kinetamine.report.words import source_words
from kinetamine.treatment import DEFAULT_MECHANISM

_STRENGTH = tuple(Grade)
"""Grades, the strongest first."""
_OF_THE_PERSON = (*(name for names in CYP2B6_ENTRIES.values() for name in names), "hepatic_moderate")
"""Interactions that follow from genotype and liver, and are not drugs."""

Entry = Mapping[str, Any]


@cache
def choices() -> Mapping[str, tuple[Entry, ...]]:
    """Entries by kind as plain values: name, title, and what a person who chooses must know."""
    comparators = catalogue.load_all("comparators")
    drugs = [one for one in catalogue.load_all("interactions") if one.name not in _OF_THE_PERSON]
    return {
        "routes": tuple(_plain(one, "routes") for one in catalogue.load_all("routes")),
        "regimens": tuple(_regimen(one) for one in catalogue.load_all("regimens")),
        "models": tuple(_model(one) for one in catalogue.load_all("pk")),
        "mechanisms": tuple(_mechanism(one) for one in catalogue.load_all("mechanisms")),
        "comparators": tuple(_treatment(one) for one in comparators),
        "background": tuple(_treatment(one) for one in comparators if not one.sessions),
        "interactions": tuple(_interaction(one) for one in drugs),
        "effects": tuple(_plain(catalogue.load("effects", name), "effects") for name in _effects()),
        "outcomes": tuple(_plain(one, "outcomes") for one in catalogue.load_all("outcomes")),
    }


@cache
def defaults() -> Mapping[str, Any]:
    """What the server takes where nothing is said, by its place in the request (``person.age_y``)."""
    plain = {f"person.{one.name}": one.default for one in fields(Person)}
    plain |= {one.name: one.default for one in fields(Course) if one.default is not MISSING}
    return plain | {
        "effects": DEFAULT_EFFECTS,
        "outcomes": DEFAULT_OUTCOMES,
        "engine": FAST,
        "mechanism": ",".join(f"{name}={share:g}" for name, share in DEFAULT_MECHANISM),
    }


def genotypes() -> tuple[str, ...]:
    """CYP2B6 diplotypes that are known."""
    return tuple(CYP2B6_ENTRIES)


def _effects() -> tuple[str, ...]:
    """Those that a person can ask for by name, the usual first and in their order."""
    return tuple(dict.fromkeys((*DEFAULT_EFFECTS, *catalogue.names("effects"))))


def _plain(one: Any, kind: str) -> Entry:
    return {"name": one.name, "title": one.title, "page": f"/library/{kind}/{one.name}"}


def _regimen(one: NamedRegimen) -> Entry:
    return {**_plain(one, "regimens"), "words": one.words, "source": _sources(one.references), "note": one.note}


def _model(one: PKModel) -> Entry:
    studied = one.studied
    ranges = [
        _range("aged", studied.age_y, "years"),
        _range("", studied.weight_kg, "kg"),
        _range("doses of", studied.dose_mg, "mg of base"),
    ]
    known = [", ".join(form.value for form in studied.forms), ", ".join(studied.routes), *ranges]
    return {
        **_plain(one, "pk"),
        "built_on": f"{studied.population}; sampled {studied.site}",
        "studied": "; ".join(part for part in known if part),
        "caution": one.notes[0] if one.notes else "",
        "source": _sources(one.references[:1]),
    }


def _range(before: str, studied: tuple[float, float] | None, unit: str) -> str:
    return f"{before} {studied[0]:g}–{studied[1]:g} {unit}".strip() if studied else ""


def _mechanism(one: Mechanism) -> Entry:
    return {**_plain(one, "mechanisms"), **_argued(one.evidence), "note": one.notes[0] if one.notes else ""}


def _treatment(one: Comparator) -> Entry:
    sizes = ", ".join(name.replace("_", " ") for name in sorted(one.sizes))
    return {
        **_plain(one, "comparators"),
        **_argued(one.evidence),
        "sessions": one.sessions,
        "note": f"In {one.population}. Sizes known for: {sizes or 'no outcome of its own'}.",
    }


def _interaction(one: Interaction) -> Entry:
    return {**_plain(one, "interactions"), "note": one.warning}


def _argued(evidence: Iterable[Evidence]) -> dict[str, Any]:
    """The strongest piece on either side, and how many there are."""
    found: dict[str, Any] = {}
    for side, supports in (("speaks_for", True), ("speaks_against", False)):
        own = sorted((one for one in evidence if one.supports is supports), key=lambda one: _STRENGTH.index(one.grade))
        best = own[0] if own else None
        found[side] = best and {
            "text": best.text,
            "grade": best.grade.value,
            "source": source_words(best.source),
            "count": len(own),
        }
    return found


def _sources(references: Iterable[Reference]) -> str:
    return "; ".join(source_words(one) for one in references)
