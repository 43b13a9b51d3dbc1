"""One step of an explanation: what happens, the simulated numbers, and how far the evidence carries."""

from __future__ import annotations

from dataclasses import dataclass

from kinetamine.citation import Reference
from kinetamine.engine.evidence import Grade


@dataclass(frozen=True)
class Number:
    """One simulated number of a step, in the unit that people read."""

    name: str
    value: float
    unit: str


@dataclass(frozen=True)
class Picture:
    """What a small figure beside a step shows.

    Attributes:
        series: names of series of the trajectory.
        hours: from and to; None: the whole course, in days.
    """

    series: tuple[str, ...]
    hours: tuple[float, float] | None = None


@dataclass(frozen=True, kw_only=True)
class Step:
    """One step.

    Attributes:
        graded: the statement that the grade is about; empty where there is nothing to grade.
        grade: how far evidence carries that statement; None where it is no matter of evidence.
        source: publications behind it.
    """

    key: str
    heading: str
    sentences: tuple[str, ...]
    grade: Grade | None = None
    graded: str = ""
    source: tuple[Reference, ...] = ()
    numbers: tuple[Number, ...] = ()
    picture: Picture | None = None

    @property
    def verdict(self) -> str:
        """What stands beside the grade: evidence for a statement, or a claim that evidence contradicts."""
        if not self.graded.startswith("that "):
            return self.graded
        return ("claim " if self.grade is Grade.CONTRADICTED else "evidence ") + self.graded
