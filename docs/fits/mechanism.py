"""Fits the free numbers of the chain, and of the empirical curve, to published group results; prints what it found.

``python docs/fits/mechanism.py`` takes about forty minutes on two cores and writes the draws that come with the
package (``library/posteriors``) and the figures of docs/concepts/calibration.md. ``--quick`` takes about five: the
curvature at the mode stands for the draws, no trial is left out, nothing is written. ``--figures`` draws from the
stored draws alone. Which rows are used, and how they are read, is in ``inference/rows.py``; the priors are in
``inference/free.py``.
"""

from __future__ import annotations

import argparse
import csv
import math
import sys
from collections.abc import Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

import numpy as np

from kinetamine import posterior
from kinetamine.course import Course, parse_regimen, simulate
from kinetamine.engine.person import Person
from kinetamine.errors import SolverError
from kinetamine.inference.fit import Mode, Model, settled
from kinetamine.inference.free import COMMON, values, where
from kinetamine.inference.judge import (
    Foretell,
    LeftOut,
    as_values,
    determined,
    elasticities,
    entwined,
    predictive,
)
from kinetamine.inference.rows import ONCE, THRICE_WEEKLY, observations, trials_of
from kinetamine.inference.sampling import Chain, Length, sample, together

HERE = Path(__file__).parent
STORED = HERE.parents[1] / "src" / "kinetamine" / "library" / "posteriors"
KEPT = 200
LENGTHS = {"mixture": Length(70, 90), "empirical": Length(200, 400)}
CHAINS = {"mixture": 12, "empirical": 4}
RIVALS = {"habenula": "STRENGTH_LHB", "eef2k": "STRENGTH_EEF", "hnk_ampa": "STRENGTH_HNK"}
MIXTURE = "disinhibition=0.85,habenula=0.15"


@dataclass(frozen=True)
class Fitted:
    """One mechanism's mode and its draws, standardised."""

    name: str
    mode: Mode
    draws: np.ndarray


def build(name: str, at: np.ndarray | None = None) -> Model:
    """A model of all observations; differences between trials in proportion to the falls at ``at``."""
    model = Model(name, observations())
    if at is not None:
        model.refer(at)
    return model


def chain(name: str, mode: Mode, seed: int) -> Chain:
    """One chain, in a process of its own."""
    return sample(build(name, mode.z), mode, LENGTHS[name], seed)


def fit(name: str, *, quick: bool, workers: int) -> Fitted:
    """Mode and draws."""
    mode = settled(build(name))
    print(f"\n{name}: logarithm of the posterior density at the mode {mode.log_posterior:.2f}", flush=True)
    if quick:
        stream = np.random.default_rng(1)
        return Fitted(name, mode, mode.z + stream.multivariate_normal(np.zeros(len(mode.z)), mode.covariance, KEPT))
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        count = CHAINS[name]
        chains = list(pool.map(chain, [name] * count, [mode] * count, range(count)))
    found = together(chains)
    print(f"NUTS: R-hat at most {found.rhat:.3f}, effective draws at least {found.ess:.0f} of {len(found.z)}, "
          f"{found.divergences} divergent")  # fmt: skip
    return Fitted(name, mode, found.kept(KEPT))


def table(fitted: Fitted) -> None:
    """Median and 90 % interval of every free number, beside its prior, and the prior's SDs that are left."""
    model = build(fitted.name)
    print(f"{'number':42} {'median':>8} {'5 %':>8} {'95 %':>8}   prior 5 % to 95 %   SD left")
    for place, one in enumerate(model.free):
        low, middle, high = (float(one.value(z)) for z in np.quantile(fitted.draws[:, place], (0.05, 0.5, 0.95)))
        print(f"{one.name:42} {middle:8.3g} {low:8.3g} {high:8.3g}   {one.low:g} to {one.high:g}"
              f"   {fitted.draws[:, place].std():.2f}")  # fmt: skip


def coverage(fitted: Fitted, *, rows: bool = False) -> None:
    """How many observations lie in their 90 % intervals, and how wide those are."""
    model = build(fitted.name, fitted.mode.z)
    found = predictive(model, fitted.draws[:100])
    if rows:
        for one, seen, middle, sd in zip(model.found, found.observed, found.middle, found.sd, strict=True):
            kind = "difference" if one.less else one.group.belief
            print(f"  {one.row_id:22} {kind:13} {one.group.time_h:5.0f} h  {seen:5.1f}  "
                  f"predicted {middle:5.1f} ({middle - 1.645 * sd:5.1f} to {middle + 1.645 * sd:5.1f})")  # fmt: skip
    print(f"{fitted.name}: {found.inside.mean():.0%} of {len(found.inside)} in the 90 % interval, "
          f"mean width {found.width:.1f} points")  # fmt: skip


def identifiability(fitted: Fitted) -> None:
    """Combinations that the data determine, and numbers that they know only together."""
    model = build(fitted.name)
    own = [place for place, one in enumerate(model.free) if one.name.startswith("mechanism.")]
    for label, part in (("of the mechanism", own), ("of all", list(range(len(model.free))))):
        left, _ = determined(fitted.draws[:, part])
        print(f"{fitted.name}, {len(left)} numbers {label}: SD left along the axes {np.round(left, 2)}; "
              f"{(left < 0.5).sum()} at most half of the prior's")  # fmt: skip
    for one, other, how in entwined(fitted.draws, [one.name for one in model.free], 0.5):
        print(f"  known together: {one} and {other} ({how:+.2f})")


def leave_one_out(model: Model, mode: Mode) -> list[LeftOut]:
    """Every trial foretold by the others."""
    foretell = Foretell(model, mode)
    return [foretell(trial) for trial in trials_of(model.found)]


