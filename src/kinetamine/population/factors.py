"""Numbers of a course that may vary: within which range, by which law, and why."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from jaxtyping import Float

from kinetamine.engine.maths import Z95
from kinetamine.engine.model import Effect, Estimate, PKModel, Variability
from kinetamine.engine.override import allowed
from kinetamine.engine.problem import Problem
from kinetamine.errors import FieldError, UnknownNameError
from kinetamine.population.laws import Law, of_interval, scaled, unscaled

_WITHIN = 0.95
Kind = Literal["people", "numbers", "all"]
KINDS: tuple[Kind, ...] = ("people", "numbers", "all")
BETWEEN_PEOPLE, PUBLISHED, GIVEN = "between people", "published interval", "range given"


@dataclass(frozen=True, kw_only=True)
class Factor:
    """One typical value of the library that varies within its 95 % range, and not beyond.

    Attributes:
        entry: whose it is, a PK model or an effect; ``parameter`` its name there.
        value: the library's: half of the range is below it, but of a range that was given.
        because: what the range is: how people differ, how well the number is known, or what was asked for.
    """

    entry: str
    parameter: str
    unit: str
    value: float
    low: float
    high: float
    law: Law
    because: str

    @property
    def name(self) -> str:
        """As ``Course(parameters=...)`` takes it."""
        return f"{self.entry}.{self.parameter}"

    @property
    def usual(self) -> float:
        """The share at which the library's value lies; outside 0 to 1 where a given range leaves it out."""
        return (self.value - self.low) / (self.high - self.low) if self.law == "uniform" else 0.5

    def at(self, share: Float[np.ndarray, " row"]) -> Float[np.ndarray, " row"]:
        """The value below which this share of the range lies: 0 is its low end, 1 its high one."""
        if self.law == "uniform":
            return np.asarray(self.low + (self.high - self.low) * share)
        from scipy.special import ndtri  # noqa: PLC0415 - SciPy, only once there is something to compute

        score = ndtri(0.5 + _WITHIN * (np.asarray(share) - 0.5)) / Z95
        low, middle, high = (scaled(self.law, one) for one in (self.low, self.value, self.high))
        return np.asarray(unscaled(self.law, middle + np.where(score < 0.0, middle - low, high - middle) * score))


def factors(problem: Problem, kind: Kind = "all") -> tuple[Factor, ...]:
    """Every number of the PK model, the effects, the mechanism and the outcomes whose range is known.

    Args:
        kind: as people differ, as the numbers are uncertain, or all of them; of a number that has both, the people's.

    A number that was set to an end of its scale is the same in everybody.
    """
    found = []
    for entry in entries(problem).values():
        for name, estimate in entry.parameters.items():
            spread = entry.variability.get(name) if kind != "numbers" else None
            if spread is not None and 0.0 < estimate.value < (1.0 if spread.scale == "logit" else math.inf):
                found.append(_of_people(entry.name, name, estimate, spread))
            elif kind != "people" and estimate.interval is not None and estimate.interval[0] < estimate.interval[1]:
                found.append(_of_interval(entry.name, name, estimate, estimate.interval))
    return tuple(found)


def chosen(problem: Problem, asked: Sequence[str]) -> tuple[Factor, ...]:
    """Those that are named, as ``depression.SIZE``, or ``CL`` of the PK model; or with a range, ``CL=50:90``.

    Raises:
        UnknownNameError: there is no such entry or number.
        FieldError: a number whose range is neither known nor given, or a range that is none.
    """
    known = {one.name: one for one in factors(problem)}
    found = [_named(problem, text, known) for text in asked]
    twice = {one.name for one in found if sum(other.name == one.name for other in found) > 1}
    if twice or not found:
        raise FieldError("vary", min(twice) if twice else None, "names, each once")
    return tuple(found)


