"""Domino 1984: racemic ketamine after an anaesthetic bolus, the set that infusion pumps use.

Good for comparing with pumps and simulators that run it.
Not good for the first minutes (its central volume is 4 L) or for exposure (its clearance is the highest of all).
"""

from __future__ import annotations

from functools import partial

from kinetamine.citation import Reference
from kinetamine.engine.events import Form
from kinetamine.engine.maths import Number
from kinetamine.engine.model import Estimate, Output, PKModel, Provenance, Studied, Values
from kinetamine.engine.person import Person

DOMINO = Reference(
    key="domino_1984",
    authors="Domino, EF and Domino, SE and Smith, RE and Domino, LE and Goulet, JR and Domino, KE and Zsigmond, EK",
    title="Ketamine kinetics in unmedicated and diazepam-premedicated subjects",
    journal="Clin Pharmacol Ther",
    year=1984,
    volume="36",
    pages="645-653",
    url="https://github.com/StevenLShafer/stanpumpR/blob/ace20c9c8de31c591ad5156d393df2d49bed1a15/R/drugs_ketamine.R",
)
_fitted = partial(
    Estimate,
    source=DOMINO,
    where="as transcribed in opentiva opentiva/ketamine.py, simtiva pharmacology.js and (3 digits) stanpumpR",
    provenance=Provenance.FITTED,
)
MINUTES = 60.0
"""Minutes in an hour: the constants are published per minute."""
_RATES = ("K10", "K12", "K13", "K21", "K31")


def individual(p: Values, person: Person, _species: str) -> dict[str, Number]:
    """The volume is per kg; rate constants do not depend on weight; 1/min to 1/h."""
    given = vars(p)
    volume = p.V1 * person.require_weight("scaling domino_1984")
    return {"V1": volume} | {name: given[name] * MINUTES for name in _RATES}


def rates(a: Values, p: Values) -> dict[str, Number]:
    """Three compartments, elimination from the central one."""
    to2, to3 = p.K12 * a.central - p.K21 * a.peripheral2, p.K13 * a.central - p.K31 * a.peripheral3
    return {"central": -p.K10 * a.central - to2 - to3, "peripheral2": to2, "peripheral3": to3}


ENTRY = PKModel(
    name="domino_1984",
    title="Domino 1984: racemic ketamine, anaesthetic bolus, adults",
    references=(DOMINO,),
    studied=Studied(
        population="adults, some after diazepam; how many and of what age was not read",
        forms=(Form.RACEMIC,),
        routes=("intravenous",),
        site="venous (assumed)",
    ),
    species=("racemate",),
    parameters={
        "V1": _fitted(0.063, "L/kg"),
        "K10": _fitted(0.4381, "1/min"),
        "K12": _fitted(0.5921, "1/min"),
        "K13": _fitted(0.59, "1/min"),
        "K21": _fitted(0.247, "1/min"),
        "K31": _fitted(0.0146, "1/min"),
    },
    individual=individual,
    compartments=("central", "peripheral2", "peripheral3"),
    rates=rates,
    outputs=(Output(analyte="ketamine", site="venous", mg_per_l=lambda a, p: a.central / p.V1),),
    roles={"parent": "central"},
    clearance=("K10",),
    notes=(
        "The paper was not seen: population, doses, sampling site (venous is assumed) and variability were not read.",
        (
            "Some files cite the 1982 paper of the same group (PMID 7198883) for this set; a separate 1982 set of fixed"
            " volumes exists in one unnamed public file and is not offered."
        ),
    ),
)
