"""Simulate: exact kinetics, and a reference ODE solver for what is not linear.

Kinetics and effect sites are linear and solved by ``engine.linear``. States of effects (tolerance, plasticity,
mood) follow from those concentrations by SciPy's LSODA, from dose to dose, on cubic Hermite interpolants built
from the exact values and the exact slopes at every node.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float

import kinetamine
from kinetamine.engine.events import Form
from kinetamine.engine.kinetics import Kinetics, Solved, arm_of
from kinetamine.engine.model import Effect, Readout, Values
from kinetamine.engine.people import draw, vary
from kinetamine.engine.problem import Problem
from kinetamine.engine.states import OF_THE_COURSE, Part, integrate, views
from kinetamine.engine.system import ESTIMATED, Site
from kinetamine.engine.trajectory import Series, Trajectory
from kinetamine.errors import FieldError, SolverError

NG_PER_ML = 1000.0
"""ng/mL in one mg/L."""
_ENANTIOMER = {"S": "s", "R": "r"}
_NEGLIGIBLE = 1e-6
"""Of the peak: rounding below zero, not worth a word."""
_TITLE = {"s": "S-", "r": "R-", "": ""}


def simulate(problem: Problem) -> Trajectory:
    """Solve a problem.

    Raises:
        FieldError, UnknownNameError: the problem asks for what the model or the routes do not have.
        SolverError: a result was not finite or an integration failed; nothing is returned.
    """
    drivers = _Drivers(problem)
    solved = {name: one.solve(problem.nodes_h()) for name, one in drivers.kinetics.items() if one.given or drivers.none}
    pick = _Pick(next(iter(solved.values())), problem)
    series = {one.name: one for one in _concentrations(problem, solved, pick)}
    parts = [Part(one, _individual(problem, one), drivers.of(one, solved)) for one in problem.effects]
    series |= {one.name: one for one in _effects(problem, parts, pick)}
    bad = [name for name, one in series.items() if not one.is_finite]
    if bad:
        message = f"not finite: {', '.join(bad)}; no result is returned"
        raise SolverError(message)
    return Trajectory(
        times_h=pick.times_h,
        series=series,
        person=problem.person,
        events=problem.events,
        used=(problem.model, *problem.routes.values(), *problem.effects),
        warnings=_warnings(problem, solved),
        seed=problem.seed if problem.people else None,
        version=kinetamine.__version__,
    )


def _warnings(problem: Problem, solved: dict[str, Solved]) -> tuple[str, ...]:
    """What only the solution can tell."""
    if arm_of(problem) is None:
        return ()
    estimated = [one.output(ESTIMATED) for one in solved.values()]
    if all(one.min() >= -_NEGLIGIBLE * one.max() for one in estimated):
        return ()
    sentence = (
        f"{problem.model.name}: venous levels fall faster than the arm lets them, so the estimated arterial level "
        "would be negative for a while; zero is taken there."
    )
    return (sentence,)


class _Pick:
    """Which nodes are reported: each time once, before or after the dose, and only the wanted ones."""

    def __init__(self, solved: Solved, problem: Problem) -> None:
        times = solved.times_h
        if problem.observe_after_dose:
            unique, reverse = np.unique(times[::-1], return_index=True)
            first = len(times) - 1 - reverse
        else:
            unique, first = np.unique(times, return_index=True)
        if problem.times_h is not None:
            wanted = np.searchsorted(unique, np.asarray(problem.times_h))
            unique, first = unique[wanted], first[wanted]
        self.all_h, self.times_h, self.nodes = times, unique, first

    def series(self, values: Float[np.ndarray, "node people"]) -> tuple[np.ndarray, np.ndarray | None]:
        chosen = values[self.nodes].T
        return chosen[0], chosen[1:] if len(chosen) > 1 else None


def _concentrations(problem: Problem, solved: dict[str, Solved], pick: _Pick) -> Iterable[Series]:
    """The model's outputs in ng/mL: each enantiomer where it is followed apart, and their sum."""
    estimated = arm_of(problem) is not None
    # A model of esketamine alone that is given something else describes all of it as one.
    mixed = problem.model.species == ("S",) and any(
        event.is_dose and event.form is not Form.ESKETAMINE for event in problem.events
    )
    for output in next(iter(solved.values())).system.output_names:
        total: np.ndarray | None = None
        note = " (estimated)" if estimated and output == ESTIMATED else ""
        for species, one in solved.items():
            values = np.maximum(NG_PER_ML * one.output(output), 0.0)
            total = values if total is None else total + values
            if species in _ENANTIOMER and not mixed:
                yield _plasma(output, _ENANTIOMER[species], note, pick.series(values))
        if total is not None and (mixed or problem.model.species != ("S",)):
            yield _plasma(output, "", note, pick.series(total))


def _plasma(output: str, enantiomer: str, note: str, values: tuple[np.ndarray, np.ndarray | None]) -> Series:
    analyte, site = output.rsplit("_", 1)
    title = f"{_TITLE[enantiomer]}{analyte}, {site}{note}"
    name = f"{enantiomer}_{output}" if enantiomer else output
    return Series(name, title[0].upper() + title[1:], "ng/mL", "plasma", *values)


@dataclass(frozen=True)
class _Source:
    """Where one driver of one effect comes from: a molecule, one of its outputs, a factor, maybe an effect site."""

    driver: str
    species: str
    output: str
    factor: float
    site: str | None


