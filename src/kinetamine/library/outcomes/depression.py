"""Depression on the MADRS and the PHQ-9: relief of the circuit, beside a nonspecific part."""

from __future__ import annotations

from itertools import pairwise

from kinetamine.citation import Reference
from kinetamine.engine.events import Event, Form
from kinetamine.engine.maths import Number, exp, maximum, minimum
from kinetamine.engine.model import Effect, Estimate, Provenance, Readout, Values, Variability
from kinetamine.engine.outcome import full_effect, nonspecific_part
from kinetamine.engine.person import Person

WILKINSON = Reference(
    key="wilkinson_2018",
    authors="Wilkinson, ST and Ballard, ED and Bloch, MH and Mathew, SJ and Murrough, JW and Feder, A and Sos, P and "
    "Wang, G and Zarate, CA and Sanacora, G",
    title="The effect of a single dose of intravenous ketamine on suicidal ideation: a systematic review and "
    "individual participant data meta-analysis",
    journal="American Journal of Psychiatry",
    year=2018,
    volume="175",
    pages="150-158",
    doi="10.1176/appi.ajp.2017.17040472",
    pmid="28969441",
)
PRICE = Reference(
    key="price_2022",
    authors="Price, RB and Kissel, N and Baumeister, A and others",
    title="International pooled patient-level meta-analysis of ketamine infusion for depression: in search of clinical "
    "moderators",
    journal="Molecular Psychiatry",
    year=2022,
    volume="27",
    pages="5096-5112",
    doi="10.1038/s41380-022-01757-7",
    pmid="36071111",
)
SINGH = Reference(
    key="singh_2016",
    authors=(
        "Singh, JB and Fedgchin, M and Daly, EJ and De Boer, P and Cooper, K and Lim, P and Pinter, C and Murrough, "
        "JW and Sanacora, G and Shelton, RC and others"
    ),
    title=(
        "A double-blind, randomized, placebo-controlled, dose-frequency study of intravenous ketamine in patients "
        "with treatment-resistant depression"
    ),
    journal="Am J Psychiatry",
    year=2016,
    volume="173",
    pages="816-826",
    doi="10.1176/appi.ajp.2016.16010037",
)
LII = Reference(
    key="lii_2023",
    authors="Lii, TR and Smith, AE and Flohr, JR and Okada, RL and Nyongesa, CA and Cianfichi, LJ and Hack, LM and "
    "Schatzberg, AF and Heifets, BD",
    title="Randomized trial of ketamine masked by surgical anesthesia in patients with depression",
    journal="Nature Mental Health",
    year=2023,
    volume="1",
    pages="876-886",
    doi="10.1038/s44220-023-00140-x",
    pmid="38188539",
)
IBRAHIM = Reference(
    key="ibrahim_2011",
    authors="Ibrahim, L and Diazgranados, N and Luckenbaugh, DA and Machado-Vieira, R and Baumann, J and "
    "Mallinger, AG and Zarate, CA",
    title="Rapid decrease in depressive symptoms with an N-methyl-D-aspartate antagonist in ECT-resistant major "
    "depression",
    journal="Progress in Neuro-Psychopharmacology and Biological Psychiatry",
    year=2011,
    volume="35",
    pages="1155-1159",
    url="https://pmc.ncbi.nlm.nih.gov/articles/PMC3100439/",
)
OCHS_ROSS = Reference(
    key="ochs_ross_2020",
    authors="Ochs-Ross, R and Daly, EJ and Zhang, Y and Lane, R and Lim, P and Morrison, RL and Hough, D and Manji, H "
    "and Drevets, WC and Sanacora, G and others",
    title="Efficacy and safety of esketamine nasal spray plus an oral antidepressant in elderly patients with "
    "treatment-resistant depression (TRANSFORM-3)",
    journal="American Journal of Geriatric Psychiatry",
    year=2020,
    volume="28",
    pages="121-141",
    doi="10.1016/j.jagp.2019.10.008",
    pmid="31734084",
)
OPTIMUM = Reference(
    key="kim_2024",
    authors="Kim, HK and others",
    title="Linking the PHQ-9 and the MADRS in late-life treatment-resistant depression (OPTIMUM)",
    journal="Journal of Affective Disorders",
    year=2024,
    doi="10.1016/j.jad.2024.06.068",
)

