"""The verifier: walks the chain, holds it against the anchor, and the records against the chain."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from kinetamine.clinic.audit import content
from kinetamine.clinic.audit import row as rows
from kinetamine.clinic.audit.anchor import RESTORED, Mark
from kinetamine.clinic.audit.chain import Head
from kinetamine.clinic.audit.row import DONE, START
from kinetamine.clinic.keys import KeyRing
from kinetamine.clinic.records import AuditRow, Base

_MOST_FINDINGS = 20


@dataclass
class Finding:
    """What the walk found.

    Attributes:
        rows: how many there are.
        head: the last one.
        problems: each in one sentence; none where everything is as it was written.
        fingerprints: the last state of every row that the chain knows of.
    """

    rows: int = 0
    head: Head = field(default_factory=lambda: Head(0, START))
    problems: list[str] = field(default_factory=list)
    fingerprints: dict[str, str] = field(default_factory=dict)

    @property
    def sound(self) -> bool:
        """Whether nothing is wrong."""
        return not self.problems


def walk(audit: Iterable[AuditRow], marks: Iterable[Mark], ring: KeyRing, tolerance: timedelta) -> Finding:
    """Every row: its place, its signature, the one before it, its key's age, its time; and what the anchor says."""
    found, state = Finding(), _State(ring, tolerance)
    heads = _expected(marks)
    for row in audit:
        found.problems += [f"row {row.seq}: {problem}" for problem in state.take(row, heads.pop(row.seq, None))]
        found.rows += 1
        found.head = Head(row.seq, row.mac)
        known = rows.detail(row).get("fingerprints")
        if row.outcome == DONE and isinstance(known, dict):
            found.fingerprints |= {place: str(value) for place, value in known.items()}
        if len(found.problems) >= _MOST_FINDINGS:
            found.problems.append("and perhaps more: the walk stopped here")
            return found
    if heads:
        found.problems.append(
            f"the anchor knows of row {max(heads)}, and the chain ends at {found.head.seq}: cut short"
        )
    return found


def behind(marks: list[Mark], end: Head, most: int) -> Iterator[str]:
    """Whether the anchor itself may have been cut: its last line is further behind than a crash leaves it."""
    last = marks[-1].seq if marks else 0
    if marks and marks[0].event != RESTORED and marks[0].seq > most:
        yield f"the anchor begins at row {marks[0].seq}: what it vouched for before was removed"
    if end.seq - last > most:
        yield f"the anchor ends at row {last}, and the chain at {end.seq}: the anchor was cut short, or not written"


def against(found: Finding, records: Iterable[Base], ring: KeyRing) -> Iterator[str]:
    """Whether every record is as the chain saw it last, and none is missing or was slipped in."""
    left = dict(found.fingerprints)
    for record in records:
        place = content.place(record)
        expected = left.pop(place, None)
        if expected is None:
            yield f"{place} is not in the audit: it was slipped in"
            continue
        key = expected.partition(":")[0]
        if ring.age(key) is None or content.fingerprint(record, ring, key) != expected:
            yield f"{place} is not as the audit saw it last: it was changed behind its back"
    for place in left:
        yield f"{place} is in the audit and nowhere else: it was deleted"


def _expected(marks: Iterable[Mark]) -> dict[int, str]:
    """What the anchor vouches for: seq -> mac; putting back a backup takes back what came after it."""
    heads: dict[int, str] = {}
    for mark in marks:
        if mark.event == RESTORED:
            heads = {seq: mac for seq, mac in heads.items() if seq <= mark.seq}
        heads[mark.seq] = mark.mac
    return heads


class _State:
    """What the next row is held against."""

    def __init__(self, ring: KeyRing, tolerance: timedelta) -> None:
        self._ring, self._tolerance = ring, tolerance
        self._seq, self._mac, self._age = 0, START, 0
        self._latest: datetime | None = None

    def take(self, row: AuditRow, anchored: str | None) -> list[str]:
        """The problems with one row, which is then the one before the next."""
        problems = [*self._place(row), *self._signature(row), *self._time(row)]
        if anchored is not None and anchored != row.mac:
            problems.append("it is not the row that the anchor knows: the chain was computed anew")
        self._seq, self._mac = row.seq, row.mac
        return problems

    def _place(self, row: AuditRow) -> Iterator[str]:
        if row.seq != self._seq + 1:
            yield f"it follows row {self._seq}: rows are missing, or were put in"
        if row.previous != self._mac:
            yield "it is not chained to the row before it: rows were deleted, inserted or reordered"

    def _signature(self, row: AuditRow) -> Iterator[str]:
        age = self._ring.age(row.key)
        if age is None:
            yield f"it is signed with a key {row.key!r} that is not in the ring"
            return
        if age < self._age:
            yield f"it is signed with the key {row.key!r}, which had been replaced before"
        self._age = max(age, self._age)
        if not rows.genuine(row, self._ring):
            yield "it is not what was signed"

    def _time(self, row: AuditRow) -> Iterator[str]:
        try:
            at = datetime.strptime(row.at, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC)
        except ValueError:
            yield "its time cannot be read"
            return
        if self._latest is not None and at < self._latest - self._tolerance:
            yield f"its time is {(self._latest - at).total_seconds():.0f} s before that of an earlier row"
        self._latest = at if self._latest is None else max(self._latest, at)
