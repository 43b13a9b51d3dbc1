"""Event records to what physically happens: which state receives how much, from when, for how long.

NONMEM's rules, spelled out: a bioavailable fraction below 1 shortens an infusion whose rate is given and
lowers the rate of one whose duration is given; a lag delays every part of a dose; a reset empties the
system, stops what runs and forgets what is still lagging; II and ADDL repeat a record; SS=1 starts from
the steady state of the repeated record, SS=2 adds that steady state to what is there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

import numpy as np

from kinetamine.engine.events import Event, Modelled
from kinetamine.engine.maths import Number
from kinetamine.engine.model import Administration, Path
from kinetamine.errors import FieldError, RowError


@dataclass(frozen=True)
class Delivery:
    """An amount (mg) that enters one state: at once, or at a constant rate over ``duration_h``."""

    time_h: float
    state: str
    amount: Number
    duration_h: float = 0.0


@dataclass(frozen=True)
class Reset:
    """Everything is emptied and stopped."""

    time_h: float


@dataclass(frozen=True)
class SteadyState:
    """The state that endless repetition of ``parts`` every ``interval_h`` has reached by ``time_h``.

    Attributes:
        parts: deliveries of one repetition, their times counted from the record (so a lag is a positive time).
        interval_h: 0 for one infusion that never stops, its hourly amount in ``Delivery.amount``.
        added: whether it is added to the present state (SS=2) or replaces it (SS=1).
    """

    time_h: float
    parts: tuple[Delivery, ...]
    interval_h: float
    added: bool


_SESSION_H = 0.5
"""Devices of one route within this of the first belong to one session; the label spaces them by 5 minutes."""
Action = Delivery | Reset | SteadyState
PathsOf = Callable[[Administration], tuple[Path, ...]]


def plan(events: Iterable[Event], species: str, share: Callable[[Event], float], paths_of: PathsOf) -> list[Action]:
    """The actions of one species in time order; at equal times, in the order of the records.

    Args:
        share: fraction of an event's amount that is this species.
        paths_of: how one administration enters the system.
    """
    actions: list[Action] = []
    ordered = sorted(events, key=lambda event: event.time_h)
    devices = _devices(ordered)
    for record, event in enumerate(ordered):
        if event.resets or (event.is_dose and event.steady_state == 1):
            actions = _forget(actions, event.time_h)
            actions.append(Reset(event.time_h))
        for repeat, start_h in enumerate(event.starts_h):
            given = Administration(event=event, species=species, time_h=start_h, device=devices[record, repeat])
            parts = _parts(event, share(event), paths_of(given))
            if event.steady_state and repeat == 0:
                actions.append(SteadyState(start_h, parts, event.interval_h, added=event.steady_state == 2))
            if event.amount_mg > 0.0:  # an infusion that never stops gives nothing more
                actions += [replace(part, time_h=start_h + part.time_h) for part in parts]
    return sorted(actions, key=lambda action: action.time_h)


def _devices(events: list[Event]) -> dict[tuple[int, int], int]:
    """The number of each dose within its session, by record and repeat: one route, half an hour from its first."""
    times = [
        (start_h, record, repeat)
        for record, event in enumerate(events)
        for repeat, start_h in enumerate(event.starts_h)
    ]
    resets = [(event.time_h, record, -1) for record, event in enumerate(events) if event.resets]
    numbers: dict[tuple[int, int], int] = {}
    session: dict[str | None, tuple[float, int]] = {}
    for time_h, record, repeat in sorted(times + resets):
        if repeat < 0:
            session.clear()
            continue
        route = events[record].route
        first_h, count = session.get(route, (time_h, 0))
        if time_h - first_h > _SESSION_H:
            first_h, count = time_h, 0
        session[route] = first_h, count + 1
        numbers[record, repeat] = count + 1
    return numbers


def _forget(actions: list[Action], time_h: float) -> list[Action]:
    """What earlier records had still to deliver is forgotten; what runs is stopped by the Reset itself."""
    return [action for action in actions if action.time_h < time_h]


def _parts(event: Event, share: float, paths: tuple[Path, ...]) -> tuple[Delivery, ...]:
    """The deliveries of one dose, times counted from the record."""
    if event.rate_mg_per_h > 0.0 and len(paths) > 1:
        names = ", ".join(path.name for path in paths)
        raise RowError(event.row, "RATE", event.rate_mg_per_h, f"0: the dose takes several ways ({names})")
    return tuple(
        Delivery(
            time_h=path.lag_h,
            state=path.into if path.ka_per_h is None else path.name,
            amount=share * (path.fraction * event.amount_mg if event.amount_mg else event.rate_mg_per_h),
            duration_h=_duration_h(event, path),
        )
        for path in paths
    )


def _duration_h(event: Event, path: Path) -> float:
    rate = event.rate_mg_per_h
    if rate in {Modelled.RATE, Modelled.DURATION}:
        if path.release_h <= 0.0:
            expected = "RATE above 0: this dose has no duration of its own in the model"
            raise RowError(event.row, "RATE", int(rate), expected)
        return path.release_h
    if path.release_h > 0.0:
        if rate > 0.0 or event.duration_h:
            raise FieldError("duration", event.duration_h or rate, f"no infusion: {path.name} sets its own release")
        return path.release_h
    if event.duration_h is not None or rate <= 0.0:
        return event.duration_h or 0.0
    # One duration for all: the typical person's availability decides how long a given rate runs.
    return float(np.ravel(path.fraction)[0]) * event.amount_mg / rate
