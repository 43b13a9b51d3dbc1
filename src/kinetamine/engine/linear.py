"""Linear kinetics, exactly, for any event: matrix-exponential propagators between events.

Between two events dx/dt = A x + r with constant r, so x(t+h) = e^(Ah) x(t) + (integral of e^(As) ds) r.
Both factors come from one matrix exponential (Van Loan 1978, 10.1109/TAC.1978.1101743), which stays exact
for the repeated eigenvalues of transit chains, where an eigen-decomposition fails.
"""

from __future__ import annotations

import bisect
import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float
from scipy.linalg import expm

from kinetamine.engine.dosing import Action, Delivery, Reset, SteadyState
from kinetamine.errors import SolverError

Array = np.ndarray
_ILL_CONDITIONED = 1e8
"""Beyond this a division would cost more than half of the digits."""


@dataclass(frozen=True)
class Segment:
    """The solution between two actions; the first node is after the earlier, the last before the later."""

    times_h: Float[Array, " node"]
    states: Float[Array, "node people state"]
    slopes: Float[Array, "node people state"]


class Propagator:
    """e^(Ah) and its integral for one system matrix, each step length computed once."""

    def __init__(
        self, matrix: Float[Array, "people state state"], inputs: Sequence[int] | None = None, leaves: int = 0
    ) -> None:
        """Keep the matrix; nothing is computed yet.

        Args:
            inputs: positions of the states that infusions enter; None: all but the leaves.
            leaves: how many states at the end only follow others, each with a decay of its own (effect sites).
                They cost no exponential: with rate k and row b, their part of e^(Ah) is
                b (A + kI)^-1 (e^(Ah) - e^(-kh) I) over the states they follow.
        """
        self.matrix = matrix
        self.core = matrix.shape[-1] - leaves
        self.inputs = list(range(self.core)) if inputs is None else list(inputs)
        self._steps: dict[float, tuple[Array, Array]] = {}
        self._follow: Float[Array, "people leaf driven"] | None = None
        self._driven = self._with_inputs()
        self._decay = -np.diagonal(matrix, axis1=1, axis2=2)[:, self.core :]
        if leaves and not self._follow_leaves():  # a leaf as fast as what it follows: one exponential for all
            self.core = matrix.shape[-1]
            self._driven = self._with_inputs()

    def step(self, hours: float) -> tuple[Float[Array, "people state state"], Float[Array, "people state input"]]:
        """e^(Ah), and the columns of the integral of e^(As) over s from 0 to h that inputs need."""
        key = round(hours, 12)
        if key not in self._steps:
            moved = expm(self._driven * hours)
            full = np.zeros((*self.matrix.shape[:2], self.matrix.shape[-1] + len(self.inputs)))
            states = self.matrix.shape[-1]
            full[:, : self.core, : self.core] = moved[:, : self.core, : self.core]
            full[:, : self.core, states:] = moved[:, : self.core, self.core :]
            if self._follow is not None:
                fade = np.exp(-self._decay * hours)[..., None]
                rows = self._follow @ moved - fade * self._follow
                full[:, self.core :, : self.core] = rows[..., : self.core]
                full[:, self.core :, states:] = rows[..., self.core :]
                full[:, range(self.core, states), range(self.core, states)] = fade[..., 0]
            self._steps[key] = full[..., :states], full[..., states:]
        return self._steps[key]

    def _with_inputs(self) -> Float[Array, "people driven driven"]:
        """The matrix without its leaves, and one constant state for each input."""
        size = self.core + len(self.inputs)
        driven = np.zeros((len(self.matrix), size, size))
        driven[:, : self.core, : self.core] = self.matrix[:, : self.core, : self.core]
        driven[:, self.inputs, range(self.core, size)] = 1.0
        return driven

    def _follow_leaves(self) -> bool:
        """Find the rows of the leaves; False where a leaf's rate is too near an eigenvalue to divide by."""
        size = self._driven.shape[-1]
        rows = np.zeros((*self._decay.shape, size))
        rows[..., : self.core] = self.matrix[:, self.core :, : self.core]
        shifted = self._driven[:, None] + self._decay[..., None, None] * np.eye(size)
        if float(np.max(np.linalg.cond(shifted))) > _ILL_CONDITIONED:
            return False
        self._follow = np.linalg.solve(shifted.swapaxes(-1, -2), rows[..., None])[..., 0]
        return True

    def after(self, hours: float, state: Float[Array, "people state"], rate: Array) -> Float[Array, "people state"]:
        """The state this many hours later, under a constant input rate."""
        decay, gain = self.step(hours)
        moved: Array = (decay @ state[..., None] + gain @ rate[..., self.inputs, None])[..., 0]
        return moved


