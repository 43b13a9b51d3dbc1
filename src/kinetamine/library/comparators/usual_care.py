"""Care as usual, without a new treatment."""

from __future__ import annotations

from kinetamine.citation import Reference
from kinetamine.engine.comparator import Comparator, at_once
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
        POSTERNAK,
        VISITS,
        KHAN,
        CUIJPERS,
    ),
    population="adults with depression, control arms of psychotherapy trials",
    parameters={
        "CONVICTION": Estimate(
            1.0,
            "1",
            CUIJPERS,
            "abstract, with Khan 2012, table 3",
            Provenance.DERIVED,
            note=(
                "17 % of people fell by half, a mean fall of 0.21 if the SD is 0.3 (0.75); arms with blinded raters "
                "fell by 36 % (1.27); the middle of both; the scale: a fully persuaded ketamine arm falls by 0.29, "
                "the mean over people of BELIEF"
            ),
            interval=(0.75, 1.27),
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
