"""What somebody felt or showed in a session, as AdverseEvent, from its beginning to its end."""

from __future__ import annotations

from collections.abc import Iterable

from kinetamine.clinic.fhir.codes import concept, hl7
from kinetamine.clinic.fhir.decode import timeline
from kinetamine.clinic.fhir.pieces import Resource, extension, moment, refer, resource, said, who
from kinetamine.clinic.records import Session, SessionEvent
from kinetamine.clinic.session.entries import Symptom
from kinetamine.clinic.session.symptoms import ends
from kinetamine.clinic.session.timeline import Standing

_RESOLVED = hl7("adverse-event-outcome", "resolved", "Resolved")
_ONGOING = hl7("adverse-event-outcome", "ongoing", "Ongoing")


def events(session: Session, rows: Iterable[SessionEvent]) -> list[Resource]:
    """One for each beginning. What was entered in error says so, in an element that no reader may pass over."""
    everything = [one for one in timeline(rows).everything if isinstance(one.what, Symptom)]
    ended = ends(everything)
    return [_event(session, one, ended.get(one.entry.name)) for one in everything if not _resolved(one)]


def _event(session: Session, one: Standing, end: Standing | None) -> Resource:
    assert isinstance(one.what, Symptom)  # noqa: S101 - what it was found by
    more = [extension("action", valueString=one.what.action)] if said(one.what.action) else []
    if end is not None:
        more.append(extension("resolved-at", valueDateTime=moment(end.at)))
        if isinstance(end.what, Symptom) and said(end.what.action):
            more.append(extension("action", valueString=end.what.action))
    return resource(
        "AdverseEvent",
        one.entry.name,
        extension=more,
        modifierExtension=_wrong(one),
        actuality="actual",
        event=concept(text=one.what.kind),
        subject=refer("Patient", session.person_id),
        encounter=refer("Encounter", session.id),
        date=moment(one.at),
        detected=moment(one.at),
        recordedDate=moment(one.entry.received_at),
        outcome=concept(_RESOLVED if end is not None else _ONGOING),
        recorder=who(one.entry.by),
    )


def _wrong(one: Standing) -> list[dict[str, object]]:
    why = said(one.in_error) or "no reason recorded"
    return [extension("entered-in-error", valueString=why)] if one.in_error else []


def _resolved(one: Standing) -> bool:
    return isinstance(one.what, Symptom) and one.what.resolved
