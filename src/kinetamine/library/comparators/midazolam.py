"""Midazolam in ketamine's place: a session that can be felt, yet has no lasting action of its own."""

from __future__ import annotations

from kinetamine.citation import Reference
from kinetamine.engine.comparator import Comparator, at_once
from kinetamine.engine.evidence import Evidence, Grade
from kinetamine.engine.model import Estimate, Provenance

MURROUGH = Reference(
    key="murrough_2013",
    authors=(
        "Murrough, JW and Iosifescu, DV and Chang, LC and Al Jurdi, RK and Green, CM and Perez, AM and Iqbal, S and"
        " Pillemer, S and Foulkes, A and Shah, A and Charney, DS and Mathew, SJ"
    ),
    title=(
        "Antidepressant efficacy of ketamine in treatment-resistant major depression: a two-site randomized "
        "controlled trial"
    ),
    journal="American Journal of Psychiatry",
    year=2013,
    volume="170",
    pages="1134-1142",
    doi="10.1176/appi.ajp.2013.13030392",
    pmid="23982301",
)
DEAN = Reference(
    key="dean_2021",
    authors="Dean, RL and Hurducas, C and Hawton, K and others",
    title=(
        "Ketamine and other glutamate receptor modulators for depression in adults with unipolar major depressive "
        "disorder"
    ),
    journal="Cochrane Database of Systematic Reviews",
    year=2021,
    pages="CD011612",
    doi="10.1002/14651858.CD011612.pub3",
    url="https://pmc.ncbi.nlm.nih.gov/articles/PMC8434915/",
)
PRICE14 = Reference(
    key="price_2014",
    authors="Price, RB and others",
    title=(
        "Effects of ketamine on explicit and implicit suicidal cognition: a randomized controlled trial in "
        "treatment-resistant depression"
    ),
    journal="Depression and Anxiety",
    year=2014,
    volume="31",
    pages="335-343",
    url="https://pmc.ncbi.nlm.nih.gov/articles/PMC4112410",
)

ENTRY = Comparator(
    name="midazolam",
    title="Midazolam session (active control)",
    references=(
        MURROUGH,
        DEAN,
        PRICE14,
    ),
    population="treatment-resistant depression, 0.02 to 0.045 mg/kg in 40 min",
    parameters={
        "CONVICTION": Estimate(
            1.05,
            "1",
            MURROUGH,
            "docs/fits/mechanism.py",
            Provenance.FITTED,
            note="to all trials of the calibration together; the interval holds 90 %",
            interval=(0.86, 1.14),
        ),
        "SIZE": Estimate(
            0.0,
            "fraction",
            MURROUGH,
            "no source",
            Provenance.ASSUMED,
            note="no trial of midazolam against saline was found; all that its arms do is taken as expectation",
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
            text="The midazolam arm fell by 8.8 MADRS points in 24 h, ketamine by 16.5.",
            source=MURROUGH,
            supports=True,
            grade=Grade.MODERATE,
        ),
        Evidence(
            text="Against midazolam ketamine's standardised effect at 24 h is 0.49, against saline 0.87.",
            source=DEAN,
            supports=True,
            grade=Grade.MODERATE,
        ),
        Evidence(
            text=(
                "State anxiety fell as much on midazolam (57.5 to 44.1) as on ketamine within 24 h: some of it may "
                "be the drug's."
            ),
            source=PRICE14,
            supports=False,
            grade=Grade.LOW,
        ),
    ),
    notes=(
        "Its acute sedation and relief of anxiety, hours long, are not simulated.",
        (
            "The conviction was found at 24 h after one infusion; later sessions may convince less, as people learn"
            " to tell."
        ),
    ),
)
