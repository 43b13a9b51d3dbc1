"""The library: its lists, its entries, their sources, and how well they predict."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from kinetamine import catalogue, citation, validation
from kinetamine.course import simulate
from kinetamine.errors import FieldError
from kinetamine.report.card import card
from kinetamine.report.card.plain import plain
from kinetamine.report.entries import as_rows, find, kinds
from kinetamine.web.simulations.door import Tell, Values
from kinetamine.web.simulations.taking import Taking


def models(given: Values, _tell: Tell) -> dict[str, list[dict[str, Any]]]:
    """Every entry, or those of one kind: what ``kinetamine models --json`` prints."""
    asked = Taking(given)
    kind = asked.word("kind")
    asked.done()
    return {one: as_rows(one) for one in kinds(kind)}


def show(given: Values, _tell: Tell) -> dict[str, Any]:
    """One entry with its numbers and their sources: what ``kinetamine show`` says, for programs."""
    asked = Taking(given)
    name = asked.word("name")
    asked.done()
    if name is None:
        raise FieldError("name", None, "the name of an entry of the library")
    found = find(name)
    return plain(card(found.kind, found.entry.name))


def cite(given: Values, _tell: Tell) -> dict[str, str]:
    """The BibTeX of entries, or of all that a course uses: what ``kinetamine cite`` prints."""
    asked = Taking(given)
    names = asked.names("names")
    used: list[object] = [find(name).entry for name in names or ()]
    if names is None or asked.has_more:
        used.append(simulate(replace(asked.course(), people=0)))
    return {"bibtex": citation.cite(*used)}


def validate(given: Values, _tell: Tell) -> dict[str, Any]:
    """Predictions beside published observations: what ``kinetamine validate --json`` prints."""
    asked = Taking(given)
    names, children = asked.names("models"), asked.flag("children")
    asked.done()
    for name in names or ():
        catalogue.load("pk", name)
    found = validation.validate(names, adults=not children)
    summary = validation.accuracy(found)
    return {"accuracy": [vars(one) for one in summary], "rows": [validation.as_row(one) for one in found]}
