"""Entries of the library by name, whatever their kind."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from kinetamine import catalogue
from kinetamine.errors import FieldError, UnknownNameError, nearest
from kinetamine.report.card import kinds as listed

LISTED = listed.KINDS
"""Kinds of entry, in the order of the chain, and what to call them."""
KINDS = {kind: title for kind, title in LISTED.items() if kind != "populations"}
"""Those that ``show`` and ``cite`` find by name alone: populations share names with outcomes."""


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
