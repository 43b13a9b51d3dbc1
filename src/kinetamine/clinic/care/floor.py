"""The live picture of every clinic, in memory: read once from the records, then fed by whatever is written here.

Whoever looks must have been let in by the records first: the floor itself asks nobody who they are.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from kinetamine.clinic.access import Records
from kinetamine.clinic.alarms.machine import Alarm, State
from kinetamine.clinic.care.alarms import alarms
from kinetamine.clinic.care.every import every
from kinetamine.clinic.care.sitting import CLOSED, OPEN, Sitting, load, rows_of
from kinetamine.clinic.instants import minutes_between
from kinetamine.clinic.limits_in_use import AS_PUBLISHED, InUse
from kinetamine.clinic.records import Person, Session, SessionEvent, User
from kinetamine.clinic.session.entries import Read, Scored
from kinetamine.clinic.session.schedule import Due, Status, due
from kinetamine.clinic.session.state import Phase, SessionState

STALE = timedelta(seconds=5)
"""How old a judgement may be before time itself is looked at again: what is due, silences, the ladder."""
_QUICK_S = 0.1
_KEPT = timedelta(hours=12)
_LOOKED_BACK = timedelta(days=7)
"""How long before the last end a session may have ended and still be looked at for alarms that were left unanswered
when a clinic is read. From the last end, and not from today: after holidays the last days before them count."""
_MOST_LOOKED_AT = 200
_SHOWN = ("systolic", "diastolic", "heart_rate", "spo2", "respiratory_rate", "moaas")
_OPEN_SLOTS = frozenset({Status.DUE, Status.LATE, Status.MISSED})


@dataclass(frozen=True, kw_only=True)
class Look:
    """A session, judged at a time."""

    sitting: Sitting
    at: datetime
    state: SessionState
    alarms: State
    due: tuple[Due, ...]


@dataclass(frozen=True, kw_only=True)
class Chair:
    """One chair on the board.

    Attributes:
        vitals: the last value of each sign, and how many minutes old it is.
        waiting: slots that are due, late or missed; ``next_due`` the first that is still to come.
        owed: those of them that are late, or were missed and not made up for.
        alarms: the most urgent first.
    """

    session_id: str
    chair: str
    person: str
    phase: str
    minutes: float | None
    vitals: tuple[tuple[str, float, float], ...]
    waiting: tuple[Due, ...]
    owed: tuple[Due, ...]
    next_due: Due | None
    alarms: tuple[Alarm, ...]

    @property
    def urgency(self) -> tuple[int, int, str]:
        """The most urgent first: by unanswered alarms, by standing ones, by what should have been read."""
        unanswered = [one.limit.priority.rank for one in self.alarms if one.unanswered]
        standing = [3 + one.limit.priority.rank for one in self.alarms]
        owed = [6 for _ in self.owed]
        return min([*unanswered, *standing, *owed], default=7), 0, self.chair


@dataclass
class _Clinic:
    """What is known of one clinic."""

    sessions: dict[str, Sitting] = field(default_factory=dict)
    people: dict[str, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    version: int = 0
    board: tuple[Chair, ...] = ()
    stands_until: float = 0.0


class Floor:
    """Every open session of every clinic, and those left with an alarm unanswered; for several threads."""

    def __init__(self, in_use: InUse = AS_PUBLISHED) -> None:
        """Nothing is known yet but the limits that every session is judged by."""
        self.in_use = in_use
        self._lock = threading.RLock()
        self._clinics: dict[str, _Clinic] = {}
        self._where: dict[str, str] = {}
        self._looks: dict[str, Look] = {}
        self._versions: dict[str, int] = {}

    def load(self, records: Records, clinic_id: str) -> None:
        """Read a clinic, where that has not been done; the reads are on the audit.

        Sessions that ended lately are read too: the first look at the board lets go of all without an alarm.

        Raises:
            Refusal: it is not for this person.
        """
        with self._lock:
            if clinic_id in self._clinics:
                return
            found = _Clinic(people={one.id: one.number for one in every(records, Person)})
            found.names = {one.id: one.shown_as for one in every(records, User)}
            sessions = (*every(records, Session, state=OPEN), *_ended_lately(records))
            found.sessions = {one.id: Sitting(one, rows_of(records, one.id), self.in_use) for one in sessions}
            self._clinics[clinic_id] = found
            self._where |= dict.fromkeys(found.sessions, clinic_id)

    def visited(self, records: Records, clinic_id: str, session_id: str) -> Sitting:
        """A session, read anew by somebody who opens it.

        Raises:
            Refusal: there is none, or it is not for this person.
        """
        found = load(records, session_id, self.in_use)
        self.load(records, clinic_id)
        with self._lock:
            clinic = self._clinics[clinic_id]
            if found.session.person_id not in clinic.people:
                clinic.people[found.session.person_id] = records.get(Person, found.session.person_id).number
            if any(one.made_by not in clinic.names for one in found.rows):
                clinic.names |= {one.id: one.shown_as for one in every(records, User)}
        self.changed(found.session)
        self.entered(session_id, found.rows)
        return self.sitting(session_id) or found

    def changed(self, session: Session) -> None:
        """A session was opened, closed or changed."""
        with self._lock:
            clinic = self._clinics.get(session.clinic_id)
            if clinic is None:
                return
            known = clinic.sessions.get(session.id)
            if known is not None and known.session.version >= session.version:
                return
            clinic.sessions[session.id] = Sitting(session, () if known is None else known.rows, self.in_use)
            self._where[session.id] = session.clinic_id
            self._moved(clinic, session.id)

    def named(self, person: Person) -> None:
        """Somebody new, or under another number."""
        with self._lock:
            if (clinic := self._clinics.get(person.clinic_id)) is not None:
                clinic.people[person.id] = person.number

    def entered(self, session_id: str, rows: Iterable[SessionEvent]) -> None:
        """Rows were written; a session that nobody has looked at yet will be read whole."""
        with self._lock:
            clinic = self._clinics.get(self._where.get(session_id, ""))
            if clinic is None:
                return
            known = clinic.sessions[session_id]
            clinic.sessions[session_id] = known.merged(tuple(rows))
            if clinic.sessions[session_id] is not known:
                self._moved(clinic, session_id)

    def sitting(self, session_id: str) -> Sitting | None:
        """A session as it is known; None where nobody has looked at it."""
        with self._lock:
            clinic = self._clinics.get(self._where.get(session_id, ""))
            return None if clinic is None else clinic.sessions.get(session_id)

    def look(self, session_id: str, now: datetime) -> Look | None:
        """A session, judged now, or a moment ago where nothing was written since."""
        sitting = self.sitting(session_id)
        if sitting is None:
            return None
        held = self._looks.get(session_id)
        if held is not None and held.sitting is sitting and timedelta() <= now - held.at < STALE:
            return held
        found = judged(sitting, now)
        self._looks[session_id] = found
        return found

    def version(self, session_id: str) -> int:
        """Grows with everything that is written in a session."""
        return self._versions.get(session_id, 0)

    def clinic_version(self, clinic_id: str) -> int:
        """Grows with everything that is written in any session of a clinic."""
        clinic = self._clinics.get(clinic_id)
        return 0 if clinic is None else clinic.version

    def number(self, session: Session) -> str:
        """The number of the person in the chair."""
        clinic = self._clinics.get(session.clinic_id)
        return "?" if clinic is None else clinic.people.get(session.person_id, "?")

    def names(self, clinic_id: str) -> dict[str, str]:
        """What colleagues are called, by id."""
        clinic = self._clinics.get(clinic_id)
        return {} if clinic is None else clinic.names

    def board(self, clinic_id: str, now: datetime) -> tuple[Chair, ...]:
        """Every chair in use, and those that were left with an alarm unanswered, the most urgent first.

        Where it takes long, the last one stands for a while, so that pages which look cannot hold up readings.
        """
        with self._lock:
            clinic = self._clinics.get(clinic_id)
            if clinic is None:
                return ()
            if time.monotonic() < clinic.stands_until:
                return clinic.board
            begun = time.monotonic()
            self._forget(clinic, now)
            known = list(clinic.sessions)
        looks = [look for one in known if (look := self.look(one, now)) is not None]
        chairs = [self._chair(look) for look in looks if look.sitting.is_open or _unanswered(look)]
        found = tuple(sorted(chairs, key=lambda one: one.urgency))
        took = time.monotonic() - begun
        if took > _QUICK_S:
            clinic.board, clinic.stands_until = found, time.monotonic() + 2.0 * took
        return found

    def _chair(self, look: Look) -> Chair:
        state, session = look.state, look.sitting.session
        minutes = state.since_start_min(state.left_at or look.at)
        coming = [one for one in look.due if one.status is Status.TO_COME and one.at is not None]
        return Chair(
            session_id=session.id,
            chair=session.chair,
            person=self.number(session),
            phase=state.phase.value,
            minutes=minutes,
            vitals=tuple(_last(state, look.at)),
            waiting=tuple(one for one in look.due if one.status in _OPEN_SLOTS),
            owed=tuple(_owed(look)),
            next_due=coming[0] if coming else None,
            alarms=look.alarms.board,
        )

    def _moved(self, clinic: _Clinic, session_id: str) -> None:
        clinic.version += 1
        self._versions[session_id] = self._versions.get(session_id, 0) + 1

    def _forget(self, clinic: _Clinic, now: datetime) -> None:
        """What ended long ago is read again if somebody asks; an alarm is kept until somebody answers it."""
        for name, one in list(clinic.sessions.items()):
            ended = one.session.ended_at
            if one.is_open or ended is None or now - ended <= _KEPT:
                continue
            look = self.look(name, now)
            if look is None or not _unanswered(look):
                del clinic.sessions[name]
                self._where.pop(name, None)
                self._looks.pop(name, None)


def judged(sitting: Sitting, now: datetime) -> Look:
    """A session at a time."""
    state = sitting.state(now)
    return Look(
        sitting=sitting,
        at=now,
        state=state,
        alarms=alarms(sitting, now),
        due=due(sitting.protocol, state),
    )


def _ended_lately(records: Records) -> Iterable[Session]:
    found = [
        (one.ended_at, one)
        for one in records.newest(Session, state=CLOSED, limit=_MOST_LOOKED_AT)
        if one.ended_at is not None
    ]
    last = max((ended for ended, _ in found), default=None)
    return (one for ended, one in found if last is not None and last - ended <= _LOOKED_BACK)


def _owed(look: Look) -> Iterable[Due]:
    """What is late, and what was missed unless all of it was seen since; whoever has left owes nothing.

    A reading that is too late for its slot is no less wanted, and one that came later makes up for it.
    """
    if look.state.phase is Phase.LEFT:
        return
    seen = _last_seen(look.state)
    for one in look.due:
        made_up = one.at is not None and all(name in seen and seen[name] > one.at for name in one.slot.what)
        if one.status is Status.LATE or (one.status is Status.MISSED and not made_up):
            yield one


def _last_seen(state: SessionState) -> dict[str, datetime]:
    """When each vital sign was read last with a value, and each scale filled in."""
    found: dict[str, datetime] = {}
    for one in (*state.readings, *state.scores):
        if isinstance(one.what, Read):
            found |= dict.fromkeys(dict(one.what.values), one.at)
        elif isinstance(one.what, Scored):
            found[one.what.scale] = one.at
    return found


def _last(state: SessionState, now: datetime) -> Iterable[tuple[str, float, float]]:
    for sign in _SHOWN:
        values = state.values(sign)
        if values:
            at, value, _ = values[-1]
            yield sign, value, minutes_between(at, now)


def _unanswered(look: Look) -> bool:
    return any(one.unanswered for one in look.alarms.board)
