"""A model card at the terminal: what an entry is for, its equations, its numbers and where each was read."""

from __future__ import annotations

from collections.abc import Iterator
from functools import singledispatch
from typing import TYPE_CHECKING

from rich.syntax import Syntax
from rich.text import Text

from kinetamine.cli.fitting import Fitted
from kinetamine.cli.listing import GRADES, STYLES
from kinetamine.cli.terminal import columns, hanging, out, table
from kinetamine.report.card import card
from kinetamine.report.card.numbers import between, interval, unit, value
from kinetamine.report.card.parts import Argued, Cited, Code, Facts, Mark, Numbers, Sentences, Table
from kinetamine.report.words import source_words

if TYPE_CHECKING:
    from rich.console import RenderableType

    from kinetamine.citation import Reference
    from kinetamine.report.entries import Found

_MARKS = {Mark.KNOWN: ("+ ", "green"), Mark.UNKNOWN: ("! ", "yellow"), Mark.NOTE: ("- ", "")}


def say_card(found: Found) -> None:
    """Print the card of an entry."""
    console, shown = out(), card(found.kind, found.entry.name)
    console.print(Text.assemble((shown.name, "bold"), "  ", str(shown.entry.title)))
    console.print(Text(shown.purpose, style="dim"))
    for section in shown.sections:
        console.print()
        console.print(Text(section.heading, style="bold cyan"))
        for one in _laid(section.part):
            console.print(one)


@singledispatch
def _laid(part: object) -> Iterator[RenderableType]:
    raise TypeError(type(part).__name__)


@_laid.register(Sentences)
def _sentences(part: Sentences) -> Iterator[RenderableType]:
    if len(part.said) == 1 and part.said[0].mark is Mark.NOTE:
        yield Text(part.said[0].text)
        return
    for one in part.said:
        mark, style = _MARKS[one.mark]
        yield hanging(mark, one.text, style)


@_laid.register(Facts)
def _facts(part: Facts) -> Iterator[RenderableType]:
    yield from (hanging(f"{name:11}", said) for name, said in part.rows)


@_laid.register(Argued)
def _argued(part: Argued) -> Iterator[RenderableType]:
    """What speaks for it, then what speaks against it, each with how far it carries."""
    for one in part.evidence:
        mark, side = ("+ ", "for") if one.supports else ("- ", "against")
        words = Text.assemble(
            one.text, " (", (f"{side}, {one.grade.value}", GRADES[one.grade]), f"; {source_words(one.source)})"
        )
        yield hanging(mark, words)


@_laid.register(Code)
def _code(part: Code) -> Iterator[RenderableType]:
    for text in part.functions:
        yield Syntax(text, "python", theme="ansi_dark", background_color="default", word_wrap=True)


@_laid.register(Table)
def _table(part: Table) -> Iterator[RenderableType]:
    body = table()
    for place, heading in enumerate(part.headings):
        columns(
            body,
            (heading, "right" if place in part.numeric else "left"),
            wrap=part.headings if place in part.wide else (),
        )
    for row in part.rows:
        body.add_row(*row)
    yield Fitted(body)


@_laid.register(Numbers)
def _numbers(part: Numbers) -> Iterator[RenderableType]:
    """A table of values; what many numbers share, where they were read, stands once below it."""
    spread = any(row.spread for row in part.rows)
    body = columns(
        table(),
        ("name", "left"),
        ("value", "right"),
        ("unit", "left"),
        *((("\u03c9\u00b2 (CV)", "right"),) if spread else ()),
        ("provenance", "left"),
        ("source", "left"),
        wrap=("unit",),
    )
    for row in part.rows:
        one = row.estimate
        ends = interval(one)
        body.add_row(
            Text(row.name, style="bold"),
            value(one) + (f"\n{ends}" if ends else ""),
            unit(one),
            *((between(row.spread),) if spread else ()),
            Text(one.provenance.value, style=STYLES[one.provenance]),
            f"{one.source.key} [{row.place}]",
        )
    yield Fitted(body)
    for place, where in enumerate(part.where, start=1):
        yield hanging(f"[{place}] ".rjust(6), where, "dim")


@_laid.register(Cited)
def _cited(part: Cited) -> Iterator[RenderableType]:
    yield from (hanging("- ", _reference(one)) for one in part.references)


def _reference(reference: Reference) -> str:
    link = f"https://doi.org/{reference.doi}" if reference.doi else reference.url
    return f"{source_words(reference)}. {reference.title}. {link}".replace("{", "").replace("}", "")  # BibTeX's braces
