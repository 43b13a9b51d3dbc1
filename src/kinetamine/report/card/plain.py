"""A card as plain values, for programs."""

from __future__ import annotations

from dataclasses import asdict
from functools import singledispatch
from typing import Any

import kinetamine
from kinetamine.citation import Reference
from kinetamine.report.card.numbers import read_at
from kinetamine.report.card.parts import Argued, Card, Cited, Code, Facts, Numbers, Sentences, Table


def plain(card: Card) -> dict[str, Any]:
    """Everything that the card shows, in its order."""
    return {
        "kinetamine": kinetamine.__version__,
        "kind": card.kind,
        "name": card.name,
        "title": card.title,
        "purpose": card.purpose,
        "sections": [{"key": one.key, "heading": one.heading, **_plain(one.part)} for one in card.sections],
    }


@singledispatch
def _plain(part: object) -> dict[str, Any]:
    raise TypeError(type(part).__name__)


@_plain.register
def _sentences(part: Sentences) -> dict[str, Any]:
    return {"sentences": [{"text": one.text, "mark": one.mark.value} for one in part.said]}


@_plain.register
def _facts(part: Facts) -> dict[str, Any]:
    return {"facts": dict(part.rows)}


@_plain.register
def _argued(part: Argued) -> dict[str, Any]:
    return {
        "evidence": [
            {"text": one.text, "supports": one.supports, "grade": one.grade.value, "source": one.source.key}
            for one in part.evidence
        ]
    }


@_plain.register
def _code(part: Code) -> dict[str, Any]:
    return {"functions": list(part.functions)}


@_plain.register
def _table(part: Table) -> dict[str, Any]:
    return {"rows": [dict(zip(part.headings, row, strict=True)) for row in part.rows]}


@_plain.register
def _numbers(part: Numbers) -> dict[str, Any]:
    return {
        "numbers": [
            {
                "name": row.name,
                "value": row.estimate.value,
                "unit": row.estimate.unit,
                "interval": _ends(row.estimate.interval),
                "provenance": row.estimate.provenance.value,
                "source": row.estimate.source.key,
                "where": read_at(row.estimate),
                "omega2": row.spread.omega2.value if row.spread else None,
                "scale": row.spread.scale if row.spread else None,
            }
            for row in part.rows
        ]
    }


@_plain.register
def _cited(part: Cited) -> dict[str, Any]:
    return {"references": [_reference(one) for one in part.references]}


def _reference(one: Reference) -> dict[str, Any]:
    return asdict(one) | {"bibtex": one.bibtex()}


def _ends(interval: tuple[float, float] | None) -> list[float | None] | None:
    """The ends of an interval; None where it has no end."""
    return None if interval is None else [None if abs(end) == float("inf") else end for end in interval]
