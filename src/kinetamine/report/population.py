"""A study of a population as one picture: bands between people over time, the first session and the whole course."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from jaxtyping import Float

from kinetamine import __version__
from kinetamine.engine.events import administrations
from kinetamine.errors import UnknownNameError
from kinetamine.population.findings import Findings
from kinetamine.population.study import QUANTILES, Study
from kinetamine.report.palette import LIGHT
from kinetamine.report.population_rows import shown
from kinetamine.report.static import KINDS, STYLE, save
from kinetamine.report.words import shown_unit

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

DAY_H = 24.0
WINDOWS_H = (2.0, 4.0, 8.0, 12.0, 24.0, 48.0)
"""How much of the first session is shown: the shortest after which most of an effect is over."""
_OVER = 0.1
"""A level or effect is over for the picture when its 95th percentile is below this part of its highest."""
_ACROSS, _WIDTH_IN, _ROW_IN, _HEAD_IN, _FOOT_IN = 3, 10.4, 2.15, 0.66, 0.62
_PANEL_IN = (0.56, 0.12, 0.42, 0.28)
"""Room for words left of a panel, right of it, below and above."""
_LETTERS = 36
"""So many letters of a title fit above a panel."""
_ALPHA = {"wide": 0.17, "narrow": 0.30}
_ROLES = {"receptor": "receptor", "acute": "acute", "mechanism": "mechanism", "mood": "mood"}
_SITES: Mapping[str, str] = {"arterial": "arterial", "venous": "venous"}


@dataclass(frozen=True, kw_only=True)
class BandPanel:
    """One output between people.

    Attributes:
        x: hours since the first dose within ``window_h``, or days; ``bands`` are at the levels of ``QUANTILES``.
        doses_x: where drug is given; ``threshold`` is the value whose being reached is counted.
    """

    name: str
    title: str
    unit: str
    role: str
    x_label: str
    x: Float[np.ndarray, " time"]
    bands: Float[np.ndarray, "level time"]
    doses_x: tuple[float, ...]
    window_h: float | None = None
    threshold: float | None = None


def write_population(found: Findings, path: Path) -> Path:
    """The picture as a file; its suffix says which kind.

    Raises:
        UnknownNameError: the suffix is not .png, .pdf or .svg.
    """
    kind = path.suffix.removeprefix(".")
    if kind not in KINDS:
        raise UnknownNameError("kind of figure", kind, KINDS)
    return save(population_figure(found), path)


def band_panels(found: Findings) -> tuple[BandPanel, ...]:
    """A panel for each watched output that is anything, in the order of the chain."""
    return tuple(_panel(found, name) for name in shown(found))


def population_figure(found: Findings) -> Figure:
    """Small multiples of all watched outputs, with what the bands contain."""
    from matplotlib import rc_context  # noqa: PLC0415 - half a second, only for those who want files
    from matplotlib.figure import Figure as New  # noqa: PLC0415 - the same

    panels = band_panels(found)
    across = min(_ACROSS, len(panels))
    rows = math.ceil(len(panels) / across)
    height = _HEAD_IN + rows * _ROW_IN + _FOOT_IN
    style: Any = {**STYLE, "font.size": 8.5}
    with rc_context(style):
        width = _WIDTH_IN * (0.4 + 0.6 * across / _ACROSS)
        figure = New(figsize=(width, height), facecolor=LIGHT["ground"])
        axes = figure.subplots(rows, across, squeeze=False, gridspec_kw=_margins(across, width, height)).ravel()
        for ax in axes[len(panels) :]:
            ax.set_axis_off()
        for panel, ax in zip(panels, axes, strict=False):
            _draw(ax, panel)
        _explain(figure, found, height)
    return figure


def _margins(across: int, width: float, height: float) -> dict[str, float]:
    """Where panels stand: laid out by hand, which a fifth of a second is saved by."""
    left, right, below, above = _PANEL_IN
    panel_wide, panel_high = width / across - left - right, _ROW_IN - below - above
    return {
        "left": left / width,
        "right": 1.0 - right / width,
        "bottom": (_FOOT_IN + below) / height,
        "top": 1.0 - (_HEAD_IN + above) / height,
        "wspace": (left + right) / panel_wide,
        "hspace": (below + above) / panel_high,
    }


def _panel(found: Findings, name: str) -> BandPanel:
    study = found.study
    title, unit, stage = study.predicted[name]
    factor, unit_shown = shown_unit(unit)
    begin_h, bands = _given_h(study)[0], factor * found.bands(name)
    slow = stage in {"mood", "mechanism"} or name == "relief"
    window = _window_h(found.times_h - begin_h, bands) if not slow else None
    unit_h, origin_h = (DAY_H, 0.0) if window is None else (1.0, begin_h)
    inside = np.ones(len(found.times_h), dtype=bool)
    if window is not None:
        inside = (found.times_h >= begin_h - 1e-9) & (found.times_h <= begin_h + window + 1e-9)
    least = study.thresholds.get(name)
    return BandPanel(
        name=name,
        title=title,
        unit="" if unit_shown == "1" else unit_shown,
        role=_role(name, stage),
        x_label="Days" if window is None else f"Hours since {_first(study)}",
        x=(found.times_h[inside] - origin_h) / unit_h,
        bands=bands[:, inside],
        doses_x=tuple((at - origin_h) / unit_h for at in _given_h(study) if window is None or at < begin_h + window),
        window_h=window,
        threshold=None if least is None else factor * least,
    )


def _window_h(after_h: Float[np.ndarray, " time"], bands: Float[np.ndarray, "level time"]) -> float | None:
    """How much of the first session to show; None: all of the course, as it is not over within two days."""
    size = np.abs(bands - bands[:, :1]).max(axis=0)
    for window in WINDOWS_H:
        later = (after_h >= window) & (after_h <= WINDOWS_H[-1])
        first = (after_h >= 0.0) & (after_h < window)
        if not later.any() or not first.any():
            return window
        if size[later].max() <= _OVER * size[first].max():
            return window
    return None


def _role(name: str, stage: str) -> str:
    if stage == "plasma":
        return "metabolite" if "norketamine" in name else _SITES.get(name.rpartition("_")[2], "venous")
    return _ROLES.get(stage, "reference")


def _given_h(study: Study) -> tuple[float, ...]:
    """When drug is given, or what stands in its place."""
    given = administrations(study.problem.events) or study.problem.contacts or ((0.0, 0.0),)
    return tuple(sorted({begin for begin, _ in given}))


def _first(study: Study) -> str:
    return "the first dose" if study.problem.events else "the start"


def _draw(ax: Axes, panel: BandPanel) -> None:
    colour = LIGHT[panel.role]
    p5, p25, p50, p75, p95 = panel.bands
    ax.fill_between(panel.x, p5, p95, color=colour, alpha=_ALPHA["wide"], linewidth=0)
    ax.fill_between(panel.x, p25, p75, color=colour, alpha=_ALPHA["narrow"], linewidth=0)
    ax.plot(panel.x, p50, color=colour, linewidth=1.6)
    size = 9.5 * min(1.0, _LETTERS / len(panel.title))
    ax.set_title(panel.title, loc="left", fontsize=size, fontweight="bold")
    ax.set_xlabel(panel.x_label, fontsize=8)
    ax.set_ylabel(panel.unit, fontsize=8)
    ax.set_xlim(float(panel.x[0]), float(panel.x[-1]))
    if panel.window_h:
        ax.set_xticks(np.linspace(0.0, panel.window_h, 5))
    low, high = float(p5.min()), float(p95.max())
    top = max(high, panel.threshold or high, 1e-9)
    ax.set_ylim(0.0 if low >= 0.0 else low - 0.05 * (top - low), top + 0.06 * (top - min(low, 0.0)))
    for dose in panel.doses_x:
        ax.axvline(dose, ymax=0.035, color=LIGHT["ink"], linewidth=1.2)
    if panel.threshold is not None:
        ax.axhline(panel.threshold, color=LIGHT["quiet"], linewidth=0.9, linestyle=":")
        ax.annotate(f"{panel.threshold:g} {panel.unit}", (1.0, panel.threshold), xycoords=("axes fraction", "data"),
                    ha="right", va="bottom", fontsize=7.5, color=LIGHT["quiet"])  # fmt: skip


def _explain(figure: Figure, found: Findings, height: float) -> None:
    from matplotlib.lines import Line2D  # noqa: PLC0415 - as above
    from matplotlib.patches import Patch  # noqa: PLC0415 - as above

    study, quiet = found.study, LIGHT["quiet"]
    at = 1.0 - 0.1 / height
    title = study.typical.title
    size = 12.0 * min(1.0, 9.0 * figure.get_figwidth() / len(title))
    figure.text(0.012, at, title, ha="left", va="top", fontsize=size, fontweight="bold")
    ends = [f"{100.0 * level:g}th" for level in QUANTILES]
    handles = [
        Line2D([], [], color=quiet, linewidth=1.6, label="median"),
        Patch(
            color=quiet, alpha=_ALPHA["wide"] + _ALPHA["narrow"], linewidth=0, label=f"{ends[1]}–{ends[3]} percentile"
        ),
        Patch(color=quiet, alpha=_ALPHA["wide"], linewidth=0, label=f"{ends[0]}–{ends[4]} percentile"),
    ]
    figure.legend(handles=handles, loc="upper left", bbox_to_anchor=(0.006, 1.0 - 0.3 / height), ncols=3, fontsize=8)
    figure.text(0.012, 0.33 / height, "\n".join(_words(found)), ha="left", va="center", fontsize=7.5, color=quiet)
    figure.text(0.995, 0.06 / height, _stamp(found), ha="right", va="bottom", fontsize=7.5, color=quiet)


def _words(found: Findings) -> Iterator[str]:
    yield f"Bands: {found.contains}. Each time by itself: no one person follows a band."
    marks = "short marks at the bottom: doses" if found.study.problem.events else "short marks at the bottom: sessions"
    yield f"Dotted: a threshold; {marks}." if found.study.thresholds else f"{marks[0].upper()}{marks[1:]}."


def _stamp(found: Findings) -> str:
    course = found.study.typical
    model = course.pk_model.name if course.doses else course.comparator or ""
    outside = " · outside the studied range" if found.study.course.outside else ""
    part = "" if found.complete else f" · stopped early, {found.drawn} of {found.study.people}"
    who = f"{found.simulated} people of {found.study.population}"
    return f"Prediction · {model} · {who} · kinetamine {__version__}{outside}{part}"
