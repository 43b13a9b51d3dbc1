"""Racemic ketamine 0.5 mg/kg by vein, in series: what the ketamine arm of KetECT reported."""

from __future__ import annotations

from kinetamine.citation import Reference
from kinetamine.engine.events import Form
from kinetamine.engine.harm import Counts, Harm
from kinetamine.engine.model import Estimate, Provenance

EKSTRAND = Reference(
    key="ekstrand_2022_events",
    authors="Ekstrand, J and others",
    title="Racemic ketamine as an alternative to electroconvulsive therapy for unipolar depression: a randomized, "
    "open-label, non-inferiority trial (KetECT), Table 3",
    journal="International Journal of Neuropsychopharmacology",
    year=2022,
    volume="25",
    pages="339-349",
    doi="10.1093/ijnp/pyab088",
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

_TABLE = Counts(EKSTRAND, "Table 3", 91)

ENTRY = Harm(
    name="racemic_iv_subanaesthetic",
    title="Racemic ketamine 0.5 mg/kg intravenously three times weekly, depression in hospital",
    references=(EKSTRAND, COURSE, GLUE),
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
    population="inpatients with unipolar depression, psychotic depression included",
    age_y=(18.0, 86.0),
    sessions=6,
    days=28.0,
    people=91,
    control_people=90,
    control_arm="electroconvulsive therapy, which is no background",
    events=(
        _TABLE.event("vertigo", "Vertigo", 63),
        _TABLE.event("dissociation", "Dissociation", 55),
        _TABLE.event("anxiety", "Anxiety", 41),
        _TABLE.event("diplopia", "Double vision", 28),
        _TABLE.event("nausea", "Nausea", 25),
        _TABLE.event("confusion", "Confusion", 23),
        _TABLE.event("dry_mouth", "Dry mouth or salivation", 22),
        _TABLE.event("headache", "Headache", 20),
        _TABLE.event("fatigue", "Fatigue", 20),
        _TABLE.event("euphoric_mood", "Euphoria", 19),
        _TABLE.event("vision_blurred", "Blurred vision", 18),
        _TABLE.event("muscle_pain", "Muscle pain", 13),
        _TABLE.event("affect_lability", "Quickly changing mood", 11),
        _TABLE.event("amnesia", "Memory loss", 8),
        _TABLE.event("desaturation", "Low oxygen saturation", 4),
        _TABLE.event("vomiting", "Vomiting", 2),
    ),
    notes=(
        "Sessions differed between people, 12 at most: 6, the median to remission, stands for all.",
        "Only events very likely or probably due to the treatment were counted, and open-label.",
        "Electroconvulsive therapy has adverse events of its own, so no background is given.",
        "40 min of infusion is the usual length; the pages that were read do not state it.",
        "Acevedo-Diaz 2020 names eight sensations that at least half had after one such infusion, without percentages.",
        "Wan 2015 and Feder 2021 could not be read for counts.",
        "Decline and correlation are taken over from the nasal spray: assumed.",
    ),
)
