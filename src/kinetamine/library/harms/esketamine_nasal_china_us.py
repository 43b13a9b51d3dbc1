"""Esketamine nasal spray in China and the United States: the trial that counted twice as much as the label."""

from __future__ import annotations

from kinetamine.citation import Reference
from kinetamine.engine.events import Form
from kinetamine.engine.harm import Counts, Harm
from kinetamine.engine.model import Estimate, Provenance

CHEN = Reference(
    key="chen_2023_china_us",
    authors="Chen, X and Hou, X and Bai, D and Lane, R and Zhang, C and Canuso, C and Wang, G and Fu, DJ",
    title="Efficacy and safety of flexibly dosed esketamine nasal spray plus a newly initiated oral antidepressant in "
    "adult patients with treatment-resistant depression: a randomized, double-blind, multicenter, active-controlled "
    "study conducted in China and USA",
    journal="Neuropsychiatric Disease and Treatment",
    year=2023,
    volume="19",
    pages="693-707",
    doi="10.2147/NDT.S391096",
    pmid="37025256",
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

_TABLE = Counts(CHEN, "Table 4", 126, 126)
_SCALE = Counts(CHEN, "Results, CADSS", 125, 126)

ENTRY = Harm(
    name="esketamine_nasal_china_us",
    title="Esketamine nasal spray with a new antidepressant, resistant depression, China and the United States",
    references=(CHEN, COURSE, GLUE),
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
    dose_mg=(56.0, 84.0),
    population="adults with treatment-resistant depression, 224 of 252 in China",
    age_y=(18.0, 65.0),
    sessions=8,
    days=28.0,
    people=126,
    control_people=126,
    control_arm="placebo spray with a new antidepressant",
    events=(
        _TABLE.event("any", "Any adverse event", 120, 89),
        _TABLE.event("dizziness", "Dizziness", 97, 25),
        _TABLE.event("dissociation", "Dissociation", 75, 8),
        _TABLE.event("nausea", "Nausea", 53, 17),
        _TABLE.event("blood_pressure_increased", "Increased blood pressure", 38, 13, declines=False),
        _TABLE.event("hypoaesthesia", "Numbness", 25, 1),
        _TABLE.event("vomiting", "Vomiting", 23, 2),
        _TABLE.event("vision_blurred", "Blurred vision", 23, 1),
        _TABLE.event("somnolence", "Sleepiness", 20, 11),
        _TABLE.event("headache", "Headache", 16, 14),
        _TABLE.event("dysgeusia", "Altered taste", 14, 6),
        _SCALE.event("cadss_above_4", "Dissociation on the scale (CADSS up by over 4)", 91, 6, scale_measured=True),
    ),
    notes=(
        "Dizziness in 77 %, where the label has 29 %; increased blood pressure in 30 %, where it has 10 %.",
        "Drug, doses and weeks are the same: how often something is reported depends on who asks and how.",
        "7 of 126 stopped the spray for an adverse event, 2 of 126 on placebo; one suicide, on esketamine.",
        "The age range, 18 to 64 years, is that of the programme; the pages that were read call them adults.",
        "The background is taken to run the same course over sessions as under drug: assumed.",
    ),
)
