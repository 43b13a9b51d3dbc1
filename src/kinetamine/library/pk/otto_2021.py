"""Otto 2021: esketamine and esnorketamine in venous blood of healthy young adults after infusion.

Good for venous levels after intravenous esketamine, and for the norketamine that comes of it.
Not good for arterial levels (30 % too low), for other routes, or for what is beyond norketamine.
"""

from __future__ import annotations

from functools import partial

from kinetamine.citation import Reference
from kinetamine.engine.events import Form
from kinetamine.engine.maths import Number
from kinetamine.engine.model import Estimate, Output, PKModel, Provenance, Studied, Values, Variability
from kinetamine.engine.person import Person
from kinetamine.engine.scaling import allometric

OTTO = Reference(
    key="otto_2021",
    authors="Otto, ME and Bergmann, KR and Jacobs, G and van Esdonk, MJ",
    title="Predictive performance of parent-metabolite population pharmacokinetic models of (S)-ketamine"
    " in healthy volunteers",
    journal="Eur J Clin Pharmacol",
    year=2021,
    volume="77",
    pages="1181-1192",
    doi="10.1007/s00228-021-03104-1",
)
FANTA = Reference(
    key="fanta_2015",
    authors="Fanta, S and Kinnunen, M and Backman, JT and Kalso, E",
    title="Population pharmacokinetics of S-ketamine and norketamine in healthy volunteers after intravenous"
    " and oral dosing",
    journal="Eur J Clin Pharmacol",
    year=2015,
    volume="71",
    pages="441-447",
    doi="10.1007/s00228-015-1826-y",
    pmid="25724645",
)
_READ = "supplement code, as transcribed in nlmixr2lib inst/modeldb/specificDrugs/Otto_2021_s_ketamine.R"
_parent = partial(Estimate, source=FANTA, where=f"fixed in the Otto 2021 {_READ}", provenance=Provenance.FITTED)
_fitted = partial(Estimate, source=OTTO, where=_READ, provenance=Provenance.FITTED)


def individual(p: Values, person: Person, _species: str) -> dict[str, Number]:
    """Central volumes x WT/70, clearances x (WT/70)^0.75; the peripheral values are not scaled."""
    size = allometric(person, "otto_2021")
    scaled = {"V1": p.V1 * size.volume, "V1_nk": p.V1_nk * size.volume}
    scaled |= {"CL": p.CL * size.clearance, "CL_nk": p.CL_nk * size.clearance}
    return vars(p) | scaled


def rates(a: Values, p: Values) -> dict[str, Number]:
    """All that leaves the parent's centre becomes norketamine, at once and without a molar correction."""
    c1, c2, c3 = a.central / p.V1, a.peripheral2 / p.V2, a.peripheral3 / p.V3
    n1, n2 = a.norketamine / p.V1_nk, a.norketamine2 / p.V2_nk
    return {
        "central": -p.CL * c1 - p.Q2 * (c1 - c2) - p.Q3 * (c1 - c3),
        "peripheral2": p.Q2 * (c1 - c2),
        "peripheral3": p.Q3 * (c1 - c3),
        "norketamine": p.CL * c1 - p.CL_nk * n1 - p.Q2_nk * (n1 - n2),
        "norketamine2": p.Q2_nk * (n1 - n2),
    }


ENTRY = PKModel(
    name="otto_2021",
    title="Otto 2021: esketamine and esnorketamine, venous, healthy adults",
    references=(OTTO, FANTA),
    studied=Studied(
        population="48 healthy volunteers, 22 of them women, mean 23 years and 68 to 71 kg",
        people=48,
        age_y=(18.0, 40.0),  # mean 23, SD 4 to 5; the range itself was not read
        weight_kg=(50.0, 95.0),  # means 68 and 71, SD 7 and 8.5; as above
        forms=(Form.ESKETAMINE,),
        routes=("intravenous",),
        dose_mg=(9.0, 60.0),  # 10 mg in 30 min; 0.026 mg/kg and at most 0.85 mg/kg over 2 h
        site="venous",
    ),
    species=("S",),
    parameters={
        "V1": _parent(133.0, "L"),
        "V2": _parent(187.0, "L"),
        "V3": _parent(98.8, "L"),
        "CL": _parent(95.2, "L/h"),
        "Q2": _parent(23.2, "L/h"),
        "Q3": _parent(157.0, "L/h"),
        "V1_nk": _fitted(98.638, "L", note="RSE 3.8 %; apparent, the mass ratio of 0.94 is inside"),
        "V2_nk": _fitted(160.04, "L", note="RSE 17.6 %; apparent"),
        "CL_nk": _fitted(57.72, "L/h", note="RSE 5.7 %; apparent"),
        "Q2_nk": _fitted(42.778, "L/h", note="RSE 7.5 %; apparent"),
    },
    individual=individual,
    compartments=("central", "peripheral2", "peripheral3", "norketamine", "norketamine2"),
    rates=rates,
    outputs=(
        Output(analyte="ketamine", site="venous", mg_per_l=lambda a, p: a.central / p.V1),
        Output(analyte="norketamine", site="venous", mg_per_l=lambda a, p: a.norketamine / p.V1_nk),
    ),
    roles={"parent": "central", "norketamine": "norketamine"},
    clearance=("CL",),
    variability={
        "V1": Variability(_fitted(0.084177, "1", note="published as omega^2; CV 29.6 %")),
        "CL": Variability(_fitted(0.026048, "1", note="published as omega^2; CV 16.2 %")),
        "V1_nk": Variability(_fitted(0.040426, "1", note="published as omega^2; CV 20.3 %")),
        "CL_nk": Variability(_fitted(0.10319, "1", note="published as omega^2; CV 33.0 %")),
    },
    covariance={
        ("V1", "CL"): _fitted(0.02261, "1", note="correlation 0.48"),
        ("V1_nk", "CL_nk"): _fitted(0.04456, "1", note="correlation 0.69"),
    },
    residual={
        "ketamine_venous": _fitted(0.236, "1", note="proportional SD; published as variance 0.055736"),
        "norketamine_venous": _fitted(0.143, "1", note="proportional SD; published as variance 0.020338"),
    },
    notes=(
        "The parent was fitted by Fanta 2015 to 11 men and kept fixed; norketamine was refitted here.",
        "Age and weight ranges were not read; those given are the means with about three SD around them.",
    ),
)
