"""Limits are data with sources; what was only recalled is off."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kinetamine.clinic.alarms.limits import Limit, LimitSet, Priority, Side, Times, Vital
from kinetamine.clinic.alarms.machine import outside
from kinetamine.clinic.alarms.published import PUBLISHED
from kinetamine.engine.model import Provenance
from kinetamine.errors import FieldError

RISE = next(one for one in PUBLISHED.limits if one.side is Side.RISE)


def _at(limit: Limit, value: float) -> Limit:
    return replace(limit, value=replace(limit.value, value=value))


def _silenced(priority: Priority, seconds: float) -> dict[Priority, Times]:
    held = PUBLISHED.times[priority]
    longest = replace(held.longest_silence_s, value=seconds)
    return PUBLISHED.times | {priority: replace(held, longest_silence_s=longest)}


def test_every_number_has_a_source_and_says_how_it_came_to_be_known() -> None:
    numbers = [one.value for one in PUBLISHED.limits]
    numbers += [end for one in PUBLISHED.possible for end in (one.low, one.high)]
    numbers += [one for times in PUBLISHED.times.values() for one in (times.longest_silence_s, times.unanswered_s)]
    for one in numbers:
        assert one.source.doi or one.source.url
        assert one.where
        assert one.provenance is Provenance.MEASURED or one.note


def test_every_limit_lies_within_what_is_possible() -> None:
    for one in PUBLISHED.limits:
        if one.side is not Side.RISE:
            assert outside(PUBLISHED, one.vital, one.value.value) == ""


def test_every_priority_has_its_times_and_every_vital_sign_its_range() -> None:
    assert set(PUBLISHED.times) == set(Priority)
    assert {one.vital for one in PUBLISHED.possible} == set(Vital)
    assert [one.rank for one in Priority] == [0, 1, 2]


def test_red_of_the_early_warning_score_is_high_priority() -> None:
    high = {
        one.name: (one.side, one.value.value) for one in PUBLISHED.limits if one.priority is Priority.HIGH and one.on
    }
    assert high == {
        "spo2_very_low": (Side.AT_MOST, 91.0),
        "breathing_very_slow": (Side.AT_MOST, 8.0),
        "breathing_very_fast": (Side.AT_LEAST, 25.0),
        "systolic_very_low": (Side.AT_MOST, 90.0),
        "systolic_very_high": (Side.AT_LEAST, 220.0),
        "heart_very_slow": (Side.AT_MOST, 40.0),
        "heart_very_fast": (Side.AT_LEAST, 131.0),
        "unresponsive": (Side.AT_MOST, 0.0),
        "hard_to_rouse": (Side.AT_MOST, 1.0),
    }


def test_a_recalled_limit_cannot_be_on() -> None:
    (first, *_) = PUBLISHED.limits
    recalled = replace(first, value=replace(first.value, provenance=Provenance.UNVERIFIED, note="recalled"))
    with pytest.raises(FieldError, match="nobody has read its value"):
        replace(PUBLISHED, limits=(recalled,))
    assert not any(one.on for one in replace(PUBLISHED, limits=(replace(recalled, on=False),)).limits)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"limits": (PUBLISHED.limits[0], PUBLISHED.limits[0])}, "each name once"),
        ({"possible": PUBLISHED.possible[1:]}, "a range for every vital sign"),
        ({"ladder": ()}, "at least one who is called"),
        ({"limits": (_at(PUBLISHED.limits[0], 101.0),)}, "limit spo2_very_low: given 101.0, expected 0 to 100 %"),
        ({"limits": (_at(RISE, 0.0),)}, "limit systolic_rise: given 0.0, expected more than 0 and at most 320 mmHg"),
        ({"times": _silenced(Priority.HIGH, 121.0)}, "silence high: given 121.0, expected more than 0 and at most 120"),
        ({"times": _silenced(Priority.LOW, 86_401.0)}, "silence low: .* at most 86400 s"),
        ({"times": _silenced(Priority.LOW, float("nan"))}, "silence low: .* more than 0"),
    ],
)
def test_a_set_is_judged(change: dict[str, object], message: str) -> None:
    with pytest.raises(FieldError, match=message):
        replace(PUBLISHED, **change)  # type: ignore[arg-type]  # wrong on purpose


def test_the_fingerprint_follows_every_number() -> None:
    first = PUBLISHED.limits[0]
    other = replace(first, value=replace(first.value, value=90.0))
    changed: LimitSet = replace(PUBLISHED, limits=(other, *PUBLISHED.limits[1:]))
    assert changed.fingerprint != PUBLISHED.fingerprint
    assert first.text == "spo2 at most 91 %"
