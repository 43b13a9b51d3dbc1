"""A finding: which ratios agree with it, and when two of them contradict each other."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from kinetamine import catalogue
from kinetamine.engine.finding import Case, Finding, contradict
from kinetamine.errors import FieldError

KEPT: Finding = catalogue.load("findings", "rapamycin_human")


def test_ratios_agree_within_the_interval_and_at_its_ends() -> None:
    low, high = KEPT.interval
    assert [KEPT.agrees(one) for one in (low - 0.01, low, 1.0, high, high + 0.01)] == [False, True, True, True, False]


def test_an_open_end_takes_everything_beyond() -> None:
    longer: Finding = catalogue.load("findings", "rapamycin_human_two_weeks")
    assert longer.agrees(1e9)
    assert longer.agrees(math.inf)
    assert not longer.agrees(0.9)


@pytest.mark.parametrize("interval", [None, (1.0, 1.0), (2.0, 1.0), (math.nan, 1.0), (-math.inf, math.inf)])
def test_an_interval_that_says_nothing_is_refused(interval: tuple[float, float] | None) -> None:
    with pytest.raises(FieldError, match="interval of ratios"):
        replace(KEPT, ratio=replace(KEPT.ratio, interval=interval))


def test_two_results_contradict_each_other_only_on_the_same_question() -> None:
    lost, kept = (catalogue.load("findings", f"naltrexone_{end}") for end in ("lost", "kept"))
    assert contradict(lost, kept)
    assert not contradict(lost, replace(kept, contrast=Case(parameters={"NALTREXONE": 0.5})))
    assert not contradict(lost, replace(kept, ratio=replace(kept.ratio, interval=(0.4, 1.6))))
