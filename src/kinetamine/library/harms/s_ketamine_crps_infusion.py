"""Esketamine over four days for complex regional pain syndrome: psychotomimetic effects beside placebo."""

from __future__ import annotations

from kinetamine.citation import Reference
from kinetamine.engine.events import Form
from kinetamine.engine.harm import AdverseEvent, Harm
from kinetamine.engine.model import Estimate, Provenance

SIGTERMANS = Reference(
    key="sigtermans_2009_crps",
    authors="Sigtermans, MJ and van Hilten, JJ and Bauer, MC and Arbous, MS and Marinus, J and Sarton, EY and Dahan, A",
    title="Ketamine produces effective and long-term pain relief in patients with Complex Regional Pain Syndrome "
    "Type 1",
    journal="Pain",
    year=2009,
    volume="145",
    pages="304-311",
    doi="10.1016/j.pain.2009.06.023",
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

ENTRY = Harm(
    name="s_ketamine_crps_infusion",
    title="Esketamine infusion over 4.2 days, complex regional pain syndrome",
    references=(SIGTERMANS, COURSE, GLUE),
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
    routes=("intravenous",),
    dose_mg_per_kg=(20.0, 38.0),
    length_h=(96.0, 105.0),
    population="adults with complex regional pain syndrome type 1",
    age_y=(18.0, 80.0),
    sessions=1,
    days=4.2,
    people=30,
    control_people=30,
    control_arm="placebo infusion",
    events=(
        AdverseEvent(
            name="psychotomimetic",
            title="Psychotomimetic effects, mild to moderate",
            drug=Estimate(76.0, "%", SIGTERMANS, "abstract", Provenance.MEASURED),
            control=Estimate(18.0, "%", SIGTERMANS, "abstract", Provenance.MEASURED),
        ),
    ),
    notes=(
        "Rates were set by each person's relief and side effects, so more was not given to those who felt unwell.",
        "The doses are about 22 mg/h per 70 kg (SD 2) at the end, reached in steps, over 100 h; ages are assumed.",
        "Nausea and vomiting were reported too; the abstract gives no figures.",
        "An infusion after earlier ones follows by decline and correlation taken over from the spray: assumed.",
    ),
)
