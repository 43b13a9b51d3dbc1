"""Found the demonstration: its people in every role, and everything that was recorded about who is treated there."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from kinetamine import catalogue
from kinetamine.clinic import texts
from kinetamine.clinic.access import Member, Proof, Records, operator, records_for
from kinetamine.clinic.accounts import Accounts
from kinetamine.clinic.bands import Band
from kinetamine.clinic.consent import purpose_of
from kinetamine.clinic.database import Database
from kinetamine.clinic.demo.people import PEOPLE, READ_AT_MIN, Story
from kinetamine.clinic.discharge import OBSERVED_H
from kinetamine.clinic.eligibility.published import PUBLISHED
from kinetamine.clinic.eligibility.questions import QUESTIONS
from kinetamine.clinic.plan import PlannedDose, SessionPrediction
from kinetamine.clinic.records import (
    Consent,
    Enrolment,
    LedgerEntry,
    Order,
    Person,
    Role,
    Score,
    Session,
    SessionEvent,
    Task,
    User,
)
from kinetamine.clinic.session.schedule import INFUSION_SESSION, SPRAY_SESSION

CODE = "demo"
_BEGAN = timedelta(days=28)
_STAFF = (
    ("demo-physician", "Demo physician", Role.PHYSICIAN),
    ("demo-nurse", "Demo nurse", Role.NURSE),
    ("demo-nurse-2", "Demo second nurse", Role.NURSE),
    ("demo-monitor", "Demo monitor", Role.MONITOR),
    ("demo-therapist", "Demo therapist", Role.THERAPIST),
    ("demo-auditor", "Demo auditor", Role.AUDITOR),
    ("demo-admin", "Demo admin", Role.ADMIN),
)
_PATIENT = "demo-one"
_MG_PER_ML, _ML_PER_H, _INFUSION_MIN = 1.0, 52.5, 40.0
"""Of the invented infusions: 35 mg in 35 mL over 40 minutes."""
_ARRANGED = ((17.0, "symptoms_asked"), (16.0, "gait_safe"), (11.0, "escort"), (9.0, "told_not_to_drive"))
"""Minutes before leaving."""
_LEFT_MIN, _WATCHED_MIN = 121.0, 1.0 + 60.0 * OBSERVED_H.value
"""When a spray's session ends, from the first device; and an infusion's, from the pump's stop."""
_STOPPED_AT_MIN, _PAUSED_MIN = 28.0, 6.0


@dataclass(frozen=True, kw_only=True)
class Credential:
    """Who can sign in; printed once and kept nowhere."""

    name: str
    role: str
    password: str
    second_factor: str


class _Clinic:
    """The demonstration while it is founded."""

    def __init__(self, database: Database, members: Mapping[str, Member]) -> None:
        self.database, self.members = database, members

    def records(self, name: str) -> Records:
        return records_for(self.database, self.members[name])

    def sign(self, name: str, record: Order | Consent, meaning: str) -> None:
        """Put a name under it; whoever founds a demonstration holds the keys."""
        ring = self.database.settings.keys.sign_in
        proof = Proof.made(self.members[name].user_id, self.database.clock(), ring)
        self.records(name).sign(record, meaning, proof)


def found(database: Database, accounts: Accounts | None = None) -> list[Credential]:
    """Found it; everybody gets a password of their own.

    Raises:
        FieldError: there is a clinic of that code already.
    """
    accounts = accounts or Accounts(database)
    operator.add_clinic(database, CODE, "Demonstration clinic (invented people)", "Europe/Berlin")
    members = {
        name: operator.add_user(database, CODE, name, shown_as, (role.value,)) for name, shown_as, role in _STAFF
    }
    clinic = _Clinic(database, members)
    now = database.clock()
    first, *_ = [_told(clinic, Story(one, _start(now, place))) for place, one in enumerate(PEOPLE)]
    shown = {"name": _PATIENT, "shown_as": "Demo One", "roles": (Role.PATIENT.value,), "person_id": first.id}
    patient = clinic.records("demo-admin").add(User(active=True, **shown))
    members |= {_PATIENT: Member(patient.id, patient.clinic_id, _PATIENT)}
    roles = {name: role.value for name, _, role in _STAFF} | {_PATIENT: Role.PATIENT.value}
    return [_credential(accounts, member, roles[name]) for name, member in members.items()]


def _credential(accounts: Accounts, member: Member, role: str) -> Credential:
    password = secrets.token_urlsafe(15)
    address = accounts.set_first_credentials(member, password)
    return Credential(name=member.name, role=role, password=password, second_factor=address)


def _start(now: datetime, place: int) -> datetime:
    """Nine or ten in the morning, four weeks ago."""
    return (now - _BEGAN).replace(hour=8 + place, minute=0, second=0, microsecond=0)


