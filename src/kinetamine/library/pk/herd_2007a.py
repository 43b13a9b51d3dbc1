"""Herd and Anderson 2007: racemic ketamine given to children for a procedure.

Good for the first two hours after an intravenous dose in children of 1 to 14 years.
Not good for later times (nothing was sampled after 152 min), adults, enantiomers or metabolites.
"""

from __future__ import annotations

from functools import partial

from kinetamine.citation import Reference
from kinetamine.engine.events import Form
from kinetamine.engine.maths import Number
from kinetamine.engine.model import (
    Estimate,
    Output,
    PKModel,
    Provenance,
    Studied,
    Values,
    Variability,
    omega2_from_cv,
)
from kinetamine.engine.person import Person
from kinetamine.engine.scaling import allometric

HERD = Reference(
    key="herd_2007a",
    authors="Herd, D and Anderson, BJ",
    title="Ketamine disposition in children presenting for procedural sedation and analgesia in a children's"
    " emergency department",
    journal="Paediatr Anaesth",
    year=2007,
    volume="17",
    pages="622-629",
    doi="10.1111/j.1460-9592.2006.02145.x",
    pmid="17564643",
)
_fitted = partial(
    Estimate,
    source=HERD,
    where="abstract; the same in opentiva opentiva/ketamine.py",
    provenance=Provenance.FITTED,
)


def _cv(percent: float) -> Variability:
    return Variability(_fitted(omega2_from_cv(percent), "1", note=f"published as {percent:g} %, read as CV"))


def individual(p: Values, person: Person, _species: str) -> dict[str, Number]:
    """Volumes x WT/70, clearances x (WT/70)^0.75."""
    size = allometric(person, "herd_2007a")
    return {
        "V1": p.V1 * size.volume,
        "V2": p.V2 * size.volume,
        "CL": p.CL * size.clearance,
        "Q2": p.Q2 * size.clearance,
    }


def rates(a: Values, p: Values) -> dict[str, Number]:
    """Two compartments, elimination from the central one."""
    c1, c2 = a.central / p.V1, a.peripheral2 / p.V2
    return {"central": -p.CL * c1 - p.Q2 * (c1 - c2), "peripheral2": p.Q2 * (c1 - c2)}


ENTRY = PKModel(
    name="herd_2007a",
    title="Herd 2007a: racemic ketamine, children in an emergency department",
    references=(HERD,),
    studied=Studied(
        population="54 children, mean 8.3 years and 32.5 kg",
        people=54,
        age_y=(1.0, 14.0),
        weight_kg=(10.8, 74.8),
        forms=(Form.RACEMIC,),
        routes=("intravenous",),
        dose_mg=(10.8, 112.0),  # 1 to 1.5 mg/kg at those weights
        site="venous (assumed)",
    ),
    species=("racemate",),
    parameters={
        "V1": _fitted(38.7, "L"),
        "V2": _fitted(102.0, "L"),
        "CL": _fitted(90.0, "L/h"),
        "Q2": _fitted(215.0, "L/h"),
    },
    individual=individual,
    compartments=("central", "peripheral2"),
    rates=rates,
    outputs=(Output(analyte="ketamine", site="venous", mg_per_l=lambda a, p: a.central / p.V1),),
    roles={"parent": "central"},
    clearance=("CL",),
    variability={"V1": _cv(64.0), "V2": _cv(51.7), "CL": _cv(38.1), "Q2": _cv(19.0)},
    notes=(
        'The abstract says "blood"; venous is assumed.',
        "Samples were taken 14 to 152 min after the dose, so its 1.3 h are not a terminal half-life.",
        "Covariances and the residual were not read.",
    ),
)
