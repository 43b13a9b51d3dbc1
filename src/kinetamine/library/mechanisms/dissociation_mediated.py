"""Dissociation-mediated: the experience itself, not the block, sets plasticity going."""

from __future__ import annotations

from kinetamine.citation import Reference
from kinetamine.engine.evidence import Evidence, Grade
from kinetamine.engine.mechanism import Mechanism
from kinetamine.engine.model import Estimate, Provenance

LUCKENBAUGH = Reference(
    key="luckenbaugh_2014",
    authors="Luckenbaugh, DA and Niciu, MJ and Ionescu, DF and Nolan, NM and Richards, EM and Brutsche, NE and "
    "Guevara, S and Zarate, CA",
    title="Do the dissociative side effects of ketamine mediate its antidepressant effects?",
    journal="Journal of Affective Disorders",
    year=2014,
    volume="159",
    pages="56-61",
    doi="10.1016/j.jad.2014.02.017",
)
WILLIAMS = Reference(
    key="williams_2018",
    authors="Williams, NR and Heifets, BD and Blasey, C and Sudheimer, K and Pannu, J and Pankow, H and Hawkins, J and "
    "Birnbaum, J and Lyons, DM and Rodriguez, CI and Schatzberg, AF",
    title="Attenuation of antidepressant effects of ketamine by opioid receptor antagonism",
    journal="American Journal of Psychiatry",
    year=2018,
    volume="175",
    pages="1205-1215",
    doi="10.1176/appi.ajp.2018.18020138",
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

CADSS_MAX = 92.0

ENTRY = Mechanism(
    name="dissociation_mediated",
    title="dissociation-mediated",
    references=(LUCKENBAUGH, WILLIAMS, LII),
    parameters={
        "STRENGTH_DISS": Estimate(
            57.6, "1", LUCKENBAUGH, "docs/fits/mechanism.py", Provenance.DERIVED, "alone: the same relief at 24 h"
        )
    },
    inputs=("cadss",),
    drive=lambda _x, c, p: p.STRENGTH_DISS * (1.0 - p.MASKED) * c.cadss / CADSS_MAX,
    evidence=(
        Evidence(
            "More dissociation at 40 min went with more improvement at 230 min and day 7 (r -0.35, -0.41; n=108).",
            LUCKENBAUGH,
            supports=True,
            grade=Grade.LOW,
        ),
        Evidence(
            "Under anaesthesia, where nothing is lived through, ketamine did no better than saline (n=40).",
            LII,
            supports=True,
            grade=Grade.LOW,
        ),
        Evidence(
            "Naltrexone took the benefit away and left the dissociation.",
            WILLIAMS,
            supports=False,
            grade=Grade.LOW,
        ),
    ),
    notes=("Off unless asked for: pooled studies find no correlation (r 0.03 in depression).",),
)
