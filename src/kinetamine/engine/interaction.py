"""What another drug, a gene or the liver does to ketamine, as published exposure ratios."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from kinetamine.citation import Reference
from kinetamine.engine.model import Estimate
from kinetamine.engine.problem import Modulation


@dataclass(frozen=True, kw_only=True)
class Interaction:
    """One cause of a changed exposure.

    Attributes:
        clearance: ratio of systemic (intravenous) clearance, with to without.
        oral_auc: ratio of the area under the parent's curve after swallowing, with to without.
        default_on: False where evidence conflicts or was not read; then it acts only if asked for by name.
        warning: a sentence that whoever reads a result with it must see.
        note: how the ratios were found, and what they leave out.
    """

    name: str
    title: str
    references: tuple[Reference, ...]
    clearance: Estimate
    oral_auc: Estimate
    default_on: bool = True
    warning: str = ""
    note: str = ""


def modulation(interactions: Iterable[Interaction], *, well_stirred: bool) -> Modulation:
    """Published exposure ratios as factors on clearance and on first-pass survival; several multiply.

    Systemic clearance CL and first-pass survival F apart: AUC after swallowing goes as F / CL, so
    clearance = product of clearance ratios, and first_pass = product of oral AUC ratios x clearance.

    Well stirred: AUC after swallowing goes as 1 / intrinsic clearance, and survival follows by itself, so
    clearance = 1 / product of oral AUC ratios, and first_pass = 1. The liver then takes all of an effect that
    may be partly the gut's: the systemic clearance that follows changes more than clearance ratios say.
    """
    chosen = tuple(interactions)
    oral_auc = math.prod(one.oral_auc.value for one in chosen)
    if well_stirred:
        return Modulation(clearance=1.0 / oral_auc)
    clearance = math.prod(one.clearance.value for one in chosen)
    return Modulation(clearance=clearance, first_pass=oral_auc * clearance)
