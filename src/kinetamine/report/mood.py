"""Scores at the times that trials report, and the odds of response and remission."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np
from scipy.special import ndtr

from kinetamine.engine.trajectory import Series, Trajectory
from kinetamine.report.rows import Row, spread
from kinetamine.report.sessions import Session
from kinetamine.report.words import shown_unit

MOOD = "Mood and other long-term outcomes"
AFTER_FIRST = ((2.0, "2 h"), (24.0, "24 h"), (168.0, "7 days"), (672.0, "28 days"))
"""Hours after the first dose at which a score is given, and how the table calls them."""
DAY_H = 24.0
_SAME_H = 1.0
"""An end of follow-up this close to another reading gets no row of its own."""
RESPONSE = {"madrs": 0.5, "phq9": 0.5, "pain_nrs": 0.3}
"""Fall from the baseline, as a fraction, that counts as response (pain: the usual 30 %)."""
REMISSION = {"madrs": 10.0, "phq9": 4.0}
"""Score at or below which a person is in remission."""


def mood_rows(trajectory: Trajectory, found: tuple[Session, ...]) -> Iterator[Row]:
    """Every long-term score over time, with response and remission."""
    for series in trajectory:
        parts = series.name.endswith(("_drug", "_nonspecific"))
        if series.stage == "mood" and not parts:
            yield from _score(trajectory, series, found)


def score_times(trajectory: Trajectory, found: tuple[Session, ...]) -> tuple[tuple[float, str], ...]:
    """Hours and words of the readings within what was simulated, in time order; the last is its end."""
    if not found:
        return ()
    first, last, end = found[0].start_h, found[-1].start_h, float(trajectory.times_h[-1])
    times = [(first + after, f"{words} after the first dose") for after, words in AFTER_FIRST]
    if last > first:
        times.append((last + DAY_H, "24 h after the last dose"))
    times = sorted((time, words) for time, words in times if time <= end + 1e-9)
    if end - (times[-1][0] if times else first) > _SAME_H:
        times.append((end, f"at the end of follow-up, day {_day(end - first)}"))
    return tuple(times)


def _day(after_h: float) -> int:
    """Day of the course that this many hours belong to; a full day ends it."""
    return max(1, math.ceil(after_h / DAY_H - 1e-9))


def _score(trajectory: Trajectory, series: Series, found: tuple[Session, ...]) -> Iterator[Row]:
    factor, unit = shown_unit(series.unit)
    start = found[0].start_h if found else float(trajectory.times_h[0])
    base = float(np.interp(start, trajectory.times_h, series.typical))
    note = _undefined(series, base)
    for time_h, words in ((start, "before the first dose"), *score_times(trajectory, found)):
        own = _at(trajectory, series, time_h)
        yield Row(
            section=MOOD,
            quantity=series.title,
            value=factor * float(np.interp(time_h, trajectory.times_h, series.typical)),
            unit=unit,
            time=words,
            time_h=time_h,
            range=None if own is None else spread(factor * own),
            note=note,
        )
        note = ""
    if series.people is not None:
        yield from _odds(trajectory, series, base, found)


def _odds(trajectory: Trajectory, series: Series, base: float, found: tuple[Session, ...]) -> Iterator[Row]:
    """Probability that a rating shows response, at each time; then the same for remission."""
    limits = []
    if series.name in RESPONSE and base > 0.0:
        fall = RESPONSE[series.name]
        limits.append((f"Response ({100.0 * fall:g} % fall or more), {series.title}", base * (1.0 - fall)))
    if base > REMISSION.get(series.name, math.inf):
        limits.append((f"Remission ({REMISSION[series.name]:g} or less), {series.title}", REMISSION[series.name]))
    for quantity, limit in limits:
        for time_h, words in score_times(trajectory, found):
            own = _at(trajectory, series, time_h)
            yield Row(
                section=MOOD,
                quantity=quantity,
                value=0.0 if own is None else 100.0 * reaches(own, limit, series.residual_sd or 0.0),
                unit="% of people",
                time=words,
                time_h=time_h,
                note="between-person spread" + (" and rating scatter" if series.residual_sd else ""),
            )


def _undefined(series: Series, base: float) -> str:
    """Which odds a baseline leaves without meaning."""
    said = []
    if series.name in RESPONSE and base <= 0.0:
        said.append("response is not defined from a baseline of 0")
    if base <= REMISSION.get(series.name, -math.inf):
        said.append("remission is not defined: the baseline is within it")
    return "; ".join(said)


def reaches(own: np.ndarray, limit: float, residual_sd: float) -> float:
    """Fraction of people whose rating is at or below a limit, ratings normal around each person's own score."""
    if residual_sd == 0.0:
        return float((own <= limit).mean())
    return float(ndtr((limit - own) / residual_sd).mean())


def _at(trajectory: Trajectory, series: Series, time_h: float) -> np.ndarray | None:
    """Every person's own value at a time, linear between the nodes."""
    if series.people is None:
        return None
    times = trajectory.times_h
    if len(times) == 1:
        return series.people[:, 0]
    right = int(np.clip(np.searchsorted(times, time_h), 1, len(times) - 1))
    weight = (time_h - times[right - 1]) / (times[right] - times[right - 1])
    weight = min(max(float(weight), 0.0), 1.0)
    value: np.ndarray = (1.0 - weight) * series.people[:, right - 1] + weight * series.people[:, right]
    return value
