"""What makes a process quick at its first question: everything imported, the usual equations compiled."""

from __future__ import annotations

from functools import cache

_USUAL = {"regimen": "0.5 mg/kg iv over 40 min", "person": {"weight_kg": 70}, "people": 20, "follow_up_days": 1}


@cache
def warm() -> None:
    """Simulate one small course, once in a process and those that it forks."""
    from kinetamine.web.simulations import DOORS  # noqa: PLC0415 - what takes the time

    DOORS["view"](_USUAL, lambda _event, _data: None)
