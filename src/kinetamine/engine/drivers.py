"""What effects see of the kinetics: which concentrations, in which unit, through which effect sites."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float

from kinetamine.engine.events import Form
from kinetamine.engine.kinetics import Kinetics, Solved, arm_of
from kinetamine.engine.maths import Number, maximum
from kinetamine.engine.model import Effect, Values
from kinetamine.engine.parts import OF_THE_COURSE, Driver
from kinetamine.engine.people import draw, vary
from kinetamine.engine.problem import Problem
from kinetamine.engine.system import ESTIMATED, Site
from kinetamine.errors import FieldError

NG_PER_ML = 1000.0
"""ng/mL in one mg/L."""
_ENANTIOMER = {"S": "s", "R": "r"}


@dataclass(frozen=True)
class Source:
    """Where one driver of one effect comes from: a molecule, one of its outputs, a factor, maybe an effect site."""

    driver: str
    species: str
    output: str
    factor: float
    site: str | None


class Drivers:
    """What effects see of the kinetics: ng/mL of each enantiomer, arterial or brought to arterial."""

    def __init__(self, problem: Problem) -> None:
        """Find the sources of every effect and build the kinetics that feed them; nothing is solved yet."""
        self.problem = problem
        self.sources = {effect.name: list(self._sources(effect)) for effect in problem.effects}
        every = {name: Kinetics(problem, name, self._sites(name)) for name in problem.model.species}
        none = not any(one.given for one in every.values())
        self.kinetics = {name: one for name, one in every.items() if one.given or none}

    def of(self, effect: Effect, solved: Mapping[str, Solved]) -> dict[str, Driver]:
        """Values and their derivatives at every node, by driver; what the dose does not hold is zero."""
        like = next(iter(solved.values()))
        zero = np.zeros((len(like.times_h), self.problem.people + 1))
        found = {name: (zero, zero, zero) for name in effect.drivers if name not in OF_THE_COURSE}
        for source in self.sources[effect.name]:
            if (one := solved.get(source.species)) is None:
                continue
            if source.site:
                values, slopes, bends = (one.state(source.site, order) for order in range(3))
            else:
                values, slopes, bends = (source.factor * one.output(source.output, order) for order in range(3))
            above = values > 0.0
            slopes = np.where(above, slopes, np.maximum(slopes, 0.0))
            found[source.driver] = np.maximum(values, 0.0), slopes, np.where(above, bends, 0.0)
        return found

    def _sources(self, effect: Effect) -> Iterable[Source]:
        for driver in (name for name in effect.drivers if name not in OF_THE_COURSE):
            enantiomer, analyte = driver.split("_", 1)
            output = self._output(analyte)
            if output is None:
                continue
            for species in self.problem.model.species:
                fraction = self._fraction(species, enantiomer)
                if fraction > 0.0:
                    site = f"{effect.name}_{driver}" if effect.ke0 else None
                    yield Source(driver, species, output, NG_PER_ML * fraction, site)

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
            values = individual(self.problem, effects[name])
            rate = getattr(values, effects[name].ke0 or "", None)
            sites += [
                Site(source.site, source.output, rate, source.factor)
                for source in sources
                if source.site and source.species == species
            ]
        return sites


def individual(problem: Problem, effect: Effect) -> Values:
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


def plasma(problem: Problem, levels: Mapping[str, Mapping[str, Number]]) -> Iterator[tuple[str, str, Number]]:
    """Output, enantiomer ("" for all together) and ng/mL: each enantiomer where it is followed apart, and the sum.

    Args:
        levels: mg/L by molecule and output.
    """
    # A model of esketamine alone that is given something else describes all of it as one.
    mixed = problem.model.species == ("S",) and any(
        event.is_dose and event.form is not Form.ESKETAMINE for event in problem.events
    )
    for output in next(iter(levels.values())):
        total: Number = None
        for species, found in levels.items():
            values = maximum(NG_PER_ML * found[output], 0.0)
            total = values if total is None else total + values
            if species in _ENANTIOMER and not mixed:
                yield output, _ENANTIOMER[species], values
        if mixed or problem.model.species != ("S",):
            yield output, "", total


def in_session(problem: Problem, times_h: Float[np.ndarray, " node"]) -> Float[np.ndarray, " node"]:
    """1 at times within a session, its end not included, and else 0."""
    inside = [(begin <= times_h) & (times_h < end) for begin, end in problem.sessions_h]
    return np.asarray(np.any([np.zeros(len(times_h), bool), *inside], axis=0), float)
