"""Simons 2022: esketamine oral thin film, with norketamine and hydroxynorketamine, in arterial blood.

Good for the film, for arterial levels of intravenous esketamine, and for when metabolites come and go.
Not good for how much hydroxynorketamine there is: assays and studies differ five- to ninefold.
"""

from __future__ import annotations

from functools import partial

from kinetamine.citation import Reference
from kinetamine.engine.events import Form
from kinetamine.engine.maths import Number
from kinetamine.engine.model import (
    Administration,
    Estimate,
    Output,
    Path,
    PKModel,
    Provenance,
    Studied,
    Values,
    Variability,
)
from kinetamine.engine.person import Person
from kinetamine.engine.scaling import allometric
from kinetamine.units import HYDROXYNORKETAMINE_G_PER_MOL, KETAMINE_G_PER_MOL, NORKETAMINE_G_PER_MOL

SIMONS = Reference(
    key="simons_2022",
    authors="Simons, P and Olofsen, E and van Velzen, M and van Lemmen, M and Mooren, R and van Dasselaar, T"
    " and Mohr, P and Hammes, F and van der Schrier, R and Niesters, M and Dahan, A",
    title="S-Ketamine oral thin film-Part 1: population pharmacokinetics of S-ketamine, S-norketamine"
    " and S-hydroxynorketamine",
    journal="Front Pain Res",
    year=2022,
    volume="3",
    pages="946486",
    doi="10.3389/fpain.2022.946486",
    pmid="35899184",
)
_fitted = partial(
    Estimate,
    source=SIMONS,
    where="Table 4, as transcribed in nlmixr2lib inst/modeldb/specificDrugs/Simons_2022_s_ketamine.R",
    provenance=Provenance.FITTED,
)
_fixed = partial(_fitted, provenance=Provenance.ASSUMED)
_occasion = partial(
    _fitted,
    note="published as variance between occasions of one person; drawn once per person here, as there is one occasion",
)
MINUTES = 60.0
"""Minutes in an hour: the paper counts in minutes."""
_VOLUMES = ("V1", "V2", "V3", "V2_nk", "V1_hnk", "V2_hnk")
_FLOWS = ("CL", "Q2", "Q3", "CL_nk", "Q2_nk", "CL_hnk", "Q2_hnk")
_PER_MINUTE = ("KA1", "KA2")
_IN_MINUTES = ("D1", "D2", "MTT_gut", "MTT_nk", "MTT_hnk")


def individual(p: Values, person: Person, _species: str) -> dict[str, Number]:
    """Volumes x WT/70, clearances x (WT/70)^0.75 (exponents assumed: only "at 70 kg" is printed); minutes to hours."""
    size, given = allometric(person, "simons_2022"), vars(p)
    return (
        given
        | {name: given[name] * size.volume for name in _VOLUMES}
        | {name: given[name] * MINUTES * size.clearance for name in _FLOWS}
        | {name: given[name] * MINUTES for name in _PER_MINUTE}
        | {name: given[name] / MINUTES for name in _IN_MINUTES}
    )


def rates(a: Values, p: Values) -> dict[str, Number]:
    """Amounts in mg of the esketamine they were made from; two transits into each metabolite; VN1 = VK1."""
    k1, k2, k3 = a.central / p.V1, a.peripheral2 / p.V2, a.peripheral3 / p.V3
    n1, n2 = a.norketamine / p.V1, a.norketamine2 / p.V2_nk
    h1, h2 = a.hydroxynorketamine / p.V1_hnk, a.hydroxynorketamine2 / p.V2_hnk
    swallowed, to_nk, to_hnk = a.liver / p.MTT_gut, 2.0 / p.MTT_nk, 2.0 / p.MTT_hnk
    return {
        "central": -p.CL * k1 - p.Q2 * (k1 - k2) - p.Q3 * (k1 - k3),
        "peripheral2": p.Q2 * (k1 - k2),
        "peripheral3": p.Q3 * (k1 - k3),
        "liver": -swallowed,
        "transit1": p.CL * k1 + swallowed - to_nk * a.transit1,
        "transit2": to_nk * (a.transit1 - a.transit2),
        "norketamine": p.FM_nk * to_nk * a.transit2 - p.CL_nk * n1 - p.Q2_nk * (n1 - n2),
        "norketamine2": p.Q2_nk * (n1 - n2),
        "transit3": p.CL_nk * n1 - to_hnk * a.transit3,
        "transit4": to_hnk * (a.transit3 - a.transit4),
        "hydroxynorketamine": p.FM_hnk * to_hnk * a.transit4 - p.CL_hnk * h1 - p.Q2_hnk * (h1 - h2),
        "hydroxynorketamine2": p.Q2_hnk * (h1 - h2),
    }


def film(p: Values, _given: Administration) -> tuple[Path, ...]:
    """F1 through the mucosa; F2 (of the whole dose, beyond 1) swallowed and all of it metabolised on the way."""
    return (
        Path(name="mucosa", into="central", fraction=p.F1, release_h=p.D1, ka_per_h=p.KA1),
        # Not marked as first pass: none of it arrives as esketamine, so there is no survival to change.
        Path(name="gut", into="liver", fraction=p.F2, release_h=p.D2, ka_per_h=p.KA2),
    )


