"""Exposure and response: bins of equal number, shares with their intervals, and columns that are refused."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from kinetamine.errors import FieldError
from kinetamine.population.exposure_response import exposure_response, require_filled, share_of
from kinetamine.population.treated import studied
from population.studies import course, study


def test_bins_hold_the_same_number_and_all_people() -> None:
    exposure = np.arange(100.0)
    bins = exposure_response(exposure, 2.0 * exposure, bins=4)
    assert [one.people for one in bins] == [25, 25, 25, 25]
    assert [(one.low, one.high) for one in bins] == [(0.0, 24.0), (25.0, 49.0), (50.0, 74.0), (75.0, 99.0)]
    assert bins[0].mean == pytest.approx(2.0 * np.arange(25.0).mean())
    assert bins[0].sd == pytest.approx(2.0 * np.arange(25.0).std(ddof=1))
    assert bins[0].middle == pytest.approx(12.0)


def test_order_of_people_changes_nothing() -> None:
    stream = np.random.default_rng(1)
    exposure, response = stream.lognormal(size=(2, 200))
    mixed = stream.permutation(200)
    ones, others = exposure_response(exposure, response), exposure_response(exposure[mixed], response[mixed])
    assert [(one.low, one.people) for one in ones] == [(one.low, one.people) for one in others]
    assert [one.mean for one in ones] == pytest.approx([one.mean for one in others])


def test_people_of_one_exposure_are_not_parted() -> None:
    bins = exposure_response(np.repeat([1.0, 2.0], 50), np.arange(100.0), bins=5)
    assert [(one.low, one.high, one.people) for one in bins] == [(1.0, 1.0, 50), (2.0, 2.0, 50)]


def test_shares_are_of_those_for_whom_the_criterion_has_a_meaning() -> None:
    met = np.array([1.0, 0.0, np.nan, 1.0])
    share = share_of(met)
    assert share is not None
    assert (share.count, share.people) == (2, 3)
    assert share.interval == pytest.approx((0.0943, 0.9916), abs=1e-4)  # Clopper and Pearson, from tables
    assert share_of(np.full(3, np.nan)) is None
    bins = exposure_response(np.arange(4.0), np.arange(4.0), {"met": met}, bins=2)
    assert [one.met["met"].people for one in bins] == [2, 1]


@pytest.mark.parametrize(
    ("exposure", "response", "bins", "field"),
    [
        (np.array(["female", "male"]), np.zeros(2), 2, "exposure"),
        (np.array([1.0, np.nan]), np.zeros(2), 2, "exposure"),
        (np.zeros(3), np.zeros(2), 2, "response"),
        (np.zeros(2), np.zeros(2), 3, "people"),
        (np.zeros(2), np.zeros(2), 1, "bins"),
        (np.zeros(2), np.zeros(2), 101, "bins"),
    ],
)
def test_what_means_nothing_is_refused(exposure: np.ndarray, response: np.ndarray, bins: int, field: str) -> None:
    with pytest.raises(FieldError) as refused:
        exposure_response(exposure, response, bins=bins)
    assert refused.value.field == field


def test_more_bins_than_people_inside_are_refused_before_anybody_is_simulated() -> None:
    one = study(course=course("0.5 mg/kg esketamine iv over 40 min", model="otto_2021"), people=60)
    inside = int(np.count_nonzero(studied(one.course, one.draw(0, 60))))
    assert 2 <= inside < 60
    require_filled(one, inside)
    require_filled(replace(one, course=replace(one.course, outside=True)), 60)
    with pytest.raises(FieldError, match=f"people inside .* given {inside}, expected at least .* bins, {inside + 1}"):
        require_filled(one, inside + 1)
    with pytest.raises(FieldError, match="people: given 60, expected at least as many as bins, 61"):
        require_filled(one, 61)
    require_filled(replace(one, population="trd_65"), 5)  # nobody is inside: what the study itself says is better