@dataclass(frozen=True)
class _Running:
    """An infusion under way."""

    stop_h: float
    rate: Float[Array, "people state"]


class _Late(Delivery):
    """Given before a steady-state record and still lagging; a reset forgets it."""


class _Course:
    """The state as it is carried from action to action."""

    def __init__(self, states: Sequence[str], propagator: Propagator, actions: Sequence[Action]) -> None:
        self.index = {name: position for position, name in enumerate(states)}
        self.propagator = propagator
        self.state = np.zeros((len(propagator.matrix), len(states)))
        self.running: list[_Running] = []
        self.coming: list[Action] = list(actions)
        self.trough: np.ndarray | None = None
        self._before = self.state

    def rate(self) -> Float[Array, "people state"]:
        total = np.zeros_like(self.state)
        for infusion in self.running:
            total = total + infusion.rate
        return total

    def next_change_h(self) -> float:
        """When the next action acts or the next infusion stops."""
        coming = self.coming[0].time_h if self.coming else math.inf
        return min([coming, *(infusion.stop_h for infusion in self.running)])

    def advance(self, start_h: float, times_h: Float[Array, " node"]) -> Segment:
        """Carry the state over the given times (the last one the segment's end) at the present rate."""
        rate, states, slopes, at = self.rate(), [self.state], [self._slope()], start_h
        for time_h in times_h:
            self.state, at = self.propagator.after(time_h - at, self.state, rate), time_h
            states.append(self.state)
            slopes.append(self._slope(rate))
        return Segment(np.concatenate(([start_h], times_h)), np.asarray(states), np.asarray(slopes))

    def act_until(self, time_h: float) -> None:
        """Do everything that is due; note the trough that a steady-state record states for its own time."""
        self.trough, self._before = None, self.state
        self.running = [infusion for infusion in self.running if infusion.stop_h > time_h]
        while self.coming and self.coming[0].time_h <= time_h:
            self._act(self.coming.pop(0))

    def _slope(self, rate: Float[Array, "people state"] | None = None) -> Float[Array, "people state"]:
        moved: Array = (self.propagator.matrix @ self.state[..., None])[..., 0]
        slope: Array = moved + (self.rate() if rate is None else rate)
        return slope

    def _placed(self, state: str, amount: object) -> Float[Array, "people state"]:
        """An amount per person placed in one state."""
        placed = np.zeros_like(self.state)
        placed[:, self.index[state]] = np.asarray(amount)
        return placed

    def _act(self, action: Action) -> None:
        match action:
            case Reset():
                self.state, self.running = np.zeros_like(self.state), []
                self.coming = [one for one in self.coming if not isinstance(one, _Late)]
                self._before = self.state
            case Delivery(duration_h=0.0):
                self.state = self.state + self._placed(action.state, action.amount)
            case Delivery():
                rate = self._placed(action.state, action.amount) / action.duration_h
                self.running.append(_Running(action.time_h + action.duration_h, rate))
            case SteadyState():
                present = self.state
                for part in action.parts:
                    if action.interval_h == 0.0:
                        self._run_forever(self._placed(part.state, part.amount))
                    else:
                        self._repeat_forever(action, part)
                self._before = self.trough = self._before + self.state - present

    def _run_forever(self, rate: Float[Array, "people state"]) -> None:
        """Add the level that an endless infusion has reached, and keep it running."""
        self.state = self.state + _solve(self.propagator.matrix, -rate)
        self.running.append(_Running(math.inf, rate))

    def _repeat_forever(self, action: SteadyState, part: Delivery) -> None:
        """Add what all earlier repetitions of one delivery have left, and let them give what they still owe."""
        interval, lag, length = action.interval_h, part.time_h, part.duration_h
        pending = math.floor(lag / interval + 1e-12)
        for earlier in range(pending, 0, -1):  # given before this record, still lagging
            late = _Late(action.time_h + lag - earlier * interval, part.state, part.amount, length)
            bisect.insort_right(self.coming, late, key=lambda coming: coming.time_h)
        unit = self._placed(part.state, part.amount)
        zero = np.zeros_like(unit)
        rate = unit / length if length else zero
        age = (pending + 1) * interval - lag
        while age < length - 1e-12:  # begun before this record, still running
            self.state = self.state + self.propagator.after(age, zero, rate)
            self.running.append(_Running(action.time_h - age + length, rate))
            age += interval
        once = self.propagator.after(length, zero, rate) if length else unit
        repeat, _ = self.propagator.step(interval)
        endless = _solve(np.eye(repeat.shape[-1]) - repeat, once)
        self.state = self.state + self.propagator.after(age - length, endless, zero)


