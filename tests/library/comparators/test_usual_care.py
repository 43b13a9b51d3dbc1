"""Usual care against its published falls."""

from __future__ import annotations

from library.comparators.at import WEEK_H, benefit, conviction, fall


def test_the_fall_lies_between_two_sources() -> None:
    """Cuijpers 2021: 17 % response, a fall of about 0.21; Khan 2012: 0.36."""
    assert 0.21 < fall("usual_care", 56.0) < 0.36


def test_psychotherapy_does_more() -> None:
    """Cuijpers 2021: 41 % against 17 % respond at two months."""
    assert conviction("usual_care") < conviction("psychotherapy")
    assert benefit("usual_care", 8.0 * WEEK_H) < benefit("psychotherapy", 8.0 * WEEK_H)
