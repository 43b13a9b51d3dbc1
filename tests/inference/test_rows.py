"""Which published numbers are fitted."""

from __future__ import annotations

from collections import Counter

import pytest
from scipy.special import ndtri

from kinetamine.inference.free import COMMON, EMPIRICAL, MIXTURE, Free
from kinetamine.inference.rows import MASKED, TRIALS, observations, trials_of
from kinetamine.trials import load

FOUND = observations()


def test_every_row_was_read_and_none_counts_twice() -> None:
    rows = {row.row_id: row for row in load()}
    assert all(rows[one.row_id].status == "read" for one in FOUND)
    assert max(Counter(one.row_id for one in FOUND).values()) == 1
    assert list(trials_of(FOUND)) == [trial.key for trial in TRIALS]


def test_falls_are_parts_of_the_baseline() -> None:
    found = {one.row_id: one for one in FOUND}
    assert found["murrough_2013.01"].fall == pytest.approx(16.5 / 33.0)
    assert found["lii_2023.01"].fall == pytest.approx((25.1 - 12.7) / 25.1)
    assert found["chen_2023.02"].fall == pytest.approx(8.1 / 35.9)
    assert all(-0.2 < one.fall < 0.8 and 0.0 < one.error < 0.2 for one in FOUND)


def test_what_arms_are_told() -> None:
    found = {one.row_id: one for one in FOUND}
    assert found["murrough_2013.02"].group.belief == "midazolam"
    assert {one.group.belief for one in FOUND if one.trial == "lii_2023"} == {MASKED}
    difference = found["dean_2021.05"]
    assert difference.group.drug
    assert difference.less is not None
    assert difference.less.belief == "placebo"
    assert found["daly_2018.02"].group.background == ""
    assert found["popova_2019.02"].group.background == "oral_antidepressant"


@pytest.mark.parametrize("one", [*MIXTURE, *EMPIRICAL, *COMMON], ids=lambda one: one.name)
def test_the_prior_gives_its_interval_nine_tenths(one: Free) -> None:
    assert one.value(ndtri(0.05)) == pytest.approx(one.low, rel=1e-12)
    assert one.value(ndtri(0.95)) == pytest.approx(one.high, rel=1e-12)
    assert one.value(one.z(one.low)) == pytest.approx(one.low)
