"""Before somebody leaves: what is unmet, what was arranged, and who let them go."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import NAMESPACE_URL, uuid5

from kinetamine.clinic.access import Records
from kinetamine.clinic.care.alarms import alarms
from kinetamine.clinic.care.sitting import CLOSED, Sitting
from kinetamine.clinic.discharge import Arrangements, Discharged, Gate, discharge, gate
from kinetamine.clinic.records import Session, SessionEvent
from kinetamine.clinic.session.state import Phase
from kinetamine.clinic.session.vitals import unanswered
from kinetamine.clinic.session.wire import ARRANGED, DISCHARGED, Row
from kinetamine.clinic.signature import Signature


def arrangements(sitting: Sitting) -> Arrangements:
    """What people have seen to, and since when."""
    return Arrangements(**{what: min(row.device_time, row.made_at) for what, row in arranged(sitting).items()})


def arranged(sitting: Sitting) -> Mapping[str, Row]:
    """By what was arranged, the first row that says so."""
    known = Arrangements.__dataclass_fields__
    found: dict[str, Row] = {}
    for row in sitting.heard.standing(ARRANGED):
        what = row.content.get("what")
        if what in known:
            found.setdefault(what, row)
    return found


def gate_of(sitting: Sitting, now: datetime) -> Gate:
    """The list as it stands."""
    state = sitting.state(now)
    return gate(state, arrangements(sitting), unanswered_alarms=unanswered(alarms(sitting, now, state)))


def may_leave(sitting: Sitting, signature: Signature, why: str = "") -> Discharged:
    """Whether this person may let them go.

    Raises:
        FieldError: something is unmet, and this is no physician or gives no reason.
    """
    return discharge(gate_of(sitting, signature.at), signature, why)


def let_leave(records: Records, sitting: Sitting, found: Discharged, client_id: str) -> tuple[SessionEvent, ...]:
    """Write down that somebody leaves, and free the chair; sent twice, it is done once.

    Raises:
        ConflictError: the session changed meanwhile.
        Refusal: it is not for this person.
    """
    now = found.signature.at
    state = sitting.state(now)
    rows = [_said(sitting, found, client_id)]
    if state.phase is not Phase.LEFT:
        rows.append(
            SessionEvent(
                session_id=sitting.session.id,
                client_id=str(uuid5(NAMESPACE_URL, f"{client_id}/left")),
                device_time=now,
                device=None,
                happened="left",
                content={},
                note=None,
            )
        )
    stored = tuple(records.add_all(rows))
    close(records, sitting, now)
    return stored


def close(records: Records, sitting: Sitting, now: datetime) -> Session:
    """End a session; what devices still hold is taken in afterwards, too.

    Raises:
        ConflictError: the session changed meanwhile.
        Refusal: it is not for this person.
    """
    state = sitting.state(now)
    return records.change(
        Session,
        sitting.session.id,
        sitting.session.version,
        "the person left",
        state=CLOSED,
        started_at=state.started_at,
        ended_at=state.left_at or now,
    )


def discharged(sitting: Sitting) -> Row | None:
    """The row that says who let them go; None while nobody has."""
    return next(iter(sitting.heard.standing(DISCHARGED)), None)


def _said(sitting: Sitting, found: Discharged, client_id: str) -> SessionEvent:
    ready = found.gate.would_have_been_ready
    return SessionEvent(
        session_id=sitting.session.id,
        client_id=client_id,
        device_time=found.signature.at,
        device=None,
        happened=DISCHARGED,
        content={
            "role": found.signature.role,
            "overridden": [one.name for one in found.overridden],
            "ready_at": None if ready is None else ready.isoformat(),
        },
        note=found.why or None,
    )
