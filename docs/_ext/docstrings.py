"""Docstrings are plain text for people; what reStructuredText would misread is marked up here."""

from __future__ import annotations

import re
from typing import Any

TREE = re.compile(r"[├└│]")
SPECIAL = re.compile(r"(?<![`*|\\])([*|])(?![*|])")


def as_restructured_text(_app: Any, _what: str, _name: str, _obj: Any, _options: Any, lines: list[str]) -> None:
    """Trees become literal blocks; single stars and bars are taken as they stand."""
    found: list[str] = []
    paragraph: list[str] = []
    for line in [*lines, ""]:
        if line.strip():
            paragraph.append(line)
            continue
        found += (
            [*_literal(paragraph), ""] if any(TREE.match(one) for one in paragraph) else [*map(_plain, paragraph), ""]
        )
        paragraph = []
    lines[:] = found


def _literal(paragraph: list[str]) -> list[str]:
    return ["::", "", *(f"    {line}" for line in paragraph)]


def _plain(line: str) -> str:
    parts = re.split(r"(``.*?``)", line)
    return "".join(part if part.startswith("``") else _escaped(part) for part in parts)


def _escaped(text: str) -> str:
    """Arguments named *like this* do not occur in our docstrings, so a star is a star."""
    return SPECIAL.sub(r"\\\1", text).replace("_ ", r"\_ ")