def entries(problem: Problem) -> dict[str, PKModel | Effect]:
    """The PK model and the effects by name; a model that nothing is dosed into has no part in it."""
    some: Iterable[PKModel | Effect] = (*((problem.model,) if problem.events else ()), *problem.effects)
    return {one.name: one for one in some}


def _named(problem: Problem, text: str, known: dict[str, Factor]) -> Factor:
    name, equals, bounds = (part.strip() for part in text.partition("="))
    owner, _, parameter = name.rpartition(".")
    some = entries(problem)
    owner = owner or problem.model.name
    if owner not in some:
        raise UnknownNameError("entry that varies", owner, some)
    if parameter not in some[owner].parameters:
        raise UnknownNameError(f"parameter of {owner}", parameter, some[owner].parameters)
    if equals:
        stood = some[owner].parameters[parameter]
        low, high = _bounds(text, bounds)
        _require_allowed(text, (low, high), parameter, stood)
        return Factor(entry=owner, parameter=parameter, unit=stood.unit, value=stood.value, low=low, high=high,
                      law="uniform", because=GIVEN)  # fmt: skip
    if f"{owner}.{parameter}" not in known:
        expected = f"a range, as {name}=LOW:HIGH: the library has neither an interval nor a spread for it"
        raise FieldError("vary", text, expected)
    return known[f"{owner}.{parameter}"]


def _bounds(text: str, bounds: str) -> tuple[float, float]:
    try:
        low, high = (float(one) for one in bounds.split(":"))
    except ValueError as error:
        raise FieldError("vary", text, "a name and a range, as CL=50:90") from error
    if not (math.isfinite(low) and math.isfinite(high) and low < high):
        raise FieldError("vary", text, "a range from a lower to a higher number")
    return low, high


def _require_allowed(text: str, bounds: tuple[float, float], parameter: str, stood: Estimate) -> None:
    """Refuse a range beyond what the number may be set to: the equations mean nothing there."""
    least, most = allowed(parameter, stood)
    if not least <= bounds[0] < bounds[1] <= most:
        unit = "" if stood.unit == "1" else f" {stood.unit}"
        raise FieldError("vary", text, f"a range within {least:g} to {most:g}{unit}; the library has {stood.value:g}")


def _of_people(entry: str, name: str, estimate: Estimate, spread: Variability) -> Factor:
    law: Law = "logit-normal" if spread.scale == "logit" else "log-normal"
    return _about(entry, name, estimate, law, math.sqrt(spread.omega2.value), BETWEEN_PEOPLE)


def _of_interval(entry: str, name: str, estimate: Estimate, interval: tuple[float, float]) -> Factor:
    """As wide as the interval, about the value; it ends where the number means nothing more."""
    found = _about(entry, name, estimate, *of_interval(estimate, interval), PUBLISHED)
    least, most = allowed(name, estimate)
    return replace(found, low=max(found.low, least), high=min(found.high, most))


def _about(entry: str, name: str, estimate: Estimate, law: Law, sd: float, because: str) -> Factor:
    middle, half = scaled(law, estimate.value), Z95 * sd
    low, high = (float(unscaled(law, one)) for one in (middle - half, middle + half))
    return Factor(entry=entry, parameter=name, unit=estimate.unit, value=estimate.value, low=low, high=high, law=law,
                  because=because)  # fmt: skip


def by_entry(some: Sequence[Factor], values: Float[np.ndarray, "row factor"]) -> dict[str, dict[str, np.ndarray]]:
    """Columns of values by entry and parameter."""
    found: dict[str, dict[str, np.ndarray]] = {}
    for name, parameter, column in _columns(some, values):
        found.setdefault(name, {})[parameter] = column
    return found


def _columns(
    some: Sequence[Factor], values: Float[np.ndarray, "row factor"]
) -> Iterator[tuple[str, str, Float[np.ndarray, " row"]]]:
    for place, one in enumerate(some):
        yield one.entry, one.parameter, values[:, place]
