"""How volumes and clearances grow with body weight."""

from __future__ import annotations

from dataclasses import dataclass

from kinetamine.engine.person import Person

REFERENCE_KG = 70.0
"""The weight that published typical values refer to."""


@dataclass(frozen=True)
class Size:
    """What multiplies the typical volumes and clearances of a 70 kg person."""

    volume: float
    clearance: float


def allometric(person: Person, model: str) -> Size:
    """Volumes x WT/70, clearances x (WT/70)^0.75 (theory-based allometry, as most of these publications use it).

    Raises:
        FieldError: the weight is not known; the message names the model that needs it.
    """
    ratio = person.require_weight(f"scaling {model}") / REFERENCE_KG
    return Size(volume=ratio, clearance=ratio**0.75)
