"""Esketamine nasal spray in treatment-resistant depression from 65 years: TRANSFORM-3, and the label's pressures."""

from __future__ import annotations

from kinetamine.citation import Reference
from kinetamine.engine.events import Form
from kinetamine.engine.harm import Counts, Harm
from kinetamine.engine.model import Estimate, Provenance

TRIAL = Reference(
    key="janssen_2025_transform_three",
    authors="{Janssen Research and Development}",
    title="TRANSFORM-3 (NCT02422186): adverse events, ClinicalTrials.gov",
    journal="",
    year=2025,
    url="https://clinicaltrials.gov/study/NCT02422186",
)
LABEL = Reference(
    key="spravato_label_2021_table_6",
    authors="{Janssen Pharmaceuticals}",
    title="SPRAVATO (esketamine) nasal spray, US prescribing information, Table 6",
    journal="",
    year=2021,
    url="https://www.usmedicine.com/2021online-dir/inc/html/35.html",
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

_TABLE = Counts(TRIAL, "adverse events of the double-blind phase", 72, 65)
_PRESSURE = Counts(LABEL, "Table 6, 65 years and over", 72, 65)

ENTRY = Harm(
    name="esketamine_nasal_65",
    title="Esketamine nasal spray with a new antidepressant, resistant depression, from 65 years",
    references=(TRIAL, LABEL, COURSE, GLUE),
    parameters={
        "DECLINE": Estimate(
            (8.8 / 20.0) ** (1.0 / 13.0),
            "1",
            GLUE,
            "mean CADSS 20 in week 1, 8.8 in week 14",
            Provenance.DERIVED,
            "the fall of the score over 13 weekly sessions stands in for the fall of the hazard",
        ),
        "CORRELATION": Estimate(
            0.43,
            "1",
            COURSE,
            "first week, beside four weeks in the registries",
            Provenance.ASSUMED,
            "no first week was counted here: that of esketamine_nasal_trd_terms",
        ),
    },
    forms=(Form.ESKETAMINE,),
    routes=("intranasal",),
    dose_mg=(28.0, 84.0),
    population="people from 65 years with treatment-resistant depression; dementia, uncontrolled hypertension and "
    "significant heart disease excluded",
    age_y=(65.0, float("inf")),
    sessions=8,
    days=28.0,
    people=72,
    control_people=65,
    control_arm="placebo spray with a new antidepressant",
    events=(
        _TABLE.event("dizziness", "Dizziness", 15, 4),
        _TABLE.event("nausea", "Nausea", 13, 3),
        _TABLE.event("blood_pressure_increased", "Increased blood pressure", 9, 3, declines=False),
        _TABLE.event("dissociation", "Dissociation", 9, 1),
        _TABLE.event("fatigue", "Fatigue", 9, 5),
        _TABLE.event("headache", "Headache", 9, 2),
        _TABLE.event("vertigo", "Vertigo", 8, 2),
        _TABLE.event("urinary_tract_infection", "Urinary tract infection", 6, 1, declines=False),
        _TABLE.event("hypoaesthesia_oral", "Numbness of the mouth", 5, 0),
        _TABLE.event("vomiting", "Vomiting", 5, 1),
        _TABLE.event("dysgeusia", "Altered taste", 4, 3),
        _TABLE.event("dysphoria", "Low or uneasy mood", 4, 0),
        _TABLE.event("hypoaesthesia", "Numbness", 4, 1),
        _TABLE.event("insomnia", "Sleeplessness", 4, 3),
        _TABLE.event("paraesthesia", "Tingling", 4, 2),
        _TABLE.event("anxiety", "Anxiety", 2, 5),
        _PRESSURE.event(
            "systolic_rise_40", "Systolic rise of 40 mmHg or more", 12, 1, scale_measured=True, declines=False
        ),
        _PRESSURE.event(
            "diastolic_rise_25", "Diastolic rise of 25 mmHg or more", 10, 2, scale_measured=True, declines=False
        ),
        _PRESSURE.event(
            "systolic_180", "Systolic pressure of 180 mmHg or more", 2, 1, scale_measured=True, declines=False
        ),
    ),
    notes=(
        "Single terms, as the registry lists them; one increased blood pressure more was counted as serious.",
        "All began with 28 mg: part of why they report less than younger people on 56 mg.",
        "A small trial: the intervals say so.",
        "The background is taken to run the same course over sessions as under drug: assumed.",
    ),
)
