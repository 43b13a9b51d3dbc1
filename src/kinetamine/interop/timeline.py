"""Doses as changes in time: what every state and every infusion is set to, and when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from kinetamine.engine.dosing import Action, Delivery, Reset
from kinetamine.errors import SolverError
from kinetamine.interop.symbols import Expression, Symbol, call, wrap

_SAME_H = 1e-9
"""Times nearer than this are one."""
Assignments = dict[str, Expression]


@dataclass(frozen=True)
class Change:
    """At one time, new values by the name of what has them."""

    time_h: float
    values: Assignments


@dataclass
class Timeline:
    """Gathers changes; those at time 0 are initial values."""

    changes: dict[float, Assignments] = field(default_factory=dict)

    def at(self, time_h: float) -> Assignments:
        """What is set at a time, to be added to."""
        same = next((one for one in self.changes if abs(one - time_h) <= _SAME_H), time_h)
        return self.changes.setdefault(same, {})

    def later(self) -> tuple[Change, ...]:
        """Every change after time 0, in order."""
        return tuple(Change(time, self.changes[time]) for time in sorted(self.changes) if time > 0.0)

    def initial(self, name: str) -> Expression:
        """The value at the start; zero where nothing sets it."""
        return self.changes.get(0.0, {}).get(name, wrap(0.0))


@dataclass(frozen=True)
class _Run:
    start_h: float
    stop_h: float
    state: str
    rate: Expression


def give(timeline: Timeline, actions: Iterable[Action], states: Mapping[str, Symbol]) -> dict[str, str]:
    """Put the doses of one molecule on the timeline.

    Args:
        states: the symbol of each state of that molecule by the engine's name; all are emptied by a reset.

    Returns:
        The name of the infusion into each state that has any, in mg/h.
    """
    runs: list[_Run] = []
    for action in actions:
        here = timeline.at(action.time_h)
        match action:
            case Reset():
                runs = [_cut(run, action.time_h) for run in runs]
                here |= {symbol.name: wrap(0.0) for symbol in states.values()}
            case Delivery(duration_h=0.0):
                symbol = states[action.state]
                present = wrap(0.0) if action.time_h == 0.0 else symbol
                here[symbol.name] = here.get(symbol.name, present) + wrap(action.amount)
            case Delivery():
                rate = call("divide", action.amount, action.duration_h)
                runs.append(_Run(action.time_h, action.time_h + action.duration_h, action.state, rate))
            case _:
                message = "a steady state has no beginning that could be written down"
                raise SolverError(message)
    names = {run.state: f"infusion_{states[run.state].name}" for run in runs}
    for state, name in names.items():
        _run(timeline, name, [run for run in runs if run.state == state])
    return names


def _cut(run: _Run, time_h: float) -> _Run:
    return _Run(run.start_h, max(min(run.stop_h, time_h), run.start_h), run.state, run.rate)


def _run(timeline: Timeline, name: str, runs: list[_Run]) -> None:
    """The rate from each time on at which one of the infusions begins or ends."""
    for time_h in sorted({time for run in runs for time in (run.start_h, run.stop_h)}):
        on = [run.rate for run in runs if run.start_h <= time_h + _SAME_H and run.stop_h > time_h + _SAME_H]
        timeline.at(time_h)[name] = sum(on, wrap(0.0))
