"""The table of peaks and times against closed forms."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from scipy.special import ndtr
from scipy.stats import binom

from kinetamine.course import Course, simulate
from kinetamine.engine.person import Person
from kinetamine.engine.regimen import Regimen
from kinetamine.engine.trajectory import Trajectory
from kinetamine.report.cards import cards
from kinetamine.report.doses import doses_of
from kinetamine.report.rows import Row, area, terminal_rate
from kinetamine.report.summary import COURSE, summary

HALF_LIFE_H = 3.0
CMAX = 200.0
AUC = CMAX * HALF_LIFE_H / math.log(2.0)


def row(trajectory: Trajectory, section: str, quantity: str) -> Row:
    return next(one for one in summary(trajectory) if one.section == section and one.quantity == quantity)


def test_exposure_of_boluses(by_hand: tuple[Trajectory, Course]) -> None:
    trajectory = by_hand[0]
    assert row(trajectory, COURSE, "Cmax, venous ketamine").value == pytest.approx(CMAX, rel=1e-5)
    assert row(trajectory, COURSE, "AUC over the course, venous ketamine").value == pytest.approx(2 * AUC, rel=1e-3)
    assert row(trajectory, COURSE, "AUC to infinity, venous ketamine").value == pytest.approx(2 * AUC, rel=1e-3)
    half_life = row(trajectory, COURSE, "Terminal half-life, venous ketamine")
    assert half_life.value == pytest.approx(HALF_LIFE_H, rel=1e-6)
    assert half_life.unit == "h"
    assert row(trajectory, "Session 2, day 4", "AUC, venous ketamine").value == pytest.approx(AUC, rel=1e-3)


def test_area_is_exact_for_exponentials_and_straight_lines() -> None:
    times = np.array([0.0, 1.0, 3.0, 9.0])
    assert area(times, np.exp(-0.7 * times)) == pytest.approx((1.0 - math.exp(-6.3)) / 0.7, rel=1e-12)
    assert area(times, 2.0 * times) == pytest.approx(81.0, rel=1e-12)
    assert area(times, np.array([0.0, 4.0, 0.0, 0.0])) == pytest.approx(2.0 + 4.0)
    both = np.vstack([2.0 * times, np.exp(-0.7 * times)])
    assert np.asarray(area(times, both)).shape == (2,)


def test_area_to_infinity_adds_the_tail_that_was_not_simulated(by_hand: tuple[Trajectory, Course]) -> None:
    trajectory = by_hand[0]
    early = trajectory.times_h <= 80.0
    series = {name: replace(one, typical=one.typical[early], people=None) for name, one in trajectory.series.items()}
    cut = replace(trajectory, times_h=trajectory.times_h[early], series=series)
    assert row(cut, COURSE, "AUC over the course, venous ketamine").value < 1.9 * AUC
    assert row(cut, COURSE, "AUC to infinity, venous ketamine").value == pytest.approx(2 * AUC, rel=1e-3)


def test_no_half_life_without_a_tail() -> None:
    times = np.linspace(0.0, 5.0, 20)
    assert terminal_rate(times, np.zeros(20)) is None
    assert terminal_rate(times, times) is None


def test_ranges_are_of_each_persons_own_peak(by_hand: tuple[Trajectory, Course]) -> None:
    found = row(by_hand[0], COURSE, "Peak CADSS")
    assert found.range == pytest.approx((0.55 * 20.0, 1.45 * 20.0), rel=1e-5)
    assert found.time == "0 s into session 1"
    assert row(by_hand[0], COURSE, "Peak NMDA receptor occupancy").unit == "%"


def test_odds_of_a_pressure_surge_against_the_product_over_sessions(by_hand: tuple[Trajectory, Course]) -> None:
    found = row(by_hand[0], COURSE, "Probability of a systolic rise of 40 mmHg or more")
    peaks = 20.0 * np.linspace(0.5, 1.5, 101)
    expected = (1.0 - ndtr((40.0 - peaks) / 11.0) ** 2).mean()
    assert found.value == pytest.approx(100.0 * expected, rel=1e-4)


def test_odds_stand_beside_what_readings_alone_would_give(by_hand: tuple[Trajectory, Course]) -> None:
    quantity = "Probability of a systolic rise of 40 mmHg or more"
    both, alone = (row(by_hand[0], COURSE, name) for name in (quantity, f"{quantity}, by scatter of readings alone"))
    assert alone.value == pytest.approx(100.0 * (1.0 - ndtr(40.0 / 11.0) ** 2))
    assert alone.value < both.value
    assert both.unit == alone.unit == "% of people"
    assert "at least once in 2 sessions" in both.note
    assert "by scatter of readings alone" in both.note
    card = next(one for one in cards(summary(by_hand[0]), doses_of(by_hand[1]), 2) if one.label == quantity)
    assert card.more == "at least once in 2 sessions; <1 % by scatter of readings alone"


def test_a_tiny_dose_repeated_two_hundred_times_shows_that_its_surges_are_noise() -> None:
    words = "0.01 mg/kg iv over 40 min, daily x 200"
    course = Course(
        person=Person(weight_kg=70.0),
        regimen=Regimen.parse(words),
        effects=("blood_pressure",),
        outcomes=(),
        people=0,
        follow_up_days=1.0,
    )
    quantity = "Probability of a diastolic rise of 25 mmHg or more"
    found = simulate(course)
    both, alone = (row(found, COURSE, name).value for name in (quantity, f"{quantity}, by scatter of readings alone"))
    assert alone > 20.0
    assert both - alone < 2.0


def test_the_level_at_a_bolus_is_said_to_be_the_models_start(by_hand: tuple[Trajectory, Course]) -> None:
    for section in (COURSE, "Session 1, day 1"):
        assert "no circulation" in row(by_hand[0], section, "Cmax, venous ketamine").note
    slow = replace(by_hand[0], events=tuple(replace(one, duration_h=2 / 3) for one in by_hand[0].events))
    assert row(slow, COURSE, "Cmax, venous ketamine").note == ""


def test_odds_that_a_baseline_leaves_without_meaning_are_not_given(by_hand: tuple[Trajectory, Course]) -> None:
    made = by_hand[0]
    low = {
        "madrs": replace(made["madrs"], typical=np.zeros(len(made.times_h)), people=np.zeros((9, len(made.times_h))))
    }
    rows = [one for one in summary(replace(made, series=low)) if "Depression (MADRS)" in one.quantity]
    assert {one.quantity for one in rows} == {"Depression (MADRS)"}
    assert "response is not defined" in rows[0].note
    assert "remission is not defined" in rows[0].note


def test_steps_of_one_infusion_are_one_session() -> None:
    course = Course(person=Person(weight_kg=70.0), regimen=Regimen.parse("5 mg/h iv for 10 h, then 10 mg/h for 10 h"))
    assert doses_of(course).sentence.endswith("; in 1 session.")


def test_odds_without_people_count_readings_only(by_hand: tuple[Trajectory, Course]) -> None:
    series = {name: replace(one, people=None) for name, one in by_hand[0].series.items()}
    found = row(replace(by_hand[0], series=series), COURSE, "Probability of a systolic rise of 40 mmHg or more")
    assert found.value == pytest.approx(100.0 * (1.0 - binom.cdf(0, 2, 1.0 - ndtr(20.0 / 11.0))), rel=1e-4)


def test_scores_at_the_times_that_trials_report(by_hand: tuple[Trajectory, Course]) -> None:
    scores = [one for one in summary(by_hand[0]) if one.quantity == "Depression (MADRS)"]
    assert [one.time.split(" after")[0] for one in scores] == [
        "before the first dose", "2 h", "24 h", "24 h", "7 days", "28 days", "at the end of follow-up, day 33",
    ]  # fmt: skip
    assert [one.time_h for one in scores] == sorted(one.time_h or 0.0 for one in scores)
    assert scores[0].value == pytest.approx(40.0)
    assert scores[2].value == pytest.approx(40.0 - 20.0 * (1.0 - math.exp(-4.0)), rel=1e-4)


def test_response_counts_people_and_the_scatter_of_ratings(by_hand: tuple[Trajectory, Course]) -> None:
    quantity = "Response (50 % fall or more), Depression (MADRS)"
    last = next(
        one for one in summary(by_hand[0]) if one.quantity == quantity and one.time == "28 days after the first dose"
    )
    own = 40.0 - 20.0 * np.linspace(0.5, 1.5, 101)
    assert last.value == pytest.approx(100.0 * ndtr((20.0 - own) / 5.0).mean(), rel=1e-6)
