"""One simulated course in plain words, step by step, each with its numbers, its grade and its sources."""

from __future__ import annotations

from kinetamine.explanation.step import Number, Picture, Step
from kinetamine.explanation.walk import Explanation, explain

__all__ = ("Explanation", "Number", "Picture", "Step", "explain")
