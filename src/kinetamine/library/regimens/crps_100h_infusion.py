"""The long infusion of esketamine for complex regional pain syndrome."""

from __future__ import annotations

from kinetamine.citation import Reference
from kinetamine.engine.protocol import NamedRegimen

SIGTERMANS = Reference(
    key="sigtermans_2009_crps",
    authors="Sigtermans, MJ and van Hilten, JJ and Bauer, MC and Arbous, MS and Marinus, J and Sarton, EY and Dahan, A",
    title="Ketamine produces effective and long-term pain relief in patients with Complex Regional Pain Syndrome "
    "Type 1",
    journal="Pain",
    year=2009,
    volume="145",
    pages="304-311",
    doi="10.1016/j.pain.2009.06.023",
)
DAHAN = Reference(
    key="dahan_2011",
    authors="Dahan, A and Olofsen, E and Sigtermans, M and Noppers, I and Niesters, M and Aarts, L and Bauer, M "
    "and Sarton, E",
    title="Population pharmacokinetic-pharmacodynamic modeling of ketamine-induced pain relief of chronic pain",
    journal="Eur J Pain",
    year=2011,
    volume="15",
    pages="258-267",
    doi="10.1016/j.ejpain.2010.06.016",
)

ENTRY = NamedRegimen(
    name="crps_100h_infusion",
    title="Esketamine over 100 hours for complex regional pain syndrome",
    words="esketamine 0.07 mg/kg/h iv for 6 h, then 0.14 mg/kg/h for 6 h, then 0.21 mg/kg/h for 6 h, "
    "then 0.3 mg/kg/h for 82 h",
    references=(SIGTERMANS, DAHAN),
    note="Each patient's rate was raised step by step, from about 5 mg/h per 70 kg to 22.2 (SD 2.0) at the end; "
    "the 6 h of each step are assumed.",
)
