"""Entries of the library as plain values: lists of a kind, and one entry with its numbers and their sources."""

from __future__ import annotations

import inspect
import math
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from kinetamine import catalogue
from kinetamine.engine.model import Estimate, Provenance
from kinetamine.engine.population import Population
from kinetamine.errors import FieldError, UnknownNameError, nearest

KINDS = {
    "pk": "PK models",
    "routes": "Routes",
    "effects": "Effects, minutes to hours",
    "mechanisms": "Mechanisms, rival hypotheses of how block becomes relief",
    "outcomes": "Outcomes, days to weeks",
    "comparators": "Comparators, given in ketamine's place or beside it",
    "harms": "Harms, adverse events as trials counted them",
    "findings": "Findings, published results that tell the mechanisms apart",
    "interactions": "Interactions",
    "regimens": "Regimens",
}
"""Kinds of entry, in the order of the chain, and what to call them."""
LISTED = KINDS | {"populations": "Populations, whom virtual people are drawn from"}
"""The same with those that have no card."""


@dataclass(frozen=True)
class Found:
    """An entry and its kind."""

    kind: str
    entry: Any


def find(name: str) -> Found:
    """The entry of that name.

    Raises:
        FieldError: there is none; the message offers the nearest.
    """
    for kind in KINDS:
        if name in catalogue.names(kind):
            return Found(kind, catalogue.load(kind, name))
    known = [one for kind in KINDS for one in catalogue.names(kind)]
    raise FieldError("name", name, "an entry of the library; kinetamine models lists them", nearest(name, known))


def kinds(wanted: str | None) -> tuple[str, ...]:
    """The kinds to list.

    Raises:
        UnknownNameError: there is no such kind.
    """
    if wanted is None:
        return tuple(LISTED)
    if wanted not in LISTED:
        raise UnknownNameError("kind", wanted, LISTED)
    return (wanted,)


def estimates(entry: Any) -> dict[str, Estimate]:
    """Every number of an entry by name; interactions hold theirs as fields, harms some in their events."""
    if isinstance(entry, Population):
        return dict(entry.estimates())
    if hasattr(entry, "parameters"):
        return dict(entry.parameters) | dict(_counted(entry))
    return {name: value for name, value in vars(entry).items() if isinstance(value, Estimate)}


def _counted(entry: Any) -> Iterator[tuple[str, Estimate]]:
    for event in getattr(entry, "events", ()):
        for arm in ("drug", "control", "first_week", "correlation"):
            if (estimate := getattr(event, arm)) is not None:
                yield f"{event.name}, {arm.replace('_', ' ')}", estimate


def provenances(entry: Any) -> dict[Provenance, int]:
    """How many numbers of each provenance, the most trusted first."""
    counted = Counter(estimate.provenance for estimate in estimates(entry).values())
    return {one: counted[one] for one in Provenance if counted[one]}


def as_rows(kind: str) -> list[dict[str, Any]]:
    """The entries of a kind as plain values."""
    return [_row(entry) for entry in catalogue.load_all(kind)]


def _row(entry: Any) -> dict[str, Any]:
    row = {
        "name": entry.name,
        "title": entry.title,
        "numbers": {one.value: count for one, count in provenances(entry).items()},
        "references": [reference.doi or reference.url for reference in entry.references],
    }
    if hasattr(entry, "evidence"):
        row["evidence"] = [
            {"text": one.text, "supports": one.supports, "grade": one.grade.value, "source": one.source.key}
            for one in entry.evidence
        ]
    if hasattr(entry, "sizes"):
        row |= {"outcomes": list(entry.sizes), "days": list(entry.days), "population": entry.population}
    if hasattr(entry, "studied"):
        row |= {"population": entry.studied.population, "routes": routes_of(entry), "site": entry.studied.site}
    return row


def routes_of(model: Any) -> list[str]:
    """By which routes it was studied, or describes by itself."""
    return list(dict.fromkeys((*model.studied.routes, *model.absorption)))


def as_mapping(found: Found) -> dict[str, Any]:
    """One entry: what it is, its numbers with their sources, what speaks for and against it, and what is not known."""
    entry = found.entry
    told = inspect.getdoc(sys.modules[f"kinetamine.library.{found.kind}.{entry.name}"])
    return {
        "kind": found.kind,
        **_row(entry),
        "purpose": " ".join((told or "").split()),
        "words": getattr(entry, "words", ""),
        "estimates": [_estimate(name, one) for name, one in estimates(entry).items()],
        "verified": getattr(entry, "verified", ""),
        "uncertain": getattr(entry, "uncertain", ""),
        "notes": list(getattr(entry, "notes", ())),
        "references": [asdict(one) for one in entry.references],
    }


def _estimate(name: str, one: Estimate) -> dict[str, Any]:
    ends = None if one.interval is None else [end if math.isfinite(end) else None for end in one.interval]
    about = {"source": one.source.key, "where": one.where, "note": one.note, "provenance": one.provenance.value}
    return {"name": name, "value": one.value, "unit": one.unit, "interval": ends} | about
