"""Sedation against anaesthesia in volunteers and drowsiness after the spray."""

from __future__ import annotations

import pytest

from kinetamine.engine.events import Form
from kinetamine.engine.trajectory import Trajectory
from kinetamine.library.effects.sedation import ENTRY
from library.effects.courses import infuse, spray


def _asleep_min(course: Trajectory) -> tuple[float, float]:
    on = course.times_h[course["loss_of_responsiveness"].typical > 0.5] * 60.0
    return float(on.min()), float(on.max())


def test_two_mg_per_kg_over_a_minute() -> None:
    """US label: unresponsive within a minute of injection, 5 to 10 min.

    Adams 1992: orders followed at 9.2 (1.2) min.
    """
    lost, back = _asleep_min(infuse(ENTRY, (0.0, 140.0, 1 / 60)))
    assert lost <= 2.0
    assert 7.0 <= back <= 15.0


def test_one_mg_per_kg_of_esketamine() -> None:
    """Adams 1992: 1 mg/kg S-ketamine, orders followed at 7.9 (1.1) min, sooner than after 2 mg/kg racemate."""
    _, back = _asleep_min(infuse(ENTRY, (0.0, 70.0, 1 / 60), form=Form.ESKETAMINE))
    assert 5.5 <= back <= 10.5
    assert back < _asleep_min(infuse(ENTRY, (0.0, 140.0, 1 / 60)))[1]


def test_antidepressant_infusion_leaves_people_responsive() -> None:
    """0.5 mg/kg in 40 min: drowsy (expected MOAA/S near 4), unresponsive in fewer than one in a hundred."""
    course = infuse(ENTRY, (0.0, 35.0, 2 / 3))
    assert course["loss_of_responsiveness"].typical.max() < 0.01
    assert 3.5 <= course["sedation"].typical.min() <= 4.5
    assert course.at("sedation", 1.5) > 4.9


def test_spray() -> None:
    """US label: score 0 in 0.3 to 0.4 % of patients; J&J: mostly MOAA/S 4."""
    course = spray(ENTRY, 3)
    assert 0.001 <= course["loss_of_responsiveness"].typical.max() <= 0.006
    assert 3.8 <= course["sedation"].typical.min() <= 4.8


@pytest.mark.parametrize("form", list(Form))
def test_more_drug_is_more_sedation(form: Form) -> None:
    """Monotone in dose for each form, inside the scale."""
    lows = [infuse(ENTRY, (0.0, mg, 0.1), form=form)["sedation"].typical.min() for mg in (10.0, 50.0, 150.0)]
    assert 5.0 > lows[0] > lows[1] > lows[2] >= 0.0


def test_s_is_stronger_than_r() -> None:
    """White 1980: potency ratio 3.4, so 70 mg of S does what 238 mg of R does."""
    s = infuse(ENTRY, (0.0, 70.0, 1 / 60), form=Form.ESKETAMINE)["loss_of_responsiveness"].typical.max()
    r = infuse(ENTRY, (0.0, 70.0, 1 / 60), form=Form.ARKETAMINE)["loss_of_responsiveness"].typical.max()
    assert s > r
