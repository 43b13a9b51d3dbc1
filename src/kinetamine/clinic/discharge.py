"""The gate before somebody leaves: what is unmet, since when the rest has been met, and who overrode it and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from kinetamine.clinic.alarms.limits import NEWS2
from kinetamine.clinic.basis import PROJECT, REMS, REMS_FORM, SPRAVATO_DOSING, SPRAVATO_LABEL, SPRAVATO_PRESSURE, Basis
from kinetamine.clinic.instants import in_utc, minutes_between
from kinetamine.clinic.rems import PEAK_MIN
from kinetamine.clinic.session.state import Phase, SessionState
from kinetamine.clinic.session.symptoms import OTHER, OpenSymptom
from kinetamine.clinic.signature import Signature, require_words
from kinetamine.engine.model import Estimate, Provenance
from kinetamine.errors import FieldError

OBSERVED_H = Estimate(2.0, "h", REMS, "objectives: monitored for at least two hours", Provenance.MEASURED)
NOTHING_UNMET = "Nothing on this list is unmet; what is not on it was not looked at, and a clinician decides."


_AS_BEFORE = "as before a dose"
_BELOW_AMBER, _ABOVE_AMBER = "below where it gives two points", "above where it gives two points"
_ABOVE_RED = "above where it gives three points"
SYSTOLIC = Estimate(140.0, "mmHg", SPRAVATO_PRESSURE, "guide before a dose", Provenance.DERIVED, _AS_BEFORE)
SYSTOLIC_LEAST = Estimate(101.0, "mmHg", NEWS2, "chart 1", Provenance.DERIVED, _ABOVE_AMBER)
DIASTOLIC = Estimate(90.0, "mmHg", SPRAVATO_PRESSURE, "guide before a dose", Provenance.DERIVED, _AS_BEFORE)
HEART_RATE = Estimate(110.0, "beats/min", NEWS2, "chart 1", Provenance.DERIVED, _BELOW_AMBER)
HEART_RATE_LEAST = Estimate(41.0, "beats/min", NEWS2, "chart 1", Provenance.DERIVED, _ABOVE_RED)
BREATHS = Estimate(9.0, "breaths/min", NEWS2, "chart 1", Provenance.DERIVED, _ABOVE_RED)
BREATHS_MOST = Estimate(20.0, "breaths/min", NEWS2, "chart 1", Provenance.DERIVED, _BELOW_AMBER)
SPO2 = Estimate(94.0, "%", PROJECT, "discharge", Provenance.ASSUMED, "clear of every alarm")
ALERTNESS = Estimate(5.0, "points", PROJECT, "discharge", Provenance.ASSUMED, "alert, the top of the scale")
DISSOCIATION = Estimate(4.0, "points", PROJECT, "discharge", Provenance.ASSUMED, "trials called more than this present")
_TO_PEAK = "counted from the last drug: what is read before may still get worse"
TO_PEAK = Estimate(PEAK_MIN, "min", SPRAVATO_DOSING, "monitoring: pressure at 40 minutes", Provenance.DERIVED, _TO_PEAK)
_AGE = "stability is checked after the two hours; how long before leaving at most is ours"
AGE = Estimate(30.0, "min", PROJECT, "discharge", Provenance.ASSUMED, _AGE)
SINCE_DRUG = ("symptoms_asked", "gait_safe")
"""Arrangements that are about how the person is: seen to before the last drug, they prove nothing."""


@dataclass(frozen=True, kw_only=True)
class Acceptable:
    """Vital signs and scores with which somebody may leave; for a clinic to set, person by person where it must.

    Attributes:
        age_most: how long before the list was made they may have been read.
    """

    systolic_most: Estimate = SYSTOLIC
    systolic_least: Estimate = SYSTOLIC_LEAST
    diastolic_most: Estimate = DIASTOLIC
    heart_rate_most: Estimate = HEART_RATE
    heart_rate_least: Estimate = HEART_RATE_LEAST
    breaths_least: Estimate = BREATHS
    breaths_most: Estimate = BREATHS_MOST
    spo2_least: Estimate = SPO2
    alertness_least: Estimate = ALERTNESS
    cadss_most: Estimate = DISSOCIATION
    age_most: Estimate = AGE


@dataclass(frozen=True, kw_only=True)
class Arrangements:
    """What people see to; each is the time at which it was in place, None while it is not.

    Attributes:
        escort: somebody takes the person home.
        told_not_to_drive: until the next day, after sleep.
        gait_safe: stands and walks.
        symptoms_asked: asked about sedation, dissociation and breathing; that none was entered proves nothing.
    """

    escort: datetime | None = None
    told_not_to_drive: datetime | None = None
    gait_safe: datetime | None = None
    symptoms_asked: datetime | None = None

    def __post_init__(self) -> None:
        """Times in UTC."""
        for name, moment in vars(self).items():
            if moment is not None:
                object.__setattr__(self, name, in_utc(name, moment))


@dataclass(frozen=True, kw_only=True)
class Condition:
    """One thing that must be so.

    Attributes:
        met_since: since when it has been so without a break; None while it is not.
        clinical: whether it is about the person's body and mind, rather than about clocks and arrangements.
        reason: in one sentence, how it stands.
    """

    name: str
    met_since: datetime | None
    clinical: bool
    reason: str
    basis: Basis


@dataclass(frozen=True, kw_only=True)
class Gate:
    """The list at a time.

    Attributes:
        would_have_been_ready: when the last clinical condition was met, whatever the clock said; the monitoring form
            asks for it. None while one is unmet.
    """

    at: datetime
    conditions: tuple[Condition, ...]
    would_have_been_ready: datetime | None

    @property
    def unmet(self) -> tuple[Condition, ...]:
        """What is still open, with reasons."""
        return tuple(one for one in self.conditions if one.met_since is None)

    @property
    def text(self) -> str:
        """What is unmet, or that nothing listed is; never that all is well."""
        return "; ".join(f"{one.name}: {one.reason}" for one in self.unmet) or NOTHING_UNMET


@dataclass(frozen=True, kw_only=True)
class Discharged:
    """Somebody left.

    Attributes:
        overridden: the conditions that were unmet, each with its reason then; ``why`` the physician let the person go.
    """

    gate: Gate
    signature: Signature
    overridden: tuple[Condition, ...]
    why: str


def gate(
    state: SessionState,
    arrangements: Arrangements,
    *,
    unanswered_alarms: tuple[str, ...],
    present_alarms: tuple[str, ...],
    acceptable: Acceptable | None = None,
) -> Gate:
    """Judge every condition at the time of the state.

    Args:
        unanswered_alarms: in words, those that nobody has acknowledged.
        present_alarms: in words, those that the last reading still gives, answered or not.
    """
    limits = acceptable or Acceptable()
    conditions = (
        _observed(state),
        _drug_done(state),
        _in_session(state),
        _symptoms(state),
        *_vitals(state, limits),
        # An answer says that somebody saw it, not that it is over.
        _alarms(state, "no alarm still present", present_alarms, clinical=True),
        _alarms(state, "every alarm answered", unanswered_alarms, clinical=False),
        *_arranged(state, arrangements),
    )
    clinical = [one.met_since for one in conditions if one.clinical]
    known = [moment for moment in clinical if moment is not None]
    ready = max(known) if known and len(known) == len(clinical) else None
    return Gate(at=state.at, conditions=conditions, would_have_been_ready=ready)


def discharge(found: Gate, signature: Signature, why: str = "") -> Discharged:
    """Record that somebody leaves; where something is unmet, only a physician may allow it, and says why.

    Raises:
        FieldError: the role may not override, no reason is given, or the list is from after the signature.
    """
    if signature.at < found.at:
        raise FieldError("at", signature.at.isoformat(), f"not before the list was made, {found.at.isoformat()}")
    if found.unmet:
        signature.require_physician("let somebody leave with " + found.text)
        why = require_words("why", why)
    return Discharged(gate=found, signature=signature, overridden=found.unmet, why=why)


def counts(state: SessionState, what: str, moment: datetime) -> bool:
    """Whether something that was seen to at a time still holds: how a person walked before a drug says nothing."""
    return what not in SINCE_DRUG or (state.last_drug_at is not None and moment >= state.last_drug_at)


def _observed(state: SessionState) -> Condition:
    """Two hours, for racemic ketamine as good practice: from the first nasal device, as the maker's form counts.

    What runs in for hours is at its highest when it ends, so that a pump or a needle counts from the last drug.
    """
    note = "required for esketamine spray; for the rest good practice, from the last drug, which is ours"
    basis = Basis(REMS, "objectives", note=note)
    name = f"{OBSERVED_H.value:g} hours of observation"
    if state.watched_from is None:
        return Condition(name=name, met_since=None, clinical=False, reason="no drug was given yet", basis=basis)
    end = state.watched_from + timedelta(hours=OBSERVED_H.value)
    left = end - state.at
    reason = f"{left / timedelta(minutes=1):.0f} min are left" if left > timedelta() else "over"
    return Condition(name=name, met_since=end if end <= state.at else None, clinical=False, reason=reason, basis=basis)


def _drug_done(state: SessionState) -> Condition:
    done = state.phase not in {Phase.WAITING, Phase.RUNNING, Phase.PAUSED}
    return Condition(
        name="all drug given",
        met_since=state.last_drug_at if done else None,
        clinical=True,
        reason=state.phase.value,
        basis=Basis(PROJECT, "discharge", Provenance.ASSUMED, "needs no source"),
    )


def _in_session(state: SessionState) -> Condition:
    """The two hours begin with a drug: entered for a time long before the session, it is sooner mistyped than true."""
    return Condition(
        name="no drug long before the session",
        met_since=None if state.before_opening else state.started_at or state.at,
        clinical=False,
        reason="; ".join(state.before_opening) or "none is",
        basis=Basis(PROJECT, "discharge", Provenance.ASSUMED, "needs no source"),
    )


def _symptoms(state: SessionState) -> Condition:
    lasting = [_since(state, one) for one in state.symptoms if one.until is None]
    ends = [one.until for one in state.symptoms if one.until is not None]
    return Condition(
        name="every symptom resolved",
        met_since=None if lasting else max(ends, default=state.started_at or state.at),
        clinical=True,
        reason=f"still there: {', '.join(lasting)}" if lasting else "none is open",
        basis=Basis(REMS, "objectives: until sedation, dissociation and respiratory depression have resolved"),
    )


def _since(state: SessionState, symptom: OpenSymptom) -> str:
    """What it is; what is called other is told by its time, as what people wrote of it is kept out of the list."""
    minute = state.since_start_min(symptom.since)
    return symptom.kind if symptom.kind != OTHER or minute is None else f"{symptom.kind} since minute {minute:.0f}"


@dataclass(frozen=True, kw_only=True)
class _Asked:
    """One vital sign or score, and between which values it must lie."""

    name: str
    basis: Basis
    least: Estimate | None = None
    most: Estimate | None = None

    def holds(self, value: float) -> bool:
        """Whether a value lies between them."""
        low = self.least is None or value >= self.least.value
        return low and (self.most is None or value <= self.most.value)

    @property
    def text(self) -> str:
        """In words: spo2 at least 94 %."""
        if self.least and self.most:
            return f"{self.name} from {self.least.value:g} to {self.most.value:g} {self.most.unit}"
        side, limit = ("at least", self.least) if self.least else ("at most", self.most)
        return f"{self.name} {side} {limit.value:g} {limit.unit}" if limit else self.name


def _vitals(state: SessionState, limits: Acceptable) -> tuple[Condition, ...]:
    pressure = Basis(SPRAVATO_DOSING, "discharge: until values remain at a safe level", note="the level is ours")
    clear = Basis(SPRAVATO_LABEL, "section 5.1: clinically stable", Provenance.DERIVED, "what stable means is ours")
    asked = [
        _Asked(name="systolic", least=limits.systolic_least, most=limits.systolic_most, basis=pressure),
        _Asked(name="diastolic", most=limits.diastolic_most, basis=pressure),
        _Asked(name="heart_rate", least=limits.heart_rate_least, most=limits.heart_rate_most, basis=clear),
        _Asked(name="spo2", least=limits.spo2_least, basis=clear),
        _Asked(name="moaas", least=limits.alertness_least, basis=clear),
    ]
    if "respiratory_rate" in state.observed:  # not every protocol counts breaths
        breaths = _Asked(name="respiratory_rate", least=limits.breaths_least, most=limits.breaths_most, basis=clear)
        asked.append(breaths)
    found = [_within(state, one, limits.age_most) for one in asked]
    return (*found, _clear_minded(state, limits, clear))


def _within(state: SessionState, asked: _Asked, age: Estimate) -> Condition:
    """The values from the peak on, from the last one back, that all lie within; the last one read lately."""
    peak = None if state.last_drug_at is None else state.last_drug_at + timedelta(minutes=TO_PEAK.value)
    values = [(at, value) for at, value, _ in state.values(asked.name) if peak is not None and at >= peak]
    since: datetime | None = None
    for at, value in reversed(values):
        if not asked.holds(value):
            break
        since = at
    # Somebody who has left is not read any more: their values do not grow old after that.
    old_min = minutes_between(values[-1][0], state.left_at or state.at) if values else 0.0
    last = f"last {values[-1][1]:g}" if values else f"not read since {TO_PEAK.value:g} min after the last drug"
    return Condition(
        name=asked.text,
        met_since=None if old_min > age.value else since,
        clinical=True,
        reason=f"{last}, {old_min:.0f} min ago: to be read again" if old_min > age.value else last,
        basis=asked.basis,
    )


def _clear_minded(state: SessionState, limits: Acceptable, basis: Basis) -> Condition:
    """Dissociation over by its scale, where the scale was used; without it the end of the symptom must do."""
    asked = _Asked(name="cadss", most=limits.cadss_most, basis=basis)
    if "cadss" in state.observed:
        return _within(state, asked, limits.age_most)
    return Condition(
        name=asked.text,
        met_since=state.started_at or state.at,
        clinical=True,
        reason="not scored in this session",
        basis=basis,
    )


def _alarms(state: SessionState, name: str, unmet: tuple[str, ...], *, clinical: bool) -> Condition:
    return Condition(
        name=name,
        met_since=None if unmet else state.started_at or state.at,
        clinical=clinical,
        reason="; ".join(unmet) or "none is",
        basis=Basis(PROJECT, "discharge", Provenance.ASSUMED, "needs no source"),
    )


def _arranged(state: SessionState, arrangements: Arrangements) -> tuple[Condition, ...]:
    asked = (
        ("symptoms_asked", "asked about sedation, dissociation and breathing", Basis(REMS_FORM, "questions on each")),
        ("gait_safe", "gait safe", Basis(PROJECT, "discharge", Provenance.ASSUMED, "common practice")),
        ("escort", "escort present", Basis(SPRAVATO_DOSING, "discharge: transport is arranged")),
        (
            "told_not_to_drive",
            "told not to drive until the next day, after sleep",
            Basis(SPRAVATO_DOSING, "discharge: driving"),
        ),
    )
    return tuple(_seen_to(state, what, name, getattr(arrangements, what), basis) for what, name, basis in asked)


def _seen_to(state: SessionState, what: str, name: str, moment: datetime | None, basis: Basis) -> Condition:
    held = None if moment is None or moment > state.at or not counts(state, what, moment) else moment
    waiting = "not seen to since the last drug" if what in SINCE_DRUG else "not seen to yet"
    return Condition(
        name=name,
        met_since=held,
        clinical=what == "gait_safe",
        reason=waiting if held is None else "seen to",
        basis=basis,
    )
