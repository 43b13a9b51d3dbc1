"""Flint 2017: esketamine infused for days to ventilated young children, with norketamine.

Good for steady levels of long infusions in children under intensive care.
Not good for a bolus or for anything in the first hour: its central volume is 8 L beside 545 L.
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

FLINT = Reference(
    key="flint_2017",
    authors="Flint, RB and Brouwer, CNM and Kranzlin, ASC and Lie-A-Huen, L and Bos, AP and Mathot, RAA",
    title="Pharmacokinetics of S-ketamine during prolonged sedation at the pediatric intensive care unit",
    journal="Pediatr Anesth",
    year=2017,
    volume="27",
    pages="1098-1107",
    doi="10.1111/pan.13239",
)
_fitted = partial(
    Estimate,
    source=FLINT,
    where="as transcribed in nlmixr2lib inst/modeldb/specificDrugs/Flint_2017_s_ketamine.R",
    provenance=Provenance.FITTED,
)


def individual(p: Values, person: Person, _species: str) -> dict[str, Number]:
    """Volumes x WT/70, clearances x (WT/70)^0.75."""
    size = allometric(person, "flint_2017")
    return {
        "V1": p.V1 * size.volume,
        "V2": p.V2 * size.volume,
        "V1_nk": p.V1_nk * size.volume,
        "CL": p.CL * size.clearance,
        "Q2": p.Q2 * size.clearance,
        "CL_nk": p.CL_nk * size.clearance,
    }


def rates(a: Values, p: Values) -> dict[str, Number]:
    """All elimination feeds norketamine, whose volume and clearance are apparent."""
    c1, c2, n1 = a.central / p.V1, a.peripheral2 / p.V2, a.norketamine / p.V1_nk
    return {
        "central": -p.CL * c1 - p.Q2 * (c1 - c2),
        "peripheral2": p.Q2 * (c1 - c2),
        "norketamine": p.CL * c1 - p.CL_nk * n1,
    }


ENTRY = PKModel(
    name="flint_2017",
    title="Flint 2017: esketamine infusion for days, with norketamine, intensive care children",
    references=(FLINT,),
    studied=Studied(
        population="25 ventilated children, half of them girls, median 5 months and 7 kg",
        people=25,
        age_y=(0.02, 12.5),
        weight_kg=(3.4, 35.0),
        forms=(Form.ESKETAMINE,),
        routes=("intravenous",),
        site="venous (assumed)",
    ),
    species=("S",),
    parameters={
        "V1": _fitted(7.73, "L", note="SE 31 %"),
        "V2": _fitted(545.0, "L", note="SE 19 %"),
        "CL": _fitted(112.0, "L/h", note="SE 9 %"),
        "Q2": _fitted(196.0, "L/h", note="SE 22 %"),
        "V1_nk": _fitted(1.0, "L", provenance=Provenance.ASSUMED, note="fixed in the fit; 0.1 to 10 changed nothing"),
        "CL_nk": _fitted(53.2, "L/h", note="apparent, at the start of the infusion; SE 27 %"),
    },
    individual=individual,
    compartments=("central", "peripheral2", "norketamine"),
    rates=rates,
    outputs=(
        Output(analyte="ketamine", site="venous", mg_per_l=lambda a, p: a.central / p.V1),
        Output(analyte="norketamine", site="venous", mg_per_l=lambda a, p: a.norketamine / p.V1_nk),
    ),
    roles={"parent": "central", "norketamine": "norketamine"},
    clearance=("CL",),
    variability={
        "CL": Variability(_fitted(omega2_from_cv(40.2), "1", note="published as CV 40.2 %")),
        "CL_nk": Variability(_fitted(omega2_from_cv(104.0), "1", note="published as CV 104 %")),
    },
    covariance={("CL", "CL_nk"): _fitted(0.16762, "1", note="published as a correlation of 0.506")},
    residual={
        "ketamine_venous": _fitted(0.419, "1", note="proportional SD"),
        "norketamine_venous": _fitted(0.475, "1", note="proportional SD"),
    },
    notes=(
        (
            "Norketamine clearance rises by 0.87 % an hour in the paper (SE 70 %); kinetics here are constant,"
            " so it stays at its value at the start."
        ),
        "Infusions of 0.3 to 3.6 mg/kg/h for 10 to 141 h, 86 samples; the site was not stated, venous is assumed.",
    ),
)
