"""An inert pill a day and regular visits: placebo response as it grows in trials of antidepressants."""

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
RUTHERFORD = Reference(
    key="rutherford_2012",
    authors="Rutherford, BR and Mori, S and Sneed, JR and Pimontel, MA and Roose, SP",
    title="Contribution of spontaneous improvement to placebo response in depression: a meta-analytic review",
    journal="Journal of Psychiatric Research",
    year=2012,
    url="https://pmc.ncbi.nlm.nih.gov/articles/PMC3509755/",
)

ENTRY = Comparator(
    name="placebo_pill",
    title="Placebo pill, daily",
    references=(
        POSTERNAK,
        VISITS,
        KHAN,
        RUTHERFORD,
    ),
    population="major depression, placebo arms of antidepressant and psychotherapy trials",
    parameters={
        "CONVICTION": Estimate(
            1.35,
            "1",
            KHAN,
            "table 3",
            Provenance.DERIVED,
            note=(
                "placebo arms with blinded raters fell by 38 % of baseline at week 8, when 0.95 of it is there; the "
                "scale: a fully persuaded ketamine arm falls by 0.29, the mean over people of BELIEF"
            ),
            interval=(1.0, 1.5),
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
            KHAN,
            "by definition",
            Provenance.DERIVED,
            note="what an inert treatment does is the measure of what expectation does",
        ),
        "ONSET": Estimate(
            403.0,
            "h",
            POSTERNAK,
            "abstract",
            Provenance.DERIVED,
            note="61.6 % of six weeks' improvement on placebo took place in the first two",
        ),
    },
    sessions=False,
    contacts_h=168.0,
    course=rising,
    sizes={
        "depression": "SIZE",
        "anxiety": "SIZE",
        "ptsd": "SIZE",
        "suicidal_ideation": "SIZE",
        "chronic_pain": "SIZE",
    },
    days=(0.0, 84.0),
    evidence=(
        Evidence(
            text="Placebo arms with blinded raters fell by 38 % of baseline; waiting lists by 13 %.",
            source=KHAN,
            supports=True,
            grade=Grade.HIGH,
        ),
        Evidence(
            text="61.6 % of the improvement of six weeks comes in the first two.",
            source=POSTERNAK,
            supports=True,
            grade=Grade.MODERATE,
        ),
        Evidence(
            text="One more visit took 0.67 to 0.86 HAM-D points more: contact is part of it.",
            source=VISITS,
            supports=True,
            grade=Grade.MODERATE,
        ),
        Evidence(
            text="Waiting lists improve by 4 HAM-D points: part of it is nobody's doing.",
            source=RUTHERFORD,
            supports=False,
            grade=Grade.MODERATE,
        ),
    ),
    notes=(
        (
            "The course is the published time course of placebo response; with a size of 0 it changes no score: "
            "expectancy does."
        ),
        "Conviction was found in depression; for the other outcomes the same value is used.",
    ),
)
