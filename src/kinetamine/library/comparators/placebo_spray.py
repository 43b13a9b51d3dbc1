"""A bitter nasal spray without drug, in esketamine's place."""

from __future__ import annotations

from kinetamine.citation import Reference
from kinetamine.engine.comparator import Comparator, at_once
from kinetamine.engine.evidence import Evidence, Grade
from kinetamine.engine.model import Estimate, Provenance

DALY = Reference(
    key="daly_2018",
    authors="Daly, EJ and Singh, JB and Fedgchin, M and others",
    title=(
        "Efficacy and safety of intranasal esketamine adjunctive to oral antidepressant therapy in "
        "treatment-resistant depression: a randomized clinical trial"
    ),
    journal="JAMA Psychiatry",
    year=2018,
    volume="75",
    pages="139-148",
    doi="10.1001/jamapsychiatry.2017.3739",
    url="https://pmc.ncbi.nlm.nih.gov/articles/PMC5838571/",
)
JONES = Reference(
    key="jones_2022",
    authors="Jones, RR and others",
    title=(
        "Efficacy and safety of esketamine nasal spray by sex in patients with treatment-resistant depression: "
        "findings from short-term randomized, controlled trials"
    ),
    journal="Archives of Women's Mental Health",
    year=2022,
    volume="25",
    pages="313-326",
    doi="10.1007/s00737-021-01185-6",
    url="https://pmc.ncbi.nlm.nih.gov/articles/PMC8921149/",
)

ENTRY = Comparator(
    name="placebo_spray",
    title="Placebo nasal spray session",
    references=(
        DALY,
        JONES,
    ),
    population="treatment-resistant depression with an antidepressant that went on unchanged, spray twice a week",
    parameters={
        "CONVICTION": Estimate(
            1.0,
            "1",
            DALY,
            "docs/fits/mechanism.py",
            Provenance.FITTED,
            note="to all trials of the calibration together; the interval holds 90 %",
            interval=(0.81, 1.13),
        ),
        "SIZE": Estimate(
            0.0,
            "fraction",
            DALY,
            "by definition",
            Provenance.DERIVED,
            note="what an inert treatment does is the measure of what expectation does",
        ),
    },
    sessions=True,
    contacts_h=None,
    course=at_once,
    sizes={
        "depression": "SIZE",
        "anxiety": "SIZE",
        "ptsd": "SIZE",
        "suicidal_ideation": "SIZE",
        "chronic_pain": "SIZE",
    },
    days=(0.0, 28.0),
    evidence=(
        Evidence(
            text=(
                "Beside an unchanged antidepressant the spray alone took 9.7 points at 2 h, 5.7 at 24 h and 4.9 at "
                "day 8, of 35.0."
            ),
            source=DALY,
            supports=True,
            grade=Grade.MODERATE,
        ),
        Evidence(
            text=(
                "Beside a newly started antidepressant its arms fell by 15.8 (women) and 16.0 points (men) in four "
                "weeks."
            ),
            source=JONES,
            supports=False,
            grade=Grade.MODERATE,
        ),
    ),
    notes=(
        "The new oral antidepressant of the esketamine trials is an entry of its own, oral_antidepressant.",
        "At 2 h the arm had fallen more than at 24 h; that first, passing fall is not simulated.",
    ),
)
