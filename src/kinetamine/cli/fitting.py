"""Tables on narrow screens: where a table does not fit, its rows become paragraphs; no digit is ever cut off."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.padding import Padding
from rich.text import Text

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, RenderableType
    from rich.table import Column, Table

_GAP = 2
_LONGEST_WORD = 16
"""Words in a column that may wrap are folded beyond this; numbers are shorter."""


@dataclass(frozen=True)
class Fitted:
    """A table in the house style, or a paragraph for each row where the screen is too narrow for it."""

    body: Table

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterable[RenderableType]:
        """What fits into the width there is."""
        least = sum(_least(column) + _GAP for column in self.body.columns) - _GAP
        if least <= options.max_width:
            yield self.body
        else:
            yield from _paragraphs(self.body)


def _least(column: Column) -> int:
    """The width that leaves every number of a column whole."""
    lines = [line for cell in (column.header, *column.cells) for line in _plain(cell).splitlines()]
    if column.no_wrap:
        return max((cell_len(line) for line in lines), default=0)
    return max((min(cell_len(word), _LONGEST_WORD) for line in lines for word in line.split()), default=0)


def _plain(cell: object) -> str:
    return cell.plain if isinstance(cell, Text) else str(cell)


def _paragraphs(body: Table) -> Iterable[RenderableType]:
    if body.title:
        yield Text(_plain(body.title), style="bold")
    headings = [" ".join(_plain(column.header).split()) for column in body.columns]
    for first, *others in zip(*(column.cells for column in body.columns), strict=True):
        yield Text(f"{headings[0]} {_plain(first)}".strip(), style="bold")
        yield Padding(_sentence(headings[1:], others), (0, 0, 0, 2))
    if body.caption:
        yield Text(_plain(body.caption), style="dim")


def _sentence(headings: Iterable[str], cells: Iterable[RenderableType]) -> Text:
    parts = []
    for heading, cell in zip(headings, cells, strict=True):
        shown = cell if isinstance(cell, Text) else Text(str(cell))
        if shown.plain.strip():
            lines = Text(", ").join(shown.split("\n"))
            parts.append(Text.assemble((f"{heading} ", "dim"), lines))
    return Text("; ").join(parts)
