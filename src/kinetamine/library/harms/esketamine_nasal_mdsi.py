"""Esketamine nasal spray in depression with acute suicidal ideation: both ASPIRE trials, 84 mg."""

from __future__ import annotations

from kinetamine.citation import Reference
from kinetamine.engine.events import Form
from kinetamine.engine.harm import Counts, Harm
from kinetamine.engine.model import Estimate, Provenance

REACTIONS = Reference(
    key="spravato_label_2021_reactions",
    authors="{Janssen Pharmaceuticals}",
    title="SPRAVATO (esketamine) nasal spray, US prescribing information, Tables 2 and 3",
    journal="",
    year=2021,
    url="https://www.usmedicine.com/2021online-dir/inc/html/34.html",
)
POOLED = Reference(
    key="aspire_pooled_2021",
    authors="{ASPIRE I and II, pooled (authors not shown where read)}",
    title="Esketamine nasal spray in patients with depression and acute suicidal ideation, pooled analysis, Table 2",
    journal="Journal of Clinical Psychopharmacology",
    year=2021,
    url="https://pmc.ncbi.nlm.nih.gov/articles/PMC8407443/table/T2",
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

_TABLE = Counts(POOLED, "Table 2", 227, 225)
_LABEL = Counts(REACTIONS, "Table 3", 227, 225)

ENTRY = Harm(
    name="esketamine_nasal_mdsi",
    title="Esketamine nasal spray with standard care, depression with acute suicidal ideation",
    references=(REACTIONS, POOLED, COURSE, GLUE),
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
    population="adults with major depression and active suicidal ideation with intent, first in hospital",
    age_y=(18.0, 65.0),
    sessions=8,
    days=28.0,
    people=227,
    control_people=225,
    control_arm="placebo spray with standard care",
    events=(
        _TABLE.event("dizziness", "Dizziness", 87, 31),
        _TABLE.event("dissociation", "Dissociation", 77, 13),
        _TABLE.event("nausea", "Nausea", 61, 31),
        _TABLE.event("somnolence", "Sleepiness", 47, 23),
        _TABLE.event("headache", "Headache", 46, 46),
        _TABLE.event("dysgeusia", "Altered taste", 45, 29),
        _LABEL.event("blood_pressure_increased", "Increased blood pressure", 34, 14, declines=False),
        _TABLE.event("vision_blurred", "Blurred vision", 27, 11),
        _TABLE.event("paraesthesia", "Tingling", 26, 7),
        _TABLE.event("vomiting", "Vomiting", 26, 12),
        _TABLE.event("anxiety", "Anxiety", 23, 17),
        _TABLE.event("sedation", "Sedation", 23, 5),
        _LABEL.event("constipation", "Constipation", 22, 14),
        _LABEL.event("vertigo", "Vertigo", 14, 1),
        _LABEL.event("feeling_drunk", "Feeling drunk", 8, 1),
        _LABEL.event("tachycardia", "Fast heart", 8, 2, declines=False),
    ),
    notes=(
        "All began with 84 mg; one reduction to 56 mg was allowed.",
        "Single terms, but increased blood pressure and fast heart: the label's groups (26 of 227 by the single term).",
        "The doses do not tell these people from those with treatment-resistant depression: both tables are shown.",
        "The age range of the trials, 18 to 64 years, is recalled; the pages that were read call them adults.",
        "The background is taken to run the same course over sessions as under drug: assumed.",
    ),
)
