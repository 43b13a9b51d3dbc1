"""What groups do under the library's equations: means over people, and what trials add to them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from kinetamine import catalogue
from kinetamine.engine.comparator import Comparator
from kinetamine.engine.model import ADULT_Y, Effect
from kinetamine.engine.person import Person
from kinetamine.inference.batch import Batch, batch, follow
from kinetamine.inference.grid import expose, names_seen
from kinetamine.inference.rows import KETAMINE, MASKED, Observation, Seen
from kinetamine.library.effects.expectancy import ENTRY as EXPECTANCY
from kinetamine.library.outcomes.depression import ENTRY as DEPRESSION
from kinetamine.treatment import Shares, chain_of_effects

WEIGHT_KG = 70.0
_NODES = 3
"""Quadrature points for how people's plasticity differs; with 5 the logarithm of the density moves by 0.03."""
_FINE_NODES = 24
"""For sizes on the logit scale, whose spread is wide."""
_SHORT = 400
"""Nodes of a course that counts as short."""
_UNCERTAIN = ("SENSITIVITY", "GAIN")
"""How people differ in what the mechanism makes of the same exposure."""
MIXED = "mixed"


@dataclass(frozen=True)
class Cells:
    """Groups at one time each, as positions in arrays.

    Attributes:
        part, regimen, node: where to read relief and belief.
        drug: 1 for ketamine, 0 for what stands in its place.
        belief: what the arm believes, by position in ``beliefs``.
        background: name of the background treatment and how much of its full effect is reached, by cell.
    """

    part: np.ndarray
    regimen: np.ndarray
    node: np.ndarray
    drug: np.ndarray
    beliefs: tuple[str, ...]
    backgrounds: tuple[tuple[str, float], ...]


@dataclass(frozen=True)
class Means:
    """Expected falls as parts of the baseline, and how they change with what differs between trials.

    Attributes:
        fall: of every cell, in an average trial.
        by_nonspecific: per unit of the trial's own change of everything that is not drug.
        by_drug: per unit of the trial's own change of the drug part.
    """

    fall: Any
    by_nonspecific: Any
    by_drug: Any


