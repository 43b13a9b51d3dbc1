"""Esketamine nasal spray for depression with acute suicidal ideation or behaviour."""

from __future__ import annotations

from kinetamine.citation import Reference
from kinetamine.engine.protocol import NamedRegimen

LABEL = Reference(
    key="spravato_label_mdsi",
    authors="{Janssen Pharmaceuticals}",
    title="SPRAVATO (esketamine) nasal spray: prescribing information, section 2, depressive symptoms in adults with "
    "acute suicidal ideation or behavior",
    journal="",
    year=2020,
    url="https://www.spravatohcp.com/mdsi/dosing-and-administration",
)

ENTRY = NamedRegimen(
    name="spravato_mdsi",
    title="Esketamine nasal spray for depression with acute suicidal ideation",
    words="esketamine 84 mg intranasal, twice weekly for 4 weeks",
    references=(LABEL,),
    note="The label allows one reduction to 56 mg; treatment beyond 4 weeks has not been evaluated.",
)
