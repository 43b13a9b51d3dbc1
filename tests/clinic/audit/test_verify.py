"""The walk by itself, on rows in memory: a law over every small damage."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from hypothesis import assume, given
from hypothesis import strategies as st

from clinic.world import new_keys
from kinetamine.clinic.audit import verify
from kinetamine.clinic.audit.anchor import HEAD, Mark
from kinetamine.clinic.audit.row import START, Entry, made
from kinetamine.clinic.records import AuditRow
from kinetamine.clinic.records.columns import written

RING = new_keys().audit
TOLERANCE = timedelta(seconds=5)
NAMES = tuple(column.name for column in AuditRow.__table__.columns)


def _chain(length: int) -> list[AuditRow]:
    rows: list[AuditRow] = []
    for seq in range(1, length + 1):
        entry = Entry(actor="ada", action="read", kind="person", detail={"found": seq})
        at = written(datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=seq))
        rows.append(made(entry, seq=seq, at=at, previous=rows[-1].mac if rows else START, ring=RING))
    return rows


CHAIN = _chain(12)
MARKS = [Mark(HEAD, CHAIN[place].seq, CHAIN[place].mac, "", "first", "", "") for place in (3, 11)]


@dataclass
class _Copy:
    """A row that can be damaged, without a database."""

    values: dict[str, object]

    def row(self) -> AuditRow:
        return AuditRow(**self.values)


def _copies() -> list[_Copy]:
    return [_Copy({name: getattr(row, name) for name in NAMES}) for row in CHAIN]


def _problems(copies: list[_Copy]) -> list[str]:
    return verify.walk([one.row() for one in copies], MARKS, RING, TOLERANCE).problems


def test_an_untouched_chain_is_sound() -> None:
    assert _problems(_copies()) == []
    assert verify.walk([], [], RING, TOLERANCE).sound


@given(order=st.permutations(range(12)))
def test_no_other_order_is_sound(order: list[int]) -> None:
    assume(order != list(range(12)))
    copies = _copies()
    assert _problems([copies[place] for place in order]) != []


@given(kept=st.sets(st.integers(0, 11), max_size=11), renumbered=st.booleans())
def test_no_part_is_sound(kept: set[int], *, renumbered: bool) -> None:
    copies = [one for place, one in enumerate(_copies()) if place in kept]
    for seq, one in enumerate(copies, start=1):
        one.values["seq"] = seq if renumbered else one.values["seq"]
    assert _problems(copies) != []


@given(place=st.integers(0, 11), name=st.sampled_from(NAMES[1:]), letter=st.characters(codec="ascii"))
def test_no_other_content_is_sound(place: int, name: str, letter: str) -> None:
    copies = _copies()
    held = str(copies[place].values[name])
    assume(letter != held[:1])
    copies[place].values[name] = letter + held[1:]
    assert _problems(copies) != []


@given(place=st.integers(0, 11), other=st.integers(0, 11))
def test_nothing_can_be_put_in(place: int, other: int) -> None:
    copies = _copies()
    copies.insert(place, _Copy(dict(copies[other].values)))
    assert _problems(copies) != []
