"""How people are to be simulated: the two methods, and what each needs to be told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Rosenbrock:
    """Steps as long as the error allows, for any model.

    Attributes:
        relative: tolerance of each step, of the size of each state.
        absolute: the same, in the unit of each state.
        first_step_h: after a switch.
        most_steps: per person.
    """

    relative: float = 1e-5
    absolute: float = 1e-8
    first_step_h: float = 1e-3
    most_steps: float = 1e6


@dataclass(frozen=True)
class Collocation:
    """Blocks of time laid out beforehand, each solved in the order of the model's parts.

    Attributes:
        first_h: about how long the first block after a switch is.
        longest_h: and the longest.
        repeats: how many blocks of one length follow each other before the length doubles.
        precision: of the steps. "mixed" makes them in single precision, sixteen people side by side, from tables
            computed in double precision; outputs are single, too, and errors some 1e-5 larger.
        tolerance: people whose estimated error is larger than this part of the peak are solved again, in steps.
    """

    first_h: float = 0.008
    longest_h: float = 2.0
    repeats: int = 4
    tolerance: float = 1e-4
    precision: Literal["double", "mixed"] = "double"


Method = Rosenbrock | Collocation
