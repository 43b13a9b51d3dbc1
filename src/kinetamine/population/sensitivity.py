"""Which numbers move a result most: Sobol' indices and Morris screening, by SALib on the population engine.

A first-order index is the part of a result's variance that one number makes by itself; a total index adds what it
makes together with others. Numbers vary independently of each other, each within its 95 % range.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from jaxtyping import Float

from kinetamine.errors import FieldError, MissingExtraError, SolverError
from kinetamine.population.factors import Factor
from kinetamine.population.streams import require_whole
from kinetamine.population.study import Study
from kinetamine.population.varied import CHECKED, Target, Varied, targets

Method = Literal["sobol", "morris"]
SAMPLES: Mapping[Method, int] = {"sobol": 256, "morris": 32}
"""Base samples or trajectories, unless more are asked for: a few thousand runs for some tens of numbers."""
_LEAST, _MOST = 8, 65_536
_LEVELS = 4
_SAME = 1e-9
_ELSEWHERE = 0.8
"""Besides the library's values, numbers are moved one by one from here, to see which move anything."""
Function = Callable[[Float[np.ndarray, "row factor"]], Mapping[str, Float[np.ndarray, " row"]]]
"""Results by name, from shares of each factor's range."""


@dataclass(frozen=True, kw_only=True)
class Index:
    """How much one number matters for one result; of Morris, in the result's unit.

    Attributes:
        first: Sobol', first order; of Morris, the SD of the effects: large where it acts with others or not straight.
        total: Sobol', total; of Morris, the mean size of the effects.
        first_half, total_half: half widths of 95 % intervals; no number where there is none.
        at_low, at_high: the result with this number at either end of its range and all others as the library has them.
    """

    factor: Factor
    first: float
    first_half: float
    total: float
    total_half: float
    at_low: float
    at_high: float


@dataclass(frozen=True, kw_only=True)
class Ranking:
    """All numbers for one result, the one that matters most first.

    Attributes:
        mean, sd: of the result as all numbers vary; of Morris no number, whose grid is not how they vary.
    """

    target: Target
    mean: float
    sd: float
    indices: tuple[Index, ...]


@dataclass(frozen=True, kw_only=True)
class Sensitivity:
    """What was found.

    Attributes:
        idle: numbers that move none of the results.
        error: the largest error of the engine against the reference solver.
    """

    method: Method
    samples: int
    runs: int
    rankings: tuple[Ranking, ...]
    idle: tuple[Factor, ...]
    error: float


def sensitivity(
    study: Study,
    factors: Sequence[Factor],
    names: Sequence[str],
    *,
    method: Method = "sobol",
    samples: int | None = None,
    threads: int = 2,
) -> Sensitivity:
    """Vary numbers of a course, one person's, and rank them for each target.

    Args:
        study: its course with the person who is given it; its ``outputs`` are those behind the targets.
        names: of the targets, columns of the endpoints.
        samples: of Sobol', a power of two; of Morris, trajectories.

    Raises:
        MissingExtraError: SALib is not installed.
        FieldError: numbers that mean nothing, or a target that nothing moves.
        SolverError: a set of numbers could not be solved, or the error is above the study's tolerance.
    """
    count = _samples(method, samples)
    wanted = targets(study, names)
    varied = Varied(study, factors, threads=threads)
    acting, ends = _acting(varied, names)
    some = [factors[place] for place in acting]

    def of(shares: Float[np.ndarray, "row factor"]) -> dict[str, Float[np.ndarray, " row"]]:
        every = np.full((len(shares), len(factors)), 0.5)
        every[:, acting] = shares
        values = varied(every)
        return {name: values[name] for name in names}

    found = {"sobol": sobol, "morris": morris}[method](of, len(some), samples=count, seed=study.seed)
    error = varied.error(np.random.default_rng(study.seed).random((CHECKED, len(factors))))
    if error > study.tolerance:
        message = f"error {error:.1e} against the reference solver; asked for at most {study.tolerance:g}"
        raise SolverError(message)
    rankings = tuple(_ranking(one, some, found, ends[one.column][acting]) for one in wanted)
    idle = tuple(one for place, one in enumerate(factors) if place not in acting)
    return Sensitivity(method=method, samples=count, runs=found.runs, rankings=rankings, idle=idle, error=error)


@dataclass(frozen=True)
class Indices:
    """What a method gives for every result: first, half width, total, half width; a row each, a column a factor.

    Attributes:
        values: the results themselves, where the method draws as numbers vary.
    """

    runs: int
    rows: Mapping[str, Float[np.ndarray, "4 factor"]]
    values: Mapping[str, Float[np.ndarray, " row"]]


