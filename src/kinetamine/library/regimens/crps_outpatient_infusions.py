"""Ten half-day infusions of racemic ketamine for complex regional pain syndrome."""

from __future__ import annotations

from kinetamine.citation import Reference
from kinetamine.engine.protocol import NamedRegimen

SCHWARTZMAN = Reference(
    key="schwartzman_2009",
    authors="Schwartzman, RJ and Alexander, GM and Grothusen, JR and Paylor, T and Reichenberger, E and Perreault, M",
    title="Outpatient intravenous ketamine for the treatment of complex regional pain syndrome: a double-blind "
    "placebo controlled study",
    journal="Pain",
    year=2009,
    volume="147",
    pages="107-115",
    doi="10.1016/j.pain.2009.08.015",
)

ENTRY = NamedRegimen(
    name="crps_outpatient_infusions",
    title="Ten infusions of ketamine for complex regional pain syndrome",
    words="0.35 mg/kg/h iv for 4 h, daily x 10",
    references=(SCHWARTZMAN,),
    note="The trial gave at most 25 mg/h, the rate of a person of 71 kg.",
)
