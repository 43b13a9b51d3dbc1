"""PHQ-9: nine questions to the patient on depression over the last two weeks."""

from __future__ import annotations

from kinetamine.citation import Reference
from kinetamine.engine.model import Estimate, Provenance
from kinetamine.engine.scale import Alert, Band, Item, Rater, Rights, Scale, numbered

KROENKE = Reference(
    key="kroenke_2001",
    authors="Kroenke, K and Spitzer, RL and Williams, JBW",
    title="The PHQ-9: validity of a brief depression severity measure",
    journal="Journal of General Internal Medicine",
    year=2001,
    volume="16",
    pages="606-613",
    doi="10.1046/j.1525-1497.2001.016009606.x",
)
_CONVENTION = "the usual convention of trials; not from the validation study"
_TOPICS = (
    "interest",
    "low mood",
    "sleep",
    "energy",
    "appetite",
    "self-worth",
    "concentration",
    "slowing or restlessness",
    "thoughts of death or self-harm",
)

ENTRY = Scale(
    name="phq9",
    title="Patient Health Questionnaire, nine items",
    version="PHQ-9",
    references=(KROENKE,),
    rater=Rater.PATIENT,
    recall=("2 weeks",),
    items=(*numbered(_TOPICS, 0, 3), Item("10", "how difficult the problems make life", 0, 3, scored=False)),
    bands=(
        Band("none or minimal", 0, 4),
        Band("mild", 5, 9),
        Band("moderate", 10, 14),
        Band("moderately severe", 15, 19),
        Band("severe", 20, 27),
    ),
    bands_source=KROENKE,
    numbers={
        "PROBABLE": Estimate(
            10.0, "points", KROENKE, "abstract", Provenance.MEASURED, "sensitivity and specificity 88 %"
        ),
        "RESPONSE": Estimate(0.5, "fraction", KROENKE, "fall from baseline", Provenance.ASSUMED, _CONVENTION),
        "REMISSION": Estimate(4.0, "points", KROENKE, "at most", Provenance.ASSUMED, _CONVENTION),
    },
    alerts=(
        Alert(
            "9",
            Estimate(
                1.0, "points", KROENKE, "item 9", Provenance.ASSUMED, "any thought; not from the validation study"
            ),
            "Ask the C-SSRS screener now, and let a clinician see the answer the same day.",
        ),
    ),
    rights=Rights.FREE,
    holder="Pfizer Inc., released without a need for permission",
    register="notice on the form as reproduced with LOINC panel 44249-1",
    notes=("Item 10 asks how difficult the problems make life; it does not enter the total.",),
)
