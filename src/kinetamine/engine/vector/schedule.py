"""When inputs change, and to what, for each person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from jaxtyping import Float

from kinetamine.errors import FieldError, UnknownNameError


@dataclass(frozen=True)
class Schedule:
    """Segments of time between switches, the same times for all people.

    Attributes:
        times_h: begin of each segment, and the end of the last.
        inputs: by name, the value in each segment: (segment,) for all people alike or (segment, person).
        boluses: by state, what is added as each segment begins, in the same two shapes.
    """

    times_h: Float[np.ndarray, " switch"]
    inputs: Mapping[str, Float[np.ndarray, "segment ..."]] = field(default_factory=dict)
    boluses: Mapping[str, Float[np.ndarray, "segment ..."]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Judge the times.

        Raises:
            FieldError: there is no segment, or time does not run forward.
        """
        times = np.asarray(self.times_h, dtype=float)
        if times.ndim != 1 or len(times) < 2 or not np.all(np.diff(times) > 0.0) or not np.all(np.isfinite(times)):
            raise FieldError("times_h", self.times_h, "at least two times, each later than the one before")

    @property
    def segments(self) -> int:
        """How many there are."""
        return len(self.times_h) - 1

    def rows(self, what: str, names: tuple[str, ...], people: int) -> Float[np.ndarray, "person segment name"]:
        """The values of ``inputs`` or ``boluses`` in the order of the names; zero where nothing is said.

        Raises:
            UnknownNameError: the model has no such input.
            FieldError: the wrong number of segments or people.
        """
        given: Mapping[str, np.ndarray] = getattr(self, what)
        found = np.zeros((len(names), self.segments, people))  # people side by side, as they are wanted at last
        for name, values in given.items():
            if name not in names:
                raise UnknownNameError(what, name, names)
            shaped = np.asarray(values, dtype=float)
            try:
                found[names.index(name)] = np.broadcast_to(shaped.T, (people, self.segments)).T
            except ValueError as error:
                expected = f"{self.segments} segments of {people} people"
                raise FieldError(f"{what} {name}", shaped.shape, expected) from error
        return found.T
