"""What a run returns."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float, Int

from kinetamine.engine.vector.layout import unpack
from kinetamine.errors import SolverError, UnknownNameError

SENTENCES = {
    0: "solved",
    1: "no step was short enough: the equations grow without bound, or are not finite",
    2: "gave up after the largest number of steps allowed",
    3: "the sweeps over a loop of the model did not settle",
    4: "a value became infinite, or no number",
    5: "the blocks of time were too long",
}
"""What each status means."""


@dataclass(frozen=True)
class Result:
    """What became of all people.

    Attributes:
        blocks: the values as the kernel wrote them, eight people side by side (sixteen, of single precision); a row is
            an output time or a summary. Those of people whose status is not 0 are no numbers. May be given back to be
            used again.
        status: by person, a key of ``SENTENCES``.
        estimates: by person, of collocation: the largest error estimated of anything in any block, as a part of its
            largest value; no number where steps chose their own length.
        summaries: names of the rows where they are no times.
    """

    names: tuple[str, ...]
    people: int
    blocks: Float[np.ndarray, "group row output lane"]
    status: Int[np.ndarray, " person"]
    estimates: Float[np.ndarray, " person"]
    summaries: tuple[str, ...] = ()

    @property
    def lanes(self) -> int:
        """How many people stand side by side."""
        return int(self.blocks.shape[-1])

    def __getitem__(self, name: str) -> Float[np.ndarray, "person row"]:
        """One output of all people: a copy.

        Raises:
            UnknownNameError: there is no such output.
        """
        if name not in self.names:
            raise UnknownNameError("output", name, self.names)
        return unpack(self.blocks[:, :, self.names.index(name)], self.people)

    def person(self, index: int) -> Float[np.ndarray, "row output"]:
        """All outputs of one person: a view."""
        return self.blocks[index // self.lanes, :, :, index % self.lanes]

    def array(self) -> Float[np.ndarray, "person row output"]:
        """Everything, person first: a copy, for no stride leads from one group of people into the next."""
        return unpack(self.blocks, self.people)

    def of(self, name: str, summary: str) -> Float[np.ndarray, " person"]:
        """One summary of one output.

        Raises:
            UnknownNameError: there is no such output or summary.
        """
        if summary not in self.summaries:
            raise UnknownNameError("summary", summary, self.summaries)
        return self[name][:, self.summaries.index(summary)]

    def require(self) -> Result:
        """This, if all people were solved.

        Raises:
            SolverError: somebody was not; the message counts them and says why.
        """
        failed = np.flatnonzero(self.status)
        if len(failed):
            first = int(failed[0])
            message = f"{len(failed)} of {self.people} people, first {first}: {SENTENCES[int(self.status[first])]}"
            raise SolverError(message)
        return self
