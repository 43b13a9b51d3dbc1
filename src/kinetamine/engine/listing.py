"""Doses printed row by row: the plain text table that a person reads before anything is simulated."""

from __future__ import annotations

from collections.abc import Sequence


def plain_table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Columns as wide as their widest cell, two spaces between."""
    lines = [headings, *rows]
    widths = [max(len(line[column]) for line in lines) for column in range(len(headings))]
    cells = ([cell.ljust(width) for cell, width in zip(line, widths, strict=True)] for line in lines)
    return "\n".join("  ".join(line).rstrip() for line in cells)


def figure(value: float | None) -> str:
    """Two decimals, three figures below 1, no trailing zeros; a dash for what is not known."""
    if value is None:
        return "-"
    return f"{value:.2f}".rstrip("0").rstrip(".") if value >= 1.0 else f"{value:.3g}"


def length(duration_h: float | None) -> str:
    """How long it takes, in the unit a clinic uses; None for what is not known."""
    if duration_h is None:
        return "-"
    if duration_h == 0.0:
        return "at once"
    return f"{duration_h:g} h" if duration_h >= 1.5 else f"{round(duration_h * 60.0, 6):g} min"
