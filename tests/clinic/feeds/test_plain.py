"""Readings as plain JSON: what is taken, in which units, and where it is wrong."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from kinetamine.clinic.alarms.limits import Vital
from kinetamine.clinic.feeds import plain
from kinetamine.clinic.feeds.message import MOST_READINGS, Outcome
from kinetamine.errors import FieldError

NINE = "2026-03-02T09:00:00Z"


def sent(**more: Any) -> bytes:
    whole = {"id": "r1", "at": NINE, "values": {"systolic": {"value": 120, "unit": "mm[Hg]"}}} | more
    return json.dumps(whole).encode()


def test_a_reading_with_all_that_it_may_hold() -> None:
    values = {
        "systolic": {"value": 120, "unit": "mm[Hg]"},
        "diastolic": {"value": 10.67, "unit": "kPa"},
        "heart_rate": {"value": 71.5, "unit": "{beats}/min"},
        "respiratory_rate": {"value": 14, "unit": "/min"},
        "moaas": {"value": 5, "unit": "{score}"},
    }
    message = plain.read(sent(values=values, absent={"spo2": "probe off"}, patient="17", chair="2"))
    (reading,) = message.readings
    assert (reading.name, reading.at, reading.patients) == ("r1", datetime(2026, 3, 2, 9, 0, tzinfo=UTC), ("17",))
    assert dict(reading.values) == {
        Vital.SYSTOLIC: 120.0,
        Vital.DIASTOLIC: 80.03,
        Vital.HEART_RATE: 71.5,
        Vital.RESPIRATORY_RATE: 14.0,
        Vital.ALERTNESS: 5.0,
    }
    assert reading.absent == ((Vital.SPO2, "probe off"),)
    assert (message.chair, message.not_taken) == ("2", ())


def test_what_has_no_place_is_named_and_the_rest_is_taken() -> None:
    values = {"systolic": {"value": 120, "unit": "mm[Hg]"}, "etco2": {"value": 38, "unit": "mm[Hg]"}}
    message = plain.read(sent(values=values, mood="good"))
    assert message.not_taken == ("mood", "etco2")
    assert [dict(one.values) for one in message.readings] == [{Vital.SYSTOLIC: 120.0}]
    assert plain.read(sent(values={"etco2": {"value": 38, "unit": "mm[Hg]"}})).readings == ()


def test_several_at_once() -> None:
    several = [json.loads(sent(id=f"r{place}")) for place in range(3)]
    assert [one.name for one in plain.read(json.dumps({"readings": several}).encode()).readings] == ["r0", "r1", "r2"]
    with pytest.raises(FieldError, match="name of its own"):
        plain.read(json.dumps({"readings": several * 2}).encode())
    many = json.dumps({"readings": several * MOST_READINGS}).encode()
    with pytest.raises(FieldError, match="at most"):
        plain.read(many)


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"id": None}, "id"),
        ({"id": "  "}, "id"),
        ({"id": 7}, "id"),
        ({"at": "2026-03-02T09:00:00"}, "at"),
        ({"at": "yesterday"}, "at"),
        ({"at": "0001-01-01T00:00:00+23:59"}, "at"),
        ({"at": 5}, "at"),
        ({"at": "9999-12-31T23:59:59Z"}, "at"),
        ({"at": "1999-12-31T23:59:59Z"}, "at"),
        ({"values": [1]}, "values"),
        ({"values": {"systolic": 120}}, "values.systolic"),
        ({"values": {"systolic": {"value": 120}}}, "values.systolic: unit of systolic"),
        ({"values": {"systolic": {"value": 120, "unit": "%"}}}, "values.systolic: unit of systolic"),
        ({"values": {"spo2": {"value": 0.97, "unit": "1"}}}, "values.spo2: unit of spo2"),
        ({"values": {"systolic": {"value": "120", "unit": "mm[Hg]"}}}, "values.systolic.value"),
        ({"values": {"systolic": {"value": True, "unit": "mm[Hg]"}}}, "values.systolic.value"),
        ({"values": {"systolic": {"value": 10**400, "unit": "mm[Hg]"}}}, "values.systolic.value"),
        ({"values": {"systolic": {"unit": "mm[Hg]"}}}, "values.systolic.value"),
        ({"absent": {"systolic": "cuff off"}}, "values"),
        ({"readings": {}}, "readings"),
    ],
)
def test_what_is_wrong_is_told_at_its_field(more: dict[str, Any], field: str) -> None:
    with pytest.raises(FieldError) as told:
        plain.read(sent(**more))
    assert told.value.field == field


HALF = sent(id="\ud800")
"""Half of a character, as JSON can write it and nothing can keep it."""


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"[]", b'"x"', b"\xff\xfe", b'{"id": NaN}', b'{"id": "a", "id": "b"}', b"[" * 100_000, HALF],
)
def test_what_is_no_such_json_is_refused(body: bytes) -> None:
    with pytest.raises(FieldError):
        plain.read(body)


def test_the_answer_says_what_became_of_it() -> None:
    done = json.loads(plain.answer(Outcome(stored=2, again=1, not_taken=("etco2",)), b""))
    assert done == {"status": 200, "stored": 2, "again": 1, "refused": [], "not_taken": ["etco2"]}
    wrong = json.loads(
        plain.answer(Outcome(status=409, message="no session", kind="NoOpenSessionError", later=True), b"")
    )
    assert (wrong["kind"], wrong["message"], wrong["later"]) == ("NoOpenSessionError", "no session", True)
