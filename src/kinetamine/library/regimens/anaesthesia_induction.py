"""Anaesthesia with racemic ketamine: a bolus, then an infusion."""

from __future__ import annotations

from kinetamine.citation import Reference
from kinetamine.engine.protocol import NamedRegimen

IDVALL = Reference(
    key="idvall_1979",
    authors="Idvall, J and Ahlgren, I and Aronsen, KF and Stenberg, P",
    title="Ketamine infusions: pharmacokinetics and clinical effects",
    journal="Br J Anaesth",
    year=1979,
    volume="51",
    pages="1167-1173",
    doi="10.1093/bja/51.12.1167",
)

ENTRY = NamedRegimen(
    name="anaesthesia_induction",
    title="Anaesthesia: bolus and one hour of infusion",
    words="2 mg/kg iv over 1 min, then 41 ug/kg/min for 1 h",
    references=(IDVALL,),
    note="41 (SD 21) ug/kg/min is the mean of 31 patients beside nitrous oxide; the minute and the hour are assumed.",
)
