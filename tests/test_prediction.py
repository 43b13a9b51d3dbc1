"""What a trial would find: parts of the interval, differences, published group means, bad input."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from kinetamine import Course, FieldError, Forecast, Person, UnknownNameError, contrast, predict
from kinetamine.course import parse_regimen
from kinetamine.errors import OutsideStudiedRangeError

INFUSION = Course(
    regimen=parse_regimen("0.5 mg/kg iv over 40 min"),
    person=Person(weight_kg=70.0),
    effects=(),
    outcomes=("depression",),
)
DAYS_H = (0.0, 24.0, 168.0)


@pytest.fixture(scope="module")
def single() -> Forecast:
    return predict(INFUSION, n=30, times_h=DAYS_H)


@pytest.fixture(scope="module")
def beyond_midazolam() -> Forecast:
    return contrast(INFUSION, replace(INFUSION, comparator="midazolam"), n=30, times_h=DAYS_H)


def test_before_the_first_session_only_sampling_is_open(single: Forecast) -> None:
    assert single.mean[0] == pytest.approx(33.0)
    assert single.sd_numbers[0] == single.sd_trials[0] == pytest.approx(0.0, abs=1e-9)
    assert single.sd_sampling[0] == pytest.approx(6.0 / np.sqrt(30.0))  # one reading's own scatter


def test_more_people_leave_what_trials_and_numbers_leave_open(single: Forecast) -> None:
    many = predict(INFUSION, n=30_000, times_h=DAYS_H)
    assert many.mean == pytest.approx(single.mean)
    assert many.sd_trials == pytest.approx(single.sd_trials)
    assert (many.sd_sampling < 0.1).all()
    assert (many.half_width <= single.half_width).all()


def test_a_higher_level_is_wider(single: Forecast) -> None:
    narrow = predict(INFUSION, n=30, times_h=DAYS_H, level=0.5)
    assert (narrow.half_width < single.half_width).all()
    low, high = single.interval
    assert high - low == pytest.approx(2.0 * single.half_width)


@pytest.mark.slow
def test_what_both_arms_share_is_not_counted_twice(single: Forecast, beyond_midazolam: Forecast) -> None:
    alone = replace(INFUSION, comparator="midazolam")
    other = predict(alone, n=30, times_h=DAYS_H)
    assert beyond_midazolam.mean == pytest.approx(single.mean - other.mean)
    assert beyond_midazolam.sd_sampling == pytest.approx(np.hypot(single.sd_sampling, other.sd_sampling))
    assert beyond_midazolam.sd_trials[1] < np.hypot(single.sd_trials[1], other.sd_trials[1])


def test_published_means_lie_inside(single: Forecast, beyond_midazolam: Forecast) -> None:
    """Murrough 2013: -16.5 with ketamine, -7.95 beyond midazolam at 24 h, 47 and 25 people."""
    low, high = single.interval
    assert low[1] <= 33.0 - 16.5 <= high[1]
    low, high = beyond_midazolam.interval
    assert low[1] <= -7.95 <= high[1]


@pytest.mark.slow
def test_an_outcome_without_a_posterior_takes_its_own_intervals() -> None:
    found = predict(replace(INFUSION, outcomes=("ptsd",)), n=30, times_h=DAYS_H, readout="caps5")
    assert found.unit == "points"
    assert found.sd_numbers[1] > 0.5


@pytest.mark.slow
def test_the_same_seed_gives_the_same_forecast(single: Forecast) -> None:
    assert predict(INFUSION, n=30, times_h=DAYS_H).half_width == pytest.approx(single.half_width)


@pytest.mark.parametrize("n", [0, -1, 1.5, True])
def test_people_are_counted_in_whole_numbers(n: float) -> None:
    with pytest.raises(FieldError, match="n: "):
        predict(INFUSION, n=n, times_h=DAYS_H)  # type: ignore[arg-type]  # on purpose


@pytest.mark.parametrize("level", [0.0, 1.0, 90.0])
def test_a_level_is_a_chance(level: float) -> None:
    with pytest.raises(FieldError, match="level"):
        predict(INFUSION, n=30, times_h=DAYS_H, level=level)


def test_an_unknown_readout_is_named() -> None:
    with pytest.raises(UnknownNameError, match="madrs"):
        predict(INFUSION, n=30, times_h=DAYS_H, readout="madras")


def test_what_an_interval_does_not_hold_is_said(single: Forecast) -> None:
    assert single.notes == ()
    seen = predict(replace(INFUSION, effects=("dissociation",)), n=30, times_h=DAYS_H, readout="cadss")
    assert seen.notes == (
        "cadss: neither how trials differ nor how exact the numbers are is known, so the interval is too narrow.",
    )
    relief = predict(INFUSION, n=30, times_h=DAYS_H, readout="relief")
    assert relief.notes == ("relief: how trials differ is not known, so the interval is too narrow.",)


@pytest.mark.parametrize("name", ["ect", "ssri"])
def test_treatments_with_a_course_of_their_own_are_forecast_for_as_long_as_they_were_studied(name: str) -> None:
    ours = replace(INFUSION, comparator=name, regimen=None)
    found = predict(ours, n=30, times_h=(0.0, 168.0, 672.0))
    assert np.all(np.diff(found.mean) < 0.0)
    with pytest.raises(OutsideStudiedRangeError, match=f"{name} for 300 days"):
        predict(ours, n=30, times_h=(0.0, 7200.0))
    with pytest.raises(FieldError, match="times_h: given '24000 h', expected at most 732 days"):
        predict(ours, n=30, times_h=(0.0, 24_000.0))
