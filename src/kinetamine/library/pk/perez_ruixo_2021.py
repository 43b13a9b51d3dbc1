"""Perez-Ruixo 2021: esketamine nasal spray, with noresketamine, in 820 healthy people and patients.

Good for the nasal spray device by device, and for what is swallowed of it.
Not good for peaks of an infusion (the lowest of all models) or for the total exposure to noresketamine (40 % high).
"""

from __future__ import annotations

from functools import partial

from kinetamine.citation import Reference
from kinetamine.engine.events import Form
from kinetamine.engine.maths import Number, maximum
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
    omega2_from_cv,
)
from kinetamine.engine.person import Person

PEREZ_RUIXO = Reference(
    key="perez_ruixo_2021",
    authors="Perez-Ruixo, C and Rossenu, S and Zannikos, P and Nandy, P and Singh, J and Drevets, WC"
    " and Perez-Ruixo, JJ",
    title="Population pharmacokinetics of esketamine nasal spray and its metabolite noresketamine in healthy subjects"
    " and patients with treatment-resistant depression",
    journal="Clin Pharmacokinet",
    year=2021,
    volume="60",
    pages="501-516",
    doi="10.1007/s40262-020-00953-4",
    pmid="33128208",
)
_fitted = partial(
    Estimate,
    source=PEREZ_RUIXO,
    where="Table 3, as transcribed in nlmixr2lib inst/modeldb/specificDrugs/PerezRuixo_2020_esketamine.R",
    provenance=Provenance.FITTED,
)
DEVICE_MG = 28.0
"""Esketamine base in one spray device."""


def _cv(percent: float) -> Variability:
    return Variability(_fitted(omega2_from_cv(percent), "1", note=f"published as CV {percent:g} %"))


def individual(p: Values, person: Person, _species: str) -> dict[str, Number]:
    """Liver flow falls from 60 years on; Asian and Japanese ancestry change elimination and uptake; weight nothing."""
    asian, japanese = person.ancestry in {"asian", "japanese"}, person.ancestry == "japanese"
    return vars(p) | {
        "QH": p.QH + p.QH_age * maximum(person.age_y - 60.0, 0.0),
        "KEL": p.KEL * (p.KEL_asian if asian else 1.0),
        "CL_nk": p.CL_nk * (p.CL_nk_asian if asian else 1.0),
        "F1_japanese": p.F1_japanese if japanese else 1.0,
    }


def rates(a: Values, p: Values) -> dict[str, Number]:
    """Elimination is all in the hepato-portal space, which the swallowed drug passes first."""
    c1, c2, c3, liver = a.central / p.V1, a.peripheral2 / p.V2, a.peripheral3 / p.V3, a.liver / p.VH
    n1, n2 = a.norketamine / p.V1_nk, a.norketamine2 / p.V2_nk
    return {
        "central": -p.Q2 * (c1 - c2) - p.Q3 * (c1 - c3) - p.QH * (c1 - liver),
        "peripheral2": p.Q2 * (c1 - c2),
        "peripheral3": p.Q3 * (c1 - c3),
        "liver": p.QH * (c1 - liver) - (p.KEL + p.KMET) * a.liver,
        "norketamine": p.KMET * a.liver - p.CL_nk * n1 - p.Q2_nk * (n1 - n2),
        "norketamine2": p.Q2_nk * (n1 - n2),
    }


def intranasal(p: Values, given: Administration) -> tuple[Path, ...]:
    """F1 of the first device crosses the nose, less of later ones; FGUT of the rest reaches the liver.

    The published mean over N devices is F1 * (1 + (N - 1) * F1_later) / N. An event of several
    devices' worth takes that mean.
    """
    devices = max(given.event.amount_mg / DEVICE_MG, 1.0)
    weight = (1.0 + (devices - 1.0) * p.F1_later) / devices if given.device == 1 else p.F1_later
    swallowed = maximum(1.0 - p.F1 * p.F1_japanese * weight, 0.0)
    gut = Path(name="gut", into="liver", fraction=p.FGUT * swallowed, release_h=p.D2, ka_per_h=p.KA2, first_pass=True)
    return Path(name="nose", into="central", fraction=1.0 - swallowed, ka_per_h=p.KA1), gut


def oral(p: Values, _given: Administration) -> tuple[Path, ...]:
    """FGUT of a swallowed solution reaches the liver."""
    gut = Path(name="gut", into="liver", fraction=p.FGUT, release_h=p.D3, ka_per_h=p.KA3, first_pass=True)
    return (gut,)


