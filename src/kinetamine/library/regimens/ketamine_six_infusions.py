"""Six infusions of racemic ketamine in twelve days."""

from __future__ import annotations

from kinetamine.citation import Reference
from kinetamine.engine.protocol import NamedRegimen

MURROUGH = Reference(
    key="murrough_2013_repeated",
    authors="Murrough, JW and Perez, AM and Pillemer, S and Stern, J and Parides, MK and aan het Rot, M "
    "and Collins, KA and Mathew, SJ and Charney, DS and Iosifescu, DV",
    title="Rapid and longer-term antidepressant effects of repeated ketamine infusions in treatment-resistant "
    "major depression",
    journal="Biol Psychiatry",
    year=2013,
    volume="74",
    pages="250-256",
    doi="10.1016/j.biopsych.2012.06.022",
)

ENTRY = NamedRegimen(
    name="ketamine_six_infusions",
    title="Six infusions of ketamine, three times weekly",
    words="0.5 mg/kg iv over 40 min, three times weekly for 2 weeks",
    references=(MURROUGH,),
)
