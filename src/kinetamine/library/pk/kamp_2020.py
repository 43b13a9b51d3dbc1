"""Kamp 2020: ketamine by vein, S and R apart, arterial and venous, with norketamine and hydroxynorketamine.

The default for racemic ketamine. The parent is the published meta-analytic model. What it lacks is added here and
marked so: venous blood as a mixture of blood that passed the arm at once and blood that exchanged with its
tissue; norketamine as Otto 2021 has it, with all of it scaled by weight; hydroxynorketamine with the disposition
of Simons 2022 and a level fitted to Kamp 2020 (BJA). Good for infusions and for the hour after; not for the first two
minutes after a bolus (no circulation), and its hydroxynorketamine level is uncertain by a factor of five, as
published assays disagree that much.
"""

from __future__ import annotations

from kinetamine.citation import Reference
from kinetamine.engine.events import Event, Form
from kinetamine.engine.maths import Number
from kinetamine.engine.model import Estimate, Output, PKModel, Provenance, Studied, Values, Variability
from kinetamine.engine.person import Person
from kinetamine.units import HYDROXYNORKETAMINE_G_PER_MOL, KETAMINE_G_PER_MOL

KAMP = Reference(
    key="kamp_2020",
    authors="Kamp, J and Olofsen, E and Henthorn, TK and van Velzen, M and Niesters, M and Dahan, A",
    title="Ketamine pharmacokinetics: a systematic review of the literature, meta-analysis, and population analysis",
    journal="Anesthesiology",
    year=2020,
    volume="133",
    pages="1192-1213",
    doi="10.1097/ALN.0000000000003577",
)
OTTO = Reference(
    key="otto_2021",
    authors="Otto, ME and Bergmann, KR and Jacobs, G and van Esdonk, MJ",
    title="Predictive performance of parent-metabolite population pharmacokinetic models of (S)-ketamine in "
    "healthy volunteers",
    journal="Eur J Clin Pharmacol",
    year=2021,
    volume="77",
    pages="1181-1192",
    doi="10.1007/s00228-021-03104-1",
)
SIMONS = Reference(
    key="simons_2022",
    authors="Simons, P and Olofsen, E and van Velzen, M and van Lemmen, M and Mooren, R and van Dasselaar, T and "
    "Mohr, P and Hammes, F and van der Schrier, R and Niesters, M and Dahan, A",
    title="S-Ketamine oral thin film-Part 1: population pharmacokinetics of S-ketamine, S-norketamine"
    " and S-hydroxynorketamine",
    journal="Front Pain Res",
    year=2022,
    volume="3",
    pages="946486",
    doi="10.3389/fpain.2022.946486",
    pmid="35899184",
)
KAMP_BJA = Reference(
    key="kamp_2020_bja",
    authors="Kamp, J and others",
    title="Pharmacokinetics of ketamine and its major metabolites norketamine, hydroxynorketamine, and "
    "dehydronorketamine: a model-based analysis",
    journal="Br J Anaesth",
    year=2020,
    volume="125",
    pages="750-761",
    doi="10.1016/j.bja.2020.06.067",
)
HASAN = Reference(
    key="hasan_2021",
    authors="Hasan, M and Modess, C and Roustom, T and Dokter, A and Grube, M and Link, A and Rey, H and Adler, S "
    "and Meissner, K and Siegmund, W",
    title="Chiral pharmacokinetics and metabolite profile of prolonged-release ketamine tablets in healthy human "
    "subjects",
    journal="Anesthesiology",
    year=2021,
    volume="135",
    pages="326-339",
    doi="10.1097/ALN.0000000000003829",
)
WANG = Reference(
    key="wang_2019",
    authors="Wang, J and Huang, J and Yang, S and Cui, C and Ye, L and Wang, SY and Yang, GP and Pei, Q",
    title="Pharmacokinetics and safety of esketamine in Chinese patients undergoing painless gastroscopy in "
    "comparison with ketamine: a randomized, open-label clinical study",
    journal="Drug Des Devel Ther",
    year=2019,
    volume="13",
    pages="4135-4144",
    doi="10.2147/DDDT.S224553",
)

_CODED = "as coded in opentiva (class Klamp) and in simTIVA, which agree; the paper's table was not seen"
_OTTO_CODED = "supplement code, as transcribed in nlmixr2lib Otto_2021_s_ketamine.R"
_SIMONS_TABLE = "Table 4, as transcribed in nlmixr2lib Simons_2022_s_ketamine.R"
_FIT = "docs/fits/kamp_2020.py"


