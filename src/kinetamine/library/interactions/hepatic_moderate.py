"""Moderate hepatic impairment (Child-Pugh B): exposure about twice as high, from memory only."""

from __future__ import annotations

from kinetamine.citation import Reference
from kinetamine.engine.interaction import Interaction
from kinetamine.engine.model import Estimate, Provenance

USPI = Reference(
    key="spravato_label_us",
    authors="{Janssen Pharmaceuticals}",
    title="Spravato (esketamine) nasal spray: prescribing information, section 12.3 (recalled; not read)",
    journal="",
    year=2026,
    url="https://dailymed.nlm.nih.gov",
)

ENTRY = Interaction(
    name="hepatic_moderate",
    title="Moderate hepatic impairment",
    references=(USPI,),
    clearance=Estimate(
        0.5,
        "1",
        USPI,
        "not read: recalled",
        Provenance.UNVERIFIED,
        note="one over the recalled AUC ratio of about 2, nasal",
    ),
    oral_auc=Estimate(
        2.0, "1", USPI, "not read: recalled", Provenance.UNVERIFIED, note="as if first pass did not change"
    ),
    default_on=False,
    warning="Moderate hepatic impairment: exposure is raised by an amount that could not be verified (about twofold).",
    note="Off by default: label pages that could be read say only that AUC and half-life are higher.",
)