def _solve(matrix: Float[Array, "*many state state"], right: Float[Array, "*many state"]) -> Array:
    try:
        solved: Array = np.linalg.solve(matrix, right[..., None])[..., 0]
    except np.linalg.LinAlgError as error:
        message = "no steady state: some amount is never eliminated"
        raise SolverError(message) from error
    return solved


def propagate(
    states: Sequence[str],
    matrices: Sequence[tuple[float, Float[Array, "people state state"]]],
    actions: Sequence[Action],
    nodes_h: Float[Array, " node"],
    leaves: int = 0,
) -> list[Segment]:
    """Solve a linear system exactly over the nodes.

    Args:
        states: names, in the order of the matrix.
        matrices: the system matrix from each start time on, so that covariates may change; the first
            holds from the beginning. Amounts carry over.
        actions: in time order.
        nodes_h: increasing times at which the solution is wanted, first to last.
        leaves: how many states at the end only follow others (see ``Propagator``).

    Returns:
        Segments that cover the nodes, the first holding only the state before anything happened.
        Every action ends one segment and starts the next, so values before and after it are both there.
    """
    parts = [part for one in actions for part in (one.parts if isinstance(one, SteadyState) else [one])]
    inputs = sorted({states.index(part.state) for part in parts if isinstance(part, Delivery)})
    changes = [(start, Propagator(matrix, inputs, leaves)) for start, matrix in matrices]
    course = _Course(states, changes.pop(0)[1], actions)
    at, end = float(nodes_h[0]), float(nodes_h[-1])
    segments = [course.advance(at, np.empty(0))]
    _act(course, at, segments[-1])
    while at < end:
        until = min(course.next_change_h(), changes[0][0] if changes else math.inf, end)
        inside = nodes_h[(nodes_h > at) & (nodes_h < until)]
        segments.append(course.advance(at, np.concatenate((inside, [until]))))
        at = until
        if changes and changes[0][0] <= at:
            course.propagator = changes.pop(0)[1]
        _act(course, at, segments[-1])
    segments.append(course.advance(at, np.empty(0)))
    return segments


def _act(course: _Course, time_h: float, before: Segment) -> None:
    """Do what is due; a steady-state record speaks of the past, so its trough is what was there before its dose."""
    course.act_until(time_h)
    if course.trough is not None:
        before.states[-1] = course.trough
