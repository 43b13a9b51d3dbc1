"""The disposition that the routes were fitted on, restated so that the fits do not move when a model does.

Parent: Kamp 2020 (10.1097/ALN.0000000000003577). Venous delay: fitted to the Otto 2021 infusion.
Norketamine: Otto 2021 (10.1007/s00228-021-03104-1), in mg of ketamine equivalents.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from kinetamine.engine.events import Event, Form
from kinetamine.engine.maths import Number
from kinetamine.engine.model import Administration, Output, Path, PKModel, Studied, Values
from kinetamine.engine.person import Person
from kinetamine.engine.problem import Problem
from kinetamine.engine.scaling import allometric
from kinetamine.engine.solve import simulate

Curve = np.ndarray


def individual(_p: Values, person: Person, _species: str) -> dict[str, Number]:
    """Volumes x WT/70, clearances x (WT/70)^0.75."""
    size = allometric(person, "the receiver")
    volumes = {"V1": 25.0, "V2": 56.0, "V3": 157.0, "V1_nk": 98.6, "V2_nk": 160.0}
    flows = {"CL": 84.0, "Q2": 161.0, "Q3": 79.0, "CL_nk": 57.7, "Q2_nk": 42.8}
    scaled = {name: value * size.volume for name, value in volumes.items()}
    return scaled | {name: value * size.clearance for name, value in flows.items()} | {"KV": 3.02}


def rates(a: Values, p: Values) -> dict[str, Number]:
    """Three compartments, a venous delay, and norketamine in two compartments."""
    c1, c2, c3 = a.central / p.V1, a.peripheral2 / p.V2, a.peripheral3 / p.V3
    n1, n2 = a.norketamine / p.V1_nk, a.norketamine2 / p.V2_nk
    return {
        "central": -p.CL * c1 - p.Q2 * (c1 - c2) - p.Q3 * (c1 - c3),
        "peripheral2": p.Q2 * (c1 - c2),
        "peripheral3": p.Q3 * (c1 - c3),
        "venous": p.KV * (c1 - a.venous),
        "norketamine": p.CL * c1 - p.CL_nk * n1 - p.Q2_nk * (n1 - n2),
        "norketamine2": p.Q2_nk * (n1 - n2),
    }


@dataclass(frozen=True)
class Given:
    """One dose of so many mg to a person of this weight, and what it leaves."""

    amount_mg: float
    weight_kg: float = 70.0
    horizon_h: float = 24.0

    def by(self, *paths: Path) -> Courses:
        """The arterial, venous and norketamine curves when the dose takes these paths."""
        model = PKModel(
            name="receiver",
            title="Receiver of the fits",
            references=(),
            studied=Studied(population="none"),
            species=("racemate",),
            parameters={},
            individual=individual,
            compartments=("central", "peripheral2", "peripheral3", "venous", "norketamine", "norketamine2"),
            rates=rates,
            outputs=(
                Output(analyte="ketamine", site="arterial", mg_per_l=lambda a, p: a.central / p.V1),
                Output(analyte="ketamine", site="venous", mg_per_l=lambda a, _p: a.venous),
                Output(analyte="norketamine", site="venous", mg_per_l=lambda a, p: a.norketamine / p.V1_nk),
            ),
            roles={"parent": "central", "norketamine": "norketamine"},
            clearance=("CL",),
            absorption={"fitted": _fixed(paths)},
        )
        event = Event(time_h=0.0, amount_mg=self.amount_mg, form=Form.RACEMIC, route="fitted")
        person = Person(weight_kg=self.weight_kg)
        done = simulate(Problem(model=model, events=(event,), person=person, horizon_h=self.horizon_h))
        names = ("ketamine_arterial", "ketamine_venous", "norketamine_venous")
        return Courses(done.times_h, *(done[name].typical for name in names))


def _fixed(paths: tuple[Path, ...]) -> object:
    def absorption(_p: Values, _given: Administration) -> tuple[Path, ...]:
        return paths

    return absorption


@dataclass(frozen=True)
class Courses:
    """Three concentration curves in ng/mL."""

    times_h: Curve
    arterial: Curve
    venous: Curve
    norketamine: Curve

    def at(self, curve: Curve, time_h: float) -> float:
        """One curve at one time."""
        return float(np.interp(time_h, self.times_h, curve))

    def peak(self, curve: Curve) -> tuple[float, float]:
        """Height in ng/mL and time in h."""
        top = int(curve.argmax())
        return float(curve[top]), float(self.times_h[top])

    def area(self, curve: Curve, until_h: float) -> float:
        """AUC from the dose until this time, ng*h/mL."""
        inside = self.times_h <= until_h + 1e-9
        return float(np.trapezoid(curve[inside], self.times_h[inside]))
