"""Schedules: the treatment week, intervals and where the next one starts."""

from __future__ import annotations

from kinetamine.engine.schedule import DAY_H, Every, OnDays, Pattern, Schedule, Weekly


def days(
    pattern: Pattern, last_day: int | None = None, doses: int | None = None, weeks: int | None = None
) -> list[int]:
    """Days from 1 of a schedule that follows a dose on a day."""
    span_h = None if weeks is None else weeks * 168.0
    last_h = None if last_day is None else (last_day - 1) * DAY_H
    times = Schedule(pattern=pattern, doses=doses, span_h=span_h).times(last_h, last_h or 0.0)
    return [int(time // DAY_H) + 1 for time in times]


def test_twice_weekly_is_days_one_and_four_of_each_week() -> None:
    assert days(Weekly((0, 3)), weeks=3) == [1, 4, 8, 11, 15, 18]


def test_the_week_that_has_begun_counts() -> None:
    assert days(Weekly((0, 3)), last_day=1, weeks=4) == [4, 8, 11, 15, 18, 22, 25]
    assert days(Weekly((0,)), last_day=25, weeks=4) == [29, 36, 43, 50]
    assert days(Weekly((0,), weeks=2), last_day=50, doses=2) == [64, 78]


def test_an_interval_starts_one_interval_after_the_last_dose() -> None:
    assert days(Every(72.0), doses=3) == [1, 4, 7]
    assert days(Every(72.0), last_day=2, doses=2) == [5, 8]


def test_a_span_holds_whole_intervals_only() -> None:
    assert len(Schedule(pattern=Every(8.0), span_h=48.0).times()) == 6
    assert len(Schedule(pattern=Every(1 / 3), span_h=24.0).times()) == 72


def test_nothing_starts_before_the_last_infusion_ends() -> None:
    assert Schedule(pattern=Every(8.0), doses=2).times(last_h=0.0, free_h=100.0) == (100.0, 108.0)
    assert Schedule(pattern=Weekly((0,)), doses=1).times(last_h=0.0, free_h=200.0) == (336.0,)


def test_named_days_are_themselves() -> None:
    assert days(OnDays((1, 3, 8)), last_day=1) == [1, 3, 8]
