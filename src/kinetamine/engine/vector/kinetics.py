"""From the exact engine's kinetics to a schedule and numbers: any model, any route, doses without a steady state."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from kinetamine.engine.dosing import Action, Delivery
from kinetamine.engine.maths import Number
from kinetamine.engine.model import Values
from kinetamine.engine.system import System
from kinetamine.engine.vector.schedule import Schedule
from kinetamine.errors import FieldError

_SAME_H = 1e-9
"""Switches nearer than this are one."""


def schedule_of(actions: Sequence[Action], end_h: float, people: int, also_h: Sequence[float] = ()) -> Schedule:
    """When the deliveries begin and end, from the time 0 on.

    Args:
        also_h: further times at which something switches.

    Raises:
        FieldError: a reset or a steady state, which need the exact engine.
    """
    for one in actions:
        if not isinstance(one, Delivery):
            raise FieldError("events", type(one).__name__, "doses only: the exact engine does resets and steady states")
    given = [one for one in actions if isinstance(one, Delivery)]
    ends = [one.time_h + one.duration_h for one in given]
    times = np.unique([0.0, end_h, *(one.time_h for one in given), *ends, *also_h])
    times = times[(times >= 0.0) & (times <= end_h)]
    times = times[np.append(np.diff(times) > _SAME_H, True)]
    shape = (len(times) - 1, people)
    inputs = {one.state: np.zeros(shape) for one in given if one.duration_h}
    boluses = {one.state: np.zeros(shape) for one in given if not one.duration_h}
    for one, end in zip(given, ends, strict=True):
        begin = int(np.searchsorted(times, one.time_h))
        if one.duration_h:
            inputs[one.state][begin : np.searchsorted(times, end)] += np.asarray(one.amount) / one.duration_h
        elif begin < len(times) - 1:
            boluses[one.state][begin] += one.amount
    return Schedule(times, inputs, boluses)


def numbers_of(system: System) -> dict[str, Number]:
    """Every number of a system by name; ``with_numbers`` puts them back."""
    return {
        **vars(system.parameters),
        **{f"ka_{depot.name}": depot.ka_per_h for depot in system.depots},
        **{f"ke0_{site.name}": site.ke0_per_h for site in system.sites},
    }


def with_numbers(system: System, p: Values) -> System:
    """The same system with other numbers in it."""
    return replace(
        system,
        parameters=p,
        depots=tuple(replace(one, ka_per_h=getattr(p, f"ka_{one.name}")) for one in system.depots),
        sites=tuple(replace(one, ke0_per_h=getattr(p, f"ke0_{one.name}")) for one in system.sites),
    )
