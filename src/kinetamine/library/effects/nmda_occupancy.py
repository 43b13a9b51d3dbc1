"""NMDA receptor occupancy: competing blockers at one site, on the scale of unbound plasma."""

from __future__ import annotations

import math

from kinetamine.citation import Reference
from kinetamine.engine.maths import Number
from kinetamine.engine.model import Effect, Estimate, Provenance, Readout, Values
from kinetamine.units import HYDROXYNORKETAMINE_G_PER_MOL, KETAMINE_G_PER_MOL, NORKETAMINE_G_PER_MOL

SHAFFER = Reference(
    key="shaffer_2014",
    authors="Shaffer, CL and Osgood, SM and Smith, DL and Liu, J and Trapa, PE",
    title="Enhancing ketamine translational pharmacology via receptor occupancy normalization",
    journal="Neuropharmacology",
    year=2014,
    volume="86",
    pages="174-180",
    url="https://www.sciencedirect.com/journal/neuropharmacology/vol/86",
)
EBERT = Reference(
    key="ebert_1997",
    authors="Ebert, B and Mikkelsen, S and Thorkildsen, C and Borgbjerg, FM",
    title="Norketamine, the main metabolite of ketamine, is a non-competitive NMDA receptor antagonist in the rat "
    "cortex and spinal cord",
    journal="European Journal of Pharmacology",
    year=1997,
    volume="333",
    pages="99-104",
    pmid="9311667",
    url="https://pubmed.ncbi.nlm.nih.gov/9311667/",
)
ABBOTT = Reference(
    key="abbott_2020",
    authors="Abbott, JA and Popescu, GK",
    title="Hydroxynorketamine blocks N-methyl-D-aspartate receptor currents by binding to closed receptors",
    journal="Molecular Pharmacology",
    year=2020,
    volume="98",
    pages="203-210",
    doi="10.1124/mol.120.119784",
    pmid="32606205",
)
DAYTON = Reference(
    key="dayton_1983",
    authors="Dayton, PG and Stiller, RL and Cook, DR and Perel, JM",
    title="The binding of ketamine to plasma proteins: emphasis on human plasma",
    journal="European Journal of Clinical Pharmacology",
    year=1983,
    volume="24",
    pages="825-831",
    doi="10.1007/BF00607095",
)
SLEIGH = Reference(
    key="sleigh_2019",
    authors="Sleigh, J and Pullon, RM and Vlisides, PE and Warnaby, CE",
    title="Electroencephalographic slow wave dynamics and loss of behavioural responsiveness induced by ketamine in "
    "human volunteers",
    journal="British Journal of Anaesthesia",
    year=2019,
    volume="123",
    pages="592-600",
    url="https://www.metajournal.com/articles/920563/",
)


def by_drug(c: Values, p: Values) -> tuple[Number, Number, Number]:
    """Unbound concentration over its IC50 for ketamine, norketamine and hydroxynorketamine.

    The racemic IC50 and the S:R potency ratio r give IC50_S = IC50 (1 + 1/r)/2 and IC50_R = r IC50_S, so that equal
    parts of S and R block as the racemate does. Free bases: ng/mL divided by g/mol is umol/L.
    """
    s_half = p.IC50_K * (1.0 + 1.0 / p.SR_K) / 2.0
    s_nor_half = p.IC50_NK * (1.0 + 1.0 / p.SR_NK) / 2.0
    ketamine = p.FU_K / KETAMINE_G_PER_MOL * (c.s_ketamine + c.r_ketamine / p.SR_K) / s_half
    norketamine = p.FU_NK / NORKETAMINE_G_PER_MOL * (c.s_norketamine + c.r_norketamine / p.SR_NK) / s_nor_half
    hydroxy = p.FU_HNK / HYDROXYNORKETAMINE_G_PER_MOL * (c.s_hydroxynorketamine + c.r_hydroxynorketamine) / p.IC50_HNK
    return ketamine, norketamine, hydroxy


