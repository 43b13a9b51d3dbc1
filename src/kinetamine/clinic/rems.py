"""The monitoring record of a session and its seven-day clock: required for Spravato, good practice for the rest."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, datetime, timedelta, tzinfo
from enum import StrEnum

from kinetamine.clinic.basis import REMS_FORM
from kinetamine.clinic.instants import in_utc, minutes_between
from kinetamine.clinic.session.state import SessionState
from kinetamine.engine.model import Estimate, Provenance
from kinetamine.errors import FieldError, UnknownNameError

DAYS = Estimate(7.0, "days", REMS_FORM, "instructions: within 7 days", Provenance.MEASURED, "calendar days")
AMBER_DAY, RED_DAY = 4, 6
PEAK_MIN, PEAK_WINDOW_MIN = 40.0, 15.0
"""The form asks for the pressure 40 minutes after administration; a reading further off than the window is none."""


class Duty(StrEnum):
    """Whether the record must be sent."""

    REQUIRED = "required: to be sent to the SPRAVATO REMS"
    GOOD_PRACTICE = "good practice: no REMS exists for this treatment, nothing is sent"
    INPATIENT = "not required: the form is for outpatients; kept as good practice"


UNDER_REMS = ("esketamine", "intranasal")
"""Drug and route of the only treatment with a REMS."""
_ITS_NAMES = (UNDER_REMS[0], "spravato")


def duty_of(drug: str, route: str, *, outpatient: bool) -> Duty:
    """Whether a record must be sent; racemic ketamine has no REMS, and the record says so.

    Esketamine spray is under the REMS whatever it is given for.

    Args:
        drug: in the words of an order, such as "esketamine hydrochloride".
    """
    if route != UNDER_REMS[1] or not any(name in drug.casefold() for name in _ITS_NAMES):
        return Duty.GOOD_PRACTICE
    return Duty.REQUIRED if outpatient else Duty.INPATIENT


@dataclass(frozen=True, kw_only=True)
class Identity:
    """Who was treated, where, and who watched: all that may be carried over from one session to the next."""

    first_name: str | None = None
    last_name: str | None = None
    birth_date: date | None = None
    sex: str | None = None
    setting_name: str | None = None
    setting_address: str | None = None


@dataclass(frozen=True, kw_only=True)
class Record:
    """What the form asks for; None is not answered, and never a no.

    Attributes:
        ready_min: when the person would have been ready to leave without the two hours, from the first device.
        total_min: from the first device to the end of monitoring.
    """

    identity: Identity
    monitor_first_name: str | None = None
    monitor_last_name: str | None = None
    monitor_telephone: str | None = None
    monitor_email: str | None = None
    benzodiazepines: bool | None = None
    other_sedatives: bool | None = None
    opioids: bool | None = None
    stimulants: bool | None = None
    maoi: bool | None = None
    treatment_date: date | None = None
    dose_mg: float | None = None
    lots: tuple[str, ...] | None = None
    total_min: float | None = None
    ready_min: float | None = None
    vitals_acceptable_before: bool | None = None
    vitals_acceptable_after: bool | None = None
    pressure_before: tuple[float, float] | None = None
    pressure_peak: tuple[float, float] | None = None
    pressure_after: tuple[float, float] | None = None
    sedation: bool | None = None
    dissociation: bool | None = None
    respiratory_depression: bool | None = None
    serious_event: bool | None = None

    @property
    def missing(self) -> tuple[str, ...]:
        """Names of all fields without an answer, in the order of the form."""
        own = [field.name for field in fields(self) if field.name != "identity"]
        identity = [field.name for field in fields(self.identity) if getattr(self.identity, field.name) in {None, ""}]
        return (*identity, *(name for name in own if getattr(self, name) in (None, "", ())))


def filled(record: Record, state: SessionState, zone: tzinfo, ready_at: datetime | None) -> Record:
    """With what the session itself knows; what people must answer stays as it is.

    Args:
        zone: of the clinic: the date is the one on its wall.
        ready_at: when the discharge gate would have been met but for the clock.
    """
    if state.started_at is None:
        return record
    ended = state.left_at
    return replace(
        record,
        treatment_date=state.started_at.astimezone(zone).date(),
        dose_mg=round(state.base_mg, 3),
        lots=state.lots,
        total_min=None if ended is None else minutes_between(state.started_at, ended),
        ready_min=None if ready_at is None else minutes_between(state.started_at, ready_at),
        pressure_before=_last_before(_pressures(state), state.started_at),
        pressure_peak=_nearest(_pressures(state), state.started_at + timedelta(minutes=PEAK_MIN)),
        pressure_after=None if ended is None else _last_after(_pressures(state), state.last_drug_at, ended),
    )


class Colour(StrEnum):
    """How much of the seven days is gone."""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"
    OVERDUE = "overdue"
    SENT = "sent"
    SENT_LATE = "sent late"


@dataclass(frozen=True, kw_only=True)
class Clock:
    """The clock of one record.

    Attributes:
        day: since the session's date; 0 on that date.
        due: the last day on which it is in time.
    """

    duty: Duty
    day: int
    due: date
    colour: Colour


def clock(duty: Duty, session_at: datetime, now: datetime, zone: tzinfo, sent_at: datetime | None = None) -> Clock:
    """Where the record stands, in calendar days on the clinic's wall.

    Raises:
        FieldError: now, or the sending, is before the session.
    """
    session, today = (
        in_utc(name, one).astimezone(zone).date() for name, one in (("session_at", session_at), ("now", now))
    )
    sent = None if sent_at is None else in_utc("sent_at", sent_at).astimezone(zone).date()
    for name, one in (("now", today), ("sent_at", sent)):
        if one is not None and one < session:
            raise FieldError(name, one.isoformat(), f"not before the session, {session.isoformat()}")
    due = session + timedelta(days=int(DAYS.value))
    day = (today - session).days
    if sent is not None:
        colour = Colour.SENT if sent <= due else Colour.SENT_LATE
    elif today > due:
        colour = Colour.OVERDUE
    else:
        colour = Colour.RED if day >= RED_DAY else Colour.AMBER if day >= AMBER_DAY else Colour.GREEN
    return Clock(duty=duty, day=day, due=due, colour=colour)


GATES: Mapping[str, str] = {
    "setting_certified": "the setting is certified, with a representative by name",
    "patient_enrolled": "the patient is enrolled",
    "prescriber_on_site": "a prescriber is on site",
    "watched_with_oximeter": "a health professional with a pulse oximeter is on site",
    "direct_observation": "administration is observed directly, and no drug leaves with the patient",
}
"""What must be so before an outpatient's dose (FDA REMS 386); inpatients need no enrolment."""


