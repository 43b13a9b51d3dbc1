"""Entries of the library by name, whatever their kind, and lists of them as plain values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from kinetamine import catalogue
from kinetamine.errors import FieldError, UnknownNameError, nearest
from kinetamine.report.card import kinds as listed
from kinetamine.report.card.numbers import provenances

LISTED = listed.KINDS
"""Kinds of entry, in the order of the chain, and what to call them."""


@dataclass(frozen=True)
class Found:
    """An entry and its kind."""

    kind: str
    entry: Any


def find(name: str) -> Found:
    """The entry of that name; where two kinds have one, the kind that comes first: of ``ptsd`` the outcome.

    Raises:
        FieldError: there is none; the message offers the nearest.
    """
    for kind in LISTED:
        if name in catalogue.names(kind):
            return Found(kind, catalogue.load(kind, name))
    known = [one for kind in LISTED for one in catalogue.names(kind)]
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