def _parent(value: float, unit: str) -> Estimate:
    return Estimate(value, unit, KAMP, _CODED, Provenance.FITTED, "18 pooled studies, typical person of 70 kg")


def _norketamine(value: float, unit: str) -> Estimate:
    note = "CHDR1311 and CHDR1016, 48 healthy volunteers; apparent: formation and molar ratio are inside"
    return Estimate(value, unit, OTTO, _OTTO_CODED, Provenance.FITTED, note)


def _hydroxynorketamine(value: float, unit: str) -> Estimate:
    note = "20 healthy volunteers, arterial; per 70 kg"
    return Estimate(value, unit, SIMONS, _SIMONS_TABLE, Provenance.FITTED, note)


def _omega2(value: float) -> Variability:
    note = "published as omega^2; borrowed, as Kamp 2020 could not be read for it"
    return Variability(Estimate(value, "1", OTTO, _OTTO_CODED, Provenance.FITTED, note))


def individual(p: Values, person: Person, species: str) -> dict[str, Number]:
    """Volumes x (WT/70)^EXP_V, clearances x (WT/70)^EXP_CL, and the clearance of S or of R."""
    size = person.require_weight("scaling kamp_2020") / 70.0
    volume, flow = size**p.EXP_V, size**p.EXP_CL
    split = p.CL_S_OVER_R**0.5
    values = dict(vars(p))
    values |= {name: values[name] * volume for name in ("V1", "V2", "V3", "V1_nk", "V2_nk", "V1_hnk", "V2_hnk")}
    values |= {name: values[name] * flow for name in ("CL", "Q2", "Q3", "CL_nk", "Q2_nk")}
    values["CL_hnk"], values["Q2_hnk"] = p.CL_hnk * 60.0 * flow, p.Q2_hnk * 60.0 * flow  # published per minute
    values["CL"] = values["CL"] * (split if species == "S" else 1.0 / split)
    values["FM_nk"] = 1.0 if species == "S" else p.FM_nk_R_OVER_S
    return values


def rates(a: Values, p: Values) -> dict[str, Number]:
    """Three compartments, slow venous exchange, then two compartments for each metabolite."""
    c1, c2, c3 = a.central / p.V1, a.peripheral2 / p.V2, a.peripheral3 / p.V3
    n1, n2 = a.norketamine / p.V1_nk, a.norketamine2 / p.V2_nk
    h1, h2 = a.hydroxynorketamine / p.V1_hnk, a.hydroxynorketamine2 / p.V2_hnk
    return {
        "central": -p.CL * c1 - p.Q2 * (c1 - c2) - p.Q3 * (c1 - c3),
        "peripheral2": p.Q2 * (c1 - c2),
        "peripheral3": p.Q3 * (c1 - c3),
        "arm": p.KV * (c1 - a.arm),
        "norketamine": p.CL * c1 - p.CL_nk * n1 - p.Q2_nk * (n1 - n2),
        "norketamine2": p.Q2_nk * (n1 - n2),
        "hydroxynorketamine": p.FM_hnk * p.CL_nk * n1 - p.CL_hnk * h1 - p.Q2_hnk * (h1 - h2),
        "hydroxynorketamine2": p.Q2_hnk * (h1 - h2),
    }


def arterial(a: Values, p: Values) -> Number:
    """Central concentration."""
    return a.central / p.V1


def venous(a: Values, p: Values) -> Number:
    """Blood that passed the arm at once, mixed with blood that exchanged with its tissue."""
    return p.FV * a.central / p.V1 + (1.0 - p.FV) * a.arm


def norketamine(a: Values, p: Values) -> Number:
    """Apparent central concentration; R forms more than S does."""
    return p.FM_nk * a.norketamine / p.V1_nk


def hydroxynorketamine(a: Values, p: Values) -> Number:
    """From ketamine-equivalent to hydroxynorketamine mass."""
    ratio = HYDROXYNORKETAMINE_G_PER_MOL / KETAMINE_G_PER_MOL
    return p.FM_nk * ratio * a.hydroxynorketamine / p.V1_hnk


def _warn(_person: Person, events: tuple[Event, ...]) -> tuple[str, ...]:
    """A compartment model has no circulation."""
    bolus = any(event.route == "intravenous" and event.length_h == 0.0 for event in events if event.is_dose)
    sentence = "kamp_2020: levels and effects of the first two minutes after a bolus by vein are not to be read."
    return (sentence,) if bolus else ()


