"""The gate before somebody leaves: what is unmet, since when the rest has been met, and who overrode it and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from kinetamine.clinic.alarms.limits import NEWS2
from kinetamine.clinic.basis import PROJECT, REMS, REMS_FORM, SPRAVATO_DOSING, SPRAVATO_LABEL, SPRAVATO_PRESSURE, Basis
from kinetamine.clinic.instants import in_utc
from kinetamine.clinic.session.state import Phase, SessionState
from kinetamine.clinic.signature import Signature, require_words
from kinetamine.engine.model import Estimate, Provenance
from kinetamine.errors import FieldError

OBSERVED_H = Estimate(2.0, "h", REMS, "objectives: monitored for at least two hours", Provenance.MEASURED)
NOTHING_UNMET = "Nothing on this list is unmet; what is not on it was not looked at, and a clinician decides."


_AS_BEFORE = "as before a dose"
SYSTOLIC = Estimate(140.0, "mmHg", SPRAVATO_PRESSURE, "guide before a dose", Provenance.DERIVED, _AS_BEFORE)
DIASTOLIC = Estimate(90.0, "mmHg", SPRAVATO_PRESSURE, "guide before a dose", Provenance.DERIVED, _AS_BEFORE)
HEART_RATE = Estimate(110.0, "beats/min", NEWS2, "chart 1", Provenance.DERIVED, "below where it gives two points")
BREATHS = Estimate(9.0, "breaths/min", NEWS2, "chart 1", Provenance.DERIVED, "above where it gives three points")
SPO2 = Estimate(94.0, "%", PROJECT, "discharge", Provenance.ASSUMED, "clear of every alarm")
ALERTNESS = Estimate(5.0, "points", PROJECT, "discharge", Provenance.ASSUMED, "alert, the top of the scale")
DISSOCIATION = Estimate(4.0, "points", PROJECT, "discharge", Provenance.ASSUMED, "trials called more than this present")


@dataclass(frozen=True, kw_only=True)
class Acceptable:
    """Vital signs and scores with which somebody may leave; for a clinic to set, person by person where it must."""

    systolic_most: Estimate = SYSTOLIC
    diastolic_most: Estimate = DIASTOLIC
    heart_rate_most: Estimate = HEART_RATE
    breaths_least: Estimate = BREATHS
    spo2_least: Estimate = SPO2
    alertness_least: Estimate = ALERTNESS
    cadss_most: Estimate = DISSOCIATION


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
    acceptable: Acceptable | None = None,
) -> Gate:
    """Judge every condition at the time of the state.

    Args:
        unanswered_alarms: in words, those that nobody has acknowledged.
    """
    limits = acceptable or Acceptable()
    conditions = (
        _observed(state),
        _drug_done(state),
        _symptoms(state),
        *_vitals(state, limits),
        _alarms(state, unanswered_alarms),
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


def _observed(state: SessionState) -> Condition:
    """Two hours after the first drug; for racemic ketamine the same, as good practice."""
    basis = Basis(REMS, "objectives", note="required for esketamine spray; good practice for the rest")
    name = f"{OBSERVED_H.value:g} hours of observation"
    if state.started_at is None:
        return Condition(name=name, met_since=None, clinical=False, reason="no drug was given yet", basis=basis)
    end = state.started_at + timedelta(hours=OBSERVED_H.value)
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


def _symptoms(state: SessionState) -> Condition:
    lasting = [one.kind for one in state.symptoms if one.until is None]
    ends = [one.until for one in state.symptoms if one.until is not None]
    return Condition(
        name="every symptom resolved",
        met_since=None if lasting else max(ends, default=state.started_at or state.at),
        clinical=True,
        reason=f"still there: {', '.join(lasting)}" if lasting else "none is open",
        basis=Basis(REMS, "objectives: until sedation, dissociation and respiratory depression have resolved"),
    )


def _vitals(state: SessionState, limits: Acceptable) -> tuple[Condition, ...]:
    pressure = Basis(SPRAVATO_DOSING, "discharge: until values remain at a safe level", note="the level is ours")
    clear = Basis(SPRAVATO_LABEL, "section 5.1: clinically stable", Provenance.DERIVED, "what stable means is ours")
    asked = (
        ("systolic", limits.systolic_most, True, pressure),
        ("diastolic", limits.diastolic_most, True, pressure),
        ("heart_rate", limits.heart_rate_most, True, clear),
        ("spo2", limits.spo2_least, False, clear),
        ("moaas", limits.alertness_least, False, clear),
    )
    found = [_within(state, name, limit, basis, most=most) for name, limit, most, basis in asked]
    if "respiratory_rate" in state.observed:  # not every protocol counts breaths
        found.append(_within(state, "respiratory_rate", limits.breaths_least, clear, most=False))
    return (*found, _clear_minded(state, limits.cadss_most, clear))


def _within(state: SessionState, name: str, limit: Estimate, basis: Basis, *, most: bool) -> Condition:
    """The values since the last drug, from the last one back, that are all within the limit."""
    values = [(at, value) for at, value, _ in state.values(name) if state.last_drug_at and at >= state.last_drug_at]
    since: datetime | None = None
    for at, value in reversed(values):
        if not (value <= limit.value if most else value >= limit.value):
            break
        since = at
    return Condition(
        name=f"{name} {'at most' if most else 'at least'} {limit.value:g} {limit.unit}",
        met_since=since,
        clinical=True,
        reason=f"last {values[-1][1]:g}" if values else "not read since the last drug",
        basis=basis,
    )


def _clear_minded(state: SessionState, limit: Estimate, basis: Basis) -> Condition:
    """Dissociation over by its scale, where the scale was used; without it the end of the symptom must do."""
    if "cadss" in state.observed:
        return _within(state, "cadss", limit, basis, most=True)
    return Condition(
        name=f"cadss at most {limit.value:g} {limit.unit}",
        met_since=state.started_at or state.at,
        clinical=True,
        reason="not scored in this session",
        basis=basis,
    )


def _alarms(state: SessionState, unanswered: tuple[str, ...]) -> Condition:
    return Condition(
        name="every alarm answered",
        met_since=None if unanswered else state.started_at or state.at,
        clinical=False,
        reason="; ".join(unanswered) or "none is open",
        basis=Basis(PROJECT, "discharge", Provenance.ASSUMED, "needs no source"),
    )


def _arranged(state: SessionState, arrangements: Arrangements) -> tuple[Condition, ...]:
    asked = (
        (
            "asked about sedation, dissociation and breathing",
            arrangements.symptoms_asked,
            False,
            Basis(REMS_FORM, "questions on each"),
        ),
        ("gait safe", arrangements.gait_safe, True, Basis(PROJECT, "discharge", Provenance.ASSUMED, "common practice")),
        ("escort present", arrangements.escort, False, Basis(SPRAVATO_DOSING, "discharge: transport is arranged")),
        (
            "told not to drive until the next day, after sleep",
            arrangements.told_not_to_drive,
            False,
            Basis(SPRAVATO_DOSING, "discharge: driving"),
        ),
    )
    return tuple(
        Condition(
            name=name,
            met_since=moment if moment is not None and moment <= state.at else None,
            clinical=clinical,
            reason="seen to" if moment is not None and moment <= state.at else "not seen to yet",
            basis=basis,
        )
        for name, moment, clinical, basis in asked
    )
