"""What a change may mean, by published numbers or not at all."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic.outcomes.ratings import RECALL, missing, rated
from kinetamine.clinic.outcomes.change import (
    MEANINGFUL,
    RELIABLE,
    Change,
    change,
    meaningful_points,
    reliable_points,
    scale_of,
)
from kinetamine.errors import InputError


def became(scale: str, before: int, after: int, *, wide: bool = False) -> Change:
    return change(rated(scale, before, 0), rated(scale, after, 28), wide_remission=wide)


@pytest.mark.parametrize(
    ("scale", "before", "after", "reliable", "meaningful", "response", "remission"),
    [
        ("phq9", 20, 16, False, False, False, False),
        ("phq9", 20, 15, True, False, False, False),
        ("phq9", 20, 10, True, True, True, False),
        ("phq9", 20, 4, True, True, True, True),
        ("phq9", 10, 15, True, False, False, False),
        ("gad7", 15, 11, False, True, None, None),
        ("gad7", 15, 9, True, True, None, None),
        ("madrs", 33, 23, None, True, False, False),
        ("madrs", 33, 10, None, True, True, True),
        ("pcl5", 50, 45, True, False, None, None),
        ("pcl5", 50, 40, True, True, None, None),
        ("pain_nrs", 7, 5, None, True, None, None),
    ],
)
def test_a_change_means_what_published_numbers_say(
    scale: str,
    before: int,
    after: int,
    *,
    reliable: bool | None,
    meaningful: bool | None,
    response: bool | None,
    remission: bool | None,
) -> None:
    found = became(scale, before, after)
    assert (found.reliable, found.meaningful, found.response, found.remission) == (
        reliable,
        meaningful,
        response,
        remission,
    )
    assert found.better_by == before - after


def test_remission_has_two_limits_and_the_wide_one_is_asked_for() -> None:
    assert became("madrs", 33, 12).remission is False
    assert became("madrs", 33, 12, wide=True).remission is True
    assert became("phq9", 20, 4, wide=True).remission is True


def test_what_was_not_published_is_said() -> None:
    assert "reliable change: no number published for madrs was read" in became("madrs", 33, 20).why_not


def test_a_missing_answer_makes_everything_unknown() -> None:
    found = change(rated("phq9", 20, 0), missing("phq9", "3", 7))
    assert (found.better_by, found.share, found.reliable, found.response, found.remission) == (None,) * 5
    assert found.why_not == ("phq9-7: no total",)


def test_from_nothing_no_share_is_lost() -> None:
    assert became("phq9", 0, 5).share is None


@pytest.mark.parametrize(
    ("later", "message"),
    [
        (rated("gad7", 5, 28), "as in the first rating"),
        (rated("phq9", 5, -1), "not before"),
    ],
)
def test_two_ratings_must_be_comparable(later: object, message: str) -> None:
    with pytest.raises(InputError, match=message):
        change(rated("phq9", 20, 0), later)  # type: ignore[arg-type]


def test_another_recall_is_another_instrument() -> None:
    daily = replace(rated("madrs", 20, 1), recall="24 hours")
    with pytest.raises(InputError, match="recall"):
        change(rated("madrs", 33, 0), daily)
    with pytest.raises(InputError, match="recall of madrs"):
        replace(daily, recall="1 year")
    with pytest.raises(InputError):
        replace(daily, answers=(("1", 7),))
    with pytest.raises(InputError):
        replace(daily, by=" ")


@given(st.sampled_from(["phq9", "gad7", "pcl5", "madrs"]), st.integers(0, 21), st.integers(0, 21))
def test_better_and_worse_mirror_each_other(scale: str, one: int, other: int) -> None:
    there, back = became(scale, one, other), became(scale, other, one)
    assert there.better_by == -(back.better_by or 0)
    assert there.reliable == back.reliable


def test_every_number_has_a_source() -> None:
    for scale in RECALL:
        for one in (reliable_points(scale), meaningful_points(scale)):
            assert one is None or one.source.doi or one.source.url or one.source.pmid
    for table in (RELIABLE, MEANINGFUL):
        for scale, one in table.items():
            low, high = scale_of(scale).limits
            assert 0.0 < one.value < high - low
