"""Cards of the library: what an entry holds, gathered once; the terminal and the pages each lay it out."""

from __future__ import annotations

from kinetamine.report.card.gather import card
from kinetamine.report.card.parts import Card, Section

__all__ = ("Card", "Section", "card")
