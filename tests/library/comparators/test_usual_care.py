"""Usual care against its published falls."""

from __future__ import annotations

from library.comparators.at import WEEK_H, benefit, conviction


def test_the_fall_lies_between_two_sources() -> None:
    """Cuijpers 2021: 17 % response, a fall of about 0.21; Khan 2012: 0.36; full conviction is 0.471 (Lii 2023)."""
    assert 0.21 < 0.471 * conviction("usual_care") < 0.36


def test_psychotherapy_does_more() -> None:
    """Cuijpers 2021: 41 % against 17 % respond at two months."""
    assert conviction("usual_care") < conviction("psychotherapy")
    assert benefit("usual_care", 8.0 * WEEK_H) < benefit("psychotherapy", 8.0 * WEEK_H)
