"""Reading as FHIR: which records make which resources, and what a search finds among those that somebody may read."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kinetamine.clinic.access import Action, Records, Scope, policy
from kinetamine.clinic.care import plan
from kinetamine.clinic.care.every import every
from kinetamine.clinic.fhir import (
    administration,
    audit_event,
    consent,
    eligibility,
    encounter,
    order,
    organization,
    patient,
    prediction,
    provenance,
    score,
    symptom,
    task,
    vitals,
)
from kinetamine.clinic.fhir.pieces import Resource, without_notes
from kinetamine.clinic.records import (
    AuditRow,
    Clinic,
    Consent,
    Enrolment,
    Order,
    Person,
    Record,
    Score,
    Session,
    SessionEvent,
    Signature,
    Task,
    User,
)
from kinetamine.clinic.refusals import NoSuchRecordError
from kinetamine.errors import FieldError

_PAGE = 1000
_ID_LENGTH = 36
_A_ROW = re.compile(r"[0-9]{1,10}")
"""The number of a row of the audit, as far as a database counts."""


@dataclass(frozen=True)
class Reader:
    """Somebody who reads.

    Attributes:
        roles: as of now; the records themselves refuse what these do not reach.
        own: the person whom a patient's account belongs to; ``user_id`` that account.
    """

    records: Records
    roles: tuple[str, ...]
    user_id: str
    own: str | None = None

    def may(self, *kinds: str) -> bool:
        """Whether all of these can be read."""
        return all(policy.scope(self.roles, kind, Action.READ) is not None for kind in kinds)

    def own_alone(self, kind: type[Record]) -> bool:
        """Whether of these they read only what is about themselves, whatever other roles they have."""
        return policy.scope(self.roles, kind.kind, Action.READ) is Scope.OWN

    def all(self, kind: type[Record], **equals: Any) -> list[Any]:
        """Every record of a kind."""
        return list(every(self.records, kind, **equals))

    def accounts(self) -> dict[str, str]:
        """Accounts that are nobody of the staff, and what they are, whatever they wrote."""
        if not self.may(User.kind):
            return {} if self.own is None else {self.user_id: f"Patient/{self.own}"}
        return _places(self.all(User))


Make = Callable[[Reader, Sequence[Any]], Iterable[Resource]]


@dataclass(frozen=True)
class Source:
    """Resources of some types that one kind of record makes.

    Attributes:
        also: further kinds that somebody must be able to read to be shown these.
    """

    types: tuple[str, ...]
    kind: type[Record]
    make: Make
    also: tuple[str, ...] = ()

    @property
    def needs(self) -> tuple[str, ...]:
        """Every kind that must be readable."""
        return (self.kind.kind, *self.also)

    def resources(self, reader: Reader, found: Sequence[Any]) -> Iterable[Resource]:
        """What records make, as this reader may have it."""
        made = self.make(reader, found)
        return map(without_notes, made) if reader.own_alone(self.kind) else made


def _each(make: Callable[[Any], Resource | list[Resource] | None]) -> Make:
    def of_each(reader: Reader, found: Sequence[Any]) -> Iterator[Resource]:
        del reader
        for one in found:
            made = make(one)
            yield from made if isinstance(made, list) else [made] if made else []

    return of_each


def _requests(reader: Reader, found: Sequence[Order]) -> Iterator[Resource]:
    by_person = {one: plan.given(reader.records, one) for one in {one.person_id for one in found}}
    for one in found:
        yield order.request(one, plan.stands(one, by_person[one.person_id]))


def _scores(reader: Reader, found: Sequence[Score]) -> list[Resource]:
    del reader
    return score.scores(found)


def _provenance(reader: Reader, found: Sequence[Signature]) -> list[Resource]:
    del reader
    return provenance.provenance(found)


def _session(reader: Reader, found: Sequence[SessionEvent]) -> Iterator[Resource]:
    for session_id in dict.fromkeys(one.session_id for one in found):
        session = reader.records.get(Session, session_id)
        planned = None
        if session.order_id is not None and reader.may(Order.kind):
            planned = reader.records.get(Order, session.order_id)
        yield from of_session(session, [one for one in found if one.session_id == session_id], planned)


def of_session(session: Session, rows: Sequence[SessionEvent], planned: Order | None) -> Iterator[Resource]:
    """All that a session's entries make."""
    yield from vitals.observations(session, rows)
    yield from score.entries(session, rows)
    yield from administration.administrations(session, rows, planned)
    yield from symptom.events(session, rows)


SOURCES: tuple[Source, ...] = (
    Source(("Patient",), Person, _each(patient.patient)),
    Source(("Organization",), Clinic, _each(organization.organization)),
    Source(("Practitioner", "PractitionerRole", "Device"), User, _each(organization.staff)),
    Source(("Consent",), Consent, _each(consent.consent)),
    Source(("QuestionnaireResponse",), Enrolment, _each(eligibility.response)),
    Source(("DetectedIssue",), Enrolment, _each(eligibility.issues)),
    Source(("MedicationRequest",), Order, _requests, also=(Session.kind,)),
    Source(("Encounter",), Session, _each(encounter.encounter)),
    Source(("RiskAssessment",), Session, _each(prediction.assessment), also=(Order.kind,)),
    Source(("QuestionnaireResponse", "Observation"), Score, _scores),
    Source(
        ("QuestionnaireResponse", "Observation", "MedicationAdministration", "AdverseEvent"), SessionEvent, _session
    ),
    Source(("Task",), Task, _each(task.task)),
    Source(("Provenance",), Signature, _provenance),
    Source(("Provenance",), Order, _each(provenance.checked)),
)
"""Every resource but AuditEvent, which has no record of its own."""
AUDIT_EVENT = "AuditEvent"
PERSON_NEEDED = frozenset(
    {"Observation", "MedicationAdministration", "AdverseEvent", "QuestionnaireResponse", "DetectedIssue"}
    | {"RiskAssessment", "Provenance"}
)
"""What is searched for one person at a time: a clinic has too much of it for one answer."""
TYPES = (*dict.fromkeys(name for one in SOURCES for name in one.types), AUDIT_EVENT)


