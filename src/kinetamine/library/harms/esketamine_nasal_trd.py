"""Esketamine nasal spray in treatment-resistant depression, 18 to 64 years: the label's table and its scales."""

from __future__ import annotations

from kinetamine.citation import Reference
from kinetamine.engine.events import Form
from kinetamine.engine.harm import AdverseEvent, Counts, Harm
from kinetamine.engine.model import Estimate, Provenance

REACTIONS = Reference(
    key="spravato_label_2021_reactions",
    authors="{Janssen Pharmaceuticals}",
    title="SPRAVATO (esketamine) nasal spray, US prescribing information, Tables 2 and 3",
    journal="",
    year=2021,
    url="https://www.usmedicine.com/2021online-dir/inc/html/34.html",
)
LABEL = Reference(
    key="spravato_label_2021_table_6",
    authors="{Janssen Pharmaceuticals}",
    title="SPRAVATO (esketamine) nasal spray, US prescribing information, Table 6",
    journal="",
    year=2021,
    url="https://www.usmedicine.com/2021online-dir/inc/html/35.html",
)
WARNINGS = Reference(
    key="spravato_label_2021_warnings",
    authors="{Janssen Pharmaceuticals}",
    title="SPRAVATO (esketamine) nasal spray, US prescribing information, section 5",
    journal="",
    year=2021,
    url="https://www.usmedicine.com/2021online-dir/inc/html/30.html",
)
SUMMARY = Reference(
    key="spravato_label_summary",
    authors="{Janssen Pharmaceuticals}",
    title="SPRAVATO for healthcare professionals: safety, table of adverse reactions of the label",
    journal="",
    year=2025,
    url="https://www.spravatohcp.com/safety",
)
REGISTRY = Reference(
    key="janssen_2025_transform_one_two",
    authors="{Janssen Research and Development}",
    title="TRANSFORM-1 (NCT02417064) and TRANSFORM-2 (NCT02418585): adverse events, ClinicalTrials.gov",
    journal="",
    year=2025,
    url="https://clinicaltrials.gov/study/NCT02417064",
)
COURSE = Reference(
    key="esketamine_events_course_2022",
    authors="{Janssen post hoc analysis (authors not shown where read)}",
    title="Longitudinal course of adverse events with esketamine nasal spray: a post hoc analysis of pooled data from "
    "phase 3 trials in patients with treatment-resistant depression",
    journal="Journal of Clinical Psychiatry",
    year=2022,
    url="https://dev.psychiatrist.com/jcp/esketamine-nasal-spray-mdd-adverse-events/",
)
DISSOCIATION = Reference(
    key="janssen_2024_dissociation",
    authors="{Johnson and Johnson medical information}",
    title="Adverse event of SPRAVATO: dissociative effects/perceptual disturbances",
    journal="",
    year=2024,
    url="https://jnjmedicalconnect.com/products/spravato/medical-content/"
    "adverse-event-of-spravato-dissociative-effectsperceptual-disturbances",
)
JANSSEN = Reference(
    key="janssen_2024_sedation",
    authors="{Johnson and Johnson medical information}",
    title="Adverse event of SPRAVATO: sedation and somnolence",
    journal="",
    year=2024,
    url="https://www.jnjmedicalconnect.com/products/spravato/medical-content/"
    "adverse-event-of-spravato-sedation-and-somnolence",
)
GLUE = Reference(
    key="glue_2018",
    authors="Glue, P and Neehoff, SM and Medlicott, NJ and Gray, A and Kibby, G and McNaughton, N",
    title="Safety and efficacy of maintenance ketamine treatment in patients with treatment-refractory generalised "
    "anxiety and social anxiety disorders",
    journal="Journal of Psychopharmacology",
    year=2018,
    volume="32",
    pages="663-667",
    doi="10.1177/0269881118762073",
    pmid="29561204",
)

_TABLE = Counts(REACTIONS, "Table 2", 346, 222)
_PRESSURE = Counts(LABEL, "Table 6, under 65 years", 346, 222)
_SUMS = Counts(
    REGISTRY, "adverse events of the double-blind phases, summed; Table 2 of the label agrees", 346, 222, summed=True
)


def _first_week(percent: float) -> Estimate:
    return Estimate(percent, "%", COURSE, "abstract: week 1 (two sessions), n = 928", Provenance.MEASURED)


def _as_single_term(value: float, term: str) -> Estimate:
    note = f"correlation of the single term {term} in esketamine_nasal_trd_terms; the label's group has no first week"
    return Estimate(value, "1", REGISTRY, "first week and four weeks of the single term", Provenance.DERIVED, note)


_ON_A_SCALE = Estimate(
    0.58,
    "1",
    JANSSEN,
    "REMS registry 2019-2024: sedation in 61.9 % of patients, 34.7 % of sessions",
    Provenance.DERIVED,
    "over 8 sessions, a number that is not stated; assumed for dissociation on its scale too",
)


def _middle(low: float, high: float, source: Reference, where: str) -> Estimate:
    note = "middle of the published range over doses and studies"
    return Estimate((low + high) / 2.0, "%", source, where, Provenance.DERIVED, note, (low, high))


