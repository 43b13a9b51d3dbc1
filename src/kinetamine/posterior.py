"""What the calibration left open: joint draws of the fitted numbers, as they come with the package.

They were made by ``docs/fits/mechanism.py`` and are kept as tables, so that nothing but NumPy is needed to use them.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

import numpy as np
from jaxtyping import Float

from kinetamine.errors import UnknownNameError

CHAIN, CURVE = "mixture", "empirical"
"""The default mixture, whose draws serve every mechanism of the chain, and the empirical curve."""
_FOLDER = "kinetamine.library.posteriors"


@dataclass(frozen=True)
class BetweenTrials:
    """How far trials differ from each other beyond what their people explain.

    Attributes:
        drug: SD of the logarithm of a factor on SIZE.
        nonspecific: SD of the logit of BELIEF.
        background: SD of the logarithm of a factor on the size of what else everybody is given.
    """

    drug: float
    nonspecific: float
    background: float


@cache
def load(name: str) -> Mapping[str, Float[np.ndarray, " draw"]]:
    """Joint draws by entry and parameter, as ``mechanism.AMPA50`` or ``depression.SIZE``.

    Raises:
        UnknownNameError: there is no posterior of that name.
    """
    found = resources.files(_FOLDER) / f"{name}.csv"
    if not found.is_file():
        raise UnknownNameError("posterior", name, (CHAIN, CURVE))
    header, *rows = csv.reader(found.read_text(encoding="utf-8").splitlines())
    values = np.asarray(rows, dtype=float)
    values.setflags(write=False)
    return {column: values[:, position] for position, column in enumerate(header)}


def of_mechanism(shares: Iterable[tuple[str, float]]) -> str:
    """The posterior for a mechanism, given as a course holds it: names with their shares."""
    return CURVE if [name for name, share in shares if share > 0.0] == [CURVE] else CHAIN


def between_trials(name: str = CHAIN) -> BetweenTrials:
    """Spread between trials, from the same fit: root mean squares over its draws.

    The fit has them as parts of the falls expected: of the drug part, and of all that is not drug.

    Raises:
        UnknownNameError: as ``load``.
    """
    draws = load(name)
    drug = float(np.mean(draws["heterogeneity.DRUG"] ** 2))
    other = float(np.mean(draws["heterogeneity.NONSPECIFIC"] ** 2))
    belief = float(np.median(draws["depression.BELIEF"]))
    as_factor = math.sqrt(math.log1p(other))
    return BetweenTrials(math.sqrt(math.log1p(drug)), as_factor / (1.0 - belief), as_factor)


def name_of(owner: str, parameter: str, comparator: str | None = None, treatments: Iterable[str] = ()) -> str:
    """The name that a parameter of an effect has in a posterior, whether or not it is there.

    Other treatments keep their own names: midazolam's conviction, an antidepressant's size.

    Args:
        comparator: what is given in ketamine's place; ``treatments`` are all that are given beside or instead.
    """
    if owner == "expectancy" and parameter == "CONVICTION" and comparator:
        return f"expectancy.CONVICTION_{comparator.upper()}"
    if owner == "treatment":
        for one in treatments:
            if parameter.startswith(prefix := f"{one.upper()}_"):
                return f"{one}.{parameter.removeprefix(prefix)}"
    return f"{owner}.{parameter}"
