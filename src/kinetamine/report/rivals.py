"""Rival hypotheses as one picture: a column each, a row for every published result, failures by shape and colour."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kinetamine.engine.finding import Finding, Species
from kinetamine.errors import UnknownNameError
from kinetamine.hypotheses import Prediction, Predictions, Verdict
from kinetamine.report.palette import LIGHT
from kinetamine.report.static import KINDS

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

LEAST, MOST = -0.25, 2.0
"""Ratios that have a place of their own; what lies beyond stands at the edge, with its number."""
_STYLE: Mapping[str, Any] = {
    "font.family": "sans-serif",
    "font.size": 8.5,
    "text.color": LIGHT["ink"],
    "axes.edgecolor": LIGHT["grid"],
    "xtick.color": LIGHT["quiet"],
    "ytick.color": LIGHT["ink"],
    "xtick.major.size": 0,
    "ytick.major.size": 0,
    "pdf.fonttype": 42,
    "svg.hashsalt": "kinetamine",
}
_DPI = 160
_ROW_IN, _HEAD_IN, _FOOT_IN = 0.305, 0.95, 0.72
_NAMES_IN, _WIDTH_IN = 2.55, 10.4
_NUMBERS = 1.6
"""Room for the number to the right of the ratios, on their scale."""


@dataclass(frozen=True)
class _Row:
    """A finding, or the heading of those in one species."""

    y: float
    finding: Finding | None
    text: str


def write_rivals(found: Predictions, path: Path) -> Path:
    """The picture as a file; its suffix says which kind.

    Raises:
        UnknownNameError: the suffix is not .png, .pdf or .svg.
    """
    kind = path.suffix.removeprefix(".")
    if kind not in KINDS:
        raise UnknownNameError("kind of figure", kind, KINDS)
    rivals_figure(found).savefig(path, format=kind, dpi=_DPI)
    return path


def rivals_figure(found: Predictions) -> Figure:
    """One column for each hypothesis: predicted ratios over those that agree with what was published."""
    from matplotlib import rc_context  # noqa: PLC0415 - half a second, only for those who want files
    from matplotlib.figure import Figure as New  # noqa: PLC0415 - the same

    rows = tuple(_rows(found))
    height = _HEAD_IN + _ROW_IN * len(rows) + _FOOT_IN
    style: Any = dict(_STYLE)
    with rc_context(style):
        figure = New(figsize=(_WIDTH_IN, height), facecolor=LIGHT["ground"])
        left, right = _NAMES_IN / _WIDTH_IN, 1.0 - 0.08 / _WIDTH_IN
        places = {"left": left, "right": right, "top": 1.0 - _HEAD_IN / height, "bottom": _FOOT_IN / height}
        axes = figure.subplots(
            1, len(found.hypotheses), squeeze=False, sharey=True, gridspec_kw={**places, "wspace": 0.04}
        )
        for hypothesis, ax in zip(found.hypotheses, axes[0], strict=True):
            _dress(ax, rows)
            _head(ax, hypothesis.title, found, hypothesis.name)
            for row in rows:
                if row.finding is not None:
                    _draw(ax, row.y, found.at(hypothesis.name, row.finding.name))
        _name(axes[0][0], rows)
        _explain(figure, height)
    return figure


def _rows(found: Predictions) -> Iterator[_Row]:
    """Those in people first, each species under its heading."""
    y = 0.0
    for species in Species:
        shown = [one for one in found.findings if one.species is species]
        if shown:
            yield _Row(y, None, f"In {species.value}")
            y += 1.0
        for one in shown:
            yield _Row(y, one, one.title if one.decisive else f"({one.title})")
            y += 1.0


def _dress(ax: Axes, rows: tuple[_Row, ...]) -> None:
    ax.set_xlim(LEAST - 0.35, MOST + _NUMBERS)
    ax.set_ylim(rows[-1].y + 0.6, -0.6)
    ax.set_xticks([0.0, 1.0, 2.0], ["0", "1", "2"])
    ax.set_yticks([])
    for side in ("top", "left", "right"):
        ax.spines[side].set_visible(False)
    for at, width in ((0.0, 0.7), (1.0, 1.1), (2.0, 0.7)):
        ax.axvline(at, color=LIGHT["grid"], linewidth=width, zorder=0)
    for row in rows:
        ax.axhline(row.y + 0.5, color=LIGHT["grid"], linewidth=0.6, zorder=0)


def _head(ax: Axes, title: str, found: Predictions, name: str) -> None:
    failed, agreed = (len(found.of(name, verdict)) for verdict in (Verdict.FAILS, Verdict.AGREES))
    words = "\n".join(textwrap.wrap(title.replace("-", "- "), 13)).replace("- ", "-")
    ax.annotate(words, (0.5, 1.0), (0, 19), "axes fraction", "offset points", ha="center", va="bottom",
                fontsize=9.5, fontweight="bold", annotation_clip=False)  # fmt: skip
    ax.annotate(f"fails {failed} of {failed + agreed}", (0.5, 1.0), (0, 5), "axes fraction", "offset points",
                ha="center", va="bottom", color=LIGHT["quiet"])  # fmt: skip


def _draw(ax: Axes, y: float, one: Prediction) -> None:
    low, high = (min(max(end, LEAST), MOST) for end in one.finding.interval)
    faint = 1.0 if one.finding.decisive else 0.45
    ax.barh(y, high - low, left=low, height=0.62, color=_BAND, alpha=faint, linewidth=0, zorder=1)
    for end, edge, shape in zip(one.finding.interval, (LEAST, MOST), "<>", strict=True):
        if math.isinf(end):
            ax.plot(edge, y, shape, color=_BAND, alpha=faint, markersize=11, markeredgewidth=0, zorder=1, clip_on=False)
    if one.ratio is None:
        ax.text(MOST + _NUMBERS - 0.06, y, "silent", ha="right", va="center", color=LIGHT["quiet"], fontsize=7.5)
        return
    failed = one.verdict is Verdict.FAILS
    colour = LIGHT["quiet"] if not one.finding.decisive else LIGHT["arterial"] if failed else LIGHT["mood"]
    at = min(max(one.ratio, LEAST), MOST)
    ax.plot(at, y, "X" if failed else "o", color=colour, markersize=7.5 if failed else 5.5, zorder=3,
            markeredgecolor=LIGHT["ground"], markeredgewidth=0.6, clip_on=False)  # fmt: skip
    weight = "bold" if failed else "normal"
    ax.text(MOST + _NUMBERS - 0.06, y, _number(one.ratio), ha="right", va="center", color=colour, fontweight=weight,
            fontsize=8.2)  # fmt: skip


_BAND = "#c9d8ea"


def _number(ratio: float) -> str:
    if math.isinf(ratio):
        return "∞" if ratio > 0 else "−∞"
    return f"{ratio:.0f}" if abs(ratio) >= 9.95 else f"{ratio:.2f}".replace("-0.00", "0.00").replace("-", "−")


def _name(ax: Axes, rows: tuple[_Row, ...]) -> None:
    for row in rows:
        heading = row.finding is None
        at = -(_NAMES_IN - 0.1) if heading else -0.1
        ax.annotate(row.text, (0.0, row.y), (72.0 * at, 0), ("axes fraction", "data"), "offset points",
                    ha="left" if heading else "right", va="center", annotation_clip=False,
                    fontweight="bold" if heading else "normal", fontsize=9.5 if heading else 8.5)  # fmt: skip


def _explain(figure: Figure, height: float) -> None:
    from kinetamine import __version__  # noqa: PLC0415 - the package, while this file is loaded by it

    words = (
        "Ratio of the readout with the change to the readout without it. Bar: ratios that agree with what was "
        "published, pointed where it is open. Disc: agrees. Cross, bold number: fails.\n"
        "At the edge: beyond the scale. Silent: the hypothesis says nothing of it. In brackets, faint: the result "
        "decides nothing. Rodent results are compared in kind only."
    )
    figure.text(0.012, 0.34 / height, words, ha="left", va="center", fontsize=7.8, color=LIGHT["quiet"])
    mark = f"Prediction · typical person · kinetamine {__version__}"
    figure.text(0.992, 0.06 / height, mark, ha="right", va="bottom", fontsize=7.0, color=LIGHT["quiet"])
