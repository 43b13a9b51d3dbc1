"""A clinic's own limits: in place of the published ones, each with who says so; what cannot be is refused."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kinetamine.clinic.alarms.limits import Priority
from kinetamine.clinic.alarms.published import PUBLISHED
from kinetamine.clinic.discharge import AGE, Acceptable
from kinetamine.clinic.limits_in_use import AS_PUBLISHED, InUse, from_mapping, read
from kinetamine.errors import FieldError

SIGNED = {"name": "North", "version": "7", "signed_by": "A. Example", "signed_on": date(2026, 3, 2)}
HIGH = {"value": 160, "unit": "mmHg", "source": "protocol 4.2"}


def own(**tables: Any) -> InUse:
    return from_mapping(SIGNED | tables)


def test_without_a_file_the_published_ones_are_used() -> None:
    assert read(None) is AS_PUBLISHED
    assert (AS_PUBLISHED.alarms, AS_PUBLISHED.leaving, AS_PUBLISHED.signed_by) == (PUBLISHED, Acceptable(), "")
    assert AS_PUBLISHED.text == "early warning, label and study, version 2"


def test_what_a_clinic_says_stands_in_place_of_what_is_published_and_nothing_else_changes() -> None:
    found = own(
        limit={
            "systolic_high": HIGH | {"priority": "high"},
            "spo2_low": {"on": False, "source": "one limit is enough"},
        },
        silence={"high": {"value": 45, "unit": "s", "source": "the nurses"}},
        unanswered={"low": {"value": 300.0, "unit": "s", "source": "the nurses"}},
        leaving={"age_most": {"value": 15, "unit": "min", "source": "protocol 7"}},
    )
    limits = {one.name: one for one in found.alarms.limits}
    changed = [one.name for one in PUBLISHED.limits if limits[one.name] != one]
    assert changed == ["spo2_low", "systolic_high"]
    high, low = limits["systolic_high"], limits["spo2_low"]
    assert (high.value.value, high.priority, high.on) == (160.0, Priority.HIGH, True)
    assert (high.value.where, high.value.source.authors) == ("protocol 4.2", "{North}")
    assert (low.on, low.value.value, low.value.note) == (False, 93.0, "North 2026: one limit is enough")
    assert found.alarms.times[Priority.HIGH].longest_silence_s.value == 45.0
    assert found.alarms.times[Priority.HIGH].unanswered_s == PUBLISHED.times[Priority.HIGH].unanswered_s
    assert found.alarms.times[Priority.LOW].unanswered_s.value == 300.0
    assert (found.leaving.age_most.value, found.leaving.spo2_least) == (15.0, Acceptable().spo2_least)
    assert found.leaving.age_most.note == f"instead of {AGE.value:g} min"
    assert found.text == "North, version 7, signed by A. Example"


def test_every_change_has_a_fingerprint_of_its_own() -> None:
    sets = (
        AS_PUBLISHED,
        own(),
        own(limit={"systolic_high": HIGH}),
        own(leaving={"systolic_most": HIGH}),
        from_mapping(SIGNED | {"version": "8"}),
        from_mapping(SIGNED | {"signed_by": "B. Example"}),
    )
    assert len({one.fingerprint for one in sets}) == len(sets)
    assert own().about == {"name": "North", "version": "7", "fingerprint": own().fingerprint}


@pytest.mark.parametrize(
    ("tables", "message"),
    [
        ({"limits": {}}, "^entry: given 'limits', expected .* did you mean limit"),
        ({"limit": {"systolic_hihg": HIGH}}, "^limit: given 'systolic_hihg', .* did you mean systolic_high"),
        ({"limit": {"systolic_high": HIGH | {"valu": 1}}}, "^limit systolic_high: given 'valu'"),
        ({"limit": {"systolic_high": {"value": 160, "unit": "mmHg"}}}, "^limit systolic_high source: given None"),
        ({"limit": {"systolic_high": HIGH | {"source": " "}}}, "^limit systolic_high source: "),
        ({"limit": {"systolic_high": {"source": "protocol"}}}, "^limit systolic_high: given 'a source alone'"),
        ({"limit": {"systolic_high": HIGH | {"unit": "kPa"}}}, "^limit systolic_high unit: given 'kPa', expected mmHg"),
        ({"limit": {"systolic_high": HIGH | {"value": 1600}}}, "^limit systolic_high: .* expected 30 to 350 mmHg"),
        ({"limit": {"systolic_high": HIGH | {"value": "160"}}}, "^limit systolic_high value: .* expected a number"),
        ({"limit": {"systolic_high": HIGH | {"value": float("nan")}}}, "^limit systolic_high value: "),
        ({"limit": {"systolic_high": HIGH | {"value": 10**400}}}, "^limit systolic_high value: "),
        ({"limit": {"systolic_high": HIGH | {"on": 1}}}, "^limit systolic_high on: given 1, expected true or false"),
        ({"limit": {"systolic_high": HIGH | {"priority": "urgent"}}}, "^limit systolic_high priority: "),
        ({"limit": {"systolic_high": 160}}, r"^limit systolic_high: .* a table, under \[limit.systolic_high\]"),
        ({"limit": 160}, "^limit: given 160"),
        ({"silence": {"high": HIGH | {"unit": "s", "value": 400}}}, "^silence high: .* at most 120 s"),
        ({"silence": {"high": HIGH | {"unit": "s", "value": 0}}}, "^silence high: .* more than 0"),
        ({"silence": {"high": HIGH | {"unit": "s", "on": False}}}, "^silence high: given 'on'"),
        ({"unanswered": {"low": HIGH | {"unit": "s", "value": 0}}}, "^unanswered low: .* more than 0"),
        ({"leaving": {"systolic_most": HIGH | {"value": 90}}}, "^leaving systolic_least: given 101.0, .* the 90"),
        ({"leaving": {"breaths_most": HIGH | {"unit": "breaths/min", "value": 160}}}, "^leaving breaths_most: "),
        (
            {"leaving": {"alertness_least": HIGH | {"unit": "points", "value": 6}}},
            "^leaving alertness_least: .* 0 to 5",
        ),
        ({"leaving": {"cadss_most": HIGH | {"unit": "points", "value": 160}}}, "^leaving cadss_most: .* 0 to 92"),
        ({"leaving": {"age_most": HIGH | {"unit": "min", "value": 160}}}, "^leaving age_most: .* 1 to 120 min"),
        ({"signed_by": ""}, "^signed_by: given '', expected words"),
        ({"version": 7}, "^version: given 7, expected words"),
        ({"signed_on": "2026-03-02"}, "^signed_on: .* a date"),
    ],
)
def test_what_cannot_be_is_refused_by_the_name_of_its_entry(tables: dict[str, Any], message: str) -> None:
    with pytest.raises(FieldError, match=message):
        own(**tables)


def test_a_file_is_named_where_it_is_wrong(tmp_path: Path) -> None:
    file = tmp_path / "limits.toml"
    with pytest.raises(FieldError, match="a readable TOML file"):
        read(file)
    for text, message in (("name =", "valid TOML"), ('name = "North"', r"^limits\.toml, signed_by: given None")):
        file.write_text(text, encoding="utf-8")
        with pytest.raises(FieldError, match=message):
            read(file)
