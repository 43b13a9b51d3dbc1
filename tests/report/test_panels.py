"""Panels: everything is shown once, peaks survive thinning, captions say what bands hold."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from kinetamine.course import Course
from kinetamine.engine.trajectory import Series, Trajectory
from kinetamine.report import thin
from kinetamine.report.comparison import comparison_panels
from kinetamine.report.panels import course_panels
from kinetamine.report.sessions import sessions
from kinetamine.report.zoom import session_panels

Made = tuple[Trajectory, Course]


def test_every_series_has_a_panel_and_an_unknown_one_its_own(by_hand: Made) -> None:
    panels = {panel.key: panel for panel in course_panels(by_hand[0])}
    assert list(panels) == ["ketamine", "nmda", "dissociation", "systolic_rise", "tingling", "madrs"]
    assert panels["tingling"].title == "Tingling of the toes"


def test_panels_follow_the_chain(by_hand: Made) -> None:
    stages = [panel.stage for panel in course_panels(by_hand[0])]
    assert stages == sorted(stages, key=["plasma", "receptor", "acute", "mood"].index)


def test_fractions_are_shown_in_per_cent(by_hand: Made) -> None:
    panel = next(one for one in course_panels(by_hand[0]) if one.key == "nmda")
    assert panel.y_label.endswith("%")
    assert panel.traces[0].y.max() == pytest.approx(20.0, rel=1e-6)


def test_captions_say_what_the_band_contains(by_hand: Made) -> None:
    for panel in course_panels(by_hand[0]):
        if panel.bands:
            assert "5th–95th percentile of 101 virtual people; between-person variability only" in panel.caption


def test_mood_shows_the_nonspecific_part_apart(by_hand: Made) -> None:
    trajectory = by_hand[0]
    panel = next(one for one in course_panels(trajectory) if one.key == "madrs")
    alone = next(trace for trace in panel.traces if "Nonspecific" in trace.label)
    assert alone.style == "dashed"
    assert alone.y[-1] == pytest.approx(trajectory["madrs"].typical[-1] + trajectory["madrs_drug"].typical[-1])


def test_thinning_keeps_every_curves_extremes_and_the_ends() -> None:
    count = 50_000
    curves = np.random.default_rng(1).normal(size=(3, count))
    curves[0, 31_417], curves[1, 27_182], curves[2, 16_180] = 99.0, -99.0, 50.0
    kept = thin.keep(np.arange(count, dtype=float), curves)
    assert len(kept) <= thin.MOST_POINTS
    assert {0, 31_417, 27_182, 16_180, count - 1} <= set(kept.tolist())


def test_a_long_course_is_thinned_without_losing_its_peaks(by_hand: Made) -> None:
    trajectory = by_hand[0]
    times = np.linspace(0.0, 2000.0, 20_001)
    spikes = np.where(np.arange(20_001) % 1000 == 500, 100.0 + np.arange(20_001) / 1000.0, 1.0)
    series = {"ketamine_venous": Series("ketamine_venous", "Ketamine, venous", "ng/mL", "plasma", spikes)}
    trace = course_panels(replace(trajectory, times_h=times, series=series))[0].traces[0]
    assert len(trace.x) <= thin.MOST_POINTS
    assert set(spikes[spikes > 1.0]) <= set(trace.y)


def test_doses_hours_apart_are_one_session_and_days_apart_are_two(by_hand: Made) -> None:
    found = sessions(by_hand[0])
    assert [session.start_h for session in found] == [0.0, 72.0]
    assert [session.label for session in found] == ["Session 1, day 1", "Session 2, day 4"]
    first, second = by_hand[0].events
    together = replace(by_hand[0], events=(first, replace(second, time_h=2.0)))
    assert len(sessions(together)) == 1


def test_zooms_hold_every_session_in_minutes(by_hand: Made) -> None:
    zoom = session_panels(by_hand[0])[0]
    assert {line.session for line in zoom.lines} == {1, 2}
    for line in zoom.lines:
        assert line.x[0] == 0.0
        assert line.x[-1] <= 240.0 + 1e-9
        assert line.y.max() == pytest.approx(200.0, rel=1e-4)
    assert all(zoom.panel.stage != "mood" for zoom in session_panels(by_hand[0]))


def test_comparison_names_model_and_site_and_dashes_what_is_outside(by_hand: Made) -> None:
    trajectory = by_hand[0]
    outside = replace(trajectory, warnings=("OUTSIDE THE STUDIED RANGE of b_2000: age.",))
    panel = comparison_panels({"a_1999": trajectory, "b_2000": outside})[0]
    assert [trace.label for trace in panel.traces] == ["a_1999, venous", "b_2000, venous, outside its range"]
    assert [trace.style for trace in panel.traces] == ["solid", "dashed"]