def compare(fitted: Mapping[str, Fitted]) -> None:
    """Trial by trial: the mechanism, the curve, and the curve free of all that is laid down about its course."""
    free = Model("empirical", observations(), anchored=False)
    best = settled(free)
    sides = {
        "mechanism": leave_one_out(build("mixture", fitted["mixture"].mode.z), fitted["mixture"].mode),
        "curve": leave_one_out(build("empirical", fitted["empirical"].mode.z), fitted["empirical"].mode),
        "free curve": leave_one_out(free, best),
    }
    print(f"{'trial left out':18} rows  log density ({', '.join(sides)})   mean error, points   rows inside")
    for one in zip(*sides.values(), strict=True):
        print(f"{one[0].trial:18} {one[0].rows:4} ", *(f"{side.log_density:7.2f}" for side in one), "  ",
              *(f"{side.error:6.2f}" for side in one), "  ", *(f"{side.inside:5.0%}" for side in one))  # fmt: skip
    rows = np.asarray([one.rows for one in sides["mechanism"]])
    for label, side in sides.items():
        gain = np.asarray([a.log_density - b.log_density for a, b in zip(sides["mechanism"], side, strict=True)])
        error = sum(one.error * one.rows for one in side) / rows.sum()
        inside = sum(one.inside * one.rows for one in side) / rows.sum()
        total = sum(one.log_density for one in side)
        print(f"{label}: log density {total:.2f}, mean error {error:.2f}, inside {inside:.0%}; mechanism less this "
              f"{gain.sum():+.2f} (SE {math.sqrt(len(gain)) * gain.std(ddof=1):.2f})")  # fmt: skip


def sensitivities(fitted: Fitted) -> None:
    """Elasticities of the drug part, strongest first."""
    model = build("mixture")
    middle = {name: float(np.median(column)) for name, column in as_values(model, fitted.draws).items()}
    given = {name.removeprefix("mechanism."): one for name, one in middle.items() if name.startswith("mechanism.")}
    wanted = {"24 h": (ONCE, 24.0), "168 h": (ONCE, 168.0), "six": (THRICE_WEEKLY, 288.0)}
    found = elasticities(model.law.mechanism, given, wanted)
    print("elasticity of the drug part   " + "  ".join(f"{label:>6}" for label in wanted))
    for name in sorted(found["24 h"], key=lambda one: -max(abs(side[one]) for side in found.values())):
        if max(abs(side[name]) for side in found.values()) >= 0.05:
            print(f"  {name:26}  " + "  ".join(f"{side[name]:6.2f}" for side in found.values()))


def rivals() -> None:
    """Strength of each rival alone that gives the relief of the default mixture at 24 h, by the library's numbers."""
    times = (2.0, 4.0, 24.0, 72.0, 168.0)

    def relief(mechanism: str, **numbers: float) -> list[float]:
        person, parameters = Person(weight_kg=70.0), tuple((f"mechanism.{k}", v) for k, v in numbers.items())
        course = Course(
            person=person, regimen=parse_regimen(ONCE), mechanism=mechanism, effects=(), people=0, times_h=times,
            parameters=parameters,
        )  # fmt: skip
        found = simulate(course)
        return [float(found.at("relief", time)) for time in times]

    wanted = relief(MIXTURE)
    print(
        f"relief at {times} h: the mixture {np.round(wanted, 2)}, disinhibition {np.round(relief('disinhibition'), 2)}"
    )
    for mechanism, name in {**RIVALS, "dissociation_mediated": "STRENGTH_DISS"}.items():
        low = high = 0.01
        try:
            while relief(mechanism, **{name: high})[2] < wanted[2]:
                low, high = high, 2.0 * high
        except SolverError:
            print(f"  {mechanism}: no {name} reaches it")
            continue
        for _ in range(14):
            middle = math.sqrt(low * high)
            low, high = (middle, high) if relief(mechanism, **{name: middle})[2] < wanted[2] else (low, middle)
        print(f"  {mechanism}: {name} {high:.3g}, relief {np.round(relief(mechanism, **{name: high}), 2)}")


def store(fitted: Fitted) -> None:
    """The draws as a table that comes with the package."""
    columns = as_values(build(fitted.name), fitted.draws)
    with (STORED / f"{fitted.name}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows([f"{value:.5g}" for value in row] for row in zip(*columns.values(), strict=True))


def curve_beside_chain(chain_: Fitted) -> None:
    """The curve's own numbers where all that is shared stands as the chain's fit has it."""
    middle = {name: float(np.median(one)) for name, one in as_values(build("mixture"), chain_.draws).items()}
    model = build("empirical")
    shared = {one.name: middle[one.name] for one in COMMON}
    mode = settled(model, where(model.free, shared), held=list(shared))
    found = values(model.free, mode.z)
    print("curve beside the chain's numbers:", {one: round(float(found[one]), 3) for one in found if one not in shared})


def main() -> None:
    """Fit both, judge both."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--figures", action="store_true")
    parser.add_argument("--workers", type=int, default=2)
    given = parser.parse_args()
    if not given.figures:
        fitted = {name: fit(name, quick=given.quick, workers=given.workers) for name in ("mixture", "empirical")}
        for one in fitted.values():
            table(one)
            coverage(one, rows=one.name == "mixture" and not given.quick)
            identifiability(one)
        sensitivities(fitted["mixture"])
        curve_beside_chain(fitted["mixture"])
        rivals()
        if given.quick:
            return
        for one in fitted.values():
            store(one)
        compare(fitted)
    posterior.load.cache_clear()
    sys.path.insert(0, str(HERE))
    from mechanism_figures import draw  # noqa: PLC0415 - needs the stored draws

    draw()


if __name__ == "__main__":
    main()