PHQ9_KNOTS = ((0.0, 0.0), (1.0, 1.0), (24.0, 15.0), (48.0, 27.0))
"""MADRS and the PHQ-9 that goes with it (Kim 2024, equipercentile); straight between, 27 above."""


FAILED_BEFORE = 2.0
"""Treatments that had failed the people in most trials."""
OLD_FROM_Y = 60.0
_MOST_BELIEF = 0.9


def individual(p: Values, person: Person) -> dict[str, Number]:
    """The baseline is the person's; hope falls with age and each treatment that failed, the drug's part does not."""
    less = p.FAILED * (person.failed_treatments - FAILED_BEFORE) + p.AGE * maximum(person.age_y - OLD_FROM_Y, 0.0)
    return {**vars(p), "MADRS0": person.madrs, "BELIEF": minimum(p.BELIEF * exp(-less), _MOST_BELIEF)}


BY_NEEDLE = ("intravenous", "intramuscular", "subcutaneous")
RACEMATE_PER_MG = {Form.RACEMIC: 1.0, Form.ESKETAMINE: 2.0, Form.ARKETAMINE: 0.0}
"""0.25 mg/kg of esketamine was tried beside 0.5 mg/kg of racemate (Correia-Melo 2020)."""
TRIED_MG_PER_KG = 1.0
"""Largest single dose in the trials (Fava 2018), of racemate in 40 min."""
PUSH_H = 10.0 / 60.0


def warn(person: Person, events: tuple[Event, ...]) -> tuple[str, ...]:
    """Arketamine by itself, and doses beyond the trials of mood."""
    doses = [event for event in events if event.is_dose]
    given = [event for event in doses if event.route in BY_NEEDLE or event.compartment]
    weight = person.weight_kg
    outside = weight is not None and any(_beyond_trials(event, weight) for event in given)
    sentences = (
        "depression: arketamine alone was given; no result of a controlled trial of it was read; how strong it is "
        "against depression is an assumption (its potency at the NMDA receptor)."
        if doses and all(event.form is Form.ARKETAMINE for event in doses)
        else "",
        f"depression: a dose above {TRIED_MG_PER_KG:g} mg/kg of racemate or its equivalent, or an anaesthetic one, "
        "lies outside the trials of mood; what the curve gives there is an extrapolation."
        if outside
        else "",
    )
    return tuple(sentence for sentence in sentences if sentence)


def _beyond_trials(event: Event, weight_kg: float) -> bool:
    """More than was tried, or as much as was tried but pushed in, as for induction."""
    mg_per_kg = event.amount_mg * RACEMATE_PER_MG[event.form] / weight_kg
    pushed = event.route == "intravenous" and event.length_h <= PUSH_H
    return mg_per_kg > TRIED_MG_PER_KG + 1e-9 or (pushed and mg_per_kg >= TRIED_MG_PER_KG - 1e-9)


def nonspecific(_x: Values, c: Values, p: Values) -> Number:
    """Points that the sessions bring whatever is given: baseline x (1 - (1 - BELIEF)^EXPECTANCY) x belief."""
    return p.MADRS0 * nonspecific_part(p, c.belief)


def drug(x: Values, c: Values, p: Values) -> Number:
    """Points beyond that: what is left x (1 - (1 - SIZE)^EFFICACY) x relief."""
    return (p.MADRS0 - nonspecific(x, c, p)) * full_effect(p) * c.relief


def madrs(x: Values, c: Values, p: Values) -> Number:
    """Baseline less both falls, less what another treatment takes of the rest."""
    return (p.MADRS0 - nonspecific(x, c, p) - drug(x, c, p)) * (1.0 - c.benefit_depression)


def phq9(x: Values, c: Values, p: Values) -> Number:
    """The PHQ-9 that goes with the MADRS, along straight lines between published pairs."""
    score, slope, total = madrs(x, c, p), 0.0, 0.0
    slopes = [(b1 - b0) / (a1 - a0) for (a0, b0), (a1, b1) in pairwise(PHQ9_KNOTS)] + [0.0]
    for (knot, _), steeper in zip(PHQ9_KNOTS, slopes, strict=True):
        total = total + (steeper - slope) * maximum(score - knot, 0.0)
        slope = steeper
    return total


