"""Draw how a few virtual people differ from the typical one."""

from __future__ import annotations

import zlib
from collections.abc import Mapping

import numpy as np
from jaxtyping import Float

from kinetamine.engine.maths import Number
from kinetamine.engine.model import Estimate, Variability
from kinetamine.errors import SolverError


def draw(
    owner: str,
    variability: Mapping[str, Variability],
    covariance: Mapping[tuple[str, str], Estimate],
    people: int,
    seed: int,
) -> dict[str, Float[np.ndarray, " person"]]:
    """Random effects by parameter, none for no people; person 0 is the typical one, whose effects are zero.

    The stream depends on the seed and on the owner's name alone, so adding an effect changes no other.
    """
    names = list(variability)
    if not names or not people:
        return {}
    omega = np.diag([variability[name].omega2.value for name in names])
    for (one, other), estimate in covariance.items():
        i, j = names.index(one), names.index(other)
        omega[i, j] = omega[j, i] = estimate.value
    try:
        root = np.linalg.cholesky(omega)
    except np.linalg.LinAlgError as error:
        message = f"{owner}: its covariance matrix is not positive definite"
        raise SolverError(message) from error
    stream = np.random.default_rng([seed, zlib.crc32(owner.encode())])
    etas = stream.standard_normal((people, len(names))) @ root.T
    etas = np.vstack((np.zeros(len(names)), etas))
    return {name: etas[:, position] for position, name in enumerate(names)}


def vary(
    values: Mapping[str, Number],
    variability: Mapping[str, Variability],
    etas: Mapping[str, Float[np.ndarray, " person"]],
) -> dict[str, Number]:
    """The typical values with each person's random effects applied, on the log or the logit scale."""
    varied = dict(values)
    for name, eta in etas.items():
        value = values[name]
        if variability[name].scale == "logit":
            odds = value / (1.0 - value) * np.exp(eta)
            varied[name] = odds / (1.0 + odds)
        else:
            varied[name] = value * np.exp(eta)
    return varied
