"""The same two trials as the label's table, by single MedDRA term, with the first week where it was counted."""

from __future__ import annotations

from kinetamine.citation import Reference
from kinetamine.engine.events import Form
from kinetamine.engine.harm import Counts, Harm
from kinetamine.engine.model import Estimate, Provenance

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

_SUMS = Counts(REGISTRY, "adverse events of the double-blind phases, both trials summed", 346, 222, summed=True)
_FIXED = Counts(REGISTRY, "adverse events of the double-blind phase of TRANSFORM-1, both doses", 231, 113, summed=True)


def _first_week(percent: float) -> Estimate:
    return Estimate(percent, "%", COURSE, "abstract: week 1 (two sessions), n = 928", Provenance.MEASURED)


ENTRY = Harm(
    name="esketamine_nasal_trd_terms",
    title="Esketamine nasal spray with a new antidepressant, resistant depression, 18 to 64 years, single terms",
    references=(REGISTRY, COURSE, GLUE),
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
            "geometric mean of dizziness, dissociation, nausea, vertigo and blood pressure below, 0.25 to 0.88",
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
        _SUMS.event("nausea", "Nausea", 98, 19, first_week=_first_week(14.0)),
        _SUMS.event("dissociation", "Dissociation", 92, 8, first_week=_first_week(16.7)),
        _SUMS.event("dizziness", "Dizziness", 82, 15, first_week=_first_week(20.6)),
        _SUMS.event("vertigo", "Vertigo", 78, 6, first_week=_first_week(12.1)),
        _SUMS.event("headache", "Headache", 70, 38),
        _SUMS.event("dysgeusia", "Altered taste", 65, 30),
        _SUMS.event("somnolence", "Sleepiness", 60, 20),
        _SUMS.event("paraesthesia", "Tingling", 43, 4),
        _SUMS.event("hypoaesthesia", "Numbness", 38, 3),
        _SUMS.event("hypoaesthesia_oral", "Numbness of the mouth", 37, 3),
        _SUMS.event("vomiting", "Vomiting", 32, 4),
        _SUMS.event("anxiety", "Anxiety", 31, 12),
        _SUMS.event("vision_blurred", "Blurred vision", 31, 3),
        _SUMS.event(
            "blood_pressure_increased",
            "Increased blood pressure",
            30,
            5,
            first_week=_first_week(4.3),
            declines=False,
        ),
        _SUMS.event("insomnia", "Sleeplessness", 29, 16),
        _SUMS.event("diarrhoea", "Diarrhoea", 23, 13),
        _SUMS.event("throat_irritation", "Throat irritation", 23, 9),
        _SUMS.event("feeling_drunk", "Feeling drunk", 19, 1),
        _FIXED.event("sedation", "Sedation", 14, 1, first_week=_first_week(3.8)),
    ),
    notes=(
        "One person counts once for each word that was reported; the label's table groups words.",
        "Week 1 comes from the long-term trials (n = 928), the four weeks from the short ones: other people.",
        "Sedation is of TRANSFORM-1 alone: the other registry lists only what 5 % had.",
        "Where no first week was counted the correlation is assumed to be that of the other events.",
        "The background is taken to run the same course over sessions as under drug: assumed.",
    ),
)
