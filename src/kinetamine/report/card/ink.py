"""Equations in ink: comments and docstrings quiet, keywords and numbers told apart."""

from __future__ import annotations

import io
import keyword
import tokenize
from collections.abc import Iterator

from kinetamine.report.html import Markup, join, tag

_KINDS = {tokenize.STRING: "text", tokenize.COMMENT: "text", tokenize.NUMBER: "number"}


def inked(code: str) -> Markup:
    """The text as HTML, every character of it kept."""
    try:
        return join(_pieces(code))
    except (tokenize.TokenError, IndentationError):
        return join([code])  # a fragment, such as a lambda cut out of a call


def _pieces(code: str) -> Iterator[object]:
    lines, row, column = code.splitlines(keepends=True), 1, 0
    for token in tokenize.generate_tokens(io.StringIO(code).readline):
        if token.start[0] > len(lines):
            break
        yield _between(lines, (row, column), token.start)
        kind = "word" if keyword.iskeyword(token.string) else _KINDS.get(token.type, "")
        yield tag("span", token.string, class_=kind) if kind else token.string
        row, column = token.end


def _between(lines: list[str], start: tuple[int, int], end: tuple[int, int]) -> str:
    """Blanks that no token holds."""
    if start[0] == end[0]:
        return lines[start[0] - 1][start[1] : end[1]]
    rest = [lines[start[0] - 1][start[1] :]] if start[0] <= len(lines) else []
    return "".join([*rest, *lines[start[0] : end[0] - 1], lines[end[0] - 1][: end[1]]])
