"""The same panels as files: PNG, PDF or SVG by matplotlib, which is imported only when a picture is asked for."""

from __future__ import annotations

import functools
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

from kinetamine.engine.trajectory import Trajectory
from kinetamine.errors import UnknownNameError
from kinetamine.report.comparison import comparison_panels
from kinetamine.report.palette import LIGHT
from kinetamine.report.panels import Panel, course_panels
from kinetamine.report.words import stamp
from kinetamine.report.zoom import Zoom, session_panels

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

P = ParamSpec("P")
R = TypeVar("R")
KINDS = ("png", "pdf", "svg")
_DASHES = {"solid": "-", "dotted": (0, (1.2, 1.6)), "dashed": (0, (5, 3))}
STYLE: Mapping[str, Any] = {
    "font.family": "sans-serif",
    "font.size": 9.5,
    "axes.edgecolor": LIGHT["grid"],
    "axes.labelcolor": LIGHT["ink"],
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "axes.axisbelow": True,
    "grid.color": LIGHT["grid"],
    "grid.linewidth": 0.7,
    "text.color": LIGHT["ink"],
    "xtick.color": LIGHT["ink"],
    "ytick.color": LIGHT["ink"],
    "xtick.major.size": 0,
    "ytick.major.size": 0,
    "legend.frameon": False,
    "legend.fontsize": 8.5,
    "pdf.fonttype": 42,
    "svg.hashsalt": "kinetamine",
}
_SIZE_IN = (7.2, 3.9)
_DPI = 160
_FAINT = 0.35
_LEGEND_ROW = 14.0


def write_figures(trajectory: Trajectory, directory: Path, kind: str = "png") -> tuple[Path, ...]:
    """One file per whole-course panel (``course_*``) and per session panel (``session_*``); the paths written.

    Raises:
        UnknownNameError: the kind is not png, pdf or svg.
    """
    _check(kind)
    directory.mkdir(parents=True, exist_ok=True)
    mark = stamp(trajectory)
    written = [
        save(course_figure(replace(panel, stamp=mark)), directory / f"course_{panel.key}.{kind}")
        for panel in course_panels(trajectory)
    ]
    for zoom in session_panels(trajectory):
        named = replace(zoom, panel=replace(zoom.panel, stamp=mark))
        written.append(save(session_figure(named), directory / f"session_{zoom.panel.key}.{kind}"))
    return tuple(written)


def write_comparison(trajectories: Mapping[str, Trajectory], path: Path) -> Path:
    """The comparison of several models in one file; the suffix says which kind.

    Raises:
        UnknownNameError: the suffix is not .png, .pdf or .svg.
    """
    _check(path.suffix.removeprefix("."))
    return save(comparison_figure(trajectories), path)


def _styled(draw: Callable[P, R]) -> Callable[P, R]:
    """Draw in the house style and leave the caller's own settings alone; matplotlib is loaded here."""

    @functools.wraps(draw)
    def drawn(*given: P.args, **named: P.kwargs) -> R:
        from matplotlib import rc_context  # noqa: PLC0415 - half a second, only for those who want files

        style: Any = dict(STYLE)
        with rc_context(style):
            return draw(*given, **named)

    return drawn


@_styled
def comparison_figure(trajectories: Mapping[str, Trajectory]) -> Figure:
    """All analytes of several models below each other."""
    panels = comparison_panels(trajectories)
    figure, axes = _figure(max(1, len(panels)))
    for panel, ax in zip(panels, axes, strict=False):
        _draw(ax, panel)
    version = next((one.version for one in trajectories.values()), "")
    _sign(figure, f"Prediction · {len(trajectories)} models · kinetamine {version}")
    return figure


@_styled
def course_figure(panel: Panel) -> Figure:
    """One whole-course panel."""
    figure, axes = _figure(1)
    _draw(axes[0], panel)
    _sign(figure, panel.stamp)
    return figure


