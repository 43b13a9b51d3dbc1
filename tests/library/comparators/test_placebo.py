"""Saline against the published saline arms."""

from __future__ import annotations

from library.comparators.at import benefit, conviction, fall


def test_the_arm_falls_as_published() -> None:
    """Singh 2016: 5.7 and 3.1 of about 35 points at day 15."""
    found = fall("placebo", 14.0, regimen="0.5 mg/kg iv over 40 min, three times weekly for 2 weeks")
    assert 2.5 / 35.0 <= found <= 5.7 / 35.0


def test_nothing_is_its_own() -> None:
    assert benefit("placebo", 500.0) == benefit("placebo", 500.0, "chronic_pain") == 0.0


def test_what_can_be_felt_convinces_more() -> None:
    """Dean 2021: 8.8 % respond on saline and 25.9 % on midazolam."""
    assert conviction("placebo") < conviction("placebo_spray") < conviction("midazolam")
