"""CADSS: dissociation while the drug acts, 23 items that the patient is asked."""

from __future__ import annotations

from kinetamine.citation import Reference
from kinetamine.engine.scale import Rater, Rights, Scale, numbered

BREMNER = Reference(
    key="bremner_1998",
    authors="Bremner, JD and Krystal, JH and Putnam, FW and Southwick, SM and Marmar, C and Charney, DS and Mazure, CM",
    title="Measurement of dissociative states with the Clinician-Administered Dissociative States Scale (CADSS)",
    journal="Journal of Traumatic Stress",
    year=1998,
    volume="11",
    pages="125-136",
    doi="10.1023/A:1024465317902",
)

ENTRY = Scale(
    name="cadss",
    title="Clinician-Administered Dissociative States Scale",
    version="CADSS-23",
    references=(BREMNER,),
    rater=Rater.CLINICIAN,
    recall=("now",),
    items=numbered(tuple(f"item {place}" for place in range(1, 24)), 0, 4),
    rights=Rights.ASK,
    holder="JD Bremner",
    register="no general permission was found",
    notes=("The older form has 28 items, five of them observed; it is another version, with another range.",),
)
