"""Draws the figures of docs/concepts/calibration.md from the stored draws; called by ``mechanism.py --figures``."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import jax
import matplotlib as mpl
import numpy as np

from kinetamine import posterior
from kinetamine.engine.maths import Z90
from kinetamine.inference.fit import MODELS, Model
from kinetamine.inference.free import values
from kinetamine.inference.judge import predictive
from kinetamine.inference.law import Law
from kinetamine.inference.rows import KETAMINE, ONCE, THRICE_WEEKLY, Observation, Seen, observations

mpl.use("Agg")
from matplotlib import pyplot as plt

IMAGES = Path(__file__).parents[1] / "images"
BLUE, GREY, RED, ORANGE = "#1f5f8b", "#8a8f98", "#b3403a", "#d98c2b"
DRAWS = 60
POINTS = 33.0
DAYS = np.asarray([0.04, 0.17, 0.5, *np.arange(1.0, 36.0)])


def standardised(name: str, count: int = DRAWS) -> np.ndarray:
    """Stored draws of a mechanism, on the scales of their priors."""
    stored, (_, free) = posterior.load(name), MODELS[name]
    return np.stack([[one.z(float(value)) for value in stored[one.name][:count]] for one in free], axis=1)


def falls(name: str, groups: Sequence[Seen]) -> np.ndarray:
    """Expected falls in parts of the baseline, (draw, group)."""
    shares, free = MODELS[name]
    law = Law(shares, [(one, None) for one in groups])

    def expected(z: Any) -> Any:
        given = values(free, z)
        return law.means(given, law.relief(given)[0]).fall

    solve = jax.jit(expected)
    return np.stack([np.asarray(solve(z)) for z in standardised(name)])


def group(words: str, hours: float, belief: str = KETAMINE, background: str = "") -> Seen:
    """One group, named by what it believes."""
    drug = belief == KETAMINE
    return Seen(arm=belief, drug=drug, belief=belief, background=background, regimen=words, time_h=hours)


def band(axis: Any, x: Any, drawn: np.ndarray, colour: str, label: str) -> None:
    """Median and 90 % of what draws give."""
    low, middle, high = np.quantile(drawn, (0.05, 0.5, 0.95), axis=0)
    axis.fill_between(x, low, high, color=colour, alpha=0.2, linewidth=0)
    axis.plot(x, middle, color=colour, linewidth=1.8, label=label)


def plain(axis: Any) -> None:
    """No frame above and to the right."""
    axis.spines[["top", "right"]].set_visible(False)
    axis.tick_params(labelsize=8)


def save(figure: Any, name: str) -> None:
    """As a small picture."""
    figure.tight_layout()
    figure.savefig(IMAGES / f"calibration_{name}.png", dpi=110)
    plt.close(figure)


def predicted_against_observed(model: Model, draws: np.ndarray) -> None:
    """Every fitted number beside its prediction."""
    found = predictive(model, draws)
    kinds = {
        "difference": (RED, [one.less is not None for one in model.found]),
        "ketamine arm": (BLUE, [one.less is None and one.group.drug for one in model.found]),
        "control arm": (GREY, [one.less is None and not one.group.drug for one in model.found]),
    }
    figure, axis = plt.subplots(figsize=(5.6, 5.0))
    axis.plot([-4, 26], [-4, 26], color="black", linewidth=0.7)
    for label, (colour, chosen) in kinds.items():
        part = np.asarray(chosen)
        axis.errorbar(
            found.observed[part], found.middle[part], yerr=Z90 * found.sd[part], fmt="o", color=colour, markersize=4,
            elinewidth=0.7, alpha=0.85, label=label,
        )  # fmt: skip
    axis.set(xlabel="observed fall, MADRS points", ylabel="predicted, with 90 % interval for such a trial")
    axis.legend(frameon=False, fontsize=8, loc="upper left")
    plain(axis)
    save(figure, "predicted")


def differences(model: Model) -> list[tuple[str, str, float, float, int, int]]:
    """Ketamine less control wherever both are known: trial, when, fall, error (points), rows."""
    found: list[tuple[str, str, float, float, int, int]] = []
    for place, one in enumerate(model.found):
        if one.less is not None:
            found.append((label(one), when(one), one.fall * one.baseline, one.error * one.baseline, place, -1))
            continue
        if not one.group.drug:
            continue
        for other, control in enumerate(model.found):
            same = (control.trial, control.group.time_h) == (one.trial, one.group.time_h)
            fits = control.group.regimen == one.group.regimen or one.trial in {
                "daly_2018",
                "fedgchin_2019",
                "takahashi_2021",
            }
            if same and fits and control.less is None and not control.group.drug:
                points = one.baseline
                error = points * float(np.hypot(one.error, control.error))
                found.append((label(one), when(one), points * (one.fall - control.fall), error, place, other))
    return found


def label(one: Observation) -> str:
    """Trial and dose, short."""
    author, year = one.trial.rsplit("_", 1)
    dose = one.group.regimen.split(" iv")[0].split(" intranasal")[0].replace("esketamine ", "").replace(" mg/kg", "")
    more = {
        "daly_2018": f" {dose}",
        "fedgchin_2019": f" {dose}",
        "takahashi_2021": f" {dose}",
        "janik_2025": f" {dose}",
    }
    singh = {"singh_2016": " 2/wk" if "twice" in one.group.regimen else " 3/wk", "fava_2018": f" {dose} mg/kg"}
    less = "" if one.trial != "dean_2021" or one.less is None else f" v {one.less.belief}"
    return f"{author.replace('_', ' ').title()} {year}{more.get(one.trial, singh.get(one.trial, ''))}{less}"


def when(one: Observation) -> str:
    """Which panel it belongs to."""
    if one.group.time_h == (48.0 if one.trial == "evans_2025" else 24.0):
        return "day 1 or 2"
    if one.group.time_h == 168.0:
        return "day 7"
    return "end of a course" if one.group.time_h >= 336.0 and "lii" not in one.trial else ""


def forest(model: Model, draws: np.ndarray) -> None:
    """Observed differences beside predicted ones."""
    expected = jax.jit(model.slopes)
    mean = np.mean([np.asarray(expected(z)[0]) for z in draws], axis=0)
    spread = np.mean([np.asarray(values(model.free, z)["heterogeneity.DRUG"]) for z in draws])
    _, _, by_drug = (np.asarray(one) for one in expected(draws.mean(axis=0)))
    panels = ("day 1 or 2", "day 7", "end of a course")
    rows = {panel: [one for one in differences(model) if one[1] == panel] for panel in panels}
    figure, axes = plt.subplots(1, 3, figsize=(11.0, 4.9), sharex=True)
    for axis, panel in zip(axes, panels, strict=True):
        for height, (name, _, fall, error, place, other) in enumerate(reversed(rows[panel])):
            points = model.found[place].baseline
            middle = points * (mean[place] - (mean[other] if other >= 0 else 0.0))
            half = Z90 * points * spread * by_drug[place]
            axis.barh(height, 2 * half, left=middle - half, height=0.55, color=BLUE, alpha=0.18)
            axis.plot([middle, middle], [height - 0.28, height + 0.28], color=BLUE, linewidth=1.6)
            axis.errorbar(fall, height, xerr=Z90 * error, fmt="s", color=RED, markersize=3.5, elinewidth=0.9)
            axis.text(-21.6, height, name, fontsize=7, va="center")
        axis.axvline(0.0, color="black", linewidth=0.6)
        axis.set(
            xlim=(-22.0, 20.0),
            xticks=(-5, 0, 5, 10, 15, 20),
            title=panel,
            yticks=[],
            xlabel="beyond control, MADRS points",
        )
        axis.title.set_fontsize(9)
        plain(axis)
        axis.spines["left"].set_visible(False)
    save(figure, "forest")


def doses() -> None:
    """Drug part by dose: what lies beyond the same arm without drug, for mechanism and curve."""
    figure, axes = plt.subplots(1, 2, figsize=(9.0, 3.6), sharey=True)
    amounts = np.asarray([0.05, 0.1, 0.2, 0.3, 0.5, 0.75, 1.0])
    sprays = np.asarray([28.0, 56.0, 84.0])
    for axis, (x, words) in zip(
        axes,
        (
            (amounts, [f"{one:g} mg/kg iv over 40 min, single dose" for one in amounts]),
            (sprays, [f"esketamine {one:g} mg intranasal, single dose" for one in sprays]),
        ),
        strict=True,
    ):
        for name, colour, hours, text in (
            ("mixture", BLUE, 24.0, "mechanism, day 1"),
            ("mixture", ORANGE, 168.0, "mechanism, day 7"),
            ("empirical", GREY, 24.0, "curve, day 1"),
        ):
            with_drug = falls(name, [group(one, hours) for one in words])
            without = falls(name, [group(one, hours, "midazolam") for one in words])
            band(axis, x, POINTS * (with_drug - without), colour, text)
        plain(axis)
    axes[0].set(xlabel="mg/kg of racemate in 40 min", ylabel="beyond midazolam, MADRS points", ylim=(0, None))
    axes[1].set(xlabel="mg of esketamine, nasal", xticks=sprays)
    axes[0].legend(frameon=False, fontsize=8)
    save(figure, "doses")


def repeated() -> None:
    """Three infusions a week for two weeks, then none; and one infusion."""
    figure, axes = plt.subplots(1, 2, figsize=(9.0, 3.6), sharey=True)
    series = "0.5 mg/kg iv over 40 min, three times weekly for 2 weeks"
    for axis, words, title in zip(axes, (ONCE, series), ("one infusion", "six in two weeks"), strict=True):
        for belief, colour in ((KETAMINE, BLUE), ("midazolam", ORANGE), ("placebo", GREY)):
            text = {"placebo": "saline"}.get(belief, belief)
            band(
                axis, DAYS, POINTS * falls("mixture", [group(words, 24.0 * day, belief) for day in DAYS]), colour, text
            )
        axis.set(title=title, xlabel="day")
        axis.title.set_fontsize(9)
        plain(axis)
    rows = {one.row_id: one for one in observations()}
    for row, axis, colour in (
        ("singh_2016.03", axes[1], BLUE), ("singh_2016.04", axes[1], GREY), ("murrough_2013.01", axes[0], BLUE),
        ("murrough_2013.02", axes[0], ORANGE), ("evans_2025.13", axes[0], BLUE), ("evans_2025.14", axes[0], BLUE),
        ("evans_2025.15", axes[0], GREY), ("evans_2025.16", axes[0], GREY),
    ):  # fmt: skip
        one = rows[row]
        day = one.group.time_h / 24.0
        axis.errorbar(
            day, POINTS * one.fall, yerr=POINTS * one.error, fmt="o", color=colour, markersize=4, elinewidth=0.9
        )
    axes[0].set(ylabel="mean fall, MADRS points (of 33)")
    axes[0].legend(frameon=False, fontsize=8)
    save(figure, "course")


def draw() -> None:
    """All four."""
    assert THRICE_WEEKLY
    draws = standardised("mixture")
    model = Model("mixture", observations())
    model.refer(np.median(draws, axis=0))
    predicted_against_observed(model, draws)
    forest(model, draws)
    doses()
    repeated()
