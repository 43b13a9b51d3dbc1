"""GAD-7: seven questions to the patient on anxiety over the last two weeks."""

from __future__ import annotations

from kinetamine.citation import Reference
from kinetamine.engine.model import Estimate, Provenance
from kinetamine.engine.scale import Band, Rater, Rights, Scale, numbered

SPITZER = Reference(
    key="spitzer_2006",
    authors='Spitzer, RL and Kroenke, K and Williams, JBW and L{\\"o}we, B',
    title="A brief measure for assessing generalized anxiety disorder: the GAD-7",
    journal="Archives of Internal Medicine",
    year=2006,
    volume="166",
    pages="1092-1097",
    doi="10.1001/archinte.166.10.1092",
)
_TOPICS = (
    "nervousness",
    "worry that cannot be stopped",
    "worry about many things",
    "trouble relaxing",
    "restlessness",
    "irritability",
    "fear",
)

ENTRY = Scale(
    name="gad7",
    title="Generalised Anxiety Disorder, seven items",
    version="GAD-7",
    references=(SPITZER,),
    rater=Rater.PATIENT,
    recall=("2 weeks",),
    items=numbered(_TOPICS, 0, 3),
    bands=(Band("minimal", 0, 4), Band("mild", 5, 9), Band("moderate", 10, 14), Band("severe", 15, 21)),
    bands_source=SPITZER,
    numbers={
        "PROBABLE": Estimate(
            10.0, "points", SPITZER, "scoring note of the form", Provenance.MEASURED, "from here on look further"
        ),
    },
    rights=Rights.FREE,
    holder="Pfizer Inc., released without a need for permission",
    register="notice on the form as reproduced with LOINC panel 69737-5",
    notes=("Items 6 (irritability) and 7 (fear) are swapped in some public codings; the order here is the form's.",),
)
