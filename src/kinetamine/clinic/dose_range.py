"""The most of one dose that a trial or a label gave: more is not refused, and is said before anybody gives it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from kinetamine import catalogue
from kinetamine.citation import Reference
from kinetamine.clinic.basis import SPRAVATO_LABEL, Basis
from kinetamine.clinic.eligibility.rules import Treatment, Use
from kinetamine.engine.dose import NASAL_DEVICE_MG, Dose
from kinetamine.engine.events import Form
from kinetamine.engine.model import Estimate, Provenance
from kinetamine.engine.person import Person
from kinetamine.errors import FieldError

_SAME = 1e-9


@cache
def most() -> Mapping[tuple[Form, str], Estimate]:
    """Of one session, for moods and fears; pain is treated with more, over hours, and has no such number here."""
    fava, loo = (_source_of(name) for name in ("ketamine_single_infusion", "ketamine_subcutaneous"))
    arms = "arms: 0.1, 0.2, 0.5 and 1.0 mg/kg"
    return {
        (Form.RACEMIC, "intravenous"): Estimate(1.0, "mg/kg", fava, arms, Provenance.MEASURED, "over 40 min"),
        (Form.RACEMIC, "subcutaneous"): Estimate(0.9, "mg/kg", loo, "cohort 2", Provenance.MEASURED),
        (Form.ESKETAMINE, "intranasal"): Estimate(84.0, "mg", SPRAVATO_LABEL, "section 2.2", Provenance.MEASURED),
    }


def _source_of(regimen: str) -> Reference:
    found: Reference = catalogue.load("regimens", regimen).references[0]
    return found


def beyond(treatment: Treatment, dose: Dose, weight_kg: float) -> str:
    """Why a dose is more than was tried, in words; empty where it is not, or where no number is known.

    Args:
        weight_kg: of the person, in kg.
    """
    bound = most().get((treatment.form, treatment.route))
    if bound is None or treatment.use is Use.PAIN:
        return ""
    mg = dose.mg(Person(weight_kg=weight_kg))
    given = mg / weight_kg if bound.unit == "mg/kg" else mg
    if given <= bound.value * (1.0 + _SAME):
        return ""
    tried = " ".join(one for one in (f"{bound.value:g} {bound.unit}", bound.note) if one)
    cited = Basis(bound.source, bound.where).cited
    return f"{given:.3g} {bound.unit} is more than {tried}, the most that was tried or labelled ({cited}): is it meant?"


def devices_of(dose: Dose, base_mg: float) -> int:
    """How many devices of a spray give so many mg of base.

    Raises:
        FieldError: no whole number of them does.
    """
    devices = base_mg / NASAL_DEVICE_MG
    if devices != round(devices):
        raise FieldError("dose", dose.stated, f"a whole number of devices of {NASAL_DEVICE_MG:g} mg")
    return round(devices)


def is_spray(dose: Dose) -> bool:
    """Whether it is given as whole devices, mg of base known for each."""
    return dose.route == "intranasal" and dose.form is Form.ESKETAMINE and dose.salt == "base"
