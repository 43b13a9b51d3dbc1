"""Hijazi 2003: racemic ketamine infused in intensive care after brain or spinal cord injury.

Good for sedation in intensive care, where clearance is nearly twice that of others.
Not good for outpatients, enantiomers or metabolites.
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

HIJAZI = Reference(
    key="hijazi_2003",
    authors="Hijazi, Y and Bodonian, C and Bolon, M and Salord, F and Boulieu, R",
    title="Pharmacokinetics and haemodynamics of ketamine in intensive care patients with brain or spinal cord injury",
    journal="Br J Anaesth",
    year=2003,
    volume="90",
    pages="155-160",
    doi="10.1093/bja/aeg028",
    pmid="12538370",
)
_fitted = partial(
    Estimate,
    source=HIJAZI,
    where="as transcribed in opentiva opentiva/ketamine.py",
    provenance=Provenance.FITTED,
)
MINUTES = 60.0
"""Minutes in an hour: the constants are published per minute."""


def individual(p: Values, person: Person, _species: str) -> dict[str, Number]:
    """The volume is per kg; rate constants do not depend on weight; 1/min to 1/h."""
    return {
        "V1": p.V1 * person.require_weight("scaling hijazi_2003"),
        "K10": p.K10 * MINUTES,
        "K12": p.K12 * MINUTES,
        "K21": p.K21 * MINUTES,
    }


def rates(a: Values, p: Values) -> dict[str, Number]:
    """Two compartments, elimination from the central one."""
    return {
        "central": -(p.K10 + p.K12) * a.central + p.K21 * a.peripheral2,
        "peripheral2": p.K12 * a.central - p.K21 * a.peripheral2,
    }


ENTRY = PKModel(
    name="hijazi_2003",
    title="Hijazi 2003: racemic ketamine infusion, intensive care",
    references=(HIJAZI,),
    studied=Studied(
        population="12 adults in intensive care with brain or spinal cord injury",
        people=12,
        age_y=(18.0, 110.0),  # adults by a public summary; the ages themselves were not read
        forms=(Form.RACEMIC,),
        routes=("intravenous",),
        site="venous (assumed)",
    ),
    species=("racemate",),
    parameters={
        "V1": _fitted(1.08, "L/kg"),
        "K10": _fitted(0.0333, "1/min"),
        "K12": _fitted(0.0088, "1/min"),
        "K21": _fitted(0.003, "1/min"),
    },
    individual=individual,
    compartments=("central", "peripheral2"),
    rates=rates,
    outputs=(Output(analyte="ketamine", site="venous", mg_per_l=lambda a, p: a.central / p.V1),),
    roles={"parent": "central"},
    clearance=("K10",),
    variability={
        "K10": Variability(
            Estimate(
                omega2_from_cv(36.9),
                "1",
                HIJAZI,
                "abstract",
                Provenance.DERIVED,
                note="clearance published as mean 36.0, SD 13.3 mL/min/kg over people; all of it put on K10",
            )
        )
    },
    notes=(
        "The sampling site was not read; venous is assumed.",
        "The abstract also gives SD 54 % of the volume and 33 % of the half-life, with no correlation: not simulated.",
    ),
)
