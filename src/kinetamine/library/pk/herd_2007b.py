"""Herd, Anderson and Holford 2007: racemic ketamine and norketamine, children and adults together.

Good for the parent's half-life of 2.1 h over a wide range of ages, and for the norketamine level in the long run.
Not good for when norketamine peaks: the volume it spreads in could not be read and is assumed.
"""

from __future__ import annotations

from functools import partial

from kinetamine.citation import Reference
from kinetamine.engine.events import Form
from kinetamine.engine.maths import Number
from kinetamine.engine.model import Estimate, Output, PKModel, Provenance, Studied, Values
from kinetamine.engine.person import Person
from kinetamine.engine.scaling import allometric

HERD = Reference(
    key="herd_2007b",
    authors="Herd, DW and Anderson, BJ and Holford, NHG",
    title="Modeling the norketamine metabolite in children and the implications for analgesia",
    journal="Paediatr Anaesth",
    year=2007,
    volume="17",
    pages="831-840",
    doi="10.1111/j.1460-9592.2007.02257.x",
    pmid="17683400",
)
_fitted = partial(
    Estimate,
    source=HERD,
    where="abstract, as transcribed in pharmacolibrary.github.io drugs/drug_ketamine/Ketamine_Herd2007_reference.md",
    provenance=Provenance.FITTED,
)


def individual(p: Values, person: Person, _species: str) -> dict[str, Number]:
    """Volumes x WT/70, clearances x (WT/70)^0.75."""
    size = allometric(person, "herd_2007b")
    return {
        "V1": p.V1 * size.volume,
        "V2": p.V2 * size.volume,
        "V1_nk": p.V1_nk * size.volume,
        "CL": p.CL * size.clearance,
        "CLF_nk": p.CLF_nk * size.clearance,
        "CL_nk": p.CL_nk * size.clearance,
        "Q2": p.Q2 * size.clearance,
    }


def rates(a: Values, p: Values) -> dict[str, Number]:
    """A fifth of the elimination is the formation of norketamine (CLF_nk); the rest goes elsewhere (CL)."""
    c1, c2, n1 = a.central / p.V1, a.peripheral2 / p.V2, a.norketamine / p.V1_nk
    return {
        "central": -(p.CL + p.CLF_nk) * c1 - p.Q2 * (c1 - c2),
        "peripheral2": p.Q2 * (c1 - c2),
        "norketamine": p.CLF_nk * c1 - p.CL_nk * n1,
    }


ENTRY = PKModel(
    name="herd_2007b",
    title="Herd 2007b: racemic ketamine and norketamine, children and adults",
    references=(HERD,),
    studied=Studied(
        population="70 children and adults with 621 observations, as a later paper counts them",
        people=70,
        forms=(Form.RACEMIC,),
        routes=("intravenous", "intramuscular"),
        site="mixed (taken as venous)",
    ),
    species=("racemate",),
    parameters={
        "V1": _fitted(22.0, "L"),
        "V2": _fitted(129.0, "L"),
        "CL": _fitted(47.8, "L/h", note="not to norketamine; total clearance is CL + CLF_nk"),
        "CLF_nk": _fitted(12.4, "L/h", note="to norketamine"),
        "Q2": _fitted(216.0, "L/h"),
        "CL_nk": _fitted(13.5, "L/h"),
        "V1_nk": Estimate(
            22.0,
            "L",
            HERD,
            "none: not in any readable place",
            Provenance.ASSUMED,
            note="as the parent's central volume, which another group also chose; the AUC ratio does not depend on it",
        ),
    },
    individual=individual,
    compartments=("central", "peripheral2", "norketamine"),
    rates=rates,
    outputs=(
        Output(analyte="ketamine", site="venous", mg_per_l=lambda a, p: a.central / p.V1),
        Output(analyte="norketamine", site="venous", mg_per_l=lambda a, p: a.norketamine / p.V1_nk),
    ),
    roles={"parent": "central", "norketamine": "norketamine"},
    clearance=("CL", "CLF_nk"),
    notes=(
        "The volume of norketamine is assumed, so its peak is too; only its AUC (0.92 of the parent's) is published.",
        "Data from several studies and sites; taken as venous. Ages, weights, doses and variability were not read.",
        "Intramuscular doses were in the data, but no absorption constant was read: the library's route serves.",
    ),
)
