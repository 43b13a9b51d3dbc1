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


Action = Delivery | Reset | SteadyState
PathsOf = Callable[[Administration], tuple[Path, ...]]


def plan(events: Iterable[Event], species: str, share: Callable[[Event], float], paths_of: PathsOf) -> list[Action]:
    """The actions of one species in time order; at equal times, in the order of the records.

    Args:
        share: fraction of an event's amount that is this species.
        paths_of: how one administration enters the system.
    """
    actions: list[Action] = []
    for event, device in _numbered(sorted(events, key=lambda event: event.time_h)):
        if event.resets or (event.is_dose and event.steady_state == 1):
            actions = _forget(actions, event.time_h)
            actions.append(Reset(event.time_h))
        if event.is_dose:
            given = Administration(event=event, species=species, device=device)
            parts = _parts(replace(event, amount_mg=event.amount_mg * share(event)), share(event), paths_of(given))
            actions += _repeated(event, parts)
    return sorted(actions, key=lambda action: action.time_h)


def _numbered(events: Iterable[Event]) -> Iterable[tuple[Event, int]]:
    """Each event with its number within the session: spray devices up to 30 minutes apart belong together."""
    number, last = 0, None
    for event in events:
        if not event.is_dose:
            yield event, 1
            continue
        together = last is not None and event.route == last.route and event.time_h - last.time_h <= 0.5
        number, last = (number + 1 if together else 1), event
        yield event, number


def _forget(actions: list[Action], time_h: float) -> list[Action]:
    """What earlier records had still to deliver is forgotten; what runs is stopped by the Reset itself."""
    return [action for action in actions if action.time_h < time_h]


def _parts(event: Event, share: float, paths: tuple[Path, ...]) -> tuple[Delivery, ...]:
    """The deliveries of one dose, times counted from the record."""
    return tuple(
        Delivery(
            time_h=path.lag_h,
            state=path.into if path.ka_per_h is None else path.name,
            amount=path.fraction * (event.amount_mg or event.rate_mg_per_h * share),
            duration_h=_duration_h(event, share, path),
        )
        for path in paths
    )


def _duration_h(event: Event, share: float, path: Path) -> float:
    rate = event.rate_mg_per_h
    if rate in {Modelled.RATE, Modelled.DURATION}:
        if path.release_h <= 0.0:
            raise RowError(event.row, "RATE", int(rate), f"a model that gives {path.name} a duration, or RATE above 0")
        return path.release_h
    if path.release_h > 0.0:
        if rate > 0.0 or event.duration_h:
            raise FieldError("duration", event.duration_h or rate, f"no infusion: {path.name} sets its own release")
        return path.release_h
    if event.duration_h is not None:
        return event.duration_h
    if rate <= 0.0:
        return 0.0
    fraction = float(np.max(np.asarray(path.fraction)))
    return fraction * event.amount_mg / (rate * share) if event.amount_mg else 0.0


def _repeated(event: Event, parts: tuple[Delivery, ...]) -> Iterable[Action]:
    if event.steady_state:
        yield SteadyState(event.time_h, parts, event.interval_h, added=event.steady_state == 2)
        if event.interval_h == 0.0:
            return  # an infusion that never stops; nothing more to give
    for repeat in range(event.additional + 1):
        start = event.time_h + repeat * event.interval_h
        for part in parts:
            yield replace(part, time_h=start + part.time_h)
