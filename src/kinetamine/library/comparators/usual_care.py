"""Care as usual, without a new treatment."""

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
VISITS = Reference(
    key="posternak_2007",
    authors="Posternak, MA and Zimmerman, M",
    title=(
        "Therapeutic effect of follow-up assessments on antidepressant and placebo response rates in antidepressant"
        " efficacy trials: meta-analysis"
    ),
    journal="British Journal of Psychiatry",
    year=2007,
    volume="190",
    pages="287-292",
    doi="10.1192/bjp.bp.106.028555",
)
KHAN = Reference(
    key="khan_2012",
    authors="Khan, A and Faucett, J and Lichtenberg, P and Kirsch, I and Brown, WA",
    title="A systematic review of comparative efficacy of treatments and controls for depression",
    journal="PLoS ONE",
    year=2012,
    volume="7",
    pages="e41778",
    doi="10.1371/journal.pone.0041778",
    pmid="22860015",
)
CUIJPERS = Reference(
    key="cuijpers_2021",
    authors="Cuijpers, P and Karyotaki, E and Ciharova, M and Miguel, C and Noma, H and Furukawa, TA",
    title=(
        "The effects of psychotherapies for depression on response, remission, reliable change, and deterioration: "
        "a meta-analysis"
    ),
    journal="Acta Psychiatrica Scandinavica",
    year=2021,
    doi="10.1111/acps.13335",
)

ENTRY = Comparator(
    name="usual_care",
    title="Usual care",
    references=(
        LII,
        VISITS,
        KHAN,
        CUIJPERS,
    ),
    population="adults with depression, control arms of psychotherapy trials",
    parameters={
        "CONVICTION": Estimate(
            0.6,
            "1",
            CUIJPERS,
            "abstract, with Khan 2012, table 3",
            Provenance.DERIVED,
            note=(
                "17 % of people fell by half, a mean fall of 0.21 if the SD is 0.3 (0.45); arms with blinded raters"
                " fell by 36 % (0.76); the middle of both, over 0.47; the scale: 0.47 = (12.4 + 13.5) / (25.1 + "
                "29.9), the fall at day 1 of both arms that could not know (Lii 2023)"
            ),
            interval=(0.45, 0.76),
        ),
        "SIZE": Estimate(
            0.0,
            "fraction",
            CUIJPERS,
            "by definition",
            Provenance.DERIVED,
            note="the background against which psychotherapy is measured",
        ),
    },
    sessions=False,
    contacts_h=336.0,
    course=at_once,
    sizes={"depression": "SIZE", "anxiety": "SIZE", "ptsd": "SIZE"},
    days=(0.0, 84.0),
    evidence=(
        Evidence(
            text="Response at two months: 17 % in usual care, 41 % with psychotherapy (228 trials).",
            source=CUIJPERS,
            supports=True,
            grade=Grade.HIGH,
        ),
        Evidence(
            text="With blinded raters usual care fell by 36 % of baseline, placebo by 38 %, waiting lists by 13 %.",
            source=KHAN,
            supports=False,
            grade=Grade.MODERATE,
        ),
        Evidence(
            text="Fewer visits mean a smaller placebo response: 0.67 to 0.86 HAM-D points for one visit.",
            source=VISITS,
            supports=True,
            grade=Grade.MODERATE,
        ),
    ),
    notes=(
        (
            "What is usual differs: from a letter to the general practitioner to an antidepressant. Contact every "
            "other week is assumed."
        ),
        "The two sources for its fall disagree by a factor of 1.7; the interval spans both.",
    ),
)
