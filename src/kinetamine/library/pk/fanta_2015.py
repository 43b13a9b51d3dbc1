"""Fanta 2015: esketamine swallowed or injected by healthy men, with the norketamine made on the way in.

Good for how little of a swallowed dose arrives (8 %) and how much norketamine comes with it.
Not good for the time of the oral peak: the published absorption constants could not be read and are assumed.
"""

from __future__ import annotations

from functools import partial

from kinetamine.citation import Reference
from kinetamine.engine.absorption import first_pass
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
    omega2_from_cv,
)
from kinetamine.engine.person import Person
from kinetamine.engine.scaling import allometric

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
_READ = "as transcribed in nlmixr2lib inst/modeldb/specificDrugs/Otto_2021_s_ketamine.R"
_abstract = partial(Estimate, source=FANTA, where="abstract", provenance=Provenance.FITTED)
_parent = partial(Estimate, source=FANTA, where=f"fixed in Otto 2021, {_READ}", provenance=Provenance.FITTED)
_refit = partial(Estimate, source=OTTO, where=f"supplement code, {_READ}", provenance=Provenance.FITTED)
_oral = partial(
    Estimate,
    source=PEREZ_RUIXO,
    where="Table 3, as transcribed in nlmixr2lib inst/modeldb/specificDrugs/PerezRuixo_2020_esketamine.R",
    provenance=Provenance.ASSUMED,
    note="borrowed: the absorption constants of Fanta 2015 could not be read",
)


def individual(p: Values, person: Person, _species: str) -> dict[str, Number]:
    """Central volumes x WT/70, clearances x (WT/70)^0.75; the peripheral values are not scaled."""
    size = allometric(person, "fanta_2015")
    scaled = {"V1": p.V1 * size.volume, "V1_nk": p.V1_nk * size.volume}
    scaled |= {"CL": p.CL * size.clearance, "CL_nk": p.CL_nk * size.clearance}
    return vars(p) | scaled


def rates(a: Values, p: Values) -> dict[str, Number]:
    """All that leaves the parent's centre becomes norketamine, without a molar correction."""
    c1, c2, c3 = a.central / p.V1, a.peripheral2 / p.V2, a.peripheral3 / p.V3
    n1, n2 = a.norketamine / p.V1_nk, a.norketamine2 / p.V2_nk
    return {
        "central": -p.CL * c1 - p.Q2 * (c1 - c2) - p.Q3 * (c1 - c3),
        "peripheral2": p.Q2 * (c1 - c2),
        "peripheral3": p.Q3 * (c1 - c3),
        "norketamine": p.CL * c1 - p.CL_nk * n1 - p.Q2_nk * (n1 - n2),
        "norketamine2": p.Q2_nk * (n1 - n2),
    }


_ROLES = {"parent": "central", "norketamine": "norketamine"}


def oral(p: Values, _given: Administration) -> tuple[Path, ...]:
    """F1 of the dose arrives as esketamine, F1_nk of it as norketamine made in gut and liver."""
    path = Path(name="gut", into="central", fraction=p.F1, release_h=p.D1, ka_per_h=p.KA)
    return first_pass(path, p.F1_nk, _ROLES)


ENTRY = PKModel(
    name="fanta_2015",
    title="Fanta 2015: esketamine by mouth or vein, with norketamine, venous, healthy men",
    references=(FANTA, OTTO, PEREZ_RUIXO),
    studied=Studied(
        population="11 healthy men, mean 22 years and 77 kg",
        people=11,
        age_y=(18.0, 30.0),  # mean 22.3, SD 2.4; the range itself was not read
        weight_kg=(55.0, 100.0),  # mean 77, SD 7.5; as above
        forms=(Form.ESKETAMINE,),
        routes=("intravenous", "oral"),
        dose_mg=(6.9, 25.0),  # 0.125 mg/kg injected and 0.25 mg/kg swallowed, at those weights
        site="venous",
    ),
    species=("S",),
    parameters={
        "V1": _parent(133.0, "L"),
        "V2": _parent(187.0, "L"),
        "V3": _parent(98.8, "L"),
        "CL": _parent(95.2, "L/h", note="the abstract prints 95"),
        "Q2": _parent(23.2, "L/h"),
        "Q3": _parent(157.0, "L/h"),
        "F1": _abstract(0.08, "1"),
        "F1_nk": Estimate(
            0.72,
            "1",
            FANTA,
            "abstract",
            Provenance.DERIVED,
            note="from the AUC ratio of 16.5 norketamine to ketamine at oral steady state:"
            " 16.5 = (F1 + F1_nk) / F1 * CL / CL_nk",
        ),
        "D1": _oral(0.32, "h"),
        "KA": _oral(0.97, "1/h"),
        "V1_nk": _refit(98.638, "L", note="Fanta's own three-compartment norketamine could not be read"),
        "V2_nk": _refit(160.04, "L"),
        "CL_nk": _refit(57.72, "L/h"),
        "Q2_nk": _refit(42.778, "L/h"),
    },
    individual=individual,
    compartments=("central", "peripheral2", "peripheral3", "norketamine", "norketamine2"),
    rates=rates,
    outputs=(
        Output(analyte="ketamine", site="venous", mg_per_l=lambda a, p: a.central / p.V1),
        Output(analyte="norketamine", site="venous", mg_per_l=lambda a, p: a.norketamine / p.V1_nk),
    ),
    roles=_ROLES,
    clearance=("CL",),
    variability={
        "CL": Variability(_abstract(omega2_from_cv(13.0), "1", note="published as 13 %, read as CV")),
        "F1": Variability(_abstract(omega2_from_cv(11.0), "1", note="published as 11 %, read as CV")),
    },
    absorption={"oral": oral},
    notes=(
        "KA and D1 of the oral dose are assumed (those of Perez-Ruixo 2021): do not read an oral peak time off them.",
        "Norketamine is the two-compartment refit of Otto 2021; other variability and the residual were not read.",
        "Age and weight ranges were not read; those given are the means with about three SD around them.",
    ),
)
