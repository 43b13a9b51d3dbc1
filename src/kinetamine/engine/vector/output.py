"""Where a kernel puts what it finds: values, summaries of them, or the numbers of the bins they lie in."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float, Int

from kinetamine.engine.vector.sketch import Edges


@dataclass(frozen=True)
class Output:
    """An array, and by what name compiled code knows it.

    Attributes:
        name: a field of the task.
        array: (group, row, output, lane).
        edges: the bins, where their numbers are written.
        kind: the type of the numbers that are put into bins.
    """

    name: str
    array: np.ndarray
    edges: Edges | None = None
    kind: type = float

    @property
    def of_values(self) -> str:
        """The name where no bins are written: people solved again are put into bins afterwards."""
        return self.name if self.edges is None else "values"

    def put(self, people: Int[np.ndarray, " some"], values: Float[np.ndarray, ...]) -> None:
        """Overwrite what there is of some people."""
        lanes = self.array.shape[-1]
        told = values if self.edges is None else self.edges.numbers(values, self.kind)
        self.array[people // lanes, ..., people % lanes] = told