def _told(clinic: _Clinic, story: Story) -> Person:
    """Everything about one person."""
    who, physician = story.who, clinic.records("demo-physician")
    fields = {name: getattr(who, name) for name in ("number", "name", "born_on", "sex", "weight_kg")}
    person = physician.add(Person(**fields, contact=None, notes="Invented, for demonstration."))
    enrolment = physician.add(_enrolment(story, person))
    consent = physician.add(_consent(story, person))
    clinic.sign("demo-physician", consent, "explained")
    orders = physician.add_all([_order(story, enrolment, one) for one in story.sessions])
    for order, (planned, predicted) in zip(orders, story.sessions, strict=True):
        clinic.sign("demo-nurse", order, "worked the dose out")
        clinic.sign("demo-nurse-2", order, "worked the dose out without seeing the first result")
        _sit(clinic, story, order, (planned, predicted))
    physician.add_all(list(_scores(story, person)))
    due = story.start + _BEGAN + timedelta(days=7)
    physician.add(Task(person_id=person.id, what="review the series (demonstration)", priority="routine", due_at=due))
    return person


def _enrolment(story: Story, person: Person) -> Enrolment:
    treatment, asked_at = story.who.treatment, story.start - timedelta(days=3)
    answers: dict[str, Any] = {one.name: False for one in QUESTIONS if type(one).__name__ == "YesNo"}
    done = ("psychiatric_assessment_done", "baseline_scored", "treatment_history_known")
    answers |= dict.fromkeys(done, True) | {"hepatic": "normal", "age_y": story.who.age_y}
    return Enrolment(
        person_id=person.id,
        condition=treatment.use.value,
        programme="induction, demonstration",
        state="open",
        started_at=asked_at,
        eligibility={
            "treatment": {"form": treatment.form.value, "route": treatment.route, "use": treatment.use.value},
            "answers": answers,
            "assessed_at": asked_at.isoformat(),
            "assessed_by": "demo-physician",
            "rule_set": PUBLISHED.name,
            "version": PUBLISHED.version,
            "fingerprint": PUBLISHED.fingerprint,
            "decisions": [],
        },
    )


def _consent(story: Story, person: Person) -> Consent:
    at = story.start - timedelta(days=2)
    about = texts.current(purpose_of(story.who.treatment), at).about
    version = str(about.version)
    return Consent(person_id=person.id, text=about.name, text_version=version, digest=about.sha256, given_at=at)


def _order(story: Story, enrolment: Enrolment, session: tuple[PlannedDose, SessionPrediction]) -> Order:
    planned, predicted = session
    dose, treatment = planned.dose, story.who.treatment
    names = ("amount", "unit", "route", "salt", "duration_h", "devices")
    measured = vars(story.plan.measured) | {"taken_at": story.start.isoformat()}
    return Order(
        person_id=enrolment.person_id,
        enrolment_id=enrolment.id,
        regimen=story.who.words,
        drug=dose.form.value + (" hydrochloride" if dose.salt == "hydrochloride" else ""),
        route=dose.route,
        dose_mg=planned.stated_mg,
        weight_kg=story.who.weight_kg,
        planned_at=_at(story, planned),
        state="checked",
        details={
            "number": planned.number,
            "of": len(story.sessions),
            "phase": planned.phase,
            "day": planned.day,
            "treatment": {"form": treatment.form.value, "route": treatment.route, "use": treatment.use.value},
            "dose": {name: getattr(dose, name) for name in names} | {"form": dose.form.value},
            "base_mg": planned.base_mg,
            "measured": measured,
            "others": {},
            "outside": False,
            "prediction": _predicted(predicted),
        },
    )


def _predicted(one: SessionPrediction) -> dict[str, Any]:
    found = asdict(one) | {"warnings": list(one.warnings)}
    return found | {"bands": {name: _band(band) for name, band in one.bands.items()}}


def _band(band: Band) -> dict[str, Any]:
    rounded = {name: [round(one, 3) for one in value] for name, value in vars(band).items() if isinstance(value, tuple)}
    return vars(band) | rounded


def _at(story: Story, planned: PlannedDose) -> datetime:
    return story.start + timedelta(hours=planned.start_h)


def _sit(clinic: _Clinic, story: Story, order: Order, session: tuple[PlannedDose, SessionPrediction]) -> None:
    """One session: opened, entered, closed, and the drug accounted for."""
    planned, predicted = session
    start, nurse = _at(story, planned), clinic.records("demo-nurse")
    details = {
        "protocol": (INFUSION_SESSION if story.who.route == "intravenous" else SPRAY_SESSION).name,
        "outpatient": True,
        "prediction": order.details["prediction"],
        "order": {name: getattr(order, name) for name in ("regimen", "drug", "route", "dose_mg", "weight_kg")},
    }
    opened = nurse.add(
        Session(
            person_id=order.person_id,
            order_id=order.id,
            chair=f"demo {story.who.seed}",
            state="closed",
            started_at=start,
            ended_at=start + timedelta(minutes=_left_min(story, planned) + 4.0),
            details=details,
        )
    )
    rows = [_event(opened, place, start, one) for place, one in enumerate(_course(story, planned, predicted))]
    stored = nurse.add_all(rows)
    if planned.number == 1:
        _correct(nurse, next(one for one in stored if one.happened == "reading"))
    nurse.add_all(list(_ledger(clinic, story, opened, planned)))


_Entry = tuple[float, str, dict[str, Any], str]


