"""The state of a session at a time, folded from its timeline: what was given, what runs, what was seen, what is odd."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from kinetamine.clinic.basis import PROJECT
from kinetamine.clinic.instants import in_utc, minutes_between
from kinetamine.clinic.session.entries import (
    DeviceUsed,
    Drug,
    Given,
    InfusionStarted,
    Injected,
    Left,
    Paused,
    RateChanged,
    Read,
    Resumed,
    Scored,
    Seen,
    Stopped,
    Symptom,
)
from kinetamine.clinic.session.ordered import Ordered, in_mg
from kinetamine.clinic.session.symptoms import OpenSymptom, told
from kinetamine.clinic.session.timeline import Standing, Timeline
from kinetamine.clinic.session.wire import tell
from kinetamine.engine.dose import BETWEEN_DEVICES_H
from kinetamine.engine.model import Estimate, Provenance

MOST_SKEW_S = Estimate(120.0, "s", PROJECT, "session", Provenance.ASSUMED, "beyond it a clock is looked at")
MOST_BEHIND_S = Estimate(60.0, "s", PROJECT, "session", Provenance.ASSUMED, "a monitor sends what it reads at once")
_FIRST_DUE = "an infusion's first reading is due at minute 15: who has no session by then enters it too late"
MOST_BEFORE_OPENING_MIN = Estimate(15.0, "min", PROJECT, "session", Provenance.ASSUMED, _FIRST_DUE)
BETWEEN_DEVICES_MIN = 60.0 * BETWEEN_DEVICES_H


class Phase(StrEnum):
    """How far a session has come."""

    WAITING = "no drug given yet"
    RUNNING = "the pump runs"
    PAUSED = "the pump is paused"
    GIVEN = "drug given, under observation"
    LEFT = "left"


@dataclass(frozen=True, kw_only=True)
class Oddity:
    """An entry that does not fit what came before; it is kept, and somebody should look."""

    entry: str
    text: str


@dataclass(frozen=True, kw_only=True)
class SessionState:
    """What the timeline comes to at a time.

    Attributes:
        started_at: of the first drug; ``last_drug_at`` of the last, so far.
        watched_from: since when observation counts: the first nasal device, or the last drug given otherwise.
        base_mg: of ketamine base given so far; ``ml`` that the pump has run.
        ml_per_h: the rate now; 0 where no pump runs.
        ordered: None where nothing is known of an order; ``unlike_since`` when another dose began to be given.
        readings, scores: what was seen, in time order.
        behind: names of entries from devices that came so late that the device's clock may be behind.
        before_opening: drugs entered for a time long before the session was opened, in words.
    """

    at: datetime
    ordered: Ordered | None = None
    unlike_since: datetime | None = None
    phase: Phase = Phase.WAITING
    started_at: datetime | None = None
    last_drug_at: datetime | None = None
    watched_from: datetime | None = None
    base_mg: float = 0.0
    ml: float = 0.0
    ml_per_h: float = 0.0
    devices: tuple[int, ...] = ()
    lots: tuple[str, ...] = ()
    stop_reason: str = ""
    left_at: datetime | None = None
    readings: tuple[Standing, ...] = ()
    scores: tuple[Standing, ...] = ()
    symptoms: tuple[OpenSymptom, ...] = ()
    oddities: tuple[Oddity, ...] = ()
    behind: frozenset[str] = frozenset()
    before_opening: tuple[str, ...] = ()

    def values(self, name: str) -> tuple[tuple[datetime, float, str], ...]:
        """Every value of a vital sign, or total of a scale, of that name: when, what, and the entry it stands in."""
        found = [
            (one.at, value, one.entry.name)
            for one in self.readings
            for sign, value in (one.what.values if isinstance(one.what, Read) else ())
            if sign == name
        ]
        found += [
            (one.at, float(total), one.entry.name)
            for one in self.scores
            if isinstance(one.what, Scored) and one.what.scale == name
            for total in (one.what.score().total,)
            if total is not None
        ]
        return tuple(sorted(found))

    @property
    def observed(self) -> tuple[str, ...]:
        """Names of all vital signs and scales with a value."""
        signs = (sign for one in self.readings if isinstance(one.what, Read) for sign, _ in one.what.values)
        scales = (one.what.scale for one in self.scores if isinstance(one.what, Scored))
        return tuple(sorted({*signs, *scales}))

    @property
    def is_over(self) -> bool:
        """Whether more was given than ordered, and not only by rounding."""
        return self.ordered is not None and self.base_mg > self.ordered.most_base_mg

    def since_start_min(self, moment: datetime) -> float | None:
        """Minutes from the first drug to a moment; None before any was given."""
        return None if self.started_at is None else minutes_between(self.started_at, moment)


@dataclass(frozen=True, kw_only=True)
class _Pump:
    """The syringe in the pump: what it holds, at which rate it was set, and since when that has been counted.

    Attributes:
        started: the entry, and whether it ``is_over`` what was ordered.
    """

    started: Standing
    what: InfusionStarted
    ml_per_h: float
    counted_to: datetime
    is_over: bool = False


def state_at(
    timeline: Timeline, at: datetime, *, ordered: Ordered | None = None, opened_at: datetime | None = None
) -> SessionState:
    """Fold everything that happened up to a time.

    Args:
        ordered: what is given is held against it; None where nothing is known of an order.
        opened_at: when the session was opened; None where it never was: written down afterwards, as a whole.
    """
    moment = in_utc("at", at)
    state, pump = SessionState(at=moment, ordered=ordered), None
    for standing in timeline.standing:
        if standing.at > moment:
            break
        state, pump = _run(state, pump, standing.at)
        state, pump = _take(state, pump, standing)
    state, _ = _run(state, pump, moment)
    behind, early = _behind(timeline), tuple(_before_opening(timeline, opened_at))
    found = (*state.oddities, *_clocks(timeline), *behind, *(odd for odd, _ in early), *_strangers(timeline))
    return replace(
        state,
        oddities=found,
        behind=frozenset(one.entry for one in behind),
        before_opening=tuple(f"{tell(what).happened} {odd.text}" for odd, what in early if isinstance(what, Drug)),
    )


def _run(state: SessionState, pump: _Pump | None, to: datetime) -> tuple[SessionState, _Pump | None]:
    """Let the pump run up to a time."""
    if pump is None or state.phase is not Phase.RUNNING or to <= pump.counted_to:
        return state, pump
    ml = pump.ml_per_h * ((to - pump.counted_to) / timedelta(hours=1))
    base_mg = state.base_mg + ml * pump.what.base_mg_per_ml
    grown = replace(state, ml=state.ml + ml, base_mg=base_mg, last_drug_at=to, watched_from=to)
    if grown.ordered is not None and grown.is_over and not pump.is_over:
        share = max(0.0, (grown.ordered.most_base_mg - state.base_mg) / (base_mg - state.base_mg))
        since = pump.counted_to + share * (to - pump.counted_to)
        grown = _unlike(grown, pump.started, f"it has run beyond what was ordered: {grown.ordered.text}", since)
    return grown, replace(pump, counted_to=to, is_over=grown.is_over)


def _take(state: SessionState, pump: _Pump | None, standing: Standing) -> tuple[SessionState, _Pump | None]:
    match standing.what:
        case Read():
            return replace(state, readings=(*state.readings, standing)), pump
        case Scored():
            return replace(state, scores=(*state.scores, standing)), pump
        case Symptom() as what:
            return _symptom(state, what, standing), pump
        case Left():
            if state.phase in {Phase.RUNNING, Phase.PAUSED}:
                state = _odd(state, standing, "left while the pump had not been stopped")
            return replace(state, phase=Phase.LEFT, left_at=standing.at, ml_per_h=0.0), pump
        case Injected() | DeviceUsed() as what:
            return _at_once(state, what, standing), pump
        case _:
            return _pumped(state, pump, standing)


def _at_once(state: SessionState, what: Injected | DeviceUsed, standing: Standing) -> SessionState:
    given = replace(
        state,
        phase=state.phase if state.phase in {Phase.RUNNING, Phase.PAUSED} else Phase.GIVEN,
        started_at=state.started_at or standing.at,
        last_drug_at=standing.at,
        watched_from=state.watched_from if isinstance(what, DeviceUsed) and state.devices else standing.at,
        base_mg=state.base_mg + what.base_mg,
        lots=_added(state.lots, what.lot),
    )
    if state.phase is Phase.LEFT:
        given = _odd(given, standing, "drug after the person had left")
    given = _against_order(given, what, standing)
    if given.ordered is not None and given.is_over:
        text = f"with it {in_mg(given.base_mg)} of base were given; ordered: {given.ordered.text}"
        given = _unlike(given, standing, text, standing.at)
    if not isinstance(what, DeviceUsed):
        return given
    expected = len(state.devices) + 1
    if what.number != expected:
        given = _odd(given, standing, f"device {what.number} where device {expected} was next")
    if state.devices and state.last_drug_at is not None:
        waited = minutes_between(state.last_drug_at, standing.at)
        if waited < BETWEEN_DEVICES_MIN:
            given = _odd(given, standing, f"{waited:.1f} min after the device before; {BETWEEN_DEVICES_MIN:g} are due")
    return replace(given, devices=(*state.devices, what.number))


def _pumped(state: SessionState, pump: _Pump | None, standing: Standing) -> tuple[SessionState, _Pump | None]:
    """What was done to a pump; where it does not fit, the entry is odd and changes nothing else."""
    what = standing.what
    if isinstance(what, InfusionStarted):
        return _started(state, what, standing)
    if pump is None:
        return _odd(state, standing, "no pump had been started"), None
    after: tuple[SessionState, _Pump | None] = (
        _odd(state, standing, f"the pump cannot do this now: {state.phase}"),
        pump,
    )
    match what:
        case RateChanged(ml_per_h=rate) if state.phase is Phase.RUNNING:
            after = replace(state, ml_per_h=rate), replace(pump, ml_per_h=rate)
        case RateChanged(ml_per_h=rate):
            after = (
                _odd(state, standing, "set while the pump stood still: it holds once it runs"),
                replace(pump, ml_per_h=rate),
            )
        case Paused() if state.phase is Phase.RUNNING:
            after = replace(state, phase=Phase.PAUSED, ml_per_h=0.0), pump
        case Resumed() if state.phase is Phase.PAUSED:
            running = replace(state, phase=Phase.RUNNING, ml_per_h=pump.ml_per_h)
            after = running, replace(pump, counted_to=standing.at)
        case Stopped(reason=reason):
            phase = Phase.LEFT if state.phase is Phase.LEFT else Phase.GIVEN
            after = replace(state, phase=phase, ml_per_h=0.0, stop_reason=reason), None
    return after


def _started(state: SessionState, what: InfusionStarted, standing: Standing) -> tuple[SessionState, _Pump]:
    if state.phase in {Phase.RUNNING, Phase.PAUSED}:
        state = _odd(state, standing, "a pump was started while another had not been stopped")
    if state.phase is Phase.LEFT:
        state = _odd(state, standing, "drug after the person had left")
    started = replace(
        state,
        phase=Phase.RUNNING,
        started_at=state.started_at or standing.at,
        watched_from=standing.at,
        ml_per_h=what.ml_per_h,
        lots=_added(state.lots, what.lot),
    )
    pump = _Pump(started=standing, what=what, ml_per_h=what.ml_per_h, counted_to=standing.at)
    return _against_order(started, what, standing), pump


def _against_order(
    state: SessionState, what: InfusionStarted | Injected | DeviceUsed, standing: Standing
) -> SessionState:
    """Held against what was ordered; it was given, so that a difference is named and changes nothing else."""
    if (ordered := state.ordered) is None:
        return state
    for text in ordered.unlike(what):
        state = _unlike(state, standing, text, standing.at)
    other = ordered.other_lot(what.lot)
    return _odd(state, standing, other) if other else state


def _symptom(state: SessionState, what: Symptom, standing: Standing) -> SessionState:
    symptoms, odd = told(state.symptoms, what, standing)
    state = replace(state, symptoms=symptoms)
    return _odd(state, standing, odd) if odd else state


def _odd(state: SessionState, standing: Standing, text: str) -> SessionState:
    return replace(state, oddities=(*state.oddities, Oddity(entry=standing.entry.name, text=text)))


def _unlike(state: SessionState, standing: Standing, text: str, since: datetime) -> SessionState:
    """Another dose than was ordered, since then."""
    return replace(_odd(state, standing, text), unlike_since=min(since, state.unlike_since or since))


def _added(lots: tuple[str, ...], lot: str) -> tuple[str, ...]:
    return lots if lot in lots else (*lots, lot)


def _clocks(timeline: Timeline) -> Iterable[Oddity]:
    """Clocks that are ahead; what people entered and is received late was offline, and nothing is odd about that."""
    for one in timeline.everything:
        if one.entry.skew_s < -MOST_SKEW_S.value:
            yield Oddity(entry=one.entry.name, text=f"the device's clock is {-one.entry.skew_s:.0f} s ahead")


def _behind(timeline: Timeline) -> tuple[Oddity, ...]:
    """Everything of a device's delivery whose newest entry was old when it came; what was corrected, somebody saw."""
    sent = [one for one in timeline.everything if one.entry.device]
    newest: dict[tuple[str, datetime], float] = {}
    for one in sent:
        delivery, late_s = (one.entry.by, one.entry.received_at), one.entry.skew_s
        newest[delivery] = min(late_s, newest.get(delivery, late_s))
    late = ((one, newest[one.entry.by, one.entry.received_at]) for one in sent if not one.history)
    return tuple(
        Oddity(entry=one.entry.name, text=f"came {late_s:.0f} s late: the device's clock is behind, or it was offline")
        for one, late_s in late
        if late_s > MOST_BEHIND_S.value
    )


def _before_opening(timeline: Timeline, opened_at: datetime | None) -> Iterable[tuple[Oddity, Given | Seen]]:
    """What was entered for a time long before the session: sooner mistyped than true."""
    for one in timeline.standing:
        minutes = 0.0 if opened_at is None else minutes_between(one.at, opened_at)
        if minutes > MOST_BEFORE_OPENING_MIN.value:
            yield Oddity(entry=one.entry.name, text=f"{minutes:.0f} min before the session was opened"), one.what


def _strangers(timeline: Timeline) -> Iterable[Oddity]:
    for one in timeline.conflicts:
        yield Oddity(entry=one.name, text=f"another entry of that name, by {one.by}, says something else")
    for one in timeline.orphans:
        yield Oddity(entry=one.name, text="corrects an entry that has not arrived")
