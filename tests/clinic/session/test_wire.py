from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import pytest

from clinic.session.histories import INFUSION, SPRAY, clock
from kinetamine.clinic.session.entries import (
    Correction,
    DeviceUsed,
    EnteredInError,
    Entry,
    Given,
    InfusionStarted,
    Injected,
    Left,
    Paused,
    RateChanged,
    Read,
    Resumed,
    Scored,
    Seen,
    Stopped,
    Symptom,
)
from kinetamine.clinic.session.state import state_at
from kinetamine.clinic.session.timeline import Timeline
from kinetamine.clinic.session.wire import ACKNOWLEDGED, IN_ERROR, Told, hear, heard, name_of, newest, tell
from kinetamine.errors import FieldError

NINE = clock(0)
EVERY: tuple[Given | Seen, ...] = (
    InfusionStarted(ml_per_h=52.5, mg_per_ml=1.0, salt="hydrochloride", lot="L1"),
    RateChanged(ml_per_h=30.0),
    Paused(reason="pressure 184/112"),
    Resumed(),
    Stopped(reason="complete"),
    Injected(mg=20.0, salt="base", lot="L2"),
    DeviceUsed(number=2, lot="S1"),
    Read(values=(("spo2", 97.0), ("systolic", 122.0)), absent=(("diastolic", "cuff slipped"),)),
    Scored(scale="moaas", answers=(("response", 4),)),
    Symptom(kind="nausea", resolved=False, action="ondansetron offered"),
    Symptom(kind="nausea", resolved=True),
    Left(),
)


@dataclass
class Stored:
    """A row without a database."""

    client_id: str
    happened: str
    content: dict[str, Any] = field(default_factory=dict)
    note: str | None = None
    device_time: datetime = NINE
    made_at: datetime = NINE
    made_by: str = "nurse-a"
    corrects_id: str | None = None
    why: str | None = None
    device: str | None = None

    id: str = field(init=False)

    def __post_init__(self) -> None:
        self.id = f"row of {self.client_id}"


def stored(entry: Entry) -> Stored:
    assert not isinstance(entry.what, Correction | EnteredInError)
    told = tell(entry.what)
    content = json.loads(json.dumps(dict(told.content), sort_keys=True))
    return Stored(entry.name, told.happened, content, told.note or None, entry.at, entry.received_at, entry.by)


def changed(what: str, of: Stored, minutes: float, content: dict[str, Any], **more: Any) -> Stored:
    fields: dict[str, Any] = {
        "device_time": of.device_time,
        "made_at": clock(minutes),
        "corrects_id": of.id,
        "why": "typed wrongly",
    }
    return Stored(what, of.happened, content, **fields | more)


@pytest.mark.parametrize("what", EVERY, ids=lambda one: tell(one).happened)
def test_every_kind_comes_back(what: Given | Seen) -> None:
    told = tell(what)
    assert (
        hear(Told(happened=told.happened, content=json.loads(json.dumps(dict(told.content))), note=told.note)) == what
    )


def test_no_kind_is_forgotten() -> None:
    assert {type(one) for one in EVERY} == set((Given | Seen).__args__)
    assert len({tell(one).happened for one in EVERY}) == len(EVERY) - 1


@pytest.mark.parametrize("history", [INFUSION, SPRAY])
def test_a_session_comes_back(history: tuple[Entry, ...]) -> None:
    found = heard([stored(one) for one in history])
    assert (found.acts, found.unread) == ((), ())
    again, before = (Timeline().merged(entries) for entries in (found.entries, history))
    assert state_at(again, clock(120)).base_mg == state_at(before, clock(120)).base_mg
    assert [(one.entry.name, one.at, one.entry.by) for one in again.standing] == [
        (one.entry.name, one.at, one.entry.by) for one in before.standing
    ]


