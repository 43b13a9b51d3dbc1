"""Dissociation on the CADSS: S-ketamine at an effect site, weaker when sessions repeat."""

from __future__ import annotations

import math

from kinetamine.citation import Reference
from kinetamine.engine.maths import Number, exp, hill
from kinetamine.engine.model import Effect, Estimate, Provenance, Readout, Values, Variability
from kinetamine.engine.person import Person

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
MOUJAES = Reference(
    key="moujaes_2024",
    authors="Moujaes, F and others",
    title="Ketamine induces multiple individually distinct whole-brain functional connectivity signatures "
    "(individual data in the authors' repository)",
    journal="eLife",
    year=2024,
    url="https://github.com/floramoujaes/ketamine_manuscript-1",
)
GOLDWAY = Reference(
    key="goldway_2025",
    authors="Goldway, N and others",
    title="Ketamine, pain and dissociation (individual data in the authors' repository)",
    journal="bioRxiv",
    year=2025,
    doi="10.1101/2025.07.25.666594",
)
GLUE = Reference(
    key="glue_2018",
    authors="Glue, P and Neehoff, SM and Medlicott, NJ and Gray, A and Kibby, G and McNaughton, N",
    title="Safety and efficacy of maintenance ketamine treatment in patients with treatment-refractory generalised "
    "anxiety and social anxiety disorders",
    journal="Journal of Psychopharmacology",
    year=2018,
    volume="32",
    pages="663-667",
    doi="10.1177/0269881118762073",
    pmid="29561204",
)

CADSS_MAX = 92.0
"""23 items of 0 to 4 points."""
WEEK_H = 168.0


def site_effect(c: Values, p: Values) -> Number:
    """Fraction of the person's maximum: sigmoid in S-ketamine; S-norketamine raises the concentration needed."""
    return hill(c.s_ketamine, p.C50 * (1.0 + c.s_norketamine / p.C100_NK), p.GAMMA)


def states(p: Values, person: Person) -> dict[str, Number]:
    """Earlier sessions still remembered, as if they had been weekly: sum of exp(-k week/TAU) for k = 1 to n."""
    kept = exp(-WEEK_H / p.TAU)
    return {"today": 0.0, "sessions": kept * (1.0 - kept**person.previous_sessions) / (1.0 - kept)}


def rates(x: Values, c: Values, p: Values) -> dict[str, Number]:
    """A session fills the day's mark, which passes into the memory of sessions, which fades.

    So a session counts once whatever its dose, and a day-long infusion about once a day.
    """
    passed = x.today / p.TDAY
    return {
        "today": p.KSESSION * site_effect(c, p) * (1.0 - x.today) - passed,
        "sessions": passed - x.sessions / p.TAU,
    }


def cadss(x: Values, c: Values, p: Values) -> Number:
    """Points above none: maximum x site effect x 1/(1 + sessions/HALVES)."""
    return CADSS_MAX * p.EMAX * site_effect(c, p) / (1.0 + x.sessions / p.HALVES)


ENTRY = Effect(
    name="dissociation",
    title="Dissociation",
    stage="acute",
    references=(OLOFSEN, MOUJAES, GOLDWAY, GLUE),
    parameters={
        "C50": Estimate(
            121.0,
            "ng/mL",
            OLOFSEN,
            "abstract (0.51 nmol/mL)",
            Provenance.FITTED,
            "arterial S-ketamine for external perception and antinociception alike; R-ketamine: no effect",
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
            (
                "with 1 the score two hours after the start would be a fifth of its peak, against reports of its end "
                "by 1.5 h"
            ),
        ),
        "C100_NK": Estimate(
            336.0,
            "ng/mL",
            OLOFSEN,
            "abstract says 'weakly antagonistic', without a number",
            Provenance.ASSUMED,
            "S-norketamine that doubles C50 (1.5 umol/L), so that it takes a few points at 0.5 mg/kg",
        ),
        "EMAX": Estimate(
            0.475,
            "fraction of 92 points",
            MOUJAES,
            "docs/fits/dissociation.py",
            Provenance.FITTED,
            "to a population mean peak of 18 points at 0.5 mg/kg in 40 min (16.8 and 24.9 in two open data sets)",
        ),
        "TAU": Estimate(
            24.0 * 28.0 / math.log(2.0),
            "h",
            GLUE,
            "no source for the time",
            Provenance.ASSUMED,
            "half-life of a remembered session 28 days: weekly sessions must add up, a year's pause must forget",
        ),
        "HALVES": Estimate(
            3.72,
            "sessions",
            GLUE,
            "week 1: 20 points, week 14: 8.8 points",
            Provenance.DERIVED,
            "attenuation 0.44 before the 14th weekly session; docs/fits/dissociation.py",
        ),
        "KSESSION": Estimate(
            7.0,
            "1/h",
            GLUE,
            "no source",
            Provenance.ASSUMED,
            "high enough that 0.5 mg/kg counts as one session (0.95)",
        ),
        "TDAY": Estimate(24.0, "h", GLUE, "no source", Provenance.ASSUMED, "one session a day at most"),
    },
    drivers=("s_ketamine", "s_norketamine"),
    ke0="KE0",
    states=states,
    rates=rates,
    readouts=(Readout(name="cadss", title="Dissociation (CADSS)", unit="points", of=cadss, bounds=(0.0, CADSS_MAX)),),
    variability={
        "EMAX": Variability(
            Estimate(
                0.75,
                "1",
                MOUJAES,
                "docs/fits/dissociation.py",
                Provenance.FITTED,
                "to the SD of 10 to 11 points between people",
            ),
            scale="logit",
        ),
        "C50": Variability(
            Estimate(0.2, "1", OLOFSEN, "not visible in the abstract", Provenance.ASSUMED, "32 % between people")
        ),
    },
    residual={
        "cadss": Estimate(
            3.0, "points", GOLDWAY, "data/CADSS.csv", Provenance.DERIVED, "SD of change under saline 4.31, over root 2"
        )
    },
    notes=(
        (
            "Means differ between laboratories: 7.7 (SD 9.2) points in a clinic's 110 patients, 16.8 and 24.9 in "
            "volunteers."
        ),
        (
            "The record on tolerance disagrees: 20 to 8.8 points in 14 weeks (Glue), no change of the 30-min "
            "score in six "
            "weekly injections (Del Sant 2023), a fall after the first infusion and then none (Rodrigues 2020)."
        ),
        "Set apart from mood: no published size makes dissociation a cause of the benefit.",
    ),
)