ENTRY = PKModel(
    name="kamp_2020",
    title="Kamp 2020 with venous blood and metabolites",
    references=(KAMP, OTTO, SIMONS, KAMP_BJA, HASAN, WANG),
    studied=Studied(
        population="18 pooled studies of healthy adults, adult patients and children; additions from healthy adults",
        age_y=(18.0, 85.0),
        weight_kg=(40.0, 130.0),
        forms=tuple(Form),
        routes=("intravenous",),
        site="arterial and venous",
    ),
    species=("S", "R"),
    parameters={
        "V1": _parent(25.0, "L"),
        "V2": _parent(56.0, "L"),
        "V3": _parent(157.0, "L"),
        "CL": _parent(84.0, "L/h"),
        "Q2": _parent(161.0, "L/h"),
        "Q3": _parent(79.0, "L/h"),
        "EXP_V": Estimate(1.0, "1", KAMP, _CODED, Provenance.FITTED, "allometric exponent of volumes"),
        "EXP_CL": Estimate(
            0.75,
            "1",
            KAMP,
            "as coded in simTIVA; opentiva has 1",
            Provenance.ASSUMED,
            "allometric exponent of clearances; the two codings of the paper disagree",
        ),
        "CL_S_OVER_R": Estimate(
            1.13,
            "1",
            WANG,
            "mean over people of four studies: Wang 2019 1.16 (n=32), Persson 2002 1.20 (n=10), "
            "Kamp 2020 BJA 1.10 (n=20), Hasan 2021 1.06 (n=15)",
            Provenance.DERIVED,
            "weighted by people on the log scale; the geometric mean of both clearances stays that of Kamp 2020",
        ),
        "FV": Estimate(0.6637, "1", OTTO, _FIT, Provenance.FITTED, "venous levels of Otto 2021 and Hasan 2021"),
        "KV": Estimate(1.138, "1/h", OTTO, _FIT, Provenance.FITTED, "venous levels of Otto 2021 and Hasan 2021"),
        "V1_nk": _norketamine(98.638, "L"),
        "V2_nk": _norketamine(160.04, "L"),
        "CL_nk": _norketamine(57.72, "L/h"),
        "Q2_nk": _norketamine(42.778, "L/h"),
        "FM_nk_R_OVER_S": Estimate(
            1.188, "1", KAMP_BJA, _FIT, Provenance.FITTED, "arterial R- and S-norketamine of Kamp 2020 BJA, Fig 1"
        ),
        "V1_hnk": _hydroxynorketamine(4.4, "L"),
        "V2_hnk": _hydroxynorketamine(87.5, "L"),
        "CL_hnk": _hydroxynorketamine(0.933, "L/min"),
        "Q2_hnk": _hydroxynorketamine(1.7, "L/min"),
        "FM_hnk": Estimate(
            0.218, "1", KAMP_BJA, _FIT, Provenance.FITTED, "total hydroxynorketamine of Kamp 2020 BJA, Fig 1"
        ),
    },
    individual=individual,
    compartments=(
        "central",
        "peripheral2",
        "peripheral3",
        "arm",
        "norketamine",
        "norketamine2",
        "hydroxynorketamine",
        "hydroxynorketamine2",
    ),
    rates=rates,
    outputs=(
        Output(analyte="ketamine", site="arterial", mg_per_l=arterial),
        Output(analyte="ketamine", site="venous", mg_per_l=venous),
        Output(analyte="norketamine", site="venous", mg_per_l=norketamine),
        Output(analyte="hydroxynorketamine", site="venous", mg_per_l=hydroxynorketamine),
    ),
    roles={"parent": "central", "norketamine": "norketamine"},
    clearance=("CL",),
    takes_no_dose=("arm",),
    warn=_warn,
    variability={
        "V1": _omega2(0.084177),
        "CL": _omega2(0.026048),
        "V1_nk": _omega2(0.040426),
        "CL_nk": _omega2(0.10319),
    },
    covariance={
        ("V1", "CL"): Estimate(0.02261, "1", OTTO, _OTTO_CODED, Provenance.FITTED, "covariance of random effects"),
        ("V1_nk", "CL_nk"): Estimate(
            0.04456, "1", OTTO, _OTTO_CODED, Provenance.FITTED, "covariance of random effects"
        ),
    },
    residual={
        "ketamine_venous": Estimate(0.236, "1", OTTO, _OTTO_CODED, Provenance.FITTED, "proportional SD; borrowed"),
        "norketamine_venous": Estimate(0.143, "1", OTTO, _OTTO_CODED, Provenance.FITTED, "proportional SD; borrowed"),
    },
    notes=(
        "Arterial norketamine is taken to equal venous: it is formed slowly, so the difference is small.",
        "Patients vary more than these healthy volunteers: Wang 2019 reports a CV of 18-20 % on clearance.",
    ),
)
