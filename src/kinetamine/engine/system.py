"""One species of one model with its depots and effect sites: a linear system made from plain equations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float

from kinetamine.engine.maths import Number
from kinetamine.engine.model import PKModel, Values


@dataclass(frozen=True)
class Depot:
    """An absorption site emptied at first order into a compartment of the model."""

    name: str
    into: str
    ka_per_h: Number


@dataclass(frozen=True)
class Site:
    """An effect site that follows one output of the model with a first-order delay, in mg/L."""

    name: str
    output: str
    ke0_per_h: Number
    scale: float = 1.0


@dataclass(frozen=True)
class Arm:
    """How venous blood follows arterial blood, turned round: arterial from venous.

    Venous blood is a fraction FV that passed the arm at once and 1 - FV that exchanged with its tissue at rate
    KV: v = FV a + (1 - FV) t, t' = KV (a - t). So t' = KV/FV (v - t) and a = (v - (1 - FV) t) / FV.
    """

    fv: float
    kv_per_h: float


TISSUE = "arm_tissue"
"""The state of an Arm, mg/L."""
ESTIMATED = "ketamine_arterial"
"""The output that an Arm adds to a model of venous blood only."""
VENOUS = "ketamine_venous"


@dataclass(frozen=True)
class System:
    """The equations of one species, ready for any solver.

    States are amounts in mg (model compartments, depots) and then concentrations in mg/L (arm tissue, effect sites).

    Attributes:
        arm: for a model that predicts venous blood only, what brings ketamine to arterial; None: not wanted.
    """

    model: PKModel
    parameters: Values
    depots: tuple[Depot, ...] = ()
    sites: tuple[Site, ...] = ()
    arm: Arm | None = None

    @property
    def states(self) -> tuple[str, ...]:
        """Names of all states in order."""
        depots, sites = (depot.name for depot in self.depots), (site.name for site in self.sites)
        return (*self.model.compartments, *depots, *((TISSUE,) if self.arm else ()), *sites)

    @property
    def output_names(self) -> tuple[str, ...]:
        """Names of all outputs in order."""
        return (*(output.name for output in self.model.outputs), *((ESTIMATED,) if self.arm else ()))

    def rates(self, state: Sequence[Number]) -> list[Number]:
        """d(state)/dt per hour; the text every backend runs."""
        a = Values(**dict(zip(self.states, state, strict=True)))
        change = dict(self.model.rates(a, self.parameters))
        for depot in self.depots:
            absorbed = depot.ka_per_h * getattr(a, depot.name)
            change[depot.name] = -absorbed
            change[depot.into] = change[depot.into] + absorbed
        concentration = self._concentrations(a)
        if self.arm:
            change[TISSUE] = self.arm.kv_per_h / self.arm.fv * (concentration[VENOUS] - getattr(a, TISSUE))
        for site in self.sites:
            gap = site.scale * concentration[site.output] - getattr(a, site.name)
            change[site.name] = site.ke0_per_h * gap
        return [change[name] for name in self.states]

    def outputs(self, state: Sequence[Number]) -> list[Number]:
        """The concentrations in mg/L, in the order of ``output_names``."""
        a = Values(**dict(zip(self.states, state, strict=True)))
        return list(self._concentrations(a).values())

    def matrix(self) -> Float[np.ndarray, "people state state"]:
        """The system matrix A in 1/h: the equations evaluated on unit vectors, exact because they are linear."""
        return _columns(self.rates, len(self.states))

    def output_matrix(self) -> Float[np.ndarray, "people output state"]:
        """The matrix from states to outputs in mg/L."""
        return _columns(self.outputs, len(self.states))

    def _concentrations(self, a: Values) -> dict[str, Number]:
        found = {output.name: output.mg_per_l(a, self.parameters) for output in self.model.outputs}
        if self.arm:
            found[ESTIMATED] = (found[VENOUS] - (1.0 - self.arm.fv) * getattr(a, TISSUE)) / self.arm.fv
        return found


def _columns(function: object, size: int) -> Float[np.ndarray, "people row {size}"]:
    unit = np.eye(size)
    columns = [[np.atleast_1d(value) for value in function(list(unit[j]))] for j in range(size)]  # type: ignore[operator]
    people = max(len(value) for column in columns for value in column)
    full = [[np.broadcast_to(value, (people,)) for value in column] for column in columns]
    return np.moveaxis(np.asarray(full, dtype=np.float64), -1, 0).swapaxes(1, 2)