def sobol(of: Function, factors: int, *, samples: int, seed: int = 1) -> Indices:
    """First-order and total indices after Saltelli, with bootstrapped 95 % intervals.

    Raises:
        MissingExtraError: SALib is not installed.
        FieldError: a result that nothing moves.
    """
    about = _problem(factors)
    sampler, analyzer = _salib("sobol")
    shares = sampler.sample(about, samples, calc_second_order=False, seed=seed)
    values = of(shares)
    rows = {}
    for name, column in values.items():
        if not _moves(column):
            continue
        scaled = (column - column.mean()) / column.std()
        got = analyzer.analyze(about, scaled, calc_second_order=False, seed=seed)
        rows[name] = np.array([got[one] for one in ("S1", "S1_conf", "ST", "ST_conf")], dtype=float)
    return Indices(len(shares), rows, values)


def morris(of: Function, factors: int, *, samples: int, seed: int = 1) -> Indices:
    """Spread and mean size of elementary effects: screening with few runs.

    Raises:
        MissingExtraError: SALib is not installed.
    """
    about = _problem(factors)
    sampler, analyzer = _salib("morris")
    shares = sampler.sample(about, samples, num_levels=_LEVELS, seed=seed)
    values = of(shares)
    rows = {}
    for name, column in values.items():
        got = analyzer.analyze(about, shares, column, num_levels=_LEVELS, seed=seed)
        sigma = np.asarray(got["sigma"], dtype=float)
        size, half = (np.ma.filled(got[one], 0.0) for one in ("mu_star", "mu_star_conf"))
        rows[name] = np.array([sigma, np.full(len(sigma), np.nan), size, half])
    return Indices(len(shares), rows, {})


def _problem(factors: int) -> dict[str, Any]:
    return {"num_vars": factors, "names": [str(one) for one in range(factors)], "bounds": [[0.0, 1.0]] * factors}


def _salib(method: Method) -> tuple[Any, Any]:
    """The modules that sample and analyse."""
    try:
        from importlib import import_module  # noqa: PLC0415 - beside what it imports

        import SALib  # noqa: F401, PLC0415 - needs an extra
    except ImportError as error:
        raise MissingExtraError("sensitivity", "global sensitivity") from error
    return import_module(f"SALib.sample.{method}"), import_module(f"SALib.analyze.{method}")


def _samples(method: Method, samples: int | None) -> int:
    count = SAMPLES[method] if samples is None else samples
    require_whole("samples", count, _LEAST, _MOST)
    if method == "sobol" and count & (count - 1):
        raise FieldError("samples", count, "a power of two, such as 256")
    return count


def _acting(varied: Varied, names: Sequence[str]) -> tuple[list[int], dict[str, Float[np.ndarray, "factor 2"]]]:
    """Which factors move any target, one at a time from two places; and the targets at either end of each.

    Raises:
        FieldError: a target that none of them moves.
    """
    count = len(varied.factors)
    usual = np.array([one.usual for one in varied.factors])
    shares = np.concatenate([_one_by_one(usual), _one_by_one(np.full(count, _ELSEWHERE))])
    found = varied(shares)
    moved = np.zeros(count, dtype=bool)
    ends = {}
    for name in names:
        by_factor = found[name].reshape(2, count, 2)
        size = max(float(np.abs(found[name]).max()), np.finfo(float).tiny)
        here = np.any(np.ptp(by_factor, axis=2) > _SAME * size, axis=0)
        if not here.any():
            raise FieldError("target", name, "a result that the numbers which vary can move")
        moved |= here
        ends[name] = by_factor[0]
    return [int(place) for place in np.flatnonzero(moved)], ends


def _one_by_one(others: Float[np.ndarray, " factor"]) -> Float[np.ndarray, "row factor"]:
    """Each factor at its low and its high end in turn, all others where they are."""
    count = len(others)
    shares = np.tile(others, (2 * count, 1))
    shares[np.arange(0, 2 * count, 2), np.arange(count)] = 0.0
    shares[np.arange(1, 2 * count, 2), np.arange(count)] = 1.0
    return shares


def _ranking(target: Target, some: Sequence[Factor], found: Indices, ends: Float[np.ndarray, "factor 2"]) -> Ranking:
    rows, values = found.rows[target.column], found.values.get(target.column, np.full(1, np.nan))
    indices = [
        Index(factor=one, first=first, first_half=first_half, total=total, total_half=total_half, at_low=low,
              at_high=high)
        for one, (first, first_half, total, total_half), (low, high) in zip(
            some, rows.T.tolist(), ends.tolist(), strict=True
        )
    ]  # fmt: skip
    order = sorted(indices, key=lambda one: -one.total)
    return Ranking(target=target, mean=float(values.mean()), sd=float(values.std()), indices=tuple(order))


def _moves(column: Float[np.ndarray, " row"]) -> bool:
    return bool(np.ptp(column) > _SAME * max(float(np.abs(column).max()), np.finfo(float).tiny))
