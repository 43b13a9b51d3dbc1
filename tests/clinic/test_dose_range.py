"""More than was tried is said, in the unit it was tried in; sprays come in whole devices."""

from __future__ import annotations

import pytest

from kinetamine.clinic.dose_range import beyond, devices_of, most
from kinetamine.clinic.eligibility.rules import Treatment, Use
from kinetamine.course import parse_regimen
from kinetamine.engine.events import Form
from kinetamine.errors import FieldError


def said(words: str, form: Form, route: str, use: Use = Use.RESISTANT_DEPRESSION) -> str:
    return beyond(Treatment(form=form, route=route, use=use), parse_regimen(words).doses[0], 70.0)


def test_ten_times_the_dose_is_said_with_what_was_tried() -> None:
    told = said("racemic ketamine HCl 5 mg/kg iv over 40 min", Form.RACEMIC, "intravenous")
    assert told.startswith("5 mg/kg is more than 1 mg/kg over 40 min")
    assert "Fava et al. 2020" in told
    assert said("racemic ketamine HCl 350 mg iv over 40 min", Form.RACEMIC, "intravenous") == told
    assert said("esketamine 112 mg intranasal", Form.ESKETAMINE, "intranasal").startswith("112 mg is more than 84 mg")


@pytest.mark.parametrize(
    ("words", "form", "route", "use"),
    [
        ("racemic ketamine HCl 1 mg/kg iv over 40 min", Form.RACEMIC, "intravenous", Use.RESISTANT_DEPRESSION),
        ("racemic ketamine HCl 0.9 mg/kg subcutaneous", Form.RACEMIC, "subcutaneous", Use.RESISTANT_DEPRESSION),
        ("esketamine 84 mg intranasal", Form.ESKETAMINE, "intranasal", Use.SUICIDAL_DEPRESSION),
        ("racemic ketamine HCl 0.35 mg/kg/h iv for 4 h", Form.RACEMIC, "intravenous", Use.PAIN),
        ("racemic ketamine 1 mg/kg oral", Form.RACEMIC, "oral", Use.RESISTANT_DEPRESSION),
    ],
)
def test_what_was_tried_passes_without_a_word(words: str, form: Form, route: str, use: Use) -> None:
    assert said(words, form, route, use) == ""


def test_every_number_has_its_source() -> None:
    for one in most().values():
        assert one.source.key
        assert one.where
        assert one.provenance.value == "measured"


def test_a_part_of_a_device_is_none() -> None:
    dose = parse_regimen("esketamine 84 mg intranasal").doses[0]
    assert devices_of(dose, 84.0) == 3
    with pytest.raises(FieldError, match="whole number of devices of 28 mg"):
        devices_of(dose, 70.0)
