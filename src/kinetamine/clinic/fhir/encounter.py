"""A session, as Encounter."""

from __future__ import annotations

from typing import Any

from kinetamine.clinic.fhir.codes import AMBULATORY
from kinetamine.clinic.fhir.pieces import Resource, period, refer, resource
from kinetamine.clinic.records import Session

_STATES = {"planned": "planned", "open": "in-progress", "closed": "finished", "cancelled": "cancelled"}


def encounter(session: Session) -> Resource:
    """The chair is named, and not a resource of its own."""
    how: dict[str, Any] = {"class": AMBULATORY.coding}
    return resource(
        "Encounter",
        session.id,
        of=session,
        status=_STATES.get(session.state, "unknown"),
        subject=refer("Patient", session.person_id),
        period=period(session.started_at, session.ended_at),
        location=[{"location": {"display": f"chair {session.chair}"}}] if session.chair else None,
        serviceProvider=refer("Organization", session.clinic_id),
        **how,
    )