_FIT = "docs/fits/mechanism.py"
ENTRY = Effect(
    name="depression",
    title="Depression",
    stage="mood",
    references=(WILKINSON, PRICE, SINGH, LII, IBRAHIM, OCHS_ROSS, OPTIMUM),
    parameters={
        "SIZE": Estimate(
            0.276,
            "fraction of baseline",
            SINGH,
            _FIT,
            Provenance.FITTED,
            "of what is left by sessions alone; on the scale of relief, 0.6 a day after one infusion",
            (0.14, 0.40),
        ),
        "BELIEF": Estimate(
            0.232,
            "fraction of baseline",
            WILKINSON,
            _FIT,
            Provenance.FITTED,
            "control arms: largest nonspecific fall",
            (0.16, 0.32),
        ),
        "FAILED": Estimate(
            0.08,
            "1",
            IBRAHIM,
            "abstract: falls half as large after failed ECT",
            Provenance.ASSUMED,
            "each failed treatment beyond two takes 8 % of the nonspecific part; the difference to control arms was "
            "no smaller in people with more failures (Price 2022)",
            (0.0, 0.2),
        ),
        "AGE": Estimate(
            0.05,
            "1/year",
            OCHS_ROSS,
            "PMC8921149, table 4: control arms from 65 years fell 6 points, below 65 years 16",
            Provenance.DERIVED,
            "from 60 years, on the nonspecific part; the difference between arms was alike (-3.6 and -4)",
        ),
        "EXPECTANCY": Estimate(
            1.0,
            "1",
            LII,
            "by definition",
            Provenance.DERIVED,
            "1 as in blinded trials; 2.6 in the masked trial, as docs/concepts/calibration.md found",
        ),
        "EFFICACY": Estimate(
            1.0,
            "1",
            LII,
            "by definition",
            Provenance.DERIVED,
            "1 as in unmasked trials; 0 as the masked trial suggests",
        ),
    },
    drivers=(),
    inputs=("relief", "belief", "benefit_depression"),
    individual=individual,
    warn=warn,
    readouts=(
        Readout(name="madrs", title="Depression (MADRS)", unit="points", of=madrs, bounds=(0.0, 60.0)),
        Readout(name="madrs_drug", title="MADRS fall beyond placebo", unit="points", of=drug, bounds=(0.0, 60.0)),
        Readout(
            name="madrs_nonspecific", title="MADRS fall, nonspecific", unit="points", of=nonspecific, bounds=(0.0, 60.0)
        ),
        Readout(name="phq9", title="Depression (PHQ-9)", unit="points", of=phq9, bounds=(0.0, 27.0)),
    ),
    variability={
        "SIZE": Variability(
            Estimate(
                4.0, "1", WILKINSON, _FIT, Provenance.FITTED, "to SDs of 12 in drug arms and 9 to 10 in control arms"
            ),
            scale="logit",
        ),
        "BELIEF": Variability(
            Estimate(2.0, "1", WILKINSON, _FIT, Provenance.FITTED, "as above"),
            scale="logit",
        ),
    },
    residual={
        "madrs": Estimate(
            6.0, "points", WILKINSON, _FIT, Provenance.DERIVED, "rating and spontaneous change in control arms"
        ),
        "phq9": Estimate(3.0, "points", OPTIMUM, "no source", Provenance.ASSUMED, "as MADRS, on a scale half as long"),
    },
    notes=(
        "Unblinding was near total in the trials: the 'drug' part holds whatever expectancy unblinding added.",
        "The masked trial (Lii 2023) shows no clear drug effect: EFFICACY reaches down to 0 for that reason.",
        "Nothing here depends on dissociation.",
        "Doses above 1 mg/kg of racemate were in no trial: the slow rise that the curve gives there is extrapolation.",
        "Placebo arms of nasal trials fall by 15 points in 4 weeks with a new antidepressant: that drug is not in it.",
    ),
)
