"""Draws docs/images/outcomes.png: relapse, suicidal ideation, PTSD and pain against published results.

Run with ``python docs/fits/outcome_figures.py`` (a minute). Lines are means over virtual people; points are rows of
library/observations/mood.csv with 95 % intervals where they were printed. Standardised differences become points
with the SD between virtual people in the control arm.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import matplotlib as mpl
import numpy as np

from kinetamine import Course, Person, Trajectory, simulate
from kinetamine.course import parse_regimen
from kinetamine.trials import TrialRow, load

mpl.use("Agg")
from matplotlib import pyplot as plt
from matplotlib.axes import Axes

IMAGE = Path(__file__).parents[1] / "images" / "outcomes.png"
BLUE, GREY, RED = "#1f5f8b", "#8a8f98", "#b3403a"
ONCE = "0.5 mg/kg iv over 40 min"
SIX = f"{ONCE}, three times weekly for 2 weeks"
HOURS = 24.0
RELAPSE = (
    (18.0, 0.5, "Murrough 2013"),
    (27.5, 0.5, "Feder 2021"),
    (28.0, 0.8, "McInnes 2022, medicated"),
    (56.0, 0.6, "McInnes 2022"),
)
"""Day since the last session, share still well, source: docs/fits/relapse.py."""
ROWS = {row.row_id: row for row in load()}


def arms(regimen: str, outcome: str, **person: float) -> tuple[Trajectory, Trajectory]:
    """The same course with ketamine and with midazolam."""
    course = Course(
        regimen=parse_regimen(regimen),
        person=Person(weight_kg=70.0).with_covariates(**person),
        effects=(),
        outcomes=(outcome,),
        people=300,
        outside=True,
    )
    return simulate(course), simulate(replace(course, comparator="midazolam"))


def mean(found: Trajectory, readout: str) -> np.ndarray:
    """Over virtual people."""
    people = found[readout].people
    assert people is not None
    return np.asarray(people.mean(axis=0))


def difference(axes: Axes, regimen: str, outcome: str, readout: str, rows: tuple[str, ...], **person: float) -> None:
    """Ketamine less midazolam over days, beside published differences."""
    given, control = arms(regimen, outcome, **person)
    days = given.times_h / HOURS
    axes.plot(days, mean(given, readout) - np.interp(days, control.times_h / HOURS, mean(control, readout)), color=BLUE)
    people = control[readout].people
    assert people is not None
    spread = float(np.hypot(people[:, -1].std(), control[readout].residual_sd or 0.0))
    for name in rows:
        point(axes, ROWS[name], spread if ROWS[name].quantity == "effect_size" else 1.0)
    axes.axhline(0.0, color=GREY, lw=0.8)
    axes.set_xlabel("days since the first session")


def point(axes: Axes, row: TrialRow, scale: float) -> None:
    """One published difference with its interval."""
    low, high = (row.value if end is None else end for end in (row.low, row.high))
    below, above = scale * (row.value - low), scale * (high - row.value)
    day = row.time_h / HOURS
    axes.errorbar(day, scale * row.value, yerr=[[below], [above]], fmt="s", ms=4.0, lw=1.0, color=RED, zorder=5)
    label(axes, row.study, (day, scale * row.value), (6, -14) if row.study.startswith("PTSD") and day < 2.0 else (6, 4))


def label(axes: Axes, text: str, at: tuple[float, float], offset: tuple[float, float] = (6, 4)) -> None:
    """A name beside a point, readable where a curve passes."""
    box = {"boxstyle": "square,pad=0.15", "facecolor": "white", "edgecolor": "none", "alpha": 0.85}
    axes.annotate(text, at, offset, textcoords="offset points", fontsize=7, color=RED, bbox=box, zorder=4)


def relapse(axes: Axes) -> None:
    """Share still well after six infusions, among virtual people who had responded."""
    course = Course(
        regimen=parse_regimen(SIX), person=Person(weight_kg=70.0), effects=(), people=400, follow_up_days=60
    )
    found = simulate(course)
    last = found.times_h.searchsorted(max(found.dose_times_h) + HOURS)
    madrs, risk = found["madrs"].people, found["relapse_risk"].people
    assert madrs is not None
    assert risk is not None
    responded = madrs[:, last] <= 0.5 * madrs[:, 0]
    well = np.exp(-(risk[responded, last:] - risk[responded, last][:, None])).mean(axis=0)
    axes.plot((found.times_h[last:] - found.times_h[last]) / HOURS, 100.0 * well, color=BLUE)
    for day, share, source in RELAPSE:
        axes.plot(day, 100.0 * share, "s", ms=4.0, color=RED, zorder=5)
        label(axes, source, (day, 100.0 * share), (6, -12) if source.startswith("Feder") else (6, 4))
    axes.set(ylim=(0, 102), xlabel="days since the last of six infusions", ylabel="still well, %")


def pain(axes: Axes) -> None:
    """A 100-hour infusion of S-ketamine, and what is left of its relief."""
    course = Course(
        regimen=parse_regimen("crps_100h_infusion"),
        person=Person(weight_kg=70.0, pain_nrs=7.0),
        effects=(),
        outcomes=("chronic_pain",),
        people=300,
        follow_up_days=84.0,
    )
    for label, found, colour in (
        ("S-ketamine", simulate(course), BLUE),
        ("saline", simulate(replace(course, comparator="placebo")), GREY),
    ):
        axes.plot(found.times_h / HOURS, mean(found, "pain_nrs"), color=colour, label=label)
    for name, colour in (("sigtermans_2009.01", BLUE), ("sigtermans_2009.02", GREY)):
        row = ROWS[name]
        axes.errorbar(row.time_h / HOURS, row.value, yerr=1.96 * (row.se or 0.0), fmt="s", ms=4.0, color=colour)
    axes.set(ylim=(0, 8), xlabel="days since the start", ylabel="pain, NRS")
    axes.legend(frameon=False, fontsize=7, loc="lower right")


def main() -> None:
    """Four panels."""
    figure, ((one, two), (three, four)) = plt.subplots(2, 2, figsize=(9.2, 6.4), layout="constrained")
    relapse(one)
    difference(
        two, ONCE, "suicidal_ideation", "ssi", ("grunebaum_2018.01", "wilkinson_2018.17", "wilkinson_2018.18"), ssi=14.0
    )
    two.set(ylabel="SSI, beyond midazolam", xlim=(-0.5, 14))
    difference(three, SIX, "ptsd", "caps5", ("ptsd_meta_2024.01", "ptsd_meta_2024.04", "feder_2021.01"))
    three.set(ylabel="CAPS-5, beyond midazolam", xlim=(-0.5, 28))
    pain(four)
    titles = ("Relapse in those who responded", "Suicidal ideation, one infusion", "PTSD, six infusions", "CRPS, 100 h")
    for axes, title in zip((one, two, three, four), titles, strict=True):
        axes.set_title(title, loc="left", fontsize=10)
        axes.spines[["top", "right"]].set_visible(False)
    figure.savefig(IMAGE, dpi=130)


if __name__ == "__main__":
    main()
