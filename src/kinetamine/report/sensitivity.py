"""Which numbers matter, as one picture: a panel for each result, bars for the numbers that move it most."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kinetamine import __version__
from kinetamine.errors import UnknownNameError
from kinetamine.population.factors import BETWEEN_PEOPLE
from kinetamine.population.sensitivity import Index, Ranking, Sensitivity
from kinetamine.report.palette import LIGHT
from kinetamine.report.static import KINDS, STYLE, save

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

SHOWN = 10
"""Numbers drawn for each result."""
_WIDTH_IN, _BAR_IN, _MORE_IN, _FOOT_IN = 7.6, 0.27, 0.95, 0.62


def write_sensitivity(found: Sensitivity, model: str, path: Path) -> Path:
    """The picture as a file; its suffix says which kind.

    Raises:
        UnknownNameError: the suffix is not .png, .pdf or .svg.
    """
    kind = path.suffix.removeprefix(".")
    if kind not in KINDS:
        raise UnknownNameError("kind of figure", kind, KINDS)
    return save(sensitivity_figure(found, model), path)


def sensitivity_figure(found: Sensitivity, model: str) -> Figure:
    """Bars of the total index with its interval, and the first-order one as a dot; of Morris, the mean size."""
    from matplotlib import rc_context  # noqa: PLC0415 - half a second, only for those who want files
    from matplotlib.figure import Figure as New  # noqa: PLC0415 - the same

    tall = [_MORE_IN + _BAR_IN * len(_shown(one)) for one in found.rankings]
    height = sum(tall) + _FOOT_IN
    style: Any = {**STYLE, "font.size": 8.5}
    with rc_context(style):
        figure = New(figsize=(_WIDTH_IN, height), layout="constrained", facecolor=LIGHT["ground"])
        engine = figure.get_layout_engine()
        if engine is not None:
            rect = (0.01, _FOOT_IN / height, 0.98, 1.0 - (_FOOT_IN + 0.1) / height)
            engine.set(rect=rect, hspace=0.04)  # type: ignore[call-arg]
        axes = figure.subplots(len(tall), 1, squeeze=False, gridspec_kw={"height_ratios": tall}).ravel()
        for ranking, ax in zip(found.rankings, axes, strict=True):
            _draw(ax, found, ranking)
        figure.text(0.012, 0.33 / height, _words(found), ha="left", va="center", fontsize=7.5, color=LIGHT["quiet"])
        mark = f"Prediction · {model} · {found.runs} runs · kinetamine {__version__}"
        figure.text(0.995, 0.06 / height, mark, ha="right", va="bottom", fontsize=7.5, color=LIGHT["quiet"])
    return figure


def _shown(ranking: Ranking) -> Sequence[Index]:
    """Those that matter at all, the first of them."""
    least = 0.005 * max(ranking.indices[0].total, 1e-300)
    return [one for one in ranking.indices if one.total > least][:SHOWN]


def _draw(ax: Axes, found: Sensitivity, ranking: Ranking) -> None:
    shown = _shown(ranking)
    places = range(len(shown))
    colours = [LIGHT["venous" if one.factor.because == BETWEEN_PEOPLE else "metabolite"] for one in shown]
    ax.barh(places, [one.total for one in shown], height=0.62, color=colours, alpha=0.35, linewidth=0,
            xerr=[one.total_half for one in shown], error_kw={"ecolor": LIGHT["quiet"], "elinewidth": 1.0})  # fmt: skip
    if found.method == "sobol":
        ax.scatter([max(one.first, 0.0) for one in shown], places, s=22, color=colours, zorder=3)
    ax.set_yticks(list(places), [one.factor.name for one in shown])
    ax.set_ylim(len(shown) - 0.4, -0.6)
    ax.set_xlim(left=0.0, right=1.0 if found.method == "sobol" else None)
    ax.grid(visible=False, axis="y")
    ax.set_title(ranking.target.words, loc="left", fontsize=9.5, fontweight="bold")
    sobol = found.method == "sobol"
    ax.set_xlabel("Part of the variance" if sobol else f"Mean size of the effect, {ranking.target.unit}", fontsize=8)


def _words(found: Sensitivity) -> str:
    what = (
        "Bar: total index, with its 95 % interval. Dot: first-order index."
        if found.method == "sobol"
        else "Bar: mean size of elementary effects (Morris), with its 95 % interval."
    )
    return (
        f"{what} Blue: range between people; violet: uncertainty\n"
        "of the number, or the range given. One person; numbers vary independently."
    )