class _Drivers:
    """What effects see of the kinetics: ng/mL of each enantiomer, arterial or brought to arterial."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.sources = {effect.name: list(self._sources(effect)) for effect in problem.effects}
        self.kinetics = {name: Kinetics(problem, name, self._sites(name)) for name in problem.model.species}
        self.none = not any(one.given for one in self.kinetics.values())

    def of(self, effect: Effect, solved: dict[str, Solved]) -> dict[str, tuple[np.ndarray, np.ndarray]]:
        """Values and slopes at every node, by driver; what the dose does not hold is zero."""
        like = next(iter(solved.values()))
        zero = np.zeros((len(like.times_h), self.problem.people + 1))
        found = {name: (zero, zero) for name in effect.drivers if name not in OF_THE_COURSE}
        for source in self.sources[effect.name]:
            if (one := solved.get(source.species)) is None:
                continue
            if source.site:
                values, slopes = one.state(source.site), one.state(source.site, slope=True)
            else:
                values = source.factor * one.output(source.output)
                slopes = source.factor * one.output(source.output, slope=True)
            found[source.driver] = np.maximum(values, 0.0), np.where(values > 0.0, slopes, np.maximum(slopes, 0.0))
        return found

    def _sources(self, effect: Effect) -> Iterable[_Source]:
        for driver in (name for name in effect.drivers if name not in OF_THE_COURSE):
            enantiomer, analyte = driver.split("_", 1)
            output = self._output(analyte)
            if output is None:
                continue
            for species in self.problem.model.species:
                fraction = self._fraction(species, enantiomer)
                if fraction > 0.0:
                    site = f"{effect.name}_{driver}" if effect.ke0 else None
                    yield _Source(driver, species, output, NG_PER_ML * fraction, site)

    def _output(self, analyte: str) -> str | None:
        """The arterial output of an analyte where there is one, or else its venous one."""
        if analyte == "ketamine" and arm_of(self.problem):
            return ESTIMATED
        outputs = [output for output in self.problem.model.outputs if output.analyte == analyte]
        return min(outputs, key=lambda output: output.site != "arterial").name if outputs else None

    def _fraction(self, species: str, enantiomer: str) -> float:
        """How much of a molecule's concentration is this enantiomer; a racemate as one is half of each."""
        if len(self.problem.model.species) > 1:
            return float(_ENANTIOMER.get(species) == enantiomer)
        forms = {event.form for event in self.problem.events if event.is_dose}
        if len(forms) > 1:
            raise FieldError("form", sorted(forms), f"one form, as {self.problem.model.name} follows one molecule only")
        return next(iter(forms)).parts.get(enantiomer.upper(), 0.0) if forms else 0.0

    def _sites(self, species: str) -> list[Site]:
        effects = {effect.name: effect for effect in self.problem.effects}
        sites = []
        for name, sources in self.sources.items():
            values = _individual(self.problem, effects[name])
            rate = getattr(values, effects[name].ke0 or "", None)
            sites += [
                Site(source.site, source.output, rate, source.factor)
                for source in sources
                if source.site and source.species == species
            ]
        return sites


def _individual(problem: Problem, effect: Effect) -> Values:
    """The person's own effect parameters, one value each or one for each virtual person.

    Raises:
        FieldError: a covariate that the effect depends on changes during the course.
    """
    typical = Values(**{**vars(effect.typical()), **problem.given.get(effect.name, {})})
    fixed = effect.individual(typical, problem.person)
    for time_h, person in problem.person_changes:
        if effect.individual(typical, person) != fixed:
            expected = f"covariates that stay as they are where {effect.name} depends on them"
            raise FieldError(f"covariates at {time_h:g} h", "a change", expected)
    etas = draw(effect.name, effect.variability, effect.covariance, problem.people, problem.seed)
    return Values(**vary(fixed, effect.variability, etas))


def _effects(problem: Problem, parts: list[Part], pick: _Pick) -> Iterable[Series]:
    """The readouts of every effect at the reported nodes."""
    states = integrate(problem, parts, pick.all_h)
    chosen = {name: {one: value[pick.nodes] for one, value in held.items()} for name, held in states.items()}
    clock = {"time_h": pick.times_h[:, None], "session": _in_session(problem, pick.times_h)}
    drivers = {
        part.name: {
            name: clock[name] if name in clock else part.drivers[name][0][pick.nodes] for name in part.effect.drivers
        }
        for part in parts
    }
    for part, x, c in views(parts, chosen, drivers):
        for readout in part.effect.readouts:
            yield _readout(part.effect, readout, np.asarray(readout.of(x, c, part.values)), len(pick.nodes))


def _in_session(problem: Problem, times_h: Float[np.ndarray, " node"]) -> Float[np.ndarray, "node one"]:
    inside = [(begin <= times_h) & (times_h < end) for begin, end in problem.sessions_h]
    return np.asarray(np.any([np.zeros(len(times_h), bool), *inside], axis=0)[:, None], float)


def _readout(effect: Effect, readout: Readout, values: np.ndarray, nodes: int) -> Series:
    full = np.broadcast_to(values, (nodes, values.shape[-1] if values.ndim == 2 else 1)).T
    residual = effect.residual.get(readout.name)
    low, high = readout.bounds
    if full.size and (full.min() < low - 1e-6 or full.max() > high + 1e-6):
        message = f"{effect.name}.{readout.name}: {full.min():g} to {full.max():g} leaves {low:g} to {high:g}"
        raise SolverError(message)
    return Series(
        readout.name,
        readout.title,
        readout.unit,
        effect.stage,
        full[0],
        full[1:] if len(full) > 1 else None,
        residual.value if residual else None,
    )
