"""Entries of the library by name, whatever their kind."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from kinetamine import catalogue
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
