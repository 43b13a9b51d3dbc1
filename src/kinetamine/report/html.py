"""HTML from text that may hold anything: every value is escaped here, and nowhere else."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape


class Markup(str):
    """Text that is HTML already; plain strings are escaped on their way into one."""

    __slots__ = ()


def text(value: object) -> Markup:
    """The value as HTML text; Markup stays as it is."""
    return value if isinstance(value, Markup) else Markup(escape(str(value), quote=True))


def tag(name: str, *children: object, **attributes: object) -> Markup:
    """An element; ``class_`` and ``for_`` lose their underscore, ``aria_label`` becomes ``aria-label``."""
    written = "".join(
        f" {key.rstrip('_').replace('_', '-')}" + ("" if value is True else f'="{escape(str(value), quote=True)}"')
        for key, value in attributes.items()
        if value is not None and value is not False
    )
    return Markup(f"<{name}{written}>{join(children)}</{name}>")


def join(children: Iterable[object]) -> Markup:
    """Children one after another."""
    return Markup("".join(text(child) for child in children))


def table(
    caption: str, headings: Sequence[str], rows: Iterable[Sequence[object]], numeric: Iterable[int] = ()
) -> Markup:
    """A table with a caption and column heads, in a box that scrolls sideways on narrow screens.

    Args:
        caption: what the table holds.
        headings: of the columns.
        rows: cells; the first of each row is its head.
        numeric: columns set flush right.
    """
    right = set(numeric)
    head = tag("tr", *(tag("th", one, scope="col", class_=_cell(i, right)) for i, one in enumerate(headings)))
    body = join(tag("tr", *(_body_cell(i, one, right) for i, one in enumerate(row))) for row in rows)
    whole = tag("table", tag("caption", caption), tag("thead", head), tag("tbody", body))
    return tag("div", whole, class_="scroll", tabindex="0", role="region", aria_label=caption)


def _body_cell(place: int, value: object, right: set[int]) -> Markup:
    if place == 0:
        return tag("th", value, scope="row", class_=_cell(place, right))
    return tag("td", value, class_=_cell(place, right))


def _cell(place: int, right: set[int]) -> str | None:
    return "n" if place in right else None
