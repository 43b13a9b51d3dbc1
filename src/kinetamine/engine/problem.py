"""Everything a simulation needs, explicitly."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from jaxtyping import Float, Int

from kinetamine.engine.events import Event, administrations
from kinetamine.engine.model import Effect, PKModel, Route
from kinetamine.engine.person import Person
from kinetamine.engine.system import Arm
from kinetamine.errors import FieldError


@dataclass(frozen=True)
class Modulation:
    """What genotype, other drugs or the liver do to the kinetics, as ratios to a person without them.

    Attributes:
        clearance: of systemic clearance (of intrinsic clearance in a well-stirred model).
        first_pass: of the fraction that survives gut and liver.
    """

    clearance: float = 1.0
    first_pass: float = 1.0


@dataclass(frozen=True, kw_only=True)
class Problem:
    """A model, a person, doses and what is wanted of them; ``kinetamine.course`` fills it from names.

    Attributes:
        routes: library routes by name, for events whose route the model does not describe itself.
        person_changes: covariates from each time on (their interpolation already chosen).
        arm: for effects on top of a model that predicts venous blood only, what brings ketamine to arterial;
            None lets effects see venous blood as it is.
        contacts: begin and end of each session of treatment, where that is not where the doses are: another
            treatment in ketamine's place.
        horizon_h: how long to simulate; None: until a day after the last dose.
        times_h: when to observe; None: a grid that is dense after doses.
        people: virtual people beside the typical one; 0 draws none.
        given: typical values in place of the library's, by effect and parameter: one for all, or one for the
            typical person and each of the others.
        observe_after_dose: at equal times, observe after the dose instead of before it.
    """

    model: PKModel
    events: tuple[Event, ...]
    person: Person
    routes: Mapping[str, Route] = field(default_factory=dict)
    effects: tuple[Effect, ...] = ()
    person_changes: tuple[tuple[float, Person], ...] = ()
    modulation: Modulation = Modulation()
    arm: Arm | None = None
    contacts: tuple[tuple[float, float], ...] | None = None
    horizon_h: float | None = None
    times_h: tuple[float, ...] | None = None
    people: int = 0
    given: Mapping[str, Mapping[str, Float[np.ndarray, " person"] | float]] = field(default_factory=dict)
    seed: int = 20260101
    observe_after_dose: bool = False

    def __post_init__(self) -> None:
        """Refuse times that cannot be observed."""
        times = self.times_h
        if times is not None and not (times and all(math.isfinite(time) and time >= 0.0 for time in times)):
            raise FieldError("times_h", times, "finite times, not negative, at least one")
        if times is not None and list(times) != sorted(set(times)):
            raise FieldError("times_h", times, "increasing times, each once")
        published: set[str] = set()
        for effect in self.effects:
            if missing := sorted(set(effect.inputs) - published):
                expected = f"an effect before {effect.name} that predicts {missing[0]}"
                raise FieldError("effects", ", ".join(one.name for one in self.effects), expected)
            published |= {readout.name for readout in effect.readouts}

    @property
    def dose_times_h(self) -> tuple[float, ...]:
        """When drug is given, ADDL repetitions included."""
        return tuple(sorted({start for start, _ in administrations(self.events)}))

    @property
    def sessions_h(self) -> tuple[tuple[float, float], ...]:
        """Begin and end of every session: an hour at least, longer where a dose lasts longer; none overlap."""
        given = self.contacts if self.contacts is not None else administrations(self.events)
        merged: list[tuple[float, float]] = []
        for begin, end in sorted(given):
            end = max(end, begin + _SESSION_H)  # noqa: PLW2901 - an hour at least
            if merged and begin <= merged[-1][1]:
                merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
            else:
                merged.append((begin, end))
        return tuple(merged)

    def nodes_h(self) -> Float[np.ndarray, " node"]:
        """Times at which to solve: doses, ends and wanted times exactly, and a grid that is dense after them."""
        given = administrations(self.events) or self.contacts or ((0.0, 0.0),)
        wanted = self.times_h or ()
        records = [event.time_h for event in self.events]
        last = max([given[-1][0], *(end for _, end in given), *wanted])
        horizon = self.horizon_h if self.horizon_h is not None else last + (0.0 if wanted else 24.0)
        horizon = max([horizon, *wanted])
        pairs = (*given, *self.sessions_h)
        exact = np.unique([0.0, horizon, *records, *wanted, *(time for pair in pairs for time in pair)])
        after, tail = (_COARSE_H, _COARSE_TAIL_H) if self.people else (_FINE_H, _FINE_TAIL_H)
        long = [end for start, end in given if end - start > _DENSE_H]
        late = np.arange(last + after[-1], horizon, tail)
        starts = [start for start, _ in given]
        grid = np.unique(np.concatenate([late, *(start + after for start in (*starts, *long))]))
        apart = np.min(np.abs(grid[:, None] - exact[_around(exact, grid)]), axis=1) > _SAME_H
        nodes = np.unique(np.concatenate([exact, grid[apart & (np.diff(grid, prepend=-1.0) > _SAME_H)]]))
        return nodes[nodes <= horizon]


def _around(exact: Float[np.ndarray, " exact"], grid: Float[np.ndarray, " node"]) -> Int[np.ndarray, "node 2"]:
    """Positions of the exact times on either side of each time of the grid."""
    above = np.searchsorted(exact, grid)
    return np.clip(np.stack((above - 1, above), axis=1), 0, len(exact) - 1)


def _offsets(*pieces: tuple[float, float]) -> Float[np.ndarray, " node"]:
    """Times after an event: each piece goes on to ``until`` hours in steps of ``minutes``."""
    steps, start = [np.array([0.0, 1 / 3600])], 0.0
    for until, minutes in pieces:
        count = round((until - start) * 60 / minutes)
        steps.append(start + np.arange(1, count + 1) * minutes / 60)
        start = until
    return np.concatenate(steps)


_SESSION_H = 1.0
"""A session of treatment is at least that long, whatever is given in it."""
_DENSE_H = 2.0
"""So long after a dose the grid is dense; an infusion longer than this gets a dense stretch of its own at its end."""
_SAME_H = 1e-9
"""Nodes nearer than this to a time that matters give way to it."""
_FINE_TAIL_H, _COARSE_TAIL_H = 12.0, 24.0
_FINE_H = _offsets((_DENSE_H, 1.0), (4.0, 4.0), (12.0, 20.0), (72.0, 120.0), (1008.0, 720.0))
_COARSE_H = np.union1d(
    _offsets((_DENSE_H, 2.0), (4.0, 15.0), (12.0, 60.0), (72.0, 240.0), (1008.0, 1440.0)),
    np.array([15.0, 30.0, 60.0]) / 3600,  # the curved rise of a short infusion, which areas depend on
)
