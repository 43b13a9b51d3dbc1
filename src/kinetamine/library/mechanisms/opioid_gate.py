"""Opioid gate: disinhibition again, but only while opioid receptors permit it."""

from __future__ import annotations

from kinetamine.citation import Reference
from kinetamine.engine.evidence import Evidence, Grade
from kinetamine.engine.mechanism import Mechanism

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
YOON = Reference(
    key="yoon_2019",
    authors="Yoon, G and Petrakis, IL and Krystal, JH",
    title="Association of combined naltrexone and ketamine with depressive symptoms in a case series of patients with "
    "depression and alcohol use disorder",
    journal="JAMA Psychiatry",
    year=2019,
    volume="76",
    pages="337-338",
    doi="10.1001/jamapsychiatry.2018.3990",
)

ENTRY = Mechanism(
    name="opioid_gate",
    title="opioid gate",
    references=(WILLIAMS, YOON),
    parameters={},
    drive=lambda _x, c, p: (1.0 - p.NALTREXONE) * c.ampa,
    evidence=(
        Evidence(
            "Naltrexone before ketamine took the antidepressant effect away and left dissociation (12 completers).",
            WILLIAMS,
            supports=True,
            grade=Grade.LOW,
        ),
        Evidence(
            "Five people on long-acting naltrexone improved on ketamine all the same (open, no control).",
            YOON,
            supports=False,
            grade=Grade.LOW,
        ),
        Evidence(
            "Affinity for opioid receptors lies 20 to 50 times above the levels reached.",
            WILLIAMS,
            supports=False,
            grade=Grade.LOW,
        ),
    ),
)
