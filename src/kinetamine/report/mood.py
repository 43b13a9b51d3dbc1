"""Scores at the times that trials report, and the odds of response and remission."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr

from kinetamine.engine.trajectory import Series, Trajectory
from kinetamine.report.arms import has_own_course
from kinetamine.report.people import values_at
from kinetamine.report.rows import Row, spread
from kinetamine.report.sessions import Session
from kinetamine.report.words import shown_unit

MOOD = "Mood and other long-term outcomes"
AFTER_FIRST = ((2.0, "2 h"), (24.0, "24 h"), (168.0, "7 days"), (672.0, "28 days"))
"""Hours after the first dose at which a score is given, and how the table calls them."""
AFTER_START = ((24.0, "24 h"), (168.0, "7 days"), (336.0, "14 days"), (672.0, "28 days"), (1344.0, "56 days"))
"""The same for a treatment with a course of its own."""
DAY_H = 24.0
PARTS_OF_SCALES = ("_drug", "_nonspecific")
"""What readouts that are parts of a scale end with."""
_SAME_H = 1.0
"""An end of follow-up this close to another reading gets no row of its own."""


@dataclass(frozen=True, kw_only=True)
class Criterion:
    """What counts as response or remission on a scale.

    Attributes:
        fall: fraction of the baseline, or ``points``, that the score must fall by; or else
        at_most: the score at which a person counts; a score is whole, so 0 is anything below a half.
    """

    kind: str
    fall: float | None = None
    points: float | None = None
    at_most: float | None = None

    @property
    def words(self) -> str:
        """For example ``Response (50 % fall or more)``."""
        if self.fall is not None:
            return f"{self.kind} ({100.0 * self.fall:g} % fall or more)"
        if self.points is not None:
            return f"{self.kind} (fall of {self.points:g} or more)"
        return f"{self.kind} ({self.at_most:g}{' or less' if self.at_most else ''})"

    def limit(self, base: float) -> float | None:
        """The score at or below which it is met from this baseline; None where the baseline leaves no meaning."""
        found = float(self.limits(np.asarray(base, dtype=float)))
        return None if math.isnan(found) else found

    def limits(self, base: np.ndarray) -> np.ndarray:
        """The same for many baselines; no number where one leaves no meaning."""
        if self.at_most is not None:
            return np.where(base <= self.at_most, np.nan, self.at_most or 0.5)
        below = base - self.points if self.points is not None else base * (1.0 - (self.fall or 0.0))
        return np.where((base > 0.0) & (below >= 0.0), below, np.nan)

    def met(self, base: np.ndarray, score: np.ndarray) -> np.ndarray:
        """By person, 1 where the score meets it, else 0; no number where the baseline leaves no meaning."""
        limits = self.limits(base)
        return np.where(np.isnan(limits), np.nan, score <= limits)


_HALVED = Criterion(kind="Response", fall=0.5)
CRITERIA: Mapping[str, tuple[Criterion, ...]] = {
    "madrs": (_HALVED, Criterion(kind="Remission", at_most=10.0), Criterion(kind="Remission", at_most=12.0)),
    "phq9": (_HALVED, Criterion(kind="Remission", at_most=4.0)),
    "hama": (_HALVED, Criterion(kind="Remission", at_most=7.0)),
    "caps5": (Criterion(kind="Response", fall=0.3),),
    "pcl5": (Criterion(kind="Response", points=10.0),),
    "ssi": (_HALVED, Criterion(kind="Remission", at_most=0.0)),
    "pain_nrs": (Criterion(kind="Response", fall=0.3), _HALVED),
}
"""By scale, as trials count: the MADRS both ways, the PHQ-9 below 5, pain by 30 and by 50 %."""


def mood_rows(trajectory: Trajectory, found: tuple[Session, ...]) -> Iterator[Row]:
    """Every long-term score over time, with response and remission."""
    for series in scores(trajectory):
        yield from _score(trajectory, series, found)


def scores(trajectory: Trajectory) -> tuple[Series, ...]:
    """The scales: what belief, benefit and hazards lead to, and not those themselves nor the parts of a scale."""
    return tuple(
        one
        for one in trajectory
        if one.stage == "mood" and one.unit == "points" and not one.name.endswith(PARTS_OF_SCALES)
    )


def first_words(trajectory: Trajectory) -> str:
    """What times are counted from: the first dose, or what stands in its place."""
    if trajectory.events:
        return "the first dose"
    return "the start of treatment" if has_own_course(trajectory) else "the first session"


def score_times(trajectory: Trajectory, found: tuple[Session, ...]) -> tuple[tuple[float, str], ...]:
    """Hours and words of the readings within what was simulated, in time order; the last is its end."""
    if not found:
        return ()
    first, last, end = found[0].start_h, found[-1].start_h, float(trajectory.times_h[-1])
    own = has_own_course(trajectory)
    readings = AFTER_START if own else AFTER_FIRST
    times = [(first + after, f"{words} after {first_words(trajectory)}") for after, words in readings]
    if last > first and not own:
        times.append((last + DAY_H, f"24 h after {first_words(trajectory).replace('first', 'last')}"))
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
    before = f"before {first_words(trajectory)}"
    for time_h, words in ((start, before), *score_times(trajectory, found)):
        own = values_at(trajectory, series, time_h)
        yield Row(
            section=MOOD,
            quantity=series.title,
            value=factor * float(np.interp(time_h, trajectory.times_h, series.typical)),
            unit=unit,
            time=words,
            time_h=time_h,
            range=None if own is None else spread(factor * own),
            mean=None if own is None else factor * float(own.mean()),
            note=note,
        )
        note = ""
    if series.people is not None:
        yield from _odds(trajectory, series, base, found)


def _odds(trajectory: Trajectory, series: Series, base: float, found: tuple[Session, ...]) -> Iterator[Row]:
    """Probability that a rating meets each criterion of its scale, at each time."""
    for criterion in CRITERIA.get(series.name, ()):
        limit = criterion.limit(base)
        for time_h, words in score_times(trajectory, found) if limit is not None else ():
            own = values_at(trajectory, series, time_h)
            yield Row(
                section=MOOD,
                quantity=f"{criterion.words}, {series.title}",
                value=0.0 if own is None else 100.0 * reaches(own, limit or 0.0, series.residual_sd or 0.0),
                unit="% of people",
                time=words,
                time_h=time_h,
                note="between-person spread" + (" and rating scatter" if series.residual_sd else ""),
            )


def _undefined(series: Series, base: float) -> str:
    """Which odds a baseline leaves without meaning."""
    without = [one for one in CRITERIA.get(series.name, ()) if one.limit(base) is None]
    said = []
    if any(one.kind == "Response" for one in without):
        said.append("response is not defined from a baseline of 0")
    if any(one.kind == "Remission" for one in without):
        said.append("remission is not defined: the baseline is within it")
    return "; ".join(said)


def reaches(own: np.ndarray, limit: float, residual_sd: float) -> float:
    """Fraction of people whose rating is at or below a limit, ratings normal around each person's own score."""
    if residual_sd == 0.0:
        return float((own <= limit).mean())
    return float(ndtr((limit - own) / residual_sd).mean())