ENTRY = Harm(
    name="esketamine_nasal_trd",
    title="Esketamine nasal spray with a new antidepressant, resistant depression, 18 to 64 years",
    references=(REACTIONS, LABEL, WARNINGS, SUMMARY, REGISTRY, COURSE, DISSOCIATION, JANSSEN, GLUE),
    parameters={
        "DECLINE": Estimate(
            (8.8 / 20.0) ** (1.0 / 13.0),
            "1",
            GLUE,
            "mean CADSS 20 in week 1, 8.8 in week 14",
            Provenance.DERIVED,
            "the fall of the score over 13 weekly sessions stands in for the fall of the hazard; it brings out the "
            "maintenance table of SUSTAIN-1 (see tests)",
        ),
        "CORRELATION": Estimate(
            0.43,
            "1",
            COURSE,
            "first week, beside four weeks in the registries",
            Provenance.DERIVED,
            "geometric mean of five events in esketamine_nasal_trd_terms, 0.25 to 0.88",
        ),
    },
    forms=(Form.ESKETAMINE,),
    routes=("intranasal",),
    dose_mg=(56.0, 84.0),
    population="adults with treatment-resistant depression; psychosis, bipolar disorder and substance use disorders "
    "excluded",
    age_y=(18.0, 65.0),
    sessions=8,
    days=28.0,
    people=346,
    control_people=222,
    control_arm="placebo spray with a new antidepressant",
    events=(
        _TABLE.event("dissociation", "Dissociation", 142, 21, correlation=_as_single_term(0.50, "dissociation")),
        _TABLE.event("dizziness", "Dizziness", 101, 17, correlation=_as_single_term(0.88, "dizziness")),
        _SUMS.event("nausea", "Nausea", 98, 19, first_week=_first_week(14.0)),
        _TABLE.event("sedation", "Sedation or sleepiness", 79, 21),
        _SUMS.event("vertigo", "Vertigo", 78, 6, first_week=_first_week(12.1)),
        _TABLE.event("headache", "Headache", 70, 38),
        _TABLE.event("dysgeusia", "Altered taste", 66, 30),
        _TABLE.event("hypoaesthesia", "Numbness", 63, 5),
        _TABLE.event("anxiety", "Anxiety", 45, 14),
        _TABLE.event("lethargy", "Lethargy", 37, 12),
        AdverseEvent(
            name="blood_pressure_increased",
            title="Increased blood pressure",
            drug=Estimate(10.0, "%", SUMMARY, "table of adverse reactions", Provenance.MEASURED),
            control=Estimate(3.0, "%", SUMMARY, "table of adverse reactions", Provenance.MEASURED),
            declines=False,
        ),
        _SUMS.event("vomiting", "Vomiting", 32, 4),
        _TABLE.event("insomnia", "Sleeplessness", 29, 16),
        _TABLE.event("nasal_discomfort", "Nasal discomfort", 23, 11),
        _TABLE.event("throat_irritation", "Throat irritation", 23, 9),
        _SUMS.event("feeling_drunk", "Feeling drunk", 19, 1),
        _TABLE.event("euphoric_mood", "Euphoric mood", 15, 2),
        _TABLE.event("dysarthria", "Slurred speech", 15, 0),
        _TABLE.event("tremor", "Tremor", 12, 2),
        _TABLE.event("mental_impairment", "Mental impairment", 11, 2),
        _TABLE.event("pollakiuria", "Frequent urination", 11, 1),
        AdverseEvent(
            name="cadss_above_4",
            title="Dissociation on the scale (CADSS above 4 and risen)",
            drug=_middle(61.0, 84.0, DISSOCIATION, "summary: 61 to 84 %"),
            control=_middle(5.0, 16.0, DISSOCIATION, "summary: 5 to 16 % on placebo"),
            scale_measured=True,
            correlation=_ON_A_SCALE,
        ),
        AdverseEvent(
            name="moaas_below_5",
            title="Sedation on the scale (MOAA/S below 5)",
            drug=_middle(48.0, 61.0, WARNINGS, "section 5.1: 48 to 61 %"),
            scale_measured=True,
            correlation=_ON_A_SCALE,
        ),
        AdverseEvent(
            name="loss_of_consciousness",
            title="Loss of consciousness (MOAA/S 0)",
            drug=_middle(0.3, 0.4, WARNINGS, "section 5.1: 0.3 to 0.4 %"),
            scale_measured=True,
        ),
        _PRESSURE.event(
            "systolic_rise_40", "Systolic rise of 40 mmHg or more", 29, 1, scale_measured=True, declines=False
        ),
        _PRESSURE.event(
            "diastolic_rise_25", "Diastolic rise of 25 mmHg or more", 46, 6, scale_measured=True, declines=False
        ),
        _PRESSURE.event(
            "systolic_180", "Systolic pressure of 180 mmHg or more", 9, 0, scale_measured=True, declines=False
        ),
        _PRESSURE.event(
            "diastolic_110", "Diastolic pressure of 110 mmHg or more", 13, 1, scale_measured=True, declines=False
        ),
    ),
    notes=(
        "The label groups terms: its dissociation (41 %) is more than that word (27 %), its sedation sleepiness too.",
        "Sedation in week 1, 3.8 %, is of the single word: esketamine_nasal_trd_terms uses it.",
        "Week 1 comes from the long-term trials, the four weeks from the short ones: other people, the same doses.",
        "Rates differ about two-fold between trials: esketamine_nasal_china_us counted dizziness in 77 %.",
        "Where no first week was counted the correlation is assumed to be that of the other events.",
        "The background is taken to run the same course over sessions as under drug: assumed.",
    ),
)
