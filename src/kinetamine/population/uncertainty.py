"""How well the numbers themselves are known: draws of an entry's typical values, apart from how people differ."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float

from kinetamine.engine.model import Estimate
from kinetamine.engine.override import allowed
from kinetamine.errors import FieldError
from kinetamine.population.laws import of_interval, scaled, unscaled
from kinetamine.population.streams import normals, require, uniforms

LABEL = "uncertainty of parameters; not how people differ"


@dataclass(frozen=True, kw_only=True)
class Uncertain:
    """Draws of typical values; a draw is one possible truth for everybody, never one person.

    Attributes:
        values: by parameter, one number for each draw.
        by: by parameter, where its draws come from, in words; a parameter without a known uncertainty stays fixed.
        label: what the spread contains; goes with every number and figure made of it.
    """

    entry: str
    values: Mapping[str, Float[np.ndarray, " draw"]]
    by: Mapping[str, str]
    label: str = LABEL

    def __len__(self) -> int:
        """How many draws."""
        return len(next(iter(self.values.values())))

    @property
    def fixed(self) -> tuple[str, ...]:
        """Parameters whose uncertainty is not known: a spread without them is too narrow."""
        return tuple(name for name, source in self.by.items() if source == _FIXED)

    def given(self, draw: int) -> tuple[tuple[str, float], ...]:
        """One draw as pairs for ``Course(parameters=...)``, those that are known to be uncertain."""
        fixed = self.fixed
        return tuple((f"{self.entry}.{name}", float(v[draw])) for name, v in self.values.items() if name not in fixed)


_FIXED = "fixed: no published interval"


def uncertain(
    name: str,
    parameters: Mapping[str, Estimate],
    n: int,
    seed: int,
    posterior: Mapping[str, Float[np.ndarray, " sample"]] | None = None,
) -> Uncertain:
    """Draws of an entry's typical values.

    Args:
        name: of the entry; ``parameters`` are its own.
        posterior: samples of a fit, jointly: row by row of all parameters; they come before published intervals.

    A draw ends where the parameter means nothing more.

    Raises:
        FieldError: the posterior does not fit the entry.
    """
    require(n, seed)
    values, by = {}, {}
    rows = _rows(name, parameters, n, seed, posterior or {})
    for parameter, estimate in parameters.items():
        if posterior and parameter in posterior:
            values[parameter], by[parameter] = np.asarray(posterior[parameter], dtype=float)[rows], "posterior of a fit"
        elif estimate.interval is None:
            values[parameter], by[parameter] = np.full(n, estimate.value), _FIXED
        else:
            score = normals(seed, f"uncertainty/{name}/{parameter}", n)
            drawn, by[parameter] = _from_interval(estimate, estimate.interval, score)
            values[parameter] = np.clip(drawn, *allowed(parameter, estimate))
    return Uncertain(entry=name, values=values, by=by)


def _rows(
    name: str, parameters: Mapping[str, Estimate], n: int, seed: int, posterior: Mapping[str, np.ndarray]
) -> np.ndarray:
    """Which sample each draw takes, the same for all parameters: their correlations stay."""
    if strange := sorted(set(posterior) - set(parameters)):
        raise FieldError("posterior", strange[0], f"parameters of {name}: {', '.join(parameters)}")
    lengths = {len(samples) for samples in posterior.values()}
    if len(lengths) > 1 or 0 in lengths:
        raise FieldError("posterior", sorted(lengths), "the same number of samples for each parameter, at least one")
    shares = uniforms(seed, f"uncertainty/{name}", n)
    return (shares * lengths.pop()).astype(int) if lengths else np.zeros(n, dtype=int)


def _from_interval(estimate: Estimate, interval: tuple[float, float], score: np.ndarray) -> tuple[np.ndarray, str]:
    """Draws about the value from a 95 % interval."""
    if not interval[0] < interval[1]:
        return np.full(len(score), estimate.value), _FIXED
    law, sd = of_interval(estimate, interval)
    return np.asarray(unscaled(law, scaled(law, estimate.value) + sd * score)), f"published interval, {law}"
