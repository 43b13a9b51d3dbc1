"""The card of a rating scale: who answers, what the items are about, what totals are called, and who must act."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kinetamine.engine.scale import Rights, Scale
from kinetamine.report.card.parts import Table
from kinetamine.report.words import source_words


def facts(entry: Any) -> Iterator[tuple[str, str]]:
    """What a score of it is."""
    if not isinstance(entry, Scale):
        return
    low, high = entry.limits
    total = f"{low} to {high}, {entry.worse} is worse" if entry.has_total else "none: it must never be summed"
    yield "form", entry.version
    yield "rated by", entry.rater.value
    yield "asks about", "; or ".join(entry.recall)
    yield "total", total
    if entry.bands_source:
        yield "bands from", source_words(entry.bands_source)
    yield "wording", f"{entry.rights.value}: {entry.holder} ({entry.register})"


def items(entry: Any) -> Table:
    """What is asked, in a word or two: nobody's wording."""
    found = entry.items if isinstance(entry, Scale) else ()
    rows = [
        (one.name, one.topic, f"{one.low} to {one.high}", one.part if one.scored else "not in the total")
        for one in found
    ]
    return Table(("item", "about", "answers", "part"), tuple(rows), wide=(1,))


def bands(entry: Any) -> Table:
    """What totals are called."""
    found = entry.bands if isinstance(entry, Scale) else ()
    return Table(("called", "total"), tuple((one.name, f"{one.low} to {one.high}") for one in found))


def alerts(entry: Any) -> Table:
    """Answers that somebody must act on."""
    found = entry.alerts if isinstance(entry, Scale) else ()
    rows = [(one.item, f"{one.least.value:g} or more", one.action) for one in found]
    return Table(("item", "answer", "what is due"), tuple(rows), wide=(2,))


def not_for(entry: Scale) -> Iterator[str]:
    """What a score is not."""
    yield "A diagnosis: a score is what somebody answered or saw, and a person judges it."
    if entry.rights is not Rights.FREE:
        yield f"A form to be filled in here: {entry.rights.value}; only the scoring is ours."
