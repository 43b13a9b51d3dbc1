"""One racemic ketamine infusion of 0.5 mg/kg beside one of midazolam: what was felt during it."""

from __future__ import annotations

from kinetamine.citation import Reference
from kinetamine.engine.events import Form
from kinetamine.engine.harm import Counts, Harm
from kinetamine.engine.model import Estimate, Provenance

SU = Reference(
    key="su_2023_midazolam",
    authors="Su, TP and Li, CT and Lin, WC and Wu, HJ and Tsai, SJ and Bai, YM and Mao, WC and Tu, PC and Chen, LF and "
    "Li, WC and Chen, MH",
    title="A randomized, double-blind, midazolam-controlled trial of low-dose ketamine infusion in patients with "
    "treatment-resistant depression and prominent suicidal ideation",
    journal="International Journal of Neuropsychopharmacology",
    year=2023,
    url="https://dbpia.nl.go.kr/view-large/407082910",
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

_TABLE = Counts(SU, "Table 1, adverse effects during infusion", 42, 42)

ENTRY = Harm(
    name="racemic_iv_single",
    title="Racemic ketamine 0.5 mg/kg intravenously, one infusion beside midazolam",
    references=(SU, COURSE, GLUE),
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
    forms=(Form.RACEMIC,),
    routes=("intravenous",),
    dose_mg_per_kg=(0.5, 0.5),
    length_h=(2.0 / 3.0, 2.0 / 3.0),
    population="outpatients with treatment-resistant depression and prominent suicidal ideation, mean age 34 (SD 13)",
    age_y=(18.0, 61.0),
    sessions=1,
    days=1.0,
    people=42,
    control_people=42,
    control_arm="midazolam 0.045 mg/kg, which has effects of its own",
    events=(
        _TABLE.event("derealization", "Things seem unreal", 29, 7),
        _TABLE.event("dizziness", "Dizziness", 24, 5),
    ),
    notes=(
        "Asked for during the infusion, so more is found than by spontaneous report.",
        "The rest of the printed list could not be read.",
        "The age range is the mean and two SD above it, from 18 years: the trial's own was not read.",
        "A session after earlier ones follows by decline and correlation taken over from the spray: assumed.",
    ),
)
