"""An effect together with the effects whose readouts it sees, as a course would put them."""

from __future__ import annotations

from kinetamine import catalogue
from kinetamine.engine.model import Effect
from kinetamine.treatment import DEFAULT_MECHANISM, Shares, chain_of_effects


def together(effect: Effect, mechanism: Shares = DEFAULT_MECHANISM) -> tuple[Effect, ...]:
    """The effect as it is given, numbers changed or not, behind the library's suppliers."""
    if not effect.inputs:
        return (effect,)
    outcome = effect.name in catalogue.names("outcomes")
    found = chain_of_effects(() if outcome else (effect.name,), (effect.name,) if outcome else (), mechanism)
    return tuple(effect if one.name == effect.name else one for one in found)
