"""Six infusions of racemic ketamine, two a week."""

from __future__ import annotations

from kinetamine.citation import Reference
from kinetamine.engine.protocol import NamedRegimen

SINGH = Reference(
    key="singh_2016",
    authors="Singh, JB and Fedgchin, M and Daly, EJ and De Boer, P and Cooper, K and Lim, P and Pinter, C "
    "and Murrough, JW and Sanacora, G and Shelton, RC and others",
    title="A double-blind, randomized, placebo-controlled, dose-frequency study of intravenous ketamine in patients "
    "with treatment-resistant depression",
    journal="Am J Psychiatry",
    year=2016,
    volume="173",
    pages="816-826",
    doi="10.1176/appi.ajp.2016.16010037",
)

ENTRY = NamedRegimen(
    name="ketamine_twice_weekly",
    title="Six infusions of ketamine, twice weekly",
    words="0.5 mg/kg iv over 40 min, twice weekly for 3 weeks",
    references=(SINGH,),
    note="The trial went on for up to 4 weeks; its primary outcome was read on day 15.",
)
