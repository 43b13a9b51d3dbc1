"""Saline in ketamine's place: what a session does where most people notice that nothing happens."""

from __future__ import annotations

from kinetamine.citation import Reference
from kinetamine.engine.comparator import Comparator, at_once
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
SINGH = Reference(
    key="singh_2016",
    authors=(
        "Singh, JB and Fedgchin, M and Daly, EJ and De Boer, P and Cooper, K and Lim, P and Pinter, C and Murrough,"
        " JW and Sanacora, G and Shelton, RC and others"
    ),
    title=(
        "A double-blind, randomized, placebo-controlled, dose-frequency study of intravenous ketamine in patients "
        "with treatment-resistant depression"
    ),
    journal="Am J Psychiatry",
    year=2016,
    volume="173",
    pages="816-826",
    doi="10.1176/appi.ajp.2016.16010037",
)
WILKINSON = Reference(
    key="wilkinson_2018",
    authors=(
        "Wilkinson, ST and Ballard, ED and Bloch, MH and Mathew, SJ and Murrough, JW and Feder, A and Sos, P and "
        "Wang, G and Zarate, CA and Sanacora, G"
    ),
    title=(
        "The effect of a single dose of intravenous ketamine on suicidal ideation: a systematic review and "
        "individual participant data meta-analysis"
    ),
    journal="American Journal of Psychiatry",
    year=2018,
    volume="175",
    pages="150-158",
    doi="10.1176/appi.ajp.2017.17040472",
    pmid="28969441",
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
ABDALLAH = Reference(
    key="abdallah_2022",
    authors="Abdallah, CG and Roache, JD and Gueorguieva, R and Averill, LA and Young-McCaughan, S and Shiroma, PR "
    "and Purohit, P and Brundige, A and Murff, W and Ahn, KH and others",
    title="Dose-related effects of ketamine for antidepressant-resistant symptoms of posttraumatic stress disorder in "
    "veterans and active duty military",
    journal="Neuropsychopharmacology",
    year=2022,
    volume="47",
    pages="1574-1581",
    doi="10.1038/s41386-022-01266-9",
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

ENTRY = Comparator(
    name="placebo",
    title="Saline session (inert)",
    references=(
        LII,
        SINGH,
        WILKINSON,
        DEAN,
        ABDALLAH,
        SIGTERMANS,
    ),
    population="treatment-resistant depression, saline infusions in 40 min, once to three times a week",
    parameters={
        "CONVICTION": Estimate(
            0.29,
            "1",
            SINGH,
            "docs/fits/mechanism.py",
            Provenance.FITTED,
            note="to all trials of the calibration together; the interval holds 90 %",
            interval=(0.1, 0.46),
        ),
        "CONVICTION_PTSD": Estimate(
            1.0,
            "1",
            ABDALLAH,
            "abstract",
            Provenance.DERIVED,
            note=(
                "eight infusions of 0.5 or 0.2 mg/kg did no better than saline on PCL-5 and CAPS-5 (158 people), so "
                "saline took as much of a score as ketamine's session did; 0.29 would make a difference of 10 points"
            ),
        ),
        "CONVICTION_CHRONIC_PAIN": Estimate(
            1.0,
            "1",
            SIGTERMANS,
            "abstract",
            Provenance.DERIVED,
            note="RESPOND0 of the outcome describes this very arm: 5.45 points a week after saline, 7 before",
        ),
        "SIZE": Estimate(
            0.0,
            "fraction",
            LII,
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
                "Saline arms fell by 5.7 and 3.1 MADRS points of about 35 at day 15 of twice and thrice weekly "
                "infusions."
            ),
            source=SINGH,
            supports=True,
            grade=Grade.MODERATE,
        ),
        Evidence(
            text="Control arms (saline or midazolam) went from 32.9 to 29.2 points at day 1 and to 27.5 at day 7.",
            source=WILKINSON,
            supports=True,
            grade=Grade.MODERATE,
        ),
        Evidence(
            text=(
                "Response at 24 h was 8.8 % on saline but 25.9 % on midazolam: the inert arm is the less convincing"
                " one."
            ),
            source=DEAN,
            supports=True,
            grade=Grade.MODERATE,
        ),
        Evidence(
            text="Where anaesthesia hid the infusion, saline fell by 13.5 of 29.9 points, as much as ketamine did.",
            source=LII,
            supports=False,
            grade=Grade.MODERATE,
        ),
    ),
    notes=(
        "How far saline convinces was found in depression; anxiety and suicidal ideation take it from there.",
        "Who believes in the infusion, as under anaesthesia, needs EXPECTANCY, or another conviction.",
    ),
)
