"""Everybody's own parameters: covariates of each person, interactions, and what no covariate tells."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields
from functools import partial
from typing import Any

import numpy as np
from jaxtyping import Float

from kinetamine import catalogue
from kinetamine.course import CYP2B6_ENTRIES
from kinetamine.engine.interaction import modulation
from kinetamine.engine.maths import Number
from kinetamine.engine.model import Effect, PKModel, Values
from kinetamine.engine.people import vary
from kinetamine.engine.person import Person
from kinetamine.engine.population import GROUPS, SEXES
from kinetamine.engine.problem import Modulation, Problem
from kinetamine.errors import FieldError
from kinetamine.population.differences import between_people
from kinetamine.population.table import DIPLOTYPES, People

Matrix = dict[str, Float[np.ndarray, " person"]]
"""Parameters by name, one number for each person."""
_CANNOT = (TypeError, ValueError)
"""What NumPy raises where an equation asks which of two numbers is larger, or looks one up, and is given many."""


class Crowd:
    """Many people in the place of one ``Person``: each covariate is an array."""

    def __init__(self, people: People) -> None:
        """Take the columns; what was not drawn is as in ``Person()``."""
        for one in fields(Person):
            setattr(self, one.name, people.numbers.get(one.name, getattr(Person(), one.name)))
        acts = np.array([group if group in {"asian", "japanese"} else "not stated" for group in GROUPS])
        self.sex = np.array(SEXES)[people.sex]
        self.ancestry = acts[people.ancestry]
        self.hypertension = people.hypertension
        self.weight_kg: np.ndarray | None = people.numbers.get("weight_kg")

    def require_weight(self, purpose: str) -> Float[np.ndarray, " person"]:
        """The weights in kg.

        Raises:
            FieldError: the population has none; ``purpose`` says what needs it.
        """
        if self.weight_kg is None:
            raise FieldError("weight_kg", None, f"a population with body weights, needed for {purpose}")
        return self.weight_kg


def parameters(problem: Problem, people: People, *, differences: bool = True) -> dict[str, Matrix]:
    """Everybody's parameters by entry: ``model:species`` for each molecule of the PK model, and each effect.

    Covariates, genotype and co-medication are those of ``people``; of the problem, only the model and the effects
    count. Random effects are those of ``between_people`` for the people's seed.

    Args:
        differences: whether people differ in what no covariate tells; False gives typical values for covariates.

    Raises:
        FieldError: a covariate is needed that the population does not have.
    """
    model = problem.model
    found = {f"{model.name}:{species}": _kinetic(model, species, people) for species in model.species}
    for effect in problem.effects:
        found[effect.name] = _individual(partial(effect.individual, effect.typical()), people)
    if not differences:
        return found
    entries: dict[str, PKModel | Effect] = dict.fromkeys(found, model)
    entries |= {effect.name: effect for effect in problem.effects}
    return {name: _differ(entries[name], values, people) for name, values in found.items()}


def _kinetic(model: PKModel, species: str, people: People) -> Matrix:
    """Everybody's parameters of one molecule of a PK model, interactions included."""
    values = _individual(lambda person: model.individual(model.typical(), person, species), people)
    clearance = np.array([one.clearance for one in modulations(people, model)])
    for name in model.clearance:
        values[name] = values[name] * clearance
    return values


def initial(effect: Effect, values: Mapping[str, Number], people: People) -> Matrix:
    """Everybody's state at the start, from parameters already made everybody's own."""
    try:
        return _columns(effect.states(Values(**values), _as_person(Crowd(people))), len(people))
    except _CANNOT:
        each = [
            effect.states(Values(**{name: value[row] for name, value in values.items()}), person)
            for row, person in enumerate(people)
        ]
        return _stacked(each)


def copes(entry: PKModel | Effect) -> bool:
    """Whether an entry takes all people at once; those that do not are asked person by person, with the same result."""
    people = _two()
    try:
        if isinstance(entry, PKModel):
            for species in entry.species:
                entry.individual(entry.typical(), _as_person(Crowd(people)), species)
        else:
            values = entry.individual(entry.typical(), _as_person(Crowd(people)))
            entry.states(Values(**values), _as_person(Crowd(people)))
    except _CANNOT:
        return False
    return True


def modulations(people: People, model: PKModel) -> list[Modulation]:
    """What genotype and co-medication do to each person's kinetics; as in ``Course``, only what is on by default."""
    drugs = [name for name in people.comedication if name in catalogue.names("interactions")]
    taken = np.stack([people.diplotype, *(people.comedication[name] for name in drugs)], axis=1).astype(int)
    kinds, which = np.unique(taken, axis=0, return_inverse=True)
    known = []
    for kind in kinds:
        implied = CYP2B6_ENTRIES[DIPLOTYPES[kind[0]]] if kind[0] >= 0 else ()
        named = [catalogue.load("interactions", drug) for drug, takes in zip(drugs, kind[1:], strict=True) if takes]
        named += [one for name in implied if (one := catalogue.load("interactions", name)).default_on]
        known.append(modulation(named, well_stirred=model.well_stirred))
    return [known[one] for one in which.ravel()]


def _individual(of: Callable[[Person], dict[str, Number]], people: People) -> Matrix:
    """All at once where the equations allow it, or else one by one."""
    try:
        return _columns(of(_as_person(Crowd(people))), len(people))
    except _CANNOT:
        return _stacked([of(person) for person in people])


def _as_person(crowd: Crowd) -> Person:
    """Equations ask a person for covariates, and a crowd answers."""
    stand_in: Any = crowd
    return stand_in  # type: ignore[no-any-return]


def _columns(values: Mapping[str, Number], count: int) -> Matrix:
    return {
        name: np.array(np.broadcast_to(np.asarray(value, dtype=np.float64), (count,))) for name, value in values.items()
    }


def _stacked(each: list[dict[str, Number]]) -> Matrix:
    return {name: np.array([float(one[name]) for one in each]) for name in each[0]}


def _differ(entry: PKModel | Effect, values: Matrix, people: People) -> Matrix:
    effects = between_people(entry.name, entry.variability, entry.covariance, len(people), people.seed, people.first)
    return {name: np.asarray(value) for name, value in vary(values, entry.variability, effects).items()}


def _two() -> People:
    """Two people who differ in everything an entry may ask for."""
    population = catalogue.load("populations", "us_adults")
    both = np.array([0, 1], dtype=np.int8)
    numbers = {
        one.name: np.array([getattr(Person(weight_kg=60.0, height_cm=160.0), one.name)] * 2) * np.array([1.0, 1.1])
        for one in fields(Person)
        if isinstance(getattr(Person(weight_kg=60.0, height_cm=160.0), one.name), float)
    }
    return People(
        population=population,
        seed=0,
        first=0,
        numbers=numbers,
        sex=both,
        ancestry=np.array([GROUPS.index("white"), GROUPS.index("japanese")], dtype=np.int8),
        diplotype=both,
        hypertension=both.astype(bool),
    )