def test_a_chain_of_corrections_is_about_the_first() -> None:
    first = Stored("r", "reading", {"values": {"systolic": 12.0}}, device_time=clock(3))
    second = changed("c1", first, 4, {"values": {"systolic": 122.0}})
    third = changed("c2", second, 5, {"values": {"systolic": 124.0}}, device_time=clock(2))
    rows = [third, first, second]
    timeline = Timeline().merged(heard(rows).entries)
    (one,) = timeline.standing
    assert one.what == Read(values=(("systolic", 124.0),))
    assert (one.at, [change.name for change in one.history]) == (clock(2), ["c1", "c2"])
    first_change, second_change = (change.what for change in one.history)
    assert isinstance(first_change, Correction)
    assert isinstance(second_change, Correction)
    assert (first_change.at, second_change.at) == (None, clock(2))
    assert timeline.orphans == ()
    assert newest(rows, "r") is third
    assert newest(rows, "nothing") is None
    assert name_of(rows, third) == "r"


def test_an_error_and_its_correction() -> None:
    first = Stored("r", "reading", {"values": {"systolic": 122.0}}, device_time=clock(3), made_at=clock(3))
    error = changed("e", first, 4, {}, device_time=clock(4))
    error.happened = IN_ERROR
    assert Timeline().merged(heard([first, error]).entries).standing == ()
    back = changed("c", error, 5, {"values": {"systolic": 121.0}}, device_time=clock(3))
    back.happened = "reading"
    (one,) = Timeline().merged(heard([first, error, back]).entries).standing
    assert (one.what, one.at) == (Read(values=(("systolic", 121.0),)), clock(3))


def test_what_is_no_entry_hides_no_entry() -> None:
    strange = Stored("x", "reading", {"systolic_mmHg": 120})
    act = Stored("a", ACKNOWLEDGED, {"readings": ["r/systolic"]}, made_at=clock(0) + timedelta(seconds=5))
    found = heard([strange, act, stored(INFUSION[0])])
    assert [one.name for one in found.entries] == ["before"]
    assert [[one.client_id for one in rows] for rows in (found.unread, found.acts)] == [["x"], ["a"]]


def test_an_act_in_error_counts_for_nothing() -> None:
    act = Stored("a", ACKNOWLEDGED, {"readings": ["r/systolic"]})
    error = changed("e", act, 4, {})
    error.happened = IN_ERROR
    found = heard([error, act])
    assert [one.client_id for one in found.acts] == ["a"]
    assert {name: one.client_id for name, one in found.struck.items()} == {"a": "e"}
    assert found.standing(ACKNOWLEDGED) == ()
    assert (found.entries, found.unread) == ((), ())


@pytest.mark.parametrize(
    ("happened", "content", "at"),
    [
        ("rate changed", {}, "ml_per_h"),
        ("rate changed", {"ml_per_h": True}, "ml_per_h"),
        ("rate changed", {"ml_per_h": "5"}, "ml_per_h"),
        ("device used", {"number": 1.5, "lot": "S1"}, "number"),
        ("device used", {"number": float("inf"), "lot": "S1"}, "number"),
        ("device used", {"number": 10**400, "lot": "S1"}, "number"),
        ("reading", {"values": {"systolic": 10**400}}, "systolic"),
        ("injected", {"mg": 5.0, "salt": "sulphate", "lot": "L"}, "salt"),
        ("injected", {"mg": 5.0, "salt": ["base"], "lot": "L"}, "salt"),
        ("injected", {"mg": 5.0, "salt": "base", "lot": " "}, "lot"),
        ("reading", {"values": [1]}, "values"),
        ("reading", {"values": {"systolic": None}}, "systolic"),
        ("reading", {"values": {}, "absent": {"systolic": ""}}, "systolic"),
        ("symptom", {"kind": "nausea"}, "resolved"),
        ("paused", {}, "reason"),
        ("danced", {}, "happened"),
    ],
)
def test_what_is_wrong_is_told_at_its_field(happened: str, content: dict[str, Any], at: str) -> None:
    with pytest.raises(FieldError) as caught:
        hear(Told(happened=happened, content=content))
    assert caught.value.field == at
