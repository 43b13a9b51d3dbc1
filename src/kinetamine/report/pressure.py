"""How many people have a reading that the label of the nasal spray counts as a surge, and how many without drug."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from scipy.special import log_ndtr

from kinetamine.engine.model import Effect, Readout
from kinetamine.engine.spread import probability_above
from kinetamine.engine.trajectory import Series, Trajectory
from kinetamine.report.rows import Row
from kinetamine.report.sessions import Session

SURGES = (("systolic_rise", "systolic", 40.0), ("diastolic_rise", "diastolic", 25.0))
"""Readout, word and rise in mmHg (label of the nasal spray: 40 systolic, 25 diastolic)."""

SCATTER = ", by scatter of readings alone"
"""How the second row of each pair ends."""
_UNIT = "% of people"


@dataclass(frozen=True)
class _Spread:
    """What the effect says of its own spread: variance on the log scale and the largest possible rise."""

    omega2: float
    ceiling: float


def odds_rows(trajectory: Trajectory, found: tuple[Session, ...], section: str) -> Iterator[Row]:
    """Share of people with at least one reading at or above the threshold; then what no rise at all would give."""
    for name, word, threshold in SURGES:
        if name in trajectory.series and found:
            surge = f"Probability of a {word} rise of {threshold:g} mmHg or more"
            probability, note = _odds(trajectory, trajectory[name], found, threshold)
            noise = 100.0 * _by_scatter(trajectory[name], len(found), threshold)
            often = _how_often(len(found))
            people = f"share of people, {often}, one reading at each peak"
            yield Row(
                section=section,
                quantity=surge,
                value=100.0 * probability,
                unit=_UNIT,
                time=often,
                note=f"{people}; of which {noise:.2g} % by scatter of readings alone; {note}",
            )
            yield Row(
                section=section,
                quantity=f"{surge}{SCATTER}",
                value=noise,
                unit=_UNIT,
                time=often,
                note=f"{people}, if pressure did not rise at all",
            )


def _how_often(sessions: int) -> str:
    return f"at least once in {sessions} sessions" if sessions > 1 else "in one session"


def _by_scatter(series: Series, sessions: int, threshold: float) -> float:
    """What readings alone would give, were there no rise."""
    return probability_above(threshold, [0.0] * sessions, 0.0, series.residual_sd or 0.0)


def _odds(trajectory: Trajectory, series: Series, found: tuple[Session, ...], threshold: float) -> tuple[float, str]:
    """By integral over the effect's published spread, or else over the virtual people."""
    residual = series.residual_sd or 0.0
    windows = [session.interval(trajectory) for session in found]
    windows = [inside for inside in windows if len(inside)]
    own = _published(trajectory, series.name)
    if own is not None:
        peaks = [float(series.typical[inside].max()) for inside in windows]
        chance = probability_above(threshold, peaks, own.omega2, residual, own.ceiling)
        return chance, "spread of sensitivity and of readings as published, kinetics typical"
    if series.people is None:
        peaks = [float(series.typical[inside].max()) for inside in windows]
        return probability_above(threshold, peaks, 0.0, residual), "typical person, spread of readings only"
    return _over_people(series.people, windows, threshold, residual), (
        f"over {len(series.people)} virtual people and the spread of readings"
    )


def _over_people(people: np.ndarray, windows: list[np.ndarray], threshold: float, residual: float) -> float:
    """Each person's chance that no session's reading passes, normal around the person's own peak, averaged."""
    peaks = np.stack([people[:, inside].max(axis=1) for inside in windows], axis=1)
    if residual == 0.0:
        return float((peaks >= threshold).any(axis=1).mean())
    return float(1.0 - np.exp(log_ndtr((threshold - peaks) / residual).sum(axis=1)).mean())


def _published(trajectory: Trajectory, name: str) -> _Spread | None:
    """The spread of the effect that predicts this readout, where one log-normal sensitivity is all there is."""
    for entry in trajectory.used:
        if isinstance(entry, Effect) and (readout := _readout(entry, name)) is not None:
            spread = entry.variability.get("SENSITIVITY")
            if spread is not None and spread.scale == "log":
                return _Spread(spread.omega2.value, readout.bounds[1] if readout.bounds[1] > 0.0 else math.inf)
    return None


def _readout(entry: Effect, name: str) -> Readout | None:
    return next((readout for readout in entry.readouts if readout.name == name), None)
