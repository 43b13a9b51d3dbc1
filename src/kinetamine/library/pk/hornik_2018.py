"""Hornik 2018: racemic ketamine in hospital children, into muscle or vein.

Good for comparing with its own paper, in children.
Not good for adults: its clearance is less than half of all others, and its intramuscular fraction of 41 %
contradicts the 93 % of adults.
"""

from __future__ import annotations

from functools import partial

from kinetamine.citation import Reference
from kinetamine.engine.events import Form
from kinetamine.engine.maths import Number
from kinetamine.engine.model import Administration, Estimate, Output, Path, PKModel, Provenance, Studied, Values
from kinetamine.engine.person import Person
from kinetamine.engine.scaling import allometric

HORNIK = Reference(
    key="hornik_2018",
    authors="Hornik, CP and Gonzalez, D and van den Anker, J and others",
    title="Population pharmacokinetics of intramuscular and intravenous ketamine in children",
    journal="J Clin Pharmacol",
    year=2018,
    volume="58",
    pages="1092-1104",
    doi="10.1002/jcph.1116",
    pmid="29677389",
)
_fitted = partial(
    Estimate,
    source=HORNIK,
    where="as transcribed in opentiva opentiva/ketamine.py",
    provenance=Provenance.FITTED,
)


def individual(p: Values, person: Person, _species: str) -> dict[str, Number]:
    """Volumes x WT/70, clearances x (WT/70)^0.75."""
    size = allometric(person, "hornik_2018")
    return {
        "V1": p.V1 * size.volume,
        "V2": p.V2 * size.volume,
        "CL": p.CL * size.clearance,
        "Q2": p.Q2 * size.clearance,
        "F1": p.F1,
        "KA": p.KA,
    }


def rates(a: Values, p: Values) -> dict[str, Number]:
    """Two compartments, elimination from the central one."""
    c1, c2 = a.central / p.V1, a.peripheral2 / p.V2
    return {"central": -p.CL * c1 - p.Q2 * (c1 - c2), "peripheral2": p.Q2 * (c1 - c2)}


def intramuscular(p: Values, _given: Administration) -> tuple[Path, ...]:
    """First order out of the muscle, as published; its rate is assumed."""
    return (Path(name="muscle", into="central", fraction=p.F1, ka_per_h=p.KA),)


ENTRY = PKModel(
    name="hornik_2018",
    title="Hornik 2018: racemic ketamine, muscle or vein, hospital children",
    references=(HORNIK,),
    studied=Studied(
        population="113 children in hospital, 50 dosed into muscle and 63 into a vein, median 3.3 years and 14 kg",
        people=113,
        age_y=(0.02, 17.6),
        weight_kg=(2.4, 176.1),
        forms=(Form.RACEMIC,),
        routes=("intravenous", "intramuscular"),
        site="venous (assumed)",
    ),
    species=("racemate",),
    parameters={
        "V1": _fitted(32.8, "L"),
        "V2": _fitted(152.0, "L"),
        "CL": _fitted(38.9, "L/h"),
        "Q2": _fitted(54.9, "L/h"),
        "F1": _fitted(0.41, "1", where="abstract", note="of an intramuscular dose"),
        "KA": Estimate(
            4.0,
            "1/h",
            HORNIK,
            'none: the abstract says only "first-order absorption"',
            Provenance.ASSUMED,
            note="peaks 15 min after the injection, as the Swiss Ketalar label says of adults",
        ),
    },
    individual=individual,
    compartments=("central", "peripheral2"),
    rates=rates,
    outputs=(Output(analyte="ketamine", site="venous", mg_per_l=lambda a, p: a.central / p.V1),),
    roles={"parent": "central"},
    clearance=("CL",),
    absorption={"intramuscular": intramuscular},
    notes=(
        "The rate of intramuscular absorption is assumed: no readable place prints it.",
        "Few samples a child, taken with routine blood; venous is assumed. Doses and variability were not read.",
        "Low clearance with a low intramuscular fraction suggests that the two routes were poorly told apart.",
    ),
)