def closed_gates(answers: Mapping[str, bool], duty: Duty) -> tuple[str, ...]:
    """The gates that are not known to be open, in words; for a treatment without REMS they are good practice.

    Raises:
        UnknownNameError: there is no such gate.
    """
    for name in answers:
        if name not in GATES:
            raise UnknownNameError("gate", name, GATES)
    spared = set() if duty is Duty.REQUIRED else {"patient_enrolled"}
    if duty is Duty.GOOD_PRACTICE:
        spared.add("setting_certified")
    return tuple(words for name, words in GATES.items() if name not in spared and not answers.get(name))


_Pressures = list[tuple[datetime, tuple[float, float]]]


def _pressures(state: SessionState) -> _Pressures:
    """Readings with both pressures."""
    diastolic = {name: value for _, value, name in state.values("diastolic")}
    return [(at, (value, diastolic[name])) for at, value, name in state.values("systolic") if name in diastolic]


def _last_before(pressures: _Pressures, moment: datetime) -> tuple[float, float] | None:
    return next((value for at, value in reversed(pressures) if at <= moment), None)


def _last_after(pressures: _Pressures, drug: datetime | None, ended: datetime) -> tuple[float, float] | None:
    return next((value for at, value in reversed(pressures) if drug is not None and drug <= at <= ended), None)


def _nearest(pressures: _Pressures, moment: datetime) -> tuple[float, float] | None:
    near = [(abs(minutes_between(moment, at)), value) for at, value in pressures]
    return min((one for one in near if one[0] <= PEAK_WINDOW_MIN), default=(0.0, None))[1]
