"""Clements and Nimmo 1981: racemic ketamine after a small intravenous bolus, as one molecule.

Good as an old, simple, venous-like curve for sub-anaesthetic doses.
Not good for anything about enantiomers or metabolites, nor for judging spread: neither was read.
"""

from __future__ import annotations

from functools import partial

from kinetamine.citation import Reference
from kinetamine.engine.events import Form
from kinetamine.engine.maths import Number
from kinetamine.engine.model import Estimate, Output, PKModel, Provenance, Studied, Values
from kinetamine.engine.person import Person

CLEMENTS = Reference(
    key="clements_1981",
    authors="Clements, JA and Nimmo, WS",
    title="Pharmacokinetics and analgesic effect of ketamine in man",
    journal="Br J Anaesth",
    year=1981,
    volume="53",
    pages="27-30",
    doi="10.1093/bja/53.1.27",
    pmid="7459184",
)
_fitted = partial(
    Estimate,
    source=CLEMENTS,
    where="0.25 mg/kg set, as transcribed in opentiva opentiva/ketamine.py",
    provenance=Provenance.FITTED,
)
MINUTES = 60.0
"""Minutes in an hour: the constants are published per minute."""


def individual(p: Values, person: Person, _species: str) -> dict[str, Number]:
    """The volume is per kg; rate constants do not depend on weight; 1/min to 1/h."""
    return {
        "V1": p.V1 * person.require_weight("scaling clements_1981"),
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
    name="clements_1981",
    title="Clements 1981: racemic ketamine, small bolus, healthy adults",
    references=(CLEMENTS,),
    studied=Studied(
        population="adults; how many and of what age was not read",
        forms=(Form.RACEMIC,),
        routes=("intravenous",),
        dose_mg=(6.25, 25.0),  # 0.125 and 0.25 mg/kg, for 50 to 100 kg
        site="venous (assumed)",
    ),
    species=("racemate",),
    parameters={
        "V1": _fitted(1.7522, "L/kg"),
        "K10": _fitted(0.0109, "1/min"),
        "K12": _fitted(0.0186, "1/min"),
        "K21": _fitted(0.0137, "1/min"),
    },
    individual=individual,
    compartments=("central", "peripheral2"),
    rates=rates,
    outputs=(Output(analyte="ketamine", site="venous", mg_per_l=lambda a, p: a.central / p.V1),),
    roles={"parent": "central"},
    clearance=("K10",),
    notes=(
        (
            "The sampling site, the number of people and whether doses are of salt or base were not read;"
            " venous is assumed, base is taken."
        ),
        "Between-person and residual variability were not read: everybody is the typical person.",
        (
            "A second set, for 0.125 mg/kg, is in one unnamed public file only: V1 1.202 and V2 2.114 L/kg,"
            " CL 0.0166 and Q2 0.0263 L/min/kg."
        ),
    ),
)
