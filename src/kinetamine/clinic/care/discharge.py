"""Before somebody leaves: what is unmet, what was arranged, and who let them go."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import NAMESPACE_URL, uuid5

from kinetamine.clinic.access import Records
from kinetamine.clinic.alarms.machine import State as Alarms
from kinetamine.clinic.care.alarms import alarms
from kinetamine.clinic.care.sitting import CLOSED, Sitting
from kinetamine.clinic.discharge import Arrangements, Discharged, Gate, counts, discharge, gate
from kinetamine.clinic.records import Session, SessionEvent
from kinetamine.clinic.session.state import Phase, SessionState
from kinetamine.clinic.session.vitals import present, unanswered
from kinetamine.clinic.session.wire import ARRANGED, DISCHARGED, LEFT, Row
from kinetamine.clinic.signature import Signature

BY_THEMSELVES = "the person left by themselves"


def arrangements(sitting: Sitting, state: SessionState) -> Arrangements:
    """What people have seen to, and when last."""
    return Arrangements(**{what: _when(row) for what, row in arranged(sitting, state).items()})


def arranged(sitting: Sitting, state: SessionState) -> Mapping[str, Row]:
    """By what was arranged, the last row that says so and still holds."""
    known = Arrangements.__dataclass_fields__
    rows = sorted(sitting.heard.standing(ARRANGED), key=_when)
    return {what: row for row in rows if (what := row.content.get("what")) in known and counts(state, what, _when(row))}


def gate_of(sitting: Sitting, now: datetime) -> Gate:
    """The list as it stands."""
    state = sitting.state(now)
    return gate_at(sitting, state, alarms(sitting, now))


def gate_at(sitting: Sitting, state: SessionState, heard: Alarms) -> Gate:
    """The list for a state and its alarms, where they are known already."""
    seen_to = arrangements(sitting, state)
    return gate(
        state,
        seen_to,
        unanswered_alarms=unanswered(heard),
        present_alarms=present(heard),
        acceptable=sitting.in_use.leaving,
    )


def may_leave(sitting: Sitting, signature: Signature, why: str = "") -> Discharged:
    """Whether this person may let them go.

    Nobody lets go who has left by themselves: anybody may close that session, and what was unmet stays on record.

    Raises:
        FieldError: they are still here, something is unmet, and this is no physician or gives no reason.
    """
    found = gate_of(sitting, signature.at)
    if has_left(sitting, signature.at):
        said = why.strip() or BY_THEMSELVES
        return Discharged(gate=found, signature=signature, overridden=found.unmet, why=said)
    return discharge(found, signature, why)


def has_left(sitting: Sitting, now: datetime) -> bool:
    """Whether they are no longer here, by what was entered."""
    return sitting.state(now).phase is Phase.LEFT


def let_leave(records: Records, sitting: Sitting, found: Discharged, client_id: str) -> tuple[SessionEvent, ...]:
    """Write down that somebody leaves, and free the chair; sent twice, it is done once.

    Raises:
        ConflictError: the session changed meanwhile.
        Refusal: it is not for this person.
    """
    now = found.signature.at
    rows = [_said(sitting, found, client_id)]
    if not has_left(sitting, now):
        rows.append(
            SessionEvent(
                session_id=sitting.session.id,
                client_id=str(uuid5(NAMESPACE_URL, f"{client_id}/left")),
                device_time=now,
                device=None,
                happened=LEFT,
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


def _when(row: Row) -> datetime:
    """A device whose clock is ahead saw to it at the latest when that was received."""
    moment: datetime = min(row.device_time, row.made_at)
    return moment


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
            "by_themselves": has_left(sitting, found.signature.at),
            "limits": sitting.in_use.about,
        },
        note=found.why or None,
    )
