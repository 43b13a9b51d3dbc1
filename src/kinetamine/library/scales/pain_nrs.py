"""Pain on a numerical rating scale, 0 to 10, as the patient says it."""

from __future__ import annotations

from kinetamine.citation import Reference
from kinetamine.engine.model import Estimate, Provenance
from kinetamine.engine.scale import Item, Rater, Rights, Scale

FARRAR = Reference(
    key="farrar_2001",
    authors="Farrar, JT and Young, JP and LaMoreaux, L and Werth, JL and Poole, RM",
    title="Clinical importance of changes in chronic pain intensity measured on an 11-point numerical pain rating "
    "scale",
    journal="Pain",
    year=2001,
    volume="94",
    pages="149-158",
    doi="10.1016/S0304-3959(01)00349-9",
    pmid="11690728",
)
_NOTE = "about, for a clinically important difference; 2724 people, ten trials of pregabalin"

ENTRY = Scale(
    name="pain_nrs",
    title="Pain, numerical rating scale",
    version="NRS 0 to 10",
    references=(FARRAR,),
    rater=Rater.PATIENT,
    recall=("now", "24 hours", "1 week"),
    items=(Item("pain", "pain", 0, 10),),
    numbers={
        "MEANINGFUL": Estimate(2.0, "points", FARRAR, "abstract", Provenance.MEASURED, _NOTE),
        "MEANINGFUL_SHARE": Estimate(0.3, "fraction", FARRAR, "abstract", Provenance.MEASURED, _NOTE),
    },
    rights=Rights.FREE,
    holder="nobody",
    register="a number from 0 to 10",
    notes=("Which time it asks about changes the number; it is stored with the score.",),
)
