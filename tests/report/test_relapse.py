"""Relapse among responders: the mean over people of exp(-(H(t) - H(t0))), against its closed form."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from kinetamine.course import Course
from kinetamine.engine.trajectory import Series, Trajectory
from kinetamine.report.panels import course_panels
from kinetamine.report.relapse import RELAPSE, still_well
from kinetamine.report.sessions import sessions
from kinetamine.report.summary import summary

HAZARD_PER_D = np.array([0.02, 0.05, 0.4])
"""Of three people; the third never responds."""


def with_hazards(trajectory: Trajectory) -> Trajectory:
    """Three people with hazards that do not change; the first two lose 60 % of the score at once, the third nothing."""
    times = np.arange(0.0, 33.0 * 24.0, 3.0)
    days = times / 24.0
    risk = HAZARD_PER_D[:, None] * days
    after = (times > 0.0).astype(float)
    score = 40.0 - np.array([24.0, 24.0, 0.0])[:, None] * after
    series = {
        "madrs": Series("madrs", "Depression (MADRS)", "points", "mood", score[0], score, 5.0),
        "relapse_risk": Series("relapse_risk", "Cumulative hazard", "1", "mood", risk[0], risk),
    }
    return replace(trajectory, times_h=times, series=series)


def test_the_share_is_the_mean_over_those_who_responded(by_hand: tuple[Trajectory, Course]) -> None:
    trajectory = with_hazards(by_hand[0])
    curve = still_well(trajectory, sessions(trajectory))
    assert curve is not None
    assert curve.people == 2
    # From a day after the last session on, so 13 days until two weeks after it.
    expected = np.exp(-HAZARD_PER_D[:2] * 13.0).mean()
    assert curve.at_day(14.0) == pytest.approx(expected, rel=1e-4)
    assert curve.share[0] == 1.0


def test_rows_say_two_weeks_four_weeks_and_the_median(by_hand: tuple[Trajectory, Course]) -> None:
    rows = [row for row in summary(with_hazards(by_hand[0])) if row.section == RELAPSE]
    assert [row.quantity for row in rows] == ["Still well", "Still well", "Median time to relapse"]
    assert [row.time for row in rows[:2]] == ["2 weeks after the last session", "4 weeks after the last session"]
    half = next(day for day in np.arange(1.0, 60.0, 0.01) if np.exp(-HAZARD_PER_D[:2] * (day - 1.0)).mean() <= 0.5)
    assert rows[2].value == pytest.approx(half, abs=0.02)
    assert "2 of 3 virtual people" in rows[0].note


def test_a_median_beyond_the_simulation_is_not_guessed(by_hand: tuple[Trajectory, Course]) -> None:
    trajectory = with_hazards(by_hand[0])
    people = trajectory["relapse_risk"].people
    assert people is not None
    slow = replace(trajectory["relapse_risk"], people=np.asarray(0.1 * people))
    rows = summary(replace(trajectory, series=dict(trajectory.series) | {"relapse_risk": slow}))
    last = [row for row in rows if row.section == RELAPSE][-1]
    assert "the median lies beyond" in last.quantity
    assert math.isfinite(last.value)


def test_without_people_there_are_no_rows_and_no_panel(by_hand: tuple[Trajectory, Course]) -> None:
    trajectory = with_hazards(by_hand[0])
    alone = {name: replace(one, people=None) for name, one in trajectory.series.items()}
    bare = replace(trajectory, series=alone)
    assert not [row for row in summary(bare) if row.section == RELAPSE]
    assert "still_well" not in {panel.key for panel in course_panels(bare)}
    assert "still_well" in {panel.key for panel in course_panels(trajectory)}
