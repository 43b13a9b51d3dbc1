"""Draws from the posterior by NUTS."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import jax
import jax.numpy as jnp
import numpy as np
import numpyro
from numpyro.diagnostics import effective_sample_size, gelman_rubin
from numpyro.infer import MCMC, NUTS, init_to_value

from kinetamine.inference.fit import Mode, Model


@dataclass(frozen=True)
class Length:
    """How long one chain is: steps to settle, then draws."""

    warmup: int = 200
    draws: int = 400


@dataclass(frozen=True)
class Chain:
    """Draws of the standardised free numbers, (draw, free), and the steps that went astray."""

    z: np.ndarray
    divergences: int


@dataclass(frozen=True)
class Sampled:
    """Several chains together.

    Attributes:
        z: all draws, (draw, free).
        rhat, ess: the largest and the smallest over the free numbers.
    """

    z: np.ndarray
    rhat: float
    ess: float
    divergences: int

    def kept(self, count: int) -> np.ndarray:
        """A thinned part, evenly spaced."""
        thinned: np.ndarray = self.z[np.linspace(0, len(self.z) - 1, count).astype(int)]
        return thinned


def sample(model: Model, mode: Mode, length: Length, seed: int) -> Chain:
    """One chain of NUTS, from a point near the mode, with the curvature there to begin with."""

    def density() -> None:
        z = numpyro.sample("z", numpyro.distributions.Normal(0.0, 1.0).expand([len(model.free)]).to_event(1))
        numpyro.factor("rows", model.log_posterior(z) + 0.5 * jnp.sum(z**2))

    near = np.random.default_rng(seed).multivariate_normal(np.zeros(len(mode.z)), mode.covariance)
    kernel = NUTS(
        density,
        dense_mass=True,
        inverse_mass_matrix=jnp.asarray(mode.covariance),
        init_strategy=init_to_value(values={"z": jnp.asarray(mode.z + 0.7 * near)}),
        max_tree_depth=5,
    )
    run = MCMC(kernel, num_warmup=length.warmup, num_samples=length.draws, progress_bar=False)
    run.run(jax.random.PRNGKey(seed), extra_fields=("diverging",))
    draws: np.ndarray = np.asarray(run.get_samples()["z"])
    return Chain(draws, int(np.sum(np.asarray(run.get_extra_fields()["diverging"]))))


def together(chains: Sequence[Chain]) -> Sampled:
    """Chains with their diagnostics."""
    z = np.stack([one.z for one in chains])
    return Sampled(
        z=z.reshape(-1, z.shape[-1]),
        rhat=float(np.max(gelman_rubin(z))),
        ess=float(np.min(effective_sample_size(z))),
        divergences=sum(one.divergences for one in chains),
    )
