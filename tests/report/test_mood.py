"""What counts as response and remission, by scale."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from kinetamine.course import Course
from kinetamine.engine.trajectory import Series, Trajectory
from kinetamine.report.mood import CRITERIA, Criterion, scores
from kinetamine.report.summary import summary


@pytest.mark.parametrize(
    ("scale", "base", "limits"),
    [
        ("madrs", 34.0, {"Response (50 % fall or more)": 17.0, "Remission (10 or less)": 10.0,
                         "Remission (12 or less)": 12.0}),
        ("phq9", 20.0, {"Response (50 % fall or more)": 10.0, "Remission (4 or less)": 4.0}),
        ("hama", 24.0, {"Response (50 % fall or more)": 12.0, "Remission (7 or less)": 7.0}),
        ("caps5", 40.0, {"Response (30 % fall or more)": 28.0}),
        ("pcl5", 50.0, {"Response (fall of 10 or more)": 40.0}),
        ("ssi", 8.0, {"Response (50 % fall or more)": 4.0, "Remission (0)": 0.5}),
        ("pain_nrs", 7.0, {"Response (30 % fall or more)": 4.9, "Response (50 % fall or more)": 3.5}),
    ],
)  # fmt: skip
def test_limits_as_trials_have_them(scale: str, base: float, limits: dict[str, float]) -> None:
    assert {one.words: one.limit(base) for one in CRITERIA[scale]} == pytest.approx(limits)


def test_a_baseline_within_remission_has_none() -> None:
    assert Criterion(kind="Remission", at_most=10.0).limit(9.0) is None
    assert Criterion(kind="Response", fall=0.5).limit(0.0) is None


def test_the_mean_of_people_stands_beside_the_typical_person(by_hand: tuple[Trajectory, Course]) -> None:
    rows = [row for row in summary(by_hand[0]) if row.quantity == "Depression (MADRS)"]
    people = by_hand[0]["madrs"].people
    assert people is not None
    assert rows[-1].mean == pytest.approx(people[:, -1].mean(), rel=1e-6)


def test_belief_benefits_and_hazards_are_no_scores(by_hand: tuple[Trajectory, Course]) -> None:
    when = by_hand[0].times_h
    more = {
        name: Series(name, name, unit, "mood", np.zeros_like(when))
        for name, unit in (("belief", "fraction"), ("benefit_depression", "fraction"), ("relapse_hazard", "1/d"))
    }
    trajectory = replace(by_hand[0], series=dict(by_hand[0].series) | more)
    assert [one.name for one in scores(trajectory)] == ["madrs"]
