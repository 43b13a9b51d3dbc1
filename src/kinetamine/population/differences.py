"""How people differ in what no covariate tells: between people, between occasions, between readings.

The same laws as ``kinetamine.engine.people``, whose numbers come from one stream and depend on how many are
drawn; here each number depends on the seed, the entry, the parameter and the person alone.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from jaxtyping import Float

from kinetamine.engine.model import Estimate, Variability
from kinetamine.errors import FieldError, SolverError
from kinetamine.population.streams import normals, require, require_whole

Effects = dict[str, Float[np.ndarray, " person"]]
Covariance = Mapping[tuple[str, str], Estimate]


def draw(
    owner: str,
    variability: Mapping[str, Variability],
    covariance: Covariance,
    people: int,
    seed: int,
    first: int = 0,
) -> Effects:
    """Random effects by parameter, as ``kinetamine.engine.people.draw``: person 0 is the typical one."""
    if not variability or not people:
        return {}
    found = between_people(owner, variability, covariance, people, seed, first)
    return {name: np.concatenate(([0.0], values)) for name, values in found.items()}


def between_people(
    owner: str,
    variability: Mapping[str, Variability],
    covariance: Covariance,
    people: int,
    seed: int,
    first: int = 0,
) -> Effects:
    """What each person has throughout, by parameter, on the log or the logit scale of ``variability``.

    Args:
        owner: name of the model, effect or outcome.

    Raises:
        FieldError: a variance or covariance is no finite number.
        SolverError: the covariance matrix is not positive definite; the message names owner and pair.
    """
    require(people, seed, first)
    return _together(owner, variability, covariance, f"person/{owner}", (people, seed, first, 0))


def between_occasions(
    owner: str,
    variability: Mapping[str, Variability],
    people: int,
    seed: int,
    session: int,
    first: int = 0,
) -> Effects:
    """What each person has in one session only, by parameter; sessions count from 0."""
    require(people, seed, first)
    require_whole("session", session, 0)
    return _together(owner, variability, {}, f"session/{owner}", (people, seed, first, session))


def residuals(
    owner: str, readout: str, sd: float, people: int, seed: int, readings: int, first: int = 0
) -> Float[np.ndarray, "person reading"]:
    """What each reading adds to the person's true value, new every time."""
    require(people, seed, first)
    if not sd >= 0.0:
        raise FieldError("sd", sd, "0 or more")
    stream = f"reading/{owner}/{readout}"
    return sd * np.stack([normals(seed, stream, people, first, one) for one in range(readings)], axis=1)


def _together(
    owner: str,
    variability: Mapping[str, Variability],
    covariance: Covariance,
    stream: str,
    numbers: tuple[int, int, int, int],
) -> Effects:
    names = list(variability)
    people, seed, first, occasion = numbers
    lower = _root(owner, names, variability, covariance)
    alone = [normals(seed, f"{stream}/{name}", people, first, occasion) for name in names]
    found: Effects = {}
    for row, name in enumerate(names):  # a sum in fixed order: the same to the last bit on every machine
        total = np.zeros(people)
        for column in range(row + 1):
            if lower[row, column] != 0.0:
                total = total + lower[row, column] * alone[column]
        found[name] = total
    return found


def _root(owner: str, names: list[str], variability: Mapping[str, Variability], covariance: Covariance) -> np.ndarray:
    omega = np.diag([variability[name].omega2.value for name in names])
    for (one, other), estimate in covariance.items():
        i, j = names.index(one), names.index(other)
        omega[i, j] = omega[j, i] = estimate.value
    for i, j in np.argwhere(~np.isfinite(omega)):
        raise FieldError(f"{owner}: covariance of {names[i]} with {names[j]}", float(omega[i, j]), "a finite number")
    if covariance:
        try:
            return np.asarray(np.linalg.cholesky(omega))
        except np.linalg.LinAlgError as error:
            one, other = max(covariance, key=lambda pair: _correlation(omega, names, pair))
            message = f"{owner}: its covariance matrix is not positive definite; look at {one} with {other}"
            raise SolverError(message) from error
    return np.sqrt(omega)


def _correlation(omega: np.ndarray, names: list[str], pair: tuple[str, str]) -> float:
    i, j = (names.index(name) for name in pair)
    return abs(float(omega[i, j])) / float(np.sqrt(omega[i, i] * omega[j, j]))
