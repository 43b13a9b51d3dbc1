"""Extended-release quetiapine beside an antidepressant that goes on."""

from __future__ import annotations

from kinetamine.citation import Reference
from kinetamine.engine.comparator import Comparator, rising
from kinetamine.engine.evidence import Evidence, Grade
from kinetamine.engine.model import Estimate, Provenance

LII = Reference(
    key="lii_2023",
    authors=(
        "Lii, TR and Smith, AE and Flohr, JR and Okada, RL and Nyongesa, CA and Cianfichi, LJ and Hack, LM and "
        "Schatzberg, AF and Heifets, BD"
    ),
    title="Randomized trial of ketamine masked by surgical anesthesia in patients with depression",
    journal="Nature Mental Health",
    year=2023,
    volume="1",
    pages="876-886",
    doi="10.1038/s44220-023-00140-x",
    pmid="38188539",
)
BAUER = Reference(
    key="bauer_2010",
    authors="Bauer, M and El-Khalili, N and Datto, C and Szamosi, J and Eriksson, H",
    title=(
        "A pooled analysis of two randomised, placebo-controlled studies of extended release quetiapine fumarate "
        "adjunctive to antidepressant therapy in patients with major depressive disorder"
    ),
    journal="Journal of Affective Disorders",
    year=2010,
    doi="10.1016/j.jad.2010.08.032",
    pmid="20884063",
)
BAUER09 = Reference(
    key="bauer_2009",
    authors="Bauer, M and Pretorius, HW and Constant, EL and Earley, WR and Szamosi, J and Brecher, M",
    title=(
        "Extended-release quetiapine as adjunct to an antidepressant in patients with major depressive disorder: "
        "results of a randomized, placebo-controlled, double-blind study"
    ),
    journal="Journal of Clinical Psychiatry",
    year=2009,
    volume="70",
    pages="540-549",
    pmid="19358791",
    url="https://www.psychiatrist.com/jcp/depression/extended-release-quetiapine-adjunct-antidepressant/",
)
REIF = Reference(
    key="reif_2023",
    authors="Reif, A and Bitter, I and Buyze, J and others",
    title="Esketamine nasal spray versus quetiapine for treatment-resistant depression",
    journal="New England Journal of Medicine",
    year=2023,
    volume="389",
    pages="1298-1309",
    doi="10.1056/NEJMoa2304145",
)

ENTRY = Comparator(
    name="quetiapine",
    title="Quetiapine XR augmentation",
    references=(
        LII,
        BAUER,
        BAUER09,
        REIF,
    ),
    population=(
        "major depression that answered too little to an antidepressant; treatment-resistant depression in ESCAPE-TRD"
    ),
    parameters={
        "CONVICTION": Estimate(
            0.9,
            "1",
            BAUER,
            "abstract: placebo -12.0 at week 6",
            Provenance.DERIVED,
            note=(
                "12.0 of 28.4 points (baseline: Bauer 2009) is 0.42 of baseline, over 0.47; the scale: 0.47 = (12.4"
                " + 13.5) / (25.1 + 29.9), the fall at day 1 of both arms that could not know (Lii 2023)"
            ),
            interval=(0.6, 1.0),
        ),
        "SIZE_DEPRESSION": Estimate(
            0.162,
            "fraction",
            BAUER,
            "abstract: -14.5 and -14.8 v -12.0 at week 6",
            Provenance.DERIVED,
            note="2.65 of the 16.4 MADRS points left on placebo (baseline 28.4: Bauer 2009), course 0.998",
            interval=(0.1, 0.22),
        ),
        "SIZE_ANXIETY": Estimate(
            0.16,
            "fraction",
            BAUER09,
            "congress abstract of the trial, European Psychiatry P0173",
            Provenance.DERIVED,
            note="HAM-A of depressed people: -10.27 and -9.70 v -7.92 of 20.8 at week 6: 2.07 of the 12.9 left",
            interval=(0.05, 0.25),
        ),
        "ONSET": Estimate(
            160.0,
            "h",
            BAUER,
            "abstract: -7.8 and -7.3 v -5.1 at week 1",
            Provenance.DERIVED,
            note="2.45 of the 23.3 left at week 1 is 0.105, over 0.162 at week 6: 0.65",
        ),
    },
    sessions=False,
    contacts_h=168.0,
    course=rising,
    sizes={"depression": "SIZE_DEPRESSION", "anxiety": "SIZE_ANXIETY"},
    days=(0.0, 224.0),
    evidence=(
        Evidence(
            text=(
                "150 and 300 mg beside an antidepressant: -14.5 and -14.8 v -12.0 MADRS points at week 6, -7.8 and "
                "-7.3 v -5.1 at week 1 (919 people)."
            ),
            source=BAUER,
            supports=True,
            grade=Grade.HIGH,
        ),
        Evidence(
            text="HAM-A of the same people: -10.27 and -9.70 v -7.92 of 20.8 at week 6.",
            source=BAUER09,
            supports=True,
            grade=Grade.MODERATE,
        ),
        Evidence(
            text=(
                "Remission at week 8: 17.6 % with quetiapine, 27.1 % with esketamine (676 people, raters blind, "
                "patients not)."
            ),
            source=REIF,
            supports=False,
            grade=Grade.HIGH,
        ),
    ),
    notes=(
        "The two trials of 2009 and 2010 took people with one failure; in ESCAPE-TRD (two or more) fewer did well.",
        "Conviction holds what the ongoing antidepressant still did in six weeks.",
        "Sedation, weight and stopping for side effects are not simulated.",
    ),
)
