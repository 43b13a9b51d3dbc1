"""A published result as data: what was compared with what, and which ratios agree with what was seen.

Every rival hypothesis is asked the same question: by how much does the contrast change what the intact course
does? ``kinetamine.hypotheses`` puts the question; an entry of ``library/findings`` holds the answer that was
published.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from kinetamine.citation import Reference
from kinetamine.engine.evidence import Grade
from kinetamine.engine.model import Estimate
from kinetamine.errors import FieldError

STANDARD = "0.5 mg/kg iv over 40 min"
"""What most trials gave: racemic ketamine."""


class Species(StrEnum):
    """In whom a result was seen."""

    PEOPLE = "people"
    RODENTS = "rodents"


@dataclass(frozen=True, kw_only=True)
class Case:
    """What is given, what is changed, and what is looked at when.

    Attributes:
        regimen: in the clinic's words.
        sham: the sessions of the regimen without any ketamine.
        parameters: numbers of the mechanism that are set, by name, such as ``RAPAMYCIN``.
        readout: a readout of the chain.
        rest: its value without drug, which is taken off.
    """

    regimen: str = STANDARD
    sham: bool = False
    parameters: Mapping[str, float] = field(default_factory=dict)
    readout: str = "relief"
    rest: float = 0.0
    time_h: float = 24.0


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One published result.

    Attributes:
        title: of a row in a table: a few words.
        published: what was seen, in one or two sentences.
        number: how many were studied; None where that was not read.
        ratio: of the contrast to the intact course; its interval holds all ratios that agree with what was
            published, its note says why.
        decisive: False where the result is compatible with nearly everything.
        link: parameters of the mechanism that cut ``readout`` off from relief; a hypothesis whose relief does not
            change with them says nothing of this result.
    """

    name: str
    title: str
    references: tuple[Reference, ...]
    species: Species
    published: str
    number: int | None
    grade: Grade
    contrast: Case
    ratio: Estimate
    intact: Case = field(default_factory=Case)
    decisive: bool = True
    link: Mapping[str, float] = field(default_factory=dict)
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse a result that any ratio, or none, would agree with."""
        low, high = self.ratio.interval or (math.nan, math.nan)
        if not low < high or (math.isinf(low) and math.isinf(high)):
            raise FieldError(f"{self.name}.ratio", self.ratio.interval, "an interval of ratios that agree")

    @property
    def interval(self) -> tuple[float, float]:
        """Ratios that agree with what was published; an end may be infinite."""
        return self.ratio.interval or (-math.inf, math.inf)

    def agrees(self, ratio: float) -> bool:
        """Whether a predicted ratio is one of those; a thousandth beyond an end is still within."""
        low, high = self.interval
        return low - _ROUNDING <= ratio <= high + _ROUNDING


_ROUNDING = 1e-3


def contradict(one: Finding, other: Finding) -> bool:
    """Whether two results put the same question and no ratio agrees with both."""
    same = (one.intact, one.contrast) == (other.intact, other.contrast)
    return same and (one.interval[1] < other.interval[0] or other.interval[1] < one.interval[0])