ENTRY = PKModel(
    name="perez_ruixo_2021",
    title="Perez-Ruixo 2021: esketamine nasal spray, with noresketamine, venous, adults",
    references=(PEREZ_RUIXO,),
    studied=Studied(
        population="256 healthy people and 564 patients with treatment-resistant depression, 58 % women",
        people=820,
        age_y=(18.0, 86.0),
        weight_kg=(39.0, 170.0),
        forms=(Form.ESKETAMINE,),
        routes=("intranasal", "intravenous", "oral"),
        dose_mg=(14.0, 112.0),
        site="venous (assumed: plasma, site not stated in what was read)",
    ),
    species=("S",),
    parameters={
        "F1": _fitted(0.54, "1", note="of the first device, through the nose"),
        "F1_later": _fitted(0.62, "1", note="ratio of later devices to the first"),
        "F1_japanese": _fitted(1.34, "1", note="ratio, Japanese to other ancestry"),
        "KA1": _fitted(2.93, "1/h", note="from the nose"),
        "FGUT": _fitted(0.64, "1"),
        "D2": _fitted(0.53, "h", note="of the swallowed part of a spray"),
        "KA2": _fitted(1.45, "1/h", note="of the swallowed part of a spray"),
        "D3": _fitted(0.32, "h", note="of an oral solution"),
        "KA3": _fitted(0.97, "1/h", note="of an oral solution"),
        "V1": _fitted(192.0, "L"),
        "V2": _fitted(143.0, "L"),
        "V3": _fitted(417.0, "L"),
        "Q2": _fitted(84.3, "L/h"),
        "Q3": _fitted(37.6, "L/h"),
        "VH": _fitted(101.0, "L"),
        "QH": _fitted(151.0, "L/h"),
        "QH_age": _fitted(-2.19, "L/h/year", note="for each year above 60"),
        "KEL": _fitted(1.11, "1/h", note='Table 3 prints "L/h"'),
        "KEL_asian": _fitted(0.36, "1", note="ratio, Asian to other ancestry"),
        "KMET": _fitted(2.77, "1/h", note='Table 3 prints "L/h"'),
        "V1_nk": _fitted(70.0, "L", note="apparent"),
        "V2_nk": _fitted(115.0, "L", note="apparent"),
        "CL_nk": _fitted(38.0, "L/h", note="apparent"),
        "CL_nk_asian": _fitted(0.81, "1", note="ratio, Asian to other ancestry"),
        "Q2_nk": _fitted(26.1, "L/h", note="apparent"),
    },
    individual=individual,
    compartments=("central", "peripheral2", "peripheral3", "liver", "norketamine", "norketamine2"),
    rates=rates,
    outputs=(
        Output(analyte="ketamine", site="venous", mg_per_l=lambda a, p: a.central / p.V1),
        Output(analyte="norketamine", site="venous", mg_per_l=lambda a, p: a.norketamine / p.V1_nk),
    ),
    roles={"parent": "central", "portal": "liver", "norketamine": "norketamine"},
    clearance=("KEL", "KMET"),
    well_stirred=True,
    variability={
        "F1": Variability(_fitted(0.708**2, "1", note="published as SD 0.708 on the logit"), scale="logit"),
        "KA1": _cv(61.5),
        "KA2": _cv(132.0),
        "KA3": _cv(132.0),
        "V1": _cv(27.5),
        "V2": _cv(49.3),
        "QH": _cv(23.2),
        "VH": _cv(34.6),
        "KEL": _cv(120.0),
        "V1_nk": _cv(31.6),
        "CL_nk": _cv(25.4),
    },
    residual={
        "ketamine_venous": _fitted(0.279, "1", note="SD on the log scale, phase 3; 0.276 in phases 1 and 2"),
        "norketamine_venous": _fitted(0.511, "1", note="SD on the log scale, phase 3; 0.422 in phases 1 and 2"),
    },
    absorption={"intranasal": intranasal, "oral": oral},
    notes=(
        "The sampling site is assumed venous.",
        (
            "KMET varies too, but its cell is blank in the paper; KA2 and KA3 print the same 132 % and may share"
            " one random effect."
        ),
        "Noresketamine AUC comes out 1.4 times the paper's own Table 4 while its Cmax agrees; others found the same.",
        "Constants give CL 109 L/h and 17.8 % of a swallowed dose; the abstract prints 114 and 18.6.",
        "Vein and mouth come from one crossover in 18 people.",
        "Weight was tested and not kept. Below 60 years, age changes nothing.",
    ),
)
