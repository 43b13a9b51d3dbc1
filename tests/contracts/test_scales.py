"""Laws over every scale: its range, its bands, what is missing, and whose words it may hold."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kinetamine import FieldError, UnknownNameError, catalogue
from kinetamine.engine.scale import Scale

SCALES = catalogue.load_all("scales")
each = pytest.mark.parametrize("scale", SCALES, ids=lambda one: one.name)


def filled(scale: Scale, at: str) -> dict[str, int | None]:
    """Every item at the low or at the high end."""
    return {one.name: getattr(one, at) for one in scale.items}


@each
def test_the_ends_of_all_items_are_the_ends_of_the_scale(scale: Scale) -> None:
    if not scale.has_total:
        assert scale.score(filled(scale, "high")).total is None
        return
    assert (scale.score(filled(scale, "low")).total, scale.score(filled(scale, "high")).total) == scale.limits


@each
def test_bands_cover_the_range_without_gap_or_overlap_and_have_a_source(scale: Scale) -> None:
    if not scale.bands:
        return
    low, high = scale.limits
    assert [scale.band(total) for total in range(low, high + 1)].count("") == 0
    assert (scale.bands[0].low, scale.bands[-1].high) == (low, high)
    assert all(one.high + 1 == after.low for one, after in zip(scale.bands, scale.bands[1:], strict=False))
    assert scale.bands_source in scale.references


@each
def test_a_missing_answer_makes_the_total_missing_and_is_named(scale: Scale) -> None:
    for one in scale.items:
        answers = filled(scale, "low") | {one.name: None}
        found = scale.score(answers)
        assert found.missing == (one.name,)
        assert found.total is None or not one.scored
        assert found == scale.score({name: answer for name, answer in answers.items() if name != one.name})


@each
def test_what_cannot_be_an_answer_is_refused_by_its_name(scale: Scale) -> None:
    one = scale.items[0]
    wrong: list[Any] = [one.high + 1, one.low - 1, True, 1.0, "1"]
    for answer in wrong:
        with pytest.raises(FieldError, match=rf"{scale.name}\.{one.name}"):
            scale.score({one.name: answer})
    with pytest.raises(UnknownNameError, match="item"):
        scale.score({"nothing": 1})


@each
@settings(max_examples=40)
@given(data=st.data())
def test_one_worse_answer_never_makes_a_total_better(scale: Scale, data: st.DataObject) -> None:
    answers = {one.name: data.draw(st.integers(one.low, one.high)) for one in scale.items}
    item = data.draw(st.sampled_from([one for one in scale.items if answers[one.name] < one.high] or [scale.items[0]]))
    more = answers | {item.name: min(answers[item.name] + 1, item.high)}
    before, after = scale.score(answers), scale.score(more)
    if scale.has_total:
        assert before.total is not None
        assert after.total is not None
        assert after.total >= before.total
    assert {one.item for one in before.alerts} <= {one.item for one in after.alerts}


@each
def test_nobodys_wording_is_kept(scale: Scale) -> None:
    assert all(len(one.topic.split()) <= 7 and "?" not in one.topic for one in scale.items)
    assert scale.holder
    assert scale.register
    assert len({one.name for one in scale.items}) == len(scale.items)
    assert {one.item for one in scale.alerts} <= {one.name for one in scale.items}


def test_a_score_says_how_it_was_made() -> None:
    methods = {scale.score({}).method for scale in SCALES}
    assert len(methods) == len(SCALES)
