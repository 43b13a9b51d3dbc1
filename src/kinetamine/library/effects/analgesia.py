"""Acute analgesia: experimental pain, going with the concentration."""

from __future__ import annotations

import math

from kinetamine.citation import Reference
from kinetamine.engine.maths import Number, hill
from kinetamine.engine.model import Effect, Estimate, Provenance, Readout, Values, Variability

OLOFSEN = Reference(
    key="olofsen_2022",
    authors="Olofsen, E and Kamp, J and Henthorn, TK and van Velzen, M and Niesters, M and Sarton, E and Dahan, A",
    title="Ketamine psychedelic and antinociceptive effects are connected",
    journal="Anesthesiology",
    year=2022,
    volume="136",
    pages="792-801",
    doi="10.1097/ALN.0000000000004176",
)
SIGTERMANS = Reference(
    key="sigtermans_2009_experimental",
    authors="Sigtermans, M and Dahan, A and Mooren, R and Bauer, M and Kest, B and Sarton, E and Olofsen, E",
    title="S(+)-ketamine effect on experimental pain and cardiac output: a population "
    "pharmacokinetic-pharmacodynamic modeling study in healthy volunteers",
    journal="Anesthesiology",
    year=2009,
    volume="111",
    pages="892-903",
    doi="10.1097/ALN.0b013e3181b437b1",
    pmid="19741495",
)


def relief(_x: Values, c: Values, p: Values) -> Number:
    """Sigmoid in S-ketamine at the effect site; S-norketamine raises the concentration needed."""
    return hill(c.s_ketamine, p.C50 * (1.0 + c.s_norketamine / p.C100_NK), p.GAMMA)


ENTRY = Effect(
    name="analgesia",
    title="Acute analgesia",
    stage="acute",
    references=(OLOFSEN, SIGTERMANS),
    parameters={
        "C50": Estimate(
            121.0,
            "ng/mL",
            OLOFSEN,
            "abstract (0.51 nmol/mL)",
            Provenance.FITTED,
            "arterial S-ketamine, pressure pain, 17 men; R-ketamine: no effect",
            (90.0, 157.0),
        ),
        "KE0": Estimate(
            60.0 * math.log(2.0) / 8.3,
            "1/h",
            OLOFSEN,
            "abstract (half-life 8.3 min)",
            Provenance.FITTED,
            "",
            (60.0 * math.log(2.0) / 13.0, 60.0 * math.log(2.0) / 5.1),
        ),
        "GAMMA": Estimate(
            2.0,
            "1",
            OLOFSEN,
            "not visible in the abstract",
            Provenance.ASSUMED,
            "as for dissociation, whose parameters the abstract calls the same; relief ends soon after the infusion",
        ),
        "C100_NK": Estimate(
            336.0,
            "ng/mL",
            OLOFSEN,
            "abstract says 'weakly antagonistic', without a number",
            Provenance.ASSUMED,
            "S-norketamine that doubles C50 (1.5 umol/L)",
        ),
    },
    drivers=("s_ketamine", "s_norketamine"),
    ke0="KE0",
    readouts=(
        Readout(name="analgesia", title="Acute analgesia", unit="fraction of maximum", of=relief, bounds=(0.0, 1.0)),
    ),
    variability={
        "C50": Variability(
            Estimate(0.1, "1", OLOFSEN, "not visible in the abstract", Provenance.ASSUMED, "32 % between people")
        )
    },
    notes=(
        (
            "Healthy volunteers and pressure pain: heat pain was six times as sensitive as electrical pain "
            "(Sigtermans 2009)."
        ),
        "Simons 2022 has C50 of 285 to 404 ng/mL in three other assays; 121 is the lowest of the published values.",
        "Relief that outlasts the drug by weeks is the outcome chronic_pain, another law.",
        "Midazolam lowered dissociation and left analgesia as it was (Gitlin 2020): no causal link between them here.",
    ),
)
