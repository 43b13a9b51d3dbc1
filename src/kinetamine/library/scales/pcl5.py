"""PCL-5: twenty questions to the patient on post-traumatic stress over the last month."""

from __future__ import annotations

from collections.abc import Mapping

from kinetamine.citation import Reference
from kinetamine.engine.model import Estimate, Provenance
from kinetamine.engine.scale import Rater, Rights, Scale, numbered

BLEVINS = Reference(
    key="blevins_2015",
    authors="Blevins, CA and Weathers, FW and Davis, MT and Witte, TK and Domino, JL",
    title="The Posttraumatic Stress Disorder Checklist for DSM-5 (PCL-5): development and initial psychometric "
    "evaluation",
    journal="Journal of Traumatic Stress",
    year=2015,
    volume="28",
    pages="489-498",
    doi="10.1002/jts.22059",
)
_WHERE = "scoring notes of the US National Center for PTSD, as two public pages give them"
_TOPICS = (
    "memories",
    "dreams",
    "reliving",
    "upset by reminders",
    "bodily reactions",
    "avoiding thoughts",
    "avoiding reminders",
    "gaps in memory",
    "negative beliefs",
    "blame",
    "negative feelings",
    "loss of interest",
    "distance from others",
    "no positive feelings",
    "irritability",
    "risk-taking",
    "alertness",
    "jumpiness",
    "concentration",
    "sleep",
)
_CLUSTERS = {1: "B intrusion", 6: "C avoidance", 8: "D mood and thoughts", 15: "E arousal"}
_ENDORSED = 2
_NEEDED = {"B intrusion": 1, "C avoidance": 1, "D mood and thoughts": 2, "E arousal": 2}
_ITEMS = numbered(_TOPICS, 0, 4, _CLUSTERS)


def provisional(answers: Mapping[str, int | None]) -> str:
    """By the diagnostic rule: so many symptoms of each cluster at least moderate; it needs every answer."""
    if any(answers[one.name] is None for one in _ITEMS):
        return ""
    counts = dict.fromkeys(_NEEDED, 0)
    for one in _ITEMS:
        counts[one.part] += (answers[one.name] or 0) >= _ENDORSED
    met = all(counts[cluster] >= least for cluster, least in _NEEDED.items())
    return "symptoms as the diagnosis needs them" if met else "fewer symptoms than the diagnosis needs"


ENTRY = Scale(
    name="pcl5",
    title="PTSD Checklist for DSM-5",
    version="PCL-5, past month",
    references=(BLEVINS,),
    rater=Rater.PATIENT,
    recall=("1 month", "1 week"),
    items=_ITEMS,
    categorise=provisional,
    numbers={
        "CUT_LOW": Estimate(31.0, "points", BLEVINS, _WHERE, Provenance.MEASURED, "probable PTSD from 31 to 33 on"),
        "CUT_HIGH": Estimate(33.0, "points", BLEVINS, _WHERE, Provenance.MEASURED, "probable PTSD from 31 to 33 on"),
        "RELIABLE": Estimate(5.0, "points", BLEVINS, _WHERE, Provenance.DERIVED, "least change that is not scatter"),
        "MEANINGFUL": Estimate(10.0, "points", BLEVINS, _WHERE, Provenance.DERIVED, "least change that matters"),
    },
    rights=Rights.FREE,
    holder="US Department of Veterans Affairs; public domain",
    register="US National Center for PTSD",
    notes=("A total is no diagnosis; an interview is (CAPS-5).",),
)