ENTRY = PKModel(
    name="simons_2022",
    title="Simons 2022: esketamine film or infusion, two metabolites, arterial, healthy adults",
    references=(SIMONS,),
    studied=Studied(
        population="20 healthy volunteers, 10 of them women, mean 24 years and 73 kg",
        people=20,
        age_y=(19.0, 32.0),
        weight_kg=(53.0, 93.0),
        forms=(Form.ESKETAMINE,),
        routes=("film", "intravenous"),
        dose_mg=(20.0, 100.0),  # 20 mg over 20 min into a vein; films of 50 and 100 mg of base
        site="arterial",
    ),
    species=("S",),
    parameters={
        "F1": _fitted(0.263, "1", note="SEE 0.012; 29 % of 50 mg and 23 % of 100 mg, not significant"),
        "D1": _fitted(13.1, "min"),
        "KA1": _fitted(0.04, "1/min"),
        "F2": _fitted(1.16, "1", note="SEE 0.06; beyond 1, so it only sets the scale of the metabolites"),
        "D2": _fitted(29.9, "min"),
        "KA2": _fitted(0.049, "1/min"),
        "MTT_gut": _fitted(10.7, "min"),
        "V1": _fitted(11.6, "L", note="also norketamine's central volume"),
        "V2": _fitted(39.0, "L"),
        "V3": _fitted(174.0, "L"),
        "CL": _fitted(1.48, "L/min"),
        "Q2": _fitted(2.43, "L/min"),
        "Q3": _fitted(1.21, "L/min"),
        "MTT_nk": _fitted(20.1, "min"),
        "FM_nk": _fixed(0.8, "1", note="fixed in the fit"),
        "V2_nk": _fitted(221.0, "L"),
        "CL_nk": _fitted(1.0, "L/min"),
        "Q2_nk": _fitted(2.63, "L/min"),
        "MTT_hnk": _fitted(1.12, "min"),
        "FM_hnk": _fixed(0.7, "1", note="fixed in the fit"),
        "V1_hnk": _fitted(4.4, "L"),
        "V2_hnk": _fitted(87.5, "L"),
        "CL_hnk": _fitted(0.933, "L/min"),
        "Q2_hnk": _fitted(1.7, "L/min"),
    },
    individual=individual,
    compartments=(
        "central",
        "peripheral2",
        "peripheral3",
        "liver",
        "transit1",
        "transit2",
        "norketamine",
        "norketamine2",
        "transit3",
        "transit4",
        "hydroxynorketamine",
        "hydroxynorketamine2",
    ),
    rates=rates,
    outputs=(
        Output(analyte="ketamine", site="arterial", mg_per_l=lambda a, p: a.central / p.V1),
        Output(
            analyte="norketamine",
            site="arterial",
            mg_per_l=lambda a, p: a.norketamine / p.V1 * (NORKETAMINE_G_PER_MOL / KETAMINE_G_PER_MOL),
        ),
        Output(
            analyte="hydroxynorketamine",
            site="arterial",
            mg_per_l=lambda a, p: a.hydroxynorketamine / p.V1_hnk * (HYDROXYNORKETAMINE_G_PER_MOL / KETAMINE_G_PER_MOL),
        ),
    ),
    roles={"parent": "central", "norketamine": "norketamine"},
    clearance=("CL",),
    variability={
        "V1": Variability(_fitted(0.057, "1", note="published as omega^2")),
        "CL": Variability(_fitted(0.029, "1", note="published as omega^2")),
        "Q3": Variability(_fitted(0.026, "1", note="published as omega^2")),
        "CL_nk": Variability(_fitted(0.050, "1", note="published as omega^2")),
        "CL_hnk": Variability(_fitted(0.103, "1", note="published as omega^2")),
        "Q2_hnk": Variability(_fitted(0.287, "1", note="published as omega^2")),
        "F1": Variability(_occasion(0.060, "1")),
        "KA1": Variability(_occasion(0.062, "1")),
        "F2": Variability(_occasion(0.057, "1")),
        "KA2": Variability(_occasion(0.376, "1")),
        "MTT_gut": Variability(_occasion(0.937, "1")),
        "V2_hnk": Variability(_occasion(0.152, "1")),
    },
    residual={
        "ketamine_arterial": _fitted(0.11, "1", note="proportional SD; 0.012 printed, read as a variance"),
        "norketamine_arterial": _fitted(0.102, "1", note="proportional SD; a further 0.058 nmol/mL is additive"),
        "hydroxynorketamine_arterial": _fitted(0.079, "1", note="proportional SD; a further 0.020 nmol/mL is additive"),
    },
    absorption={"film": film},
    notes=(
        "Left out as unidentified: omega^2 of MTT_nk 0.021 (SEE 0.122) and of V1_hnk 1.22 (SEE 0.91).",
        "Left out, as durations are shared by all people: variance between occasions of D1 0.154 and of D2 0.611.",
        "Left out: variance between occasions of CL_hnk 0.008, and 0.751 printed on a misplaced row.",
        "The paper doses the film as base: 50 mg of base are 57.7 mg of hydrochloride.",
        "It was kept 10 min under the tongue or in the cheek; how long decides how much is swallowed.",
    ),
)