def _course(story: Story, planned: PlannedDose, predicted: SessionPrediction) -> Iterator[_Entry]:
    """Minutes, what happened, its content and a note."""
    yield from _given(story, planned)
    left = _left_min(story, planned)
    for minutes in sorted({*READ_AT_MIN, left - 6.0}):
        yield minutes, "reading", {"values": story.reading(predicted, minutes), "absent": {}}, ""
    for minutes in (40.0, left - 21.0):
        answers = story.dissociation(predicted, minutes)
        yield minutes, "score", {"scale": "cadss", "answers": answers, "recall": "now"}, ""
    if planned.number % 2 == 0:
        yield 35.0, "symptom", {"kind": "nausea", "resolved": False}, "rest, a bowl at hand"
        yield 75.0, "symptom", {"kind": "nausea", "resolved": True}, ""
    yield left - 20.0, "score", {"scale": "moaas", "answers": {"response": 5}, "recall": "now"}, ""
    for before, what in _ARRANGED:
        yield left - before, "arranged", {"what": what}, ""
    yield left, "left", {}, ""


def _left_min(story: Story, planned: PlannedDose) -> float:
    """When they leave, in minutes from the start."""
    if story.who.route == "intranasal":
        return _LEFT_MIN
    return _stopped_min(planned) + _WATCHED_MIN


def _stopped_min(planned: PlannedDose) -> float:
    """When the pump is stopped, in minutes from the start: once later for a pause, once sooner, as they ask."""
    if planned.number == 3:
        return _STOPPED_AT_MIN
    return _INFUSION_MIN + (_PAUSED_MIN if planned.number == 2 else 0.0)


def _given(story: Story, planned: PlannedDose) -> Iterator[_Entry]:
    if story.who.route == "intranasal":
        for number in range(1, round(planned.stated_mg / 28.0) + 1):
            yield 5.0 * (number - 1), "device used", {"number": number, "lot": "DEMO-S"}, ""
        return
    content = {"ml_per_h": _ML_PER_H, "mg_per_ml": _MG_PER_ML, "salt": "hydrochloride", "lot": "DEMO-K"}
    yield 0.0, "infusion started", content, ""
    if planned.number == 2:
        yield 20.0, "paused", {}, "pressure above the limit of this demonstration"
        yield 20.0 + _PAUSED_MIN, "resumed", {}, ""
    yield _stopped_min(planned), "stopped", {}, "asked to stop" if planned.number == 3 else "complete"


def _event(opened: Session, place: int, start: datetime, one: _Entry) -> SessionEvent:
    minutes, happened, content, note = one
    return SessionEvent(
        session_id=opened.id,
        client_id=f"{opened.id[:28]}-{place:03d}",
        device_time=start + timedelta(minutes=minutes),
        device=None,
        happened=happened,
        content=content,
        note=note or None,
    )


def _correct(nurse: Records, reading: SessionEvent) -> None:
    values = reading.content["values"] | {"heart_rate": reading.content["values"]["heart_rate"] + 1.0}
    content = reading.content | {"values": values}
    nurse.correct(SessionEvent, reading.id, "a digit misread", client_id=f"{reading.client_id[:31]}-c", content=content)


def _ledger(clinic: _Clinic, story: Story, opened: Session, planned: PlannedDose) -> Iterator[LedgerEntry]:
    """In, given, and the rest of the vial wasted before a witness."""
    is_spray, end = story.who.route == "intranasal", opened.ended_at or opened.made_at
    given = planned.stated_mg if is_spray else _ran_ml(planned) * _MG_PER_ML
    salt, lot = ("base", "DEMO-S") if is_spray else ("hydrochloride", "DEMO-K")
    drug = f"demo {story.who.form.value} ({story.who.form.value}, mg of {salt})"
    vial = given if is_spray else 50.0
    witness = clinic.members["demo-nurse-2"].user_id
    lines = [("received", vial, -60.0, ""), ("given", -given, 0.0, "")]
    if vial > given:
        lines.append(("wasted", round(given - vial, 3), 1.0, "rest of the vial"))
    for happened, change, after, note in lines:
        yield LedgerEntry(
            drug=drug,
            lot=lot,
            happened=happened,
            happened_at=end + timedelta(minutes=after),
            change_mg=change,
            session_id=opened.id,
            witness_id=witness if happened == "wasted" else None,
            note=note or None,
        )


def _ran_ml(planned: PlannedDose) -> float:
    minutes = _STOPPED_AT_MIN if planned.number == 3 else _INFUSION_MIN
    return round(_ML_PER_H * minutes / 60.0, 3)


def _scores(story: Story, person: Person) -> Iterator[Score]:
    for day, madrs, phq9 in story.moods():
        at = story.start + timedelta(days=day, hours=2)
        for name, answers in (("madrs", madrs), ("phq9", phq9)):
            scale = catalogue.load("scales", name)
            scored = scale.score(answers)
            yield Score(
                person_id=person.id,
                session_id=None,
                scale=name,
                method=scored.method,
                recall=scale.recall[0],
                rater=str(scale.rater),
                answered_at=at,
                items=dict(answers),
                total=scored.total,
                category=scored.category or None,
            )
