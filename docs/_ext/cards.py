"""One page for every entry of the library: its card, laid out in Markdown."""

from __future__ import annotations

from collections.abc import Iterator
from functools import singledispatch
from pathlib import Path

from kinetamine import catalogue
from kinetamine.citation import Reference
from kinetamine.report.card import Card, card
from kinetamine.report.card.gather import CHAIN
from kinetamine.report.card.kinds import KINDS
from kinetamine.report.card.numbers import between, interval, value
from kinetamine.report.card.parts import Argued, Cited, Code, Facts, Mark, NumberRow, Numbers, Sentences, Table
from kinetamine.report.words import source_words

MARKS = {Mark.KNOWN: "**Known well.** ", Mark.UNKNOWN: "**Not certain.** ", Mark.NOTE: ""}
SIDES = {True: "What speaks for it", False: "What speaks against it"}
PLAIN = str.maketrans({one: f"\\{one}" for one in "\\`*_[]<|"} | {"\n": " "})


def write(folder: Path) -> None:
    """Write every card, the chain's among the mechanisms that share it, and a page for each kind."""
    for kind, said in KINDS.items():
        place = folder / kind
        place.mkdir(parents=True, exist_ok=True)
        cards = [card(kind, name) for name in catalogue.names(kind)] + [card(*CHAIN)] * (kind == "mechanisms")
        for one in cards:
            (place / f"{one.name}.md").write_text(_page(one), encoding="utf-8")
        title, _, about = said.partition(", ")
        listed = "\n".join(["```{toctree}", ":maxdepth: 1", "", *(one.name for one in cards), "```"])
        (place / "index.md").write_text(f"# {title}\n\n{about[:1].upper()}{about[1:]}.\n\n{listed}\n", encoding="utf-8")


def write_chain(folder: Path) -> None:
    """Write the numbers of the chain that the mechanisms share, as a part of a page."""
    numbers = next(one.part for one in card(*CHAIN).sections if one.key == "numbers")
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "chain.md").write_text("\n\n".join(_laid(numbers)) + "\n", encoding="utf-8")


def _page(shown: Card) -> str:
    parts = [f"# {_plain(shown.title)}", f"`{shown.name}`", _plain(shown.purpose)]
    for section in shown.sections:
        parts += [f"## {section.heading}", *_laid(section.part)]
    return "\n\n".join(parts) + "\n"


@singledispatch
def _laid(part: object) -> Iterator[str]:
    """The blocks of one part."""
    raise TypeError(type(part).__name__)


@_laid.register
def _sentences(part: Sentences) -> Iterator[str]:
    bullet = "* " if len(part.said) > 1 else ""
    yield "\n".join(f"{bullet}{MARKS[one.mark]}{_plain(one.text)}" for one in part.said)


@_laid.register
def _facts(part: Facts) -> Iterator[str]:
    yield _table(("", ""), [(name, _plain(said)) for name, said in part.rows])


@_laid.register
def _argued(part: Argued) -> Iterator[str]:
    for side, heading in SIDES.items():
        own = [one for one in part.evidence if one.supports is side]
        rows = [(_plain(one.text), one.grade.value, _plain(source_words(one.source))) for one in own]
        yield f"### {heading}"
        yield _table(("what was found", "grade", "source"), rows) if rows else "Nothing was found."


@_laid.register
def _code(part: Code) -> Iterator[str]:
    yield "As they are run; amounts in mg, time in hours."
    yield "```{code-block} python\n" + "\n\n".join(part.functions) + "```"


@_laid.register
def _columns(part: Table) -> Iterator[str]:
    yield _table(part.headings, [tuple(map(_plain, row)) for row in part.rows], part.numeric)


@_laid.register
def _numbers(part: Numbers) -> Iterator[str]:
    """A table of values; what many numbers share, where they were read, stands once below it."""
    spread = any(row.spread for row in part.rows)
    head = ("name", "value", "unit", *(("ω² (CV)",) if spread else ()), "provenance", "source")
    rows = [_row(row, (between(row.spread),) if spread else ()) for row in part.rows]
    yield _table(head, rows, numeric=(1,))
    yield "Where they were read, and how:"
    yield "\n".join(f"{place}. {_plain(where)}" for place, where in enumerate(part.where, start=1))


def _row(row: NumberRow, spread: tuple[str, ...]) -> tuple[str, ...]:
    one = row.estimate
    ends = f" ({interval(one)})" if one.interval else ""
    trust = f"**{one.provenance.value}**" if row.unverified else one.provenance.value
    return f"`{row.name}`", value(one) + ends, one.unit, *spread, trust, f"{_plain(one.source.key)} \\[{row.place}\\]"


@_laid.register
def _cited(part: Cited) -> Iterator[str]:
    yield "\n".join(f"* `{one.key}`: {_plain(_reference(one))}. {_address(one)}" for one in part.references)


def _reference(one: Reference) -> str:
    return f"{one.title}. {source_words(one)}".replace("{", "").replace("}", "")  # BibTeX's braces


def _address(one: Reference) -> str:
    return f"[{one.doi}](https://doi.org/{one.doi})" if one.doi else f"<{one.url}>"


def _plain(text: str) -> str:
    """Words of which Markdown makes nothing else, in one line."""
    return text.translate(PLAIN)


def _table(head: tuple[str, ...], rows: list[tuple[str, ...]], numeric: tuple[int, ...] = ()) -> str:
    rule = tuple("---:" if place in numeric else "---" for place in range(len(head)))
    return "\n".join("| " + " | ".join(line) + " |" for line in (head, rule, *rows))
