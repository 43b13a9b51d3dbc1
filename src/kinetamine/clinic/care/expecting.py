"""What the model expects of somebody's scores, from the doses that were given and are planned; a prediction."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from kinetamine.clinic.access import Records
from kinetamine.clinic.care.every import every
from kinetamine.clinic.measured import Measured
from kinetamine.clinic.outcomes.change import Rating
from kinetamine.clinic.outcomes.trajectory import EXPECTED, Expected, baseline_of
from kinetamine.clinic.outcomes.trajectory import expected as of_course
from kinetamine.clinic.records import Order, Session
from kinetamine.course import FAST, Course
from kinetamine.engine.dose import Dose
from kinetamine.engine.events import Form
from kinetamine.engine.regimen import Regimen
from kinetamine.errors import KinetamineError

AS_ORDERED = "from the doses as they were ordered; what was changed in the chair, as by a pause, is not in it"
LATER = "it is not worked out yet"
_PEOPLE = 100
_MOST_HELD = 64
_LEAST_DAYS, _MOST_DAYS = 28, 180
_CANCELLED = "cancelled"


@dataclass(frozen=True, kw_only=True)
class Ordered:
    """What an order says, as the plan wrote it down.

    Attributes:
        measured: of the person, when it was planned; ``others`` are further covariates.
        outside: to predict outside the studied range all the same.
    """

    dose: Dose
    measured: Measured
    others: tuple[tuple[str, Any], ...]
    outside: bool


@dataclass(frozen=True, kw_only=True)
class Given:
    """A dose at its time.

    Attributes:
        at: when its session began, or when it is planned.
        ordered: None where no order says it as the simulator needs it, or none may be read.
    """

    at: datetime
    was_given: bool
    ordered: Ordered | None


def doses(records: Records, person_id: str, now: datetime, *, orders: bool = True) -> tuple[Given, ...]:
    """What was given, by the sessions, and what is planned from now on, by the orders.

    Args:
        orders: whether the role reads them; without them what was given is only known by its time.
    """
    sittings = [one for one in every(records, Session, person_id=person_id) if one.started_at is not None]
    ordered = every(records, Order, person_id=person_id) if orders else ()
    by_id = {one.id: _held(one) for one in ordered}
    found = [_given(one, by_id) for one in sittings]
    begun = {one.order_id for one in sittings}
    found += [
        Given(at=one.planned_at, was_given=False, ordered=by_id[one.id])
        for one in ordered
        if one.id not in begun and one.planned_at is not None and one.planned_at >= now and one.state != _CANCELLED
    ]
    return tuple(sorted(found, key=lambda one: one.at))


def _given(sitting: Session, orders: Mapping[str, Ordered | None]) -> Given:
    ordered = orders.get(sitting.order_id or "")
    return Given(at=sitting.started_at or sitting.made_at, was_given=True, ordered=ordered)


def expected(
    group: Sequence[Rating], given: Sequence[Given], now: datetime, *, work: bool = True
) -> tuple[Expected | None, str]:
    """The expectation for the ratings of one scale; or why there is none.

    Args:
        work: compute it where it is not at hand; otherwise ``LATER`` is said.
    """
    asked = _asked(group, given, now)
    if isinstance(asked, str):
        return None, asked
    if asked not in _HELD:
        if not work:
            return None, LATER
        while len(_HELD) >= _MOST_HELD:
            _HELD.pop(next(iter(_HELD)), None)
        _HELD[asked] = _worked_out(asked)
    return _HELD[asked]


@dataclass(frozen=True, kw_only=True)
class _Asked:
    ordered: Ordered
    timed: tuple[Dose, ...]
    scale: str
    baseline: int
    days: int


_HELD: dict[_Asked, tuple[Expected | None, str]] = {}
"""Some seconds of work each, which the same page asks for again and again."""


def _asked(group: Sequence[Rating], given: Sequence[Given], now: datetime) -> _Asked | str:
    """What to ask of the model; or why nothing can be asked."""
    scale = group[0].scale
    started = [one for one in given if one.was_given]
    if scale not in EXPECTED:
        return "the model predicts no score on this scale from somebody's own"
    if not started:
        return "no dose was given yet"
    first = started[0]
    baseline = baseline_of(group, first.at)
    if baseline is None:
        return "there is no score from before the first dose to start from"
    if first.ordered is None or any(one.ordered is None for one in given):
        return "an order does not say its dose as the simulator needs it"
    last = max(now, *(one.at for one in group), *(one.at for one in given))
    days = min(_MOST_DAYS, max(_LEAST_DAYS, math.ceil((last - first.at) / timedelta(days=1)) + 1))
    hours = [(one.ordered.dose, (one.at - first.at) / timedelta(hours=1)) for one in given if one.ordered is not None]
    return _Asked(
        ordered=first.ordered,
        timed=tuple(replace(dose, time_h=hour) for dose, hour in hours if hour < 24.0 * days),
        scale=scale,
        baseline=baseline.score.total or 0,
        days=days,
    )


def _worked_out(asked: _Asked) -> tuple[Expected | None, str]:
    course = Course(
        person=asked.ordered.measured.person(**dict(asked.ordered.others)),
        regimen=Regimen(asked.timed),
        effects=(),
        outcomes=(),
        times_h=(0.0, 24.0),
        people=_PEOPLE,
        engine=FAST,
        outside=asked.ordered.outside,
    )
    try:
        return of_course(course, asked.scale, asked.baseline, asked.days), ""
    except KinetamineError as error:
        return None, str(error)


def _held(order: Order) -> Ordered | None:
    """What the plan wrote down with the order; None where another program made it."""
    dose: dict[str, Any] | None = order.details.get("dose")
    measured: dict[str, Any] | None = order.details.get("measured")
    if not dose or not measured:
        return None
    return Ordered(
        dose=Dose(**dose | {"form": Form(dose["form"])}),
        measured=Measured(**measured | {"taken_at": datetime.fromisoformat(measured["taken_at"])}),
        others=tuple(sorted((name, _settled(value)) for name, value in order.details.get("others", {}).items())),
        outside=bool(order.details.get("outside")),
    )


def _settled(value: Any) -> Any:
    """JSON knows no tuples."""
    return tuple(value) if isinstance(value, list) else value
