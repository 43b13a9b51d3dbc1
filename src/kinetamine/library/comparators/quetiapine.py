"""Extended-release quetiapine beside an antidepressant that goes on."""

from __future__ import annotations

from kinetamine.citation import Reference
from kinetamine.engine.comparator import Comparator, rising
from kinetamine.engine.evidence import Evidence, Grade
from kinetamine.engine.model import Estimate, Provenance

POSTERNAK = Reference(
    key="posternak_2005",
    authors="Posternak, MA and Zimmerman, M",
    title="Is there a delay in the antidepressant effect? A meta-analysis",
    journal="Journal of Clinical Psychiatry",
    year=2005,
    volume="66",
    pages="148-158",
    url="https://www.psychiatrist.com/jcp/depression/is-delay-antidepressant-effect-meta-analysis/",
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
        POSTERNAK,
        BAUER,
        BAUER09,
        REIF,
    ),
    population=(
        "major depression that answered too little to an antidepressant; treatment-resistant depression in ESCAPE-TRD"
    ),
    parameters={
        "CONVICTION": Estimate(
            1.55,
            "1",
            BAUER,
            "abstract: placebo -12.0 at week 6",
            Provenance.DERIVED,
            note=(
                "12.0 of 28.4 points (baseline: Bauer 2009) is 0.42 of baseline, at week 6, when 0.92 of it is there; "
                "the scale: a fully persuaded ketamine arm falls by 0.29, the mean over people of BELIEF"
            ),
            interval=(1.0, 1.7),
        ),
        "RISE": Estimate(
            0.4155,
            "1/h",
            POSTERNAK,
            "abstract: three fifths of the improvement on placebo within two weeks",
            Provenance.DERIVED,
            note=(
                "each contact of an hour brings 0.34 of what contacts can bring: 0.34, 0.56, 0.81 and 0.96 after one, "
                "two, four and eight weekly ones"
            ),
        ),
        "FADE": Estimate(
            8760.0,
            "h",
            POSTERNAK,
            "no source",
            Provenance.ASSUMED,
            note="a year: as long as care goes on, belief in it is kept",
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