class Law:
    """The library's equations for one mechanism and a set of groups.

    Args:
        mechanism: shares, as a course takes them.
    """

    def __init__(self, mechanism: Shares, seen: Sequence[tuple[Seen, float | None]]) -> None:
        """Solve the kinetics of every regimen, once."""
        made = {one.name: one for one in chain_of_effects((), ("depression",), mechanism)}
        self.mechanism: Effect = made["mechanism"]
        keys = list(dict.fromkeys((one.regimen, age) for one, age in seen))
        times = {key: {one.time_h for one, age in seen if (one.regimen, age) == key} for key in keys}
        names = names_seen(self.mechanism)
        exposures = [expose(words, person_of(age), times[words, age], names) for words, age in keys]
        short = [place for place, one in enumerate(exposures) if len(one.times_h) <= _SHORT]
        long = [place for place in range(len(keys)) if place not in short]
        self.parts = [batch([exposures[place] for place in part]) for part in (short, long) if part]
        self.cells = _cells(seen, [keys[place] for place in (*short, *long)], self.parts)
        self.belief = np.asarray(self._at_cells(EXPECTANCY, {}, "belief")[:, 0])
        self.person = next(name for name in _UNCERTAIN if name in self.mechanism.parameters)
        self.omega2 = self.mechanism.variability[self.person].omega2.value

    def relief(self, values: Mapping[str, Any]) -> tuple[Any, Any]:
        """Relief in every cell: mean over people, and of the typical person."""
        points, weights = _normal(_NODES)
        typical = values.get(f"mechanism.{self.person}", self.mechanism.parameters[self.person].value)
        own = typical * jnp.exp(np.sqrt(self.omega2) * points)
        given = _of("mechanism", values, self.mechanism)
        people = self._at_cells(self.mechanism, {**given, self.person: own}, "relief")
        return self.cells.drug * (people @ weights), self.cells.drug * people[:, _NODES // 2]

    def _at_cells(self, effect: Effect, values: Mapping[str, Any], readout: str) -> Any:
        """A readout in every cell, (cell, person): short and long courses apart, so that no steps are wasted."""
        found = [
            follow(effect, part, values, readout)[
                self.cells.node[self.cells.part == place], self.cells.regimen[self.cells.part == place]
            ]
            for place, part in enumerate(self.parts)
        ]
        order = np.argsort(
            np.concatenate([np.flatnonzero(self.cells.part == place) for place in range(len(self.parts))])
        )
        return jnp.concatenate(found)[order]

    def means(self, values: Mapping[str, Any], relief: Any) -> Means:
        """Falls in every cell.

        1 - (1 - nonspecific (1 + u)) (1 - drug (1 + v)) (1 - benefit (1 + u)), and its slopes in u and v at 0.
        """
        belief = self._conviction(values) * self.belief
        nonspecific = jnp.where(
            jnp.asarray([one == MASKED for one in self.cells.beliefs]),
            _mean_of_belief(values["depression.BELIEF"], values["expectancy.EXPECTANCY_MASKED"]),
            _mean_of_belief(values["depression.BELIEF"], 1.0),
        )
        nonspecific = nonspecific * belief
        drug = _logit_mean(values["depression.SIZE"], _omega2("SIZE"), lambda size: size) * relief
        sizes = {name: values.get(f"{name}.SIZE_DEPRESSION", 0.0) for name, _ in self.cells.backgrounds}
        benefit = jnp.stack([jnp.asarray(sizes[name] * reached) for name, reached in self.cells.backgrounds])
        left, unspecific, other = 1.0 - drug, 1.0 - nonspecific, 1.0 - benefit
        return Means(
            1.0 - unspecific * left * other,
            nonspecific * left * other + unspecific * left * benefit,
            drug * unspecific * other,
        )

    def _conviction(self, values: Mapping[str, Any]) -> Any:
        own = {name: values[f"expectancy.CONVICTION_{name.upper()}"] for name in ("midazolam", "placebo")}
        known = {
            KETAMINE: 1.0,
            MASKED: 1.0,
            **own,
            "placebo_spray": values["expectancy.CONVICTION_PLACEBO_SPRAY"],
            MIXED: 0.5 * (own["midazolam"] + own["placebo"]),
        }
        return jnp.stack([jnp.asarray(known[name]) for name in self.cells.beliefs])


def seen_in(found: Sequence[Observation]) -> list[tuple[Seen, float | None]]:
    """All groups that the observations are about, the control groups of differences last."""
    first = [(one.group, one.age_y) for one in found]
    return first + [(one.less, one.age_y) for one in found if one.less is not None]


def _of(owner: str, values: Mapping[str, Any], effect: Effect) -> dict[str, Any]:
    """Those values that are an effect's own parameters."""
    own = {name.removeprefix(f"{owner}."): value for name, value in values.items() if name.startswith(f"{owner}.")}
    return {name: value for name, value in own.items() if name in effect.parameters}


def person_of(age: float | None) -> Person:
    """The typical person of a trial."""
    return Person(weight_kg=WEIGHT_KG) if age is None else Person(weight_kg=WEIGHT_KG, age_y=max(age, ADULT_Y[0]))


def _cells(
    seen: Sequence[tuple[Seen, float | None]], keys: list[tuple[str, float | None]], parts: Sequence[Batch]
) -> Cells:
    places = [(part, regimen) for part, one in enumerate(parts) for regimen in range(len(one.times_h))]
    chosen = [places[keys.index((one.regimen, age))] for one, age in seen]
    return Cells(
        np.asarray([part for part, _ in chosen]),
        np.asarray([regimen for _, regimen in chosen]),
        np.asarray([parts[part].node(place, one.time_h) for (part, place), (one, _) in zip(chosen, seen, strict=True)]),
        np.asarray([float(one.drug) for one, _ in seen]),
        tuple(one.belief for one, _ in seen),
        tuple((one.background, _reached(one.background, one.time_h)) for one, _ in seen),
    )


def _reached(background: str, time_h: float) -> float:
    """How much of a background treatment's full effect is there."""
    if not background:
        return 0.0
    entry: Comparator = catalogue.load("comparators", background)
    return float(entry.course(entry.typical(), time_h))


def _omega2(name: str) -> float:
    return DEPRESSION.variability[name].omega2.value


def _normal(count: int) -> tuple[np.ndarray, np.ndarray]:
    """Points and weights for a mean over a standard normal."""
    points, weights = np.polynomial.hermite_e.hermegauss(count)
    return points, weights / weights.sum()


def _logit_mean(typical: Any, omega2: float, of: Callable[[Any], Any]) -> Any:
    """Mean over people of a function of a number whose logit is normal."""
    points, weights = _normal(_FINE_NODES)
    return jnp.sum(weights * of(jax.nn.sigmoid(jnp.log(typical / (1.0 - typical)) + np.sqrt(omega2) * points)))


def _mean_of_belief(typical: Any, expectancy: Any) -> Any:
    """1 - (1 - BELIEF)^EXPECTANCY, mean over people."""
    return _logit_mean(typical, _omega2("BELIEF"), lambda belief: 1.0 - (1.0 - belief) ** expectancy)