def occupancy(_x: Values, c: Values, p: Values) -> Number:
    """x/(1 + x), with x the sum over competing drugs of unbound concentration/IC50."""
    x = sum(by_drug(c, p))
    return x / (1.0 + x)


ENTRY = Effect(
    name="nmda_occupancy",
    title="NMDA receptor occupancy",
    stage="receptor",
    references=(SHAFFER, EBERT, ABBOTT, DAYTON, SLEIGH),
    parameters={
        "IC50_K": Estimate(
            1.42,
            "umol/L",
            SHAFFER,
            "abstract",
            Provenance.FITTED,
            "unbound plasma, racemate; rat, displacement of MK-801 in vivo",
            (0.99, 2.14),
        ),
        "SR_K": Estimate(
            4.7,
            "1",
            EBERT,
            "read second-hand: benchchem.com b6166096 (Ki 0.3 and 1.4 umol/L)",
            Provenance.DERIVED,
            "ratio of Ki at the MK-801 site, rat; one other laboratory has 1.2, against all human potency data",
        ),
        "IC50_NK": Estimate(
            9.11,
            "umol/L",
            SHAFFER,
            "abstract",
            Provenance.FITTED,
            "unbound plasma, racemic norketamine; rat",
            (5.87, 13.7),
        ),
        "SR_NK": Estimate(
            7.7,
            "1",
            EBERT,
            "read second-hand: benchchem.com b6166096 (Ki 1.7 and 13 umol/L)",
            Provenance.DERIVED,
            "ratio of Ki at the MK-801 site, rat",
        ),
        "IC50_HNK": Estimate(
            46.0,
            "umol/L",
            ABBOTT,
            "abstract (PMC7406986)",
            Provenance.MEASURED,
            "(2R,6R)-hydroxynorketamine, recombinant GluN1/2A, no magnesium; taken for the other isomers too",
        ),
        "FU_K": Estimate(
            0.55,
            "1",
            DAYTON,
            "abstract (up to 47 % bound); esketamine label summary 43 to 45 % bound",
            Provenance.DERIVED,
            "middle of 0.53 and 0.57; no difference between S and R on alpha1-acid glycoprotein",
        ),
        "FU_NK": Estimate(
            0.55, "1", DAYTON, "nothing read", Provenance.ASSUMED, "as ketamine; no human value was found"
        ),
        "FU_HNK": Estimate(
            0.60, "1", DAYTON, "nothing read", Provenance.ASSUMED, "less lipophilic than ketamine; hardly matters"
        ),
        "KE0": Estimate(
            60.0 * math.log(2.0) / 2.0,
            "1/h",
            SLEIGH,
            "abstract",
            Provenance.ASSUMED,
            "half-life 2 min: between 23 s (slow EEG waves) and 8.3 min (ratings)",
        ),
    },
    drivers=(
        "s_ketamine",
        "r_ketamine",
        "s_norketamine",
        "r_norketamine",
        "s_hydroxynorketamine",
        "r_hydroxynorketamine",
    ),
    ke0="KE0",
    readouts=(
        Readout(
            name="nmda_occupancy", title="NMDA receptor occupancy", unit="fraction", of=occupancy, bounds=(0.0, 1.0)
        ),
    ),
    notes=(
        "Human occupancy has never been measured (PET tracers failed); this is the rat scale carried to human plasma.",
        (
            "Unbound plasma stands for unbound brain; a CSF ratio near 0.6 would lower occupancy at 0.5 mg/kg to "
            "about 0.17."
        ),
        (
            "At the end of 0.5 mg/kg in 40 min S-ketamine holds four fifths of the blocked receptors, "
            "R-ketamine most of "
            "the rest; norketamine a few hundredths, hydroxynorketamine less than a hundredth of them."
        ),
        "A population average over receptor subtypes and cells; day-long trapping in one region is not in it.",
    ),
)
