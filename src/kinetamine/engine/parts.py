"""The effects of a course one after another, as a chain: each sees concentrations, and what those before it predict."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float

from kinetamine.engine.maths import Number
from kinetamine.engine.model import Effect, Values

Driver = tuple[Float[np.ndarray, "node people"], Float[np.ndarray, "node people"], Float[np.ndarray, "node people"]]
"""Values and their first and second derivatives by the hour at every node."""
OF_THE_COURSE = ("time_h", "session")
"""Drivers that are no concentrations: the clock, and whether a session is on."""


@dataclass(frozen=True)
class Part:
    """One effect of a course: the person's values for it, and the concentrations that it sees at every node."""

    effect: Effect
    values: Values
    drivers: Mapping[str, Driver]

    @property
    def name(self) -> str:
        """The effect's name."""
        return self.effect.name


def views(
    parts: Sequence[Part], states: Mapping[str, Mapping[str, Number]], drivers: Mapping[str, Mapping[str, Number]]
) -> Iterator[tuple[Part, Values, Values]]:
    """Each part with its states and all it sees, in the order of the chain: drivers, readouts of parts before it."""
    wanted = {name for part in parts for name in part.effect.inputs}
    known: dict[str, Number] = {}
    for part in parts:
        x = Values(**states.get(part.name, {}))
        c = Values(**drivers[part.name], **{name: known[name] for name in part.effect.inputs})
        known |= {one.name: one.of(x, c, part.values) for one in part.effect.readouts if one.name in wanted}
        yield part, x, c
