"""One session at a time: every acute quantity in minutes after the start, all sessions over each other."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float

from kinetamine.engine.trajectory import Trajectory
from kinetamine.report import thin
from kinetamine.report.groups import Group, Member, groups
from kinetamine.report.panels import MOST_BANDS, Panel, panel_of
from kinetamine.report.sessions import Session, sessions
from kinetamine.report.words import shown_unit

MINUTE_H = 1.0 / 60.0
MOST_SESSIONS = 40
"""Of a longer course the first and the last sessions are shown, half each."""
MOST_POINTS = 400
"""Per line of one session."""


@dataclass(frozen=True, kw_only=True)
class SessionLine:
    """One session of one trace; ``low`` and ``high`` are empty where the panel has no band for it."""

    session: int
    trace: str
    x: Float[np.ndarray, " point"]
    y: Float[np.ndarray, " point"]
    low: Float[np.ndarray, " point"]
    high: Float[np.ndarray, " point"]


@dataclass(frozen=True, kw_only=True)
class Zoom:
    """A panel of sessions: ``panel`` says how it looks, ``lines`` hold the data of every session shown."""

    panel: Panel
    lines: tuple[SessionLine, ...]


def shown_sessions(trajectory: Trajectory) -> tuple[Session, ...]:
    """All sessions, or the first and the last of a long course."""
    found = sessions(trajectory)
    half = MOST_SESSIONS // 2
    return found if len(found) <= MOST_SESSIONS else (*found[:half], *found[-half:])


def session_panels(trajectory: Trajectory) -> tuple[Zoom, ...]:
    """One zoom for every group of what happens within hours: plasma, receptor, acute effects, the first links."""
    chosen = shown_sessions(trajectory)
    if not chosen:
        return ()
    return tuple(_zoom(trajectory, group, chosen) for group in groups(trajectory) if not group.slow)


def _zoom(trajectory: Trajectory, group: Group, chosen: tuple[Session, ...]) -> Zoom:
    first = chosen[0]
    panel = panel_of(trajectory, group, scale_h=MINUTE_H, origin_h=first.start_h)
    factor = shown_unit(group.members[0].series.unit)[0]
    lines = []
    for place, member in enumerate(group.members):
        banded = place < MOST_BANDS and not group.lines_only
        lines += _lines(trajectory, member, chosen, factor, banded=banded)
    return Zoom(panel=panel, lines=tuple(lines))


def _lines(
    trajectory: Trajectory, member: Member, chosen: tuple[Session, ...], factor: float, *, banded: bool
) -> list[SessionLine]:
    series = member.series
    band = series.band() if banded else None
    curves = factor * np.vstack([series.typical] if band is None else [series.typical, *band])
    lines = []
    for session in chosen:
        inside = session.window(trajectory)
        minutes = (trajectory.times_h[inside] - session.start_h) / MINUTE_H
        kept = thin.keep(minutes, curves[:, inside], MOST_POINTS)
        part = curves[:, inside][:, kept]
        low, high = (part[1], part[2]) if band is not None else (np.empty(0), np.empty(0))
        lines.append(
            SessionLine(session=session.number, trace=series.name, x=minutes[kept], y=part[0], low=low, high=high)
        )
    return lines
