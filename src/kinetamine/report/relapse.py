"""How many of those who responded stay well: from each person's cumulative hazard to the share of a group.

A person who was well at t0 is still well at t with probability exp(-(H(t) - H(t0))). The share of a group is the mean
of that over the virtual people who had responded at t0; the typical person's own is not it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float

from kinetamine.engine.trajectory import Trajectory
from kinetamine.report.arms import has_own_course
from kinetamine.report.people import values_at
from kinetamine.report.rows import Row
from kinetamine.report.sessions import Session

RELAPSE = "Relapse after the last session"
DAY_H = 24.0
AFTER_D = (14.0, 28.0)
_FEW = 20
"""Shares among fewer people than this are told with a warning."""


@dataclass(frozen=True, kw_only=True)
class StillWell:
    """The share still well since a day after the last session.

    Attributes:
        last_h: when the last session began.
        of_whom: whose share it is, in words.
    """

    last_h: float
    times_h: Float[np.ndarray, " time"]
    share: Float[np.ndarray, " time"]
    people: int
    of_whom: str

    @property
    def median_d(self) -> float | None:
        """Days after the last session until half have relapsed; None where the simulation ends before."""
        below = np.flatnonzero(self.share <= 0.5)
        if not len(below):
            return None
        at = int(below[0])
        if at == 0:
            return 0.0
        (t0, t1), (s0, s1) = self.times_h[at - 1 : at + 1], self.share[at - 1 : at + 1]
        return float(t0 + (s0 - 0.5) / (s0 - s1) * (t1 - t0) - self.last_h) / DAY_H

    def at_day(self, day: float) -> float:
        """The share so many days after the last session."""
        return float(np.interp(self.last_h + DAY_H * day, self.times_h, self.share))


def still_well(trajectory: Trajectory, found: tuple[Session, ...]) -> StillWell | None:
    """The share still well; None without sessions that end, without virtual people or without a hazard."""
    risk = trajectory.series.get("relapse_risk")
    if risk is None or risk.people is None or not found or has_own_course(trajectory):
        return None
    last_h = found[-1].start_h
    start = last_h + DAY_H
    inside = trajectory.times_h > start + 1e-9
    if not inside.any():
        return None
    responded, of_whom = _responders(trajectory, found[0].start_h, start)
    if not responded.any():
        return None
    gathered = risk.people[responded][:, inside]
    since = values_at(trajectory, risk, start)
    assert since is not None  # noqa: S101 - people were drawn
    share = np.exp(since[responded][:, None] - gathered).mean(axis=0)
    return StillWell(
        last_h=last_h,
        times_h=np.concatenate([[start], trajectory.times_h[inside]]),
        share=np.concatenate([[1.0], share]),
        people=int(responded.sum()),
        of_whom=of_whom,
    )


def _responders(trajectory: Trajectory, before_h: float, at_h: float) -> tuple[np.ndarray, str]:
    """Who had lost half of the score a day after the last session; everybody where depression was not simulated."""
    score = trajectory.series.get("madrs")
    if score is None or score.people is None:
        count = len(trajectory["relapse_risk"].people)  # type: ignore[arg-type]
        return np.ones(count, dtype=bool), f"all {count} virtual people, as depression was not simulated"
    before, at = values_at(trajectory, score, before_h), values_at(trajectory, score, at_h)
    assert before is not None  # noqa: S101 - people were drawn
    assert at is not None  # noqa: S101 - as above
    responded: np.ndarray = at <= 0.5 * before
    count = int(responded.sum())
    words = f"the {count} of {len(responded)} virtual people who had responded a day after the last session"
    return responded, words + ("; so few that the share is rough" if count < _FEW else "")


def relapse_rows(trajectory: Trajectory, found: tuple[Session, ...]) -> Iterator[Row]:
    """Shares still well two and four weeks after the last session, and the median time to relapse."""
    curve = still_well(trajectory, found)
    if curve is None:
        return
    end_d = (float(trajectory.times_h[-1]) - curve.last_h) / DAY_H
    for day in AFTER_D:
        if day <= end_d + 1e-9:
            yield Row(
                section=RELAPSE,
                quantity="Still well",
                value=100.0 * curve.at_day(day),
                unit="% of responders",
                time=f"{day / 7.0:g} weeks after the last session",
                time_h=curve.last_h + DAY_H * day,
                note=curve.of_whom,
            )
    median = curve.median_d
    if median is not None:
        yield Row(section=RELAPSE, quantity="Median time to relapse", value=median, unit="days", note=curve.of_whom)
    else:
        yield Row(
            section=RELAPSE,
            quantity="Still well at the end; the median lies beyond",
            value=100.0 * float(curve.share[-1]),
            unit="% of responders",
            time=f"{end_d:.0f} days after the last session",
            time_h=float(trajectory.times_h[-1]),
            note=curve.of_whom,
        )
