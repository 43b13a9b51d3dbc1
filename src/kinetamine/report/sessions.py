"""Sessions of a course: doses close enough in time to be one visit, or the sessions of what is given in their place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from jaxtyping import Int

from kinetamine.engine.events import Event, administrations
from kinetamine.engine.trajectory import Trajectory
from kinetamine.report.arms import contacts_of

TOGETHER_H = 6.0
"""A dose that starts within this long after the end of the former belongs to the same visit."""
AFTER_H = 4.0
"""How long after its last drug a session is shown: sedation, dissociation and blood pressure are over by then."""


@dataclass(frozen=True)
class Session:
    """One visit: its number from 1, when drug starts and ends, and until when it is looked at."""

    number: int
    start_h: float
    end_h: float
    until_h: float
    next_h: float

    @property
    def day(self) -> int:
        """Day of the course, the first being 1."""
        return int(self.start_h // 24.0) + 1

    @property
    def label(self) -> str:
        """For example ``Session 3, day 8``."""
        return f"Session {self.number}, day {self.day}"

    def window(self, trajectory: Trajectory) -> Int[np.ndarray, " node"]:
        """Indices of the trajectory's times within the session as shown."""
        return _between(trajectory, self.start_h, self.until_h)

    def interval(self, trajectory: Trajectory) -> Int[np.ndarray, " node"]:
        """Indices of the trajectory's times from this session until the next, or the end."""
        return _between(trajectory, self.start_h, self.next_h)


def sessions(trajectory: Trajectory) -> tuple[Session, ...]:
    """All sessions in time order; none when nothing was given."""
    clusters = _clusters(administrations(trajectory.events) or contacts_of(trajectory))
    last_h = float(trajectory.times_h[-1])
    starts = [start for start, _ in clusters] + [last_h]
    return tuple(
        Session(number, start, end, min(end + AFTER_H, following, last_h), following)
        for number, ((start, end), (_, following)) in enumerate(
            zip(clusters, pairwise(starts), strict=True),
            start=1,
        )
    )


def session_count(events: Iterable[Event]) -> int:
    """How many visits these doses make."""
    return len(_clusters(administrations(events)))


def _between(trajectory: Trajectory, start_h: float, stop_h: float) -> Int[np.ndarray, " node"]:
    times = trajectory.times_h
    return np.flatnonzero((times >= start_h - 1e-9) & (times <= stop_h + 1e-9))


def _clusters(doses: Iterable[tuple[float, float]]) -> list[tuple[float, float]]:
    clusters: list[tuple[float, float]] = []
    for start, end in doses:
        if clusters and start <= clusters[-1][1] + TOGETHER_H:
            clusters[-1] = (clusters[-1][0], max(end, clusters[-1][1]))
        else:
            clusters.append((start, end))
    return clusters
