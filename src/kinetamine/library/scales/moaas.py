"""MOAA/S: how awake somebody is, from 5, alert, to 0; rated by whoever watches."""

from __future__ import annotations

from kinetamine.citation import Reference
from kinetamine.engine.scale import Item, Rater, Rights, Scale

CHERNIK = Reference(
    key="chernik_1990",
    authors="Chernik, DA and Gillings, D and Laine, H and Hendler, J and Silver, JM and Davidson, AB and Schwam, EM "
    "and Siegel, JL",
    title="Validity and reliability of the Observer's Assessment of Alertness/Sedation Scale: study with intravenous "
    "midazolam",
    journal="Journal of Clinical Psychopharmacology",
    year=1990,
    volume="10",
    pages="244-251",
    doi="10.1097/00004714-199008000-00003",
)

ENTRY = Scale(
    name="moaas",
    title="Modified Observer's Assessment of Alertness/Sedation",
    version="MOAA/S, 0 to 5",
    references=(CHERNIK,),
    rater=Rater.CLINICIAN,
    recall=("now",),
    items=(Item("response", "response to name, touch and pain", 0, 5),),
    worse="lower",
    rights=Rights.ASK,
    holder="the authors and Lippincott",
    register="published; no general permission was found",
    notes=("Six-point forms that call alert 6 exist; this one ends at 5.",),
)
