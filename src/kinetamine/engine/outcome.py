"""The law that outcomes share: what sessions bring whatever is given, and what the drug takes of the rest."""

from __future__ import annotations

from kinetamine.engine.maths import Number, minimum
from kinetamine.engine.model import Values

MOST_BY_BELIEF = 0.95
"""Nobody loses more of a score by expectation, however strongly an arm believes."""


def nonspecific_part(p: Values, belief: Number) -> Number:
    """Fraction of the baseline: (1 - (1 - BELIEF)^EXPECTANCY) belief, ``MOST_BY_BELIEF`` at most."""
    return minimum((1.0 - (1.0 - p.BELIEF) ** p.EXPECTANCY) * belief, MOST_BY_BELIEF)


def full_effect(p: Values) -> Number:
    """Fraction of the rest that full relief takes away: 1 - (1 - SIZE)^EFFICACY."""
    return 1.0 - (1.0 - p.SIZE) ** p.EFFICACY
