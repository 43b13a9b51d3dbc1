"""Everything a simulation needs, explicitly."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from jaxtyping import Float

from kinetamine.engine.events import Event
from kinetamine.engine.model import Effect, PKModel, Route
from kinetamine.engine.person import Person
from kinetamine.engine.system import Arm


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
        horizon_h: how long to simulate; None: until a day after the last dose.
        times_h: when to observe; None: a grid that is dense after doses.
        people: virtual people beside the typical one; 0 draws none.
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
    horizon_h: float | None = None
    times_h: tuple[float, ...] | None = None
    people: int = 0
    seed: int = 20260101
    observe_after_dose: bool = False

    @property
    def dose_times_h(self) -> tuple[float, ...]:
        """When drug is given, ADDL repetitions included."""
        repeated = (
            event.time_h + repeat * event.interval_h
            for event in self.events
            if event.is_dose
            for repeat in range(event.additional + 1)
        )
        return tuple(sorted(set(repeated)))

    def nodes_h(self) -> Float[np.ndarray, " node"]:
        """Times at which to solve: the wanted ones and a grid that is dense after doses and infusion ends."""
        starts = self.dose_times_h or (0.0,)
        lengths = [(event.time_h, _length_h(event)) for event in self.events if event.is_dose]
        ends = [start + length for start, length in lengths]
        first = min([0.0, *(event.time_h for event in self.events), *(self.times_h or ())])
        last = max([starts[-1], *ends, *(self.times_h or ())])
        horizon = self.horizon_h if self.horizon_h is not None else last + (0.0 if self.times_h else 24.0)
        after = _COARSE_H if self.people else _FINE_H
        long = [start + length for start, length in lengths if length > _DENSE_H]
        grid = [first, horizon, *ends, *(self.times_h or ()), *(start + after for start in (*starts, *long))]
        nodes = np.unique(np.round(np.concatenate([np.ravel(np.asarray(part)) for part in grid]), 9))
        return nodes[(nodes >= first) & (nodes <= max(horizon, last if self.times_h else horizon))]


def _length_h(event: Event) -> float:
    if event.duration_h is not None:
        return event.duration_h
    return event.amount_mg / event.rate_mg_per_h if event.rate_mg_per_h > 0.0 else 0.0


def _offsets(*pieces: tuple[float, float]) -> Float[np.ndarray, " node"]:
    """Times after an event: each piece goes on to ``until`` hours in steps of ``minutes``."""
    steps, start = [np.array([0.0, 1 / 3600])], 0.0
    for until, minutes in pieces:
        count = round((until - start) * 60 / minutes)
        steps.append(start + np.arange(1, count + 1) * minutes / 60)
        start = until
    return np.concatenate(steps)


_DENSE_H = 2.0
"""So long after a dose the grid is dense; an infusion longer than this gets a dense stretch of its own at its end."""
_FINE_H = _offsets((_DENSE_H, 1.0), (4.0, 4.0), (12.0, 20.0), (72.0, 120.0), (1008.0, 720.0))
_COARSE_H = _offsets((_DENSE_H, 2.0), (4.0, 15.0), (12.0, 60.0), (72.0, 240.0), (1008.0, 1440.0))
