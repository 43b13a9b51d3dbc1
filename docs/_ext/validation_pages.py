"""The validation table and predicted-versus-observed pictures, computed when the documentation is built."""

from __future__ import annotations

import importlib
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import matplotlib as mpl

mpl.use("Agg")
from matplotlib import pyplot as plt

from kinetamine import catalogue, validation

if TYPE_CHECKING:
    from kinetamine.validation import Comparison

ANALYTES = ("ketamine", "norketamine", "hydroxynorketamine")
MARKERS = {"arterial": "o", "venous": "s", "not stated": "^", "both": "D"}
INKS = {"ketamine": "#1b6ca8", "norketamine": "#b5541c", "hydroxynorketamine": "#4d7c3a"}


def write(folder: Path) -> None:
    """Write the tables and the pictures."""
    folder.mkdir(parents=True, exist_ok=True)
    found = validation.validate()
    (folder / "accuracy.md").write_text(_accuracy(found), encoding="utf-8")
    (folder / "missed.md").write_text(_missed(found), encoding="utf-8")
    (folder / "models.md").write_text(_models(), encoding="utf-8")
    (folder / "trust.md").write_text(_trust(), encoding="utf-8")
    for name, chosen in _pictures(found).items():
        _draw(folder / f"{name}.png", chosen)


def _accuracy(found: tuple[Comparison, ...]) -> str:
    rows = [
        (
            one.model,
            one.route.replace("_", " "),
            one.site,
            _analyte(one.analyte),
            str(one.rows),
            f"{one.median_absolute_error_percent:.0f}",
            f"{one.bias_percent:+.0f}",
            f"{one.within_two_fold_percent:.0f}",
        )
        for one in validation.accuracy(found)
    ]
    head = ("model", "route", "site", "analyte", "n", "median error %", "bias %", "within 2-fold %")
    fitted = sum(bool(one.observation.fitted) for one in found)
    unanswered = sum(one.predicted is None for one in found)
    return (
        _table(head, rows) + f"\n\n{len(found)} observations in adults; {unanswered} ask for what the model does not "
        f"predict; {fitted} were used to fit something here and test that fit, not a prediction.\n"
    )


def _missed(found: tuple[Comparison, ...]) -> str:
    rows = [
        (
            seen.id,
            seen.regimen,
            f"{_analyte(seen.analyte)} {seen.metric}" + (f" at {seen.time_h:g} h" if seen.time_h is not None else ""),
            f"{seen.value:g} {seen.unit}",
            "-" if one.predicted is None else f"{one.predicted:.3g}",
            "-" if one.ratio is None else f"{one.ratio:.2f}",
            seen.citation,
        )
        for one in found
        if (seen := one.observation).evidence in validation.OBSERVED and not one.within_two_fold
    ]
    return _table(("row", "given", "what", "observed", "predicted", "ratio", "source"), rows) + "\n"


def _analyte(name: str) -> str:
    """For example S-norketamine."""
    return re.sub("^([sr])_", lambda found: f"{found[1].upper()}-", name)


def _models() -> str:
    """Each model on everything it was built for, ketamine levels only."""
    rows = []
    for name in catalogue.names("pk"):
        ratios = [
            one.ratio
            for one in validation.validate([name], adults=False)
            if one.ratio is not None
            and one.observation.evidence in validation.OBSERVED
            and validation.is_level(one.observation.metric)
        ]
        if ratios:
            within = 100.0 * sum(0.5 <= ratio <= 2.0 for ratio in ratios) / len(ratios)
            rows.append((name, str(len(ratios)), f"{min(ratios):.2f}", f"{max(ratios):.2f}", f"{within:.0f}"))
    return _table(("model", "n", "lowest ratio", "highest ratio", "within 2-fold %"), rows) + "\n"


def _trust() -> str:
    """Each model in the words of its own file."""
    rows = []
    for name in catalogue.names("pk"):
        module = importlib.import_module(f"kinetamine.library.pk.{name}")
        said = " ".join((module.__doc__ or "").split("\n\n", 1)[-1].split())
        site = catalogue.load("pk", name).studied.site
        rows.append((f"`{name}`", said, site))
    return _table(("model", "in its own words", "blood"), rows, escape=False) + "\n"


def _pictures(found: tuple[Comparison, ...]) -> dict[str, list[Comparison]]:
    levels = [
        one
        for one in found
        if one.ratio and one.observation.evidence in validation.OBSERVED and validation.is_level(one.observation.metric)
    ]
    levels = [one for one in levels if one.observation.value > 0.0]
    return {
        "predicted": [one for one in levels if not one.observation.fitted],
        "fitted": [one for one in levels if one.observation.fitted],
    }


def _draw(path: Path, chosen: list[Comparison]) -> None:
    units = {"ng/mL": "ng/mL", "ng*h/mL": "ng·h/mL"}
    figure, axes = plt.subplots(1, 2, figsize=(9.0, 4.2), dpi=110)
    for axis, unit in zip(axes, units, strict=True):
        _panel(axis, [one for one in chosen if one.observation.unit == unit], units[unit])
    figure.tight_layout()
    figure.savefig(path, metadata={"Software": None})
    plt.close(figure)


def _panel(axis: Any, chosen: list[Comparison], unit: str) -> None:
    low, high = 0.3, 1e4
    axis.plot([low, high], [low, high], color="0.35", lw=1)
    for factor in (0.5, 2.0):
        axis.plot([low, high], [low * factor, high * factor], color="0.6", lw=0.8, ls="--")
    for analyte in ANALYTES:
        for site, marker in MARKERS.items():
            own = [
                one
                for one in chosen
                if one.observation.analyte.split("_")[-1] == analyte and one.observation.site == site
            ]
            if own:
                axis.scatter(
                    [one.observation.value for one in own],
                    [one.predicted for one in own],
                    s=22,
                    marker=marker,
                    color=INKS[analyte],
                    alpha=0.75,
                    linewidths=0,
                    label=f"{analyte}, {site}",
                )
    axis.set(xscale="log", yscale="log", xlim=(low, high), ylim=(low, high))
    axis.set_xlabel(f"observed, {unit}")
    axis.set_ylabel(f"predicted, {unit}")
    if chosen:
        axis.legend(fontsize=7, frameon=False, loc="upper left")


def _table(head: tuple[str, ...], rows: list[tuple[str, ...]], *, escape: bool = True) -> str:
    if escape:
        rows = [tuple(cell.replace("|", "\\|").replace("_", "\\_").replace("*", "\\*") for cell in row) for row in rows]
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)
