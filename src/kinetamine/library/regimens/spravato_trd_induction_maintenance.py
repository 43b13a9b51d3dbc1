"""Esketamine nasal spray for treatment-resistant depression: induction, then the first month of maintenance."""

from __future__ import annotations

from kinetamine.citation import Reference
from kinetamine.engine.protocol import NamedRegimen

LABEL = Reference(
    key="spravato_label",
    authors="{Janssen Pharmaceuticals}",
    title="SPRAVATO (esketamine) nasal spray: prescribing information, section 2",
    journal="",
    year=2020,
    url="https://www.spravatohcp.com/trd/dosing-and-administration",
)

ENTRY = NamedRegimen(
    name="spravato_trd_induction_maintenance",
    title="Esketamine nasal spray for treatment-resistant depression, 8 weeks",
    words="esketamine 56 mg intranasal on day 1, then 84 mg twice weekly for 4 weeks, then 84 mg weekly for 4 weeks",
    references=(LABEL,),
    note="The label allows 56 or 84 mg after day 1; 84 mg is taken here. Each device gives 28 mg, 5 min apart.",
)
