"""Chronic pain: relief that builds and fades over weeks, Dahan's law, beside a nonspecific part."""

from __future__ import annotations

import math

from kinetamine.citation import Reference
from kinetamine.engine.maths import Number, hill
from kinetamine.engine.model import Effect, Estimate, Provenance, Readout, Values, Variability
from kinetamine.engine.person import Person

DAHAN = Reference(
    key="dahan_2011",
    authors=(
        "Dahan, A and Olofsen, E and Sigtermans, M and Noppers, I and Niesters, M and Aarts, L and Bauer, M and "
        "Sarton, E"
    ),
    title="Population pharmacokinetic-pharmacodynamic modeling of ketamine-induced pain relief of chronic pain",
    journal="Eur J Pain",
    year=2011,
    volume="15",
    pages="258-267",
    doi="10.1016/j.ejpain.2010.06.016",
)
SIGTERMANS = Reference(
    key="sigtermans_2009_crps",
    authors="Sigtermans, MJ and van Hilten, JJ and Bauer, MC and Arbous, MS and Marinus, J and Sarton, EY and Dahan, A",
    title=(
        "Ketamine produces effective and long-term pain relief in patients with Complex Regional Pain Syndrome Type 1"
    ),
    journal="Pain",
    year=2009,
    volume="145",
    pages="304-311",
    doi="10.1016/j.pain.2009.06.023",
)


def individual(p: Values, person: Person) -> dict[str, Number]:
    """The baseline is the person's; responders beyond placebo follow from the two published shares."""
    return {**vars(p), "NRS0": person.pain_nrs, "DRUG": (p.RESPOND - p.RESPOND0) / (1.0 - p.RESPOND0)}


def states(_p: Values, _person: Person) -> dict[str, Number]:
    """Nothing at the slow site."""
    return {"site": 0.0}


def rates(x: Values, c: Values, p: Values) -> dict[str, Number]:
    """The slow site follows S-ketamine, with onset and offset alike."""
    return {"site": p.KSLOW * (c.s_ketamine - x.site)}


def nonspecific(_x: Values, c: Values, p: Values) -> Number:
    """Points that treatment brings whatever is given: baseline x responders on placebo x belief."""
    return p.NRS0 * p.RESPOND0 * c.belief_chronic_pain


def drug(x: Values, c: Values, p: Values) -> Number:
    """Points beyond that: what is left x EFFICACY x responders beyond placebo x site/(C50 + site)."""
    return (p.NRS0 - nonspecific(x, c, p)) * p.EFFICACY * p.DRUG * hill(x.site, p.C50)


def pain(x: Values, c: Values, p: Values) -> Number:
    """Expected score: baseline less both falls, less what another treatment takes of the rest."""
    return (p.NRS0 - nonspecific(x, c, p) - drug(x, c, p)) * (1.0 - c.benefit_chronic_pain)


ENTRY = Effect(
    name="chronic_pain",
    title="Chronic pain",
    stage="mood",
    references=(DAHAN, SIGTERMANS),
    parameters={
        "C50": Estimate(
            10.5, "ng/mL", DAHAN, "abstract", Provenance.FITTED, "S-ketamine at the slow site", (4.37, 21.2)
        ),
        "KSLOW": Estimate(
            math.log(2.0) / (24.0 * 10.9),
            "1/h",
            DAHAN,
            "abstract (half-life 10.9 d)",
            Provenance.FITTED,
            "onset and offset; the interval is 5.3 to 20.5 d",
            (math.log(2.0) / (24.0 * 20.5), math.log(2.0) / (24.0 * 5.3)),
        ),
        "RESPOND": Estimate(
            0.67, "1", DAHAN, "abstract (SE 0.10)", Provenance.FITTED, "probability of an effect on ketamine"
        ),
        "RESPOND0": Estimate(0.23, "1", DAHAN, "abstract (SE 0.09)", Provenance.FITTED, "the same on placebo"),
        "EFFICACY": Estimate(1.0, "1", DAHAN, "by definition", Provenance.DERIVED, "0 takes the drug's own part away"),
    },
    drivers=("s_ketamine",),
    inputs=("belief_chronic_pain", "benefit_chronic_pain"),
    individual=individual,
    states=states,
    rates=rates,
    readouts=(
        Readout(name="pain_nrs", title="Chronic pain (NRS)", unit="points", of=pain, bounds=(0.0, 10.0)),
        Readout(name="pain_nrs_drug", title="Pain, fall beyond placebo", unit="points", of=drug, bounds=(0.0, 10.0)),
        Readout(
            name="pain_nrs_nonspecific",
            title="Pain, nonspecific fall",
            unit="points",
            of=nonspecific,
            bounds=(0.0, 10.0),
        ),
    ),
    variability={
        "DRUG": Variability(
            Estimate(
                9.0,
                "1",
                DAHAN,
                "responder model",
                Provenance.ASSUMED,
                "so wide that people fall into responders or not",
            ),
            scale="logit",
        )
    },
    residual={
        "pain_nrs": Estimate(
            0.8, "points", SIGTERMANS, "no source", Provenance.ASSUMED, "day-to-day spread of a mean score"
        )
    },
    notes=(
        "CRPS type 1, S-ketamine by infusion for 100 h: other pain and short infusions are extrapolation.",
        "Read from abstracts: that the delay stands before C50, not after it, is inferred from relief lasting 50 days.",
        (
            "Function did not improve in the trial, and in another concentrations did not separate responders "
            "(Goldberg 2010)."
        ),
    ),
)