def read(reader: Reader, kind: str, name: str) -> Resource:
    """One resource.

    Raises:
        NoSuchRecordError: this person can see none of that id.
        NotAllowedError: no role of theirs allows it.
    """
    found = _audit_of(reader, name) if kind == AUDIT_EVENT else _made_of(reader, kind, name)
    for one in found:
        if (one["resourceType"], one["id"]) == (kind, name):
            made: Resource = _redirected(one, reader.accounts())
            return made
    raise NoSuchRecordError(kind, name)


def find(reader: Reader, kind: str, person_id: str | None) -> list[Resource]:
    """Every resource of a type, about one person or of the clinic.

    Raises:
        NotAllowedError: no role of theirs allows it.
        FieldError: the type is searched for one person at a time, and none is named.
    """
    if kind == AUDIT_EVENT:
        rows = _rows(reader)
        wanted = [row for row in rows if person_id is None or person_id in (row.record_id, *row.detail.split('"'))]
        found = [audit_event.audit_event(row) for row in wanted]
    else:
        sources = _readable(reader, kind)
        if person_id is None and kind in PERSON_NEEDED:
            raise FieldError("patient", "", "one person, such as Patient/ID")
        if person_id is not None and kind not in {"Practitioner", "PractitionerRole", "Organization", "Device"}:
            reader.records.get(Person, person_id)  # somebody else's, or nobody: 404, and not an empty answer
        found = [
            one
            for source in sources
            for one in source.resources(reader, _records(reader, source, person_id))
            if one["resourceType"] == kind
        ]
    accounts = reader.accounts()
    return [_redirected(one, accounts) for one in found]


def redirected(found: Iterable[Resource], users: Iterable[User]) -> list[Resource]:
    """With what a person's own account wrote pointing at them as Patient."""
    accounts = _places(users)
    return [_redirected(one, accounts) for one in found]


def _readable(reader: Reader, kind: str) -> list[Source]:
    """What somebody may read of a type; where it is nothing, the records are asked all the same, and refuse."""
    sources = [one for one in SOURCES if kind in one.types]
    able = [one for one in sources if reader.may(*one.needs)]
    if not able:
        for needed in sources[0].needs:
            reader.records.find(_KINDS[needed], limit=1)
    return able


_KINDS: Mapping[str, type[Record]] = {one.kind.kind: one.kind for one in SOURCES}


def _records(reader: Reader, source: Source, person_id: str | None) -> list[Any]:
    kind = source.kind
    if kind in {Clinic, User} or person_id is None:
        return reader.all(kind)
    if kind.owner is not None:
        return reader.all(kind, **{kind.owner: person_id})
    sittings = reader.all(Session, person_id=person_id)
    if kind is SessionEvent:
        return [one for session in sittings for one in reader.all(SessionEvent, session_id=session.id)]
    signed: list[Record] = [*sittings]
    for more in (Consent, Order):
        signed += reader.all(more, person_id=person_id) if reader.may(more.kind) else []
    return [one for record in signed for one in reader.all(Signature, signed_id=record.id)]


def _made_of(reader: Reader, kind: str, name: str) -> Iterator[Resource]:
    """What the record of that id makes, with the records beside it that its resources depend on."""
    record_id = name[:_ID_LENGTH]
    for source in _readable(reader, kind):
        if "\0" in record_id:  # no database can be asked
            reader.records.get(source.kind, record_id)
        for one in reader.records.find(source.kind, id=record_id):
            yield from source.resources(reader, _beside(reader, one))


def _beside(reader: Reader, one: Any) -> list[Any]:
    match one:
        case SessionEvent():
            return reader.all(SessionEvent, session_id=one.session_id)
        case Score():
            return reader.all(Score, person_id=one.person_id)
        case Signature():
            return reader.all(Signature, signed_id=one.signed_id)
    return [one]


def _audit_of(reader: Reader, name: str) -> list[Resource]:
    if not _A_ROW.fullmatch(name):
        reader.records.audit(limit=1)
        return []
    rows = reader.records.audit(after=max(0, min(int(name), 2**31) - 1), limit=1)
    return [audit_event.audit_event(row) for row in rows]


def _rows(reader: Reader) -> list[AuditRow]:
    found: list[AuditRow] = []
    while True:
        more = reader.records.audit(after=found[-1].seq if found else 0, limit=_PAGE)
        found += more
        if len(more) < _PAGE:
            return found


def _places(users: Iterable[User]) -> dict[str, str]:
    found = ((one.id, organization.place(one)) for one in users)
    return {user_id: place for user_id, place in found if place is not None}


def _redirected(one: Any, accounts: Mapping[str, str]) -> Any:
    match one:
        case dict():
            return _measured({key: _redirected(value, accounts) for key, value in one.items()})
        case list():
            return [_redirected(value, accounts) for value in one]
        case str() if one.startswith("Practitioner/") and one.removeprefix("Practitioner/") in accounts:
            return accounts[one.removeprefix("Practitioner/")]
    return one


def _measured(one: dict[str, Any]) -> dict[str, Any]:
    """A device measures, and performs nothing."""
    performer = str(one.get("performer", ""))
    if one.get("resourceType") != "Observation" or "Device/" not in performer:
        return one
    kept = {name: value for name, value in one.items() if name not in {"performer", "contained"}}
    return kept | {"device": one["performer"][0]}