@_styled
def session_figure(zoom: Zoom) -> Figure:
    """All sessions over each other: the first in full ink with its band, the others thin."""
    figure, axes = _figure(1)
    ax = axes[0]
    looks = {trace.name: trace for trace in zoom.panel.traces}
    first = zoom.lines[0].session if zoom.lines else 0
    for line in zoom.lines:
        look = looks[line.trace]
        colour, dash = LIGHT[look.role], _DASHES[look.style]
        if line.session != first:
            ax.plot(line.x, line.y, color=colour, linestyle=dash, linewidth=0.8, alpha=_FAINT)
            continue
        if len(line.low):
            ax.fill_between(line.x, line.low, line.high, color=colour, alpha=0.16, linewidth=0)
        ax.plot(line.x, line.y, color=colour, linestyle=dash, linewidth=1.8, label=look.label)
    _dress(ax, zoom.panel)
    _sign(figure, zoom.panel.stamp)
    return figure


def _check(kind: str) -> None:
    if kind not in KINDS:
        raise UnknownNameError("kind of figure", kind, KINDS)


def _figure(rows: int) -> tuple[Figure, Sequence[Axes]]:
    """A figure without a window: no back end is chosen for the caller's own session."""
    from matplotlib.figure import Figure as New  # noqa: PLC0415 - as in _styled

    figure = New(figsize=(_SIZE_IN[0], _SIZE_IN[1] * rows), layout="constrained", facecolor=LIGHT["ground"])
    foot = 0.075 / rows
    engine = figure.get_layout_engine()
    if engine is not None:
        engine.set(rect=(0.012, foot, 0.976, 1.0 - foot - 0.02 / rows), hspace=0.06)  # type: ignore[call-arg]
    axes = figure.subplots(rows, 1, squeeze=False)
    return figure, list(axes[:, 0])


def _draw(ax: Axes, panel: Panel) -> None:
    for band in panel.bands:
        ax.fill_between(band.x, band.low, band.high, color=LIGHT[band.role], alpha=0.16, linewidth=0)
    for trace in panel.traces:
        ax.plot(
            trace.x, trace.y, color=LIGHT[trace.role], linestyle=_DASHES[trace.style], linewidth=1.5, label=trace.label
        )
    for guide in panel.guides:
        ax.axhline(guide.y, color=LIGHT["quiet"], linewidth=0.8, linestyle=":")
        ax.annotate(
            guide.label, (1.0, guide.y), xycoords=("axes fraction", "data"), ha="right", va="bottom", fontsize=8,
            color=LIGHT["quiet"],
        )  # fmt: skip
    for dose in panel.doses_x:
        ax.axvline(dose, ymax=0.028, color=LIGHT["ink"], linewidth=1.3)
    _dress(ax, panel)


def _dress(ax: Axes, panel: Panel) -> None:
    entries = len(ax.get_legend_handles_labels()[1])
    columns = 2 if entries > 3 else 3
    pad = 10 + (_LEGEND_ROW * math.ceil(entries / columns) + 4 if entries > 1 else 0)
    ax.set_title(panel.title, loc="left", fontsize=11.5, fontweight="bold", pad=pad)
    ax.set_xlabel(panel.x_label)
    ax.set_ylabel(panel.y_label)
    ax.margins(x=0.01)
    low, high = ax.get_ylim()
    low, high = min([low, *panel.include]), max([high, *panel.include])
    ax.set_ylim(bottom=0.0 if panel.from_zero else low, top=max(high, 1e-9))
    if entries > 1:
        ax.legend(loc="lower left", bbox_to_anchor=(0.0, 1.0), ncols=columns, borderaxespad=0.3, handlelength=2.6)


def _sign(figure: Figure, words: str) -> None:
    """What a copied picture must still say."""
    figure.text(0.995, 0.012, words, ha="right", va="bottom", fontsize=7.5, color=LIGHT["quiet"])


@_styled
def save(figure: Figure, path: Path) -> Path:
    """Under another name first, so that a half-written file never has the final one."""
    part = path.with_name(path.name + ".part")
    figure.savefig(part, format=path.suffix.removeprefix("."), dpi=_DPI)
    part.replace(path)
    return path
