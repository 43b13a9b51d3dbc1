"""Admission for suicidal ideation and a new or better antidepressant: the background of the ASPIRE trials."""

from __future__ import annotations

from kinetamine.citation import Reference
from kinetamine.engine.comparator import Comparator, in_two_parts
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
FU = Reference(
    key="fu_2020",
    authors=(
        "Fu, DJ and Ionescu, DF and Li, X and Lane, R and Lim, P and Sanacora, G and Hough, D and Manji, H and "
        "Drevets, WC and Canuso, CM"
    ),
    title=(
        "Esketamine nasal spray for rapid reduction of major depressive disorder symptoms in patients who have "
        "active suicidal ideation with intent: double-blind, randomized study (ASPIRE I)"
    ),
    journal="Journal of Clinical Psychiatry",
    year=2020,
    volume="81",
    pages="19m13191",
    doi="10.4088/JCP.19m13191",
)
IONESCU = Reference(
    key="ionescu_2021",
    authors=(
        "Ionescu, DF and Fu, DJ and Qiu, X and Lane, R and Lim, P and Kasper, S and Hough, D and Drevets, WC and "
        "Manji, H and Canuso, CM"
    ),
    title=(
        "Esketamine nasal spray for rapid reduction of depressive symptoms in patients with major depressive "
        "disorder who have active suicide ideation with intent: results of a phase 3, double-blind, randomized "
        "study (ASPIRE II)"
    ),
    journal="International Journal of Neuropsychopharmacology",
    year=2021,
    volume="24",
    pages="22-31",
    doi="10.1093/ijnp/pyaa068",
)
CANUSO = Reference(
    key="canuso_2018",
    authors="Canuso, CM and Singh, JB and Fedgchin, M and others",
    title=(
        "Efficacy and safety of intranasal esketamine for the rapid reduction of symptoms of depression and "
        "suicidality in patients at imminent risk for suicide: results of a double-blind, randomized, "
        "placebo-controlled study"
    ),
    journal="American Journal of Psychiatry",
    year=2018,
    volume="175",
    pages="620-630",
    doi="10.1176/appi.ajp.2018.17060720",
)
FU23 = Reference(
    key="fu_2023",
    authors=(
        "Fu, DJ and Zhang, Q and Shi, L and Borentain, S and Guo, S and Mathews, M and Anjo, J and Nash, AI and "
        "O'Hara, M and Canuso, CM"
    ),
    title="Esketamine versus placebo on time to remission in major depressive disorder with acute suicidality",
    journal="BMC Psychiatry",
    year=2023,
    volume="23",
    pages="587",
    doi="10.1186/s12888-023-05017-y",
    pmid="37568081",
)

ENTRY = Comparator(
    name="standard_of_care",
    title="Hospital standard of care",
    references=(
        DALY,
        FU,
        IONESCU,
        CANUSO,
        FU23,
    ),
    population="major depression with active suicidal ideation and intent, admitted for at least five days",
    parameters={
        "CONVICTION": Estimate(
            0.0,
            "1",
            FU,
            "by construction",
            Provenance.DERIVED,
            note="its size holds the whole improvement, expectation included",
        ),
        "SIZE_DEPRESSION": Estimate(
            0.52,
            "fraction",
            FU23,
            "docs/fits/mechanism.py",
            Provenance.FITTED,
            note="to all trials of the calibration together; the interval holds 90 %",
            interval=(0.25, 0.75),
        ),
        "SHARE": Estimate(
            0.27,
            "fraction",
            IONESCU,
            "24 h, placebo arms, with Fu 2020 and Canuso 2018",
            Provenance.DERIVED,
            note=(
                "falls of 12.8 of 41.0, 12.4 of 39.9 and 12.0 of 38.8 points are 0.311 of baseline; the spray takes"
                " 0.163; 1 - 0.689 / 0.837 = 0.177 at 24 h, which is 0.32 of the whole"
            ),
            interval=(0.15, 0.45),
        ),
        "ONSET": Estimate(
            8.0,
            "h",
            CANUSO,
            "no source",
            Provenance.ASSUMED,
            note="the first part is there on the first day; readings at 4 h were not read by arm",
        ),
        "ONSET_later": Estimate(
            240.0,
            "h",
            FU23,
            "no source",
            Provenance.ASSUMED,
            note="days to weeks, as a new antidepressant and a stay in hospital; not read day by day",
        ),
    },
    sessions=False,
    contacts_h=24.0,
    course=in_two_parts,
    sizes={"depression": "SIZE_DEPRESSION"},
    days=(0.0, 90.0),
    evidence=(
        Evidence(
            text="Placebo spray with standard of care: -12.8 of 41.0 MADRS points at 24 h.",
            source=FU,
            supports=True,
            grade=Grade.HIGH,
        ),
        Evidence(
            text="The same in the second trial: -12.4 (SD 10.43) of 39.9.",
            source=IONESCU,
            supports=True,
            grade=Grade.HIGH,
        ),
        Evidence(
            text="And in the trial before: -12.0 of 38.8.",
            source=CANUSO,
            supports=True,
            grade=Grade.MODERATE,
        ),
        Evidence(
            text="Median time to remission (MADRS of 12 or less) 23 days, with esketamine 15.",
            source=FU23,
            supports=True,
            grade=Grade.MODERATE,
        ),
        Evidence(
            text=(
                "Without admission the spray's arm fell by 5.7 of 35.0 points at 24 h: half of the fall is the "
                "setting's."
            ),
            source=DALY,
            supports=True,
            grade=Grade.LOW,
        ),
    ),
    notes=(
        "Fitted to four weeks; the trials followed people for three months, where it is held level here.",
        "Scores at the height of a crisis fall by themselves (regression to the mean); that is in it.",
        (
            "No size for suicidal ideation: both arms improved on the CGI-SS-r, but no change was found that could "
            "be read."
        ),
    ),
)
