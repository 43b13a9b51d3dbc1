"""Belief: it rises in sessions, whatever is given in them, and fades between them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from kinetamine.library.effects.expectancy import ENTRY
from library.effects.courses import STANDARD, infuse

RISE, FADE = (ENTRY.parameters[name].value for name in ("RISE", "FADE"))


def _convinced(value: float) -> float:
    changed = replace(ENTRY.parameters["CONVICTION"], value=value)
    effect = replace(ENTRY, parameters={**ENTRY.parameters, "CONVICTION": changed})
    return infuse(effect, STANDARD, horizon_h=24.0).at("belief", 24.0)


def test_one_session_of_an_hour_follows_the_closed_form() -> None:
    """Towards RISE/(RISE + 1/FADE) while it lasts, and then e^(-t/FADE); a shorter infusion is an hour all the same."""
    belief = infuse(ENTRY, STANDARD, horizon_h=24.0)
    rate = RISE + 1.0 / FADE
    at_end = RISE / rate * (1.0 - np.exp(-rate))
    assert belief.at("belief", 1.0) == pytest.approx(at_end, rel=1e-6)
    assert belief.at("belief", 24.0) == pytest.approx(at_end * np.exp(-23.0 / FADE), rel=1e-6)


def test_it_does_not_ask_what_is_given() -> None:
    little, much = (infuse(ENTRY, (0.0, mg, 2 / 3), horizon_h=24.0)["belief"].typical for mg in (1e-6, 70.0))
    assert little == pytest.approx(much, rel=1e-12)


def test_a_session_lasts_as_long_as_what_is_given_in_it() -> None:
    short, long = (infuse(ENTRY, (0.0, 35.0, hours), horizon_h=24.0).at("belief", 24.0) for hours in (1.0, 4.0))
    assert long > short


def test_more_sessions_persuade_ever_less() -> None:
    belief = infuse(ENTRY, *((24.0 * day, 35.0, 2 / 3) for day in range(4)), horizon_h=96.0)
    gains = np.diff([0.0, *(belief.at("belief", 24.0 * day + 1.0) for day in range(4))])
    assert np.all(gains > 0.0)
    assert np.all(np.diff(gains) < 0.0)


def test_conviction_is_a_factor() -> None:
    assert _convinced(0.0) == 0.0
    assert _convinced(0.5) == pytest.approx(0.5 * _convinced(1.0), rel=1e-9)
