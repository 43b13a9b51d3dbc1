"""One dose: units, salts, devices and limits."""

from __future__ import annotations

import pytest

from kinetamine.engine.dose import Dose, Unit, _known_form, _require_salt, is_whole, route_name
from kinetamine.engine.events import Form
from kinetamine.engine.person import Person
from kinetamine.errors import FieldError, UnknownNameError
from kinetamine.units import BASE_PER_HYDROCHLORIDE

PERSON = Person(weight_kg=70.0)


@pytest.mark.parametrize(
    ("amount", "unit", "duration_h", "mg"),
    [
        (35.0, "mg", 0.0, 35.0),
        (0.5, "mg/kg", 40 / 60, 35.0),
        (20.0, "mg/h", 10.0, 200.0),
        (0.15, "mg/kg/h", 100.0, 1050.0),
        (10.0, "ug/kg/min", 1.0, 42.0),
        (10.0, "μg/kg/min", 1.0, 42.0),  # the Greek letter is what people type
        (0.05, "g", 0.0, 50.0),
    ],
)
def test_every_unit_comes_to_milligrams(amount: float, unit: str, duration_h: float, mg: float) -> None:
    dose = Dose(amount=amount, unit=unit, duration_h=duration_h, route="iv")
    assert dose.mg(PERSON) == pytest.approx(mg)


def test_hydrochloride_counts_as_the_base_in_it() -> None:
    dose = Dose(amount=100.0, salt="hydrochloride", route="im")
    assert dose.base_mg(PERSON) == pytest.approx(100.0 * BASE_PER_HYDROCHLORIDE)
    assert dose.mg(PERSON) == 100.0


def test_a_dose_per_kg_needs_the_weight() -> None:
    with pytest.raises(FieldError, match=r"weight_kg: .*needed for a dose of 0\.5 mg/kg"):
        Dose(amount=0.5, unit="mg/kg", route="im").mg(Person())


@pytest.mark.parametrize(("amount", "devices"), [(28.0, 1), (56.0, 2), (84.0, 3), (50.0, 1)])
def test_esketamine_spray_is_given_by_devices_five_minutes_apart(amount: float, devices: int) -> None:
    dose = Dose(amount=amount, route="nasal", form=Form.ESKETAMINE)
    events = dose.events(Person())
    assert [event.time_h for event in events] == [pytest.approx(device * 5 / 60) for device in range(devices)]
    assert sum(event.amount_mg for event in events) == amount
    assert dose.end_h == pytest.approx((devices - 1) * 5 / 60)


@pytest.mark.parametrize("changed", [{"devices": 1}, {"form": Form.RACEMIC}, {"route": "oral"}])
def test_only_the_esketamine_spray_is_split(changed: dict[str, object]) -> None:
    fields = {"amount": 56.0, "route": "intranasal", "form": Form.ESKETAMINE} | changed
    assert len(Dose(**fields).events(Person())) == 1  # type: ignore[arg-type]  # the cases are right


def test_an_infusion_keeps_its_length_whatever_the_bioavailability() -> None:
    (event,) = Dose(amount=35.0, route="iv", duration_h=40 / 60).events(PERSON)
    assert (event.duration_h, event.rate_mg_per_h, event.route) == (40 / 60, 0.0, "intravenous")


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"amount": 0.0}, "amount: given 0.0, expected an amount above 0 mg"),
        ({"amount": -1.0}, "amount: given -1.0"),
        ({"amount": float("nan")}, "amount: given nan"),
        ({"amount": 2001.0}, "given '2001 mg', expected at most 2000 mg"),
        ({"amount": 16.0, "unit": "mg/kg"}, "given '16 mg/kg', expected at most 15 mg/kg"),
        ({"unit": "mL"}, "unit: given 'mL', expected mg, mg/kg"),
        ({"unit": "mg/h"}, "duration_h: given 0.0, expected more than 0 h, for a rate of 50 mg/h"),
        ({"unit": "mg/kg/h/h"}, "unit: given 'mg/kg/h/h'"),
        ({"duration_h": -1.0}, "duration_h: given -1.0"),
        ({"time_h": -1.0}, "time_h: given -1.0"),
        ({"route": " "}, "route: given ' '"),
        ({"devices": 2}, "1 device for a dose that is intramuscular"),
        ({"devices": 0, "route": "intranasal"}, "a whole number of devices"),
    ],
)
def test_what_nobody_can_give_is_refused(changed: dict[str, object], sentence: str) -> None:
    fields = {"amount": 50.0, "route": "im"} | changed
    with pytest.raises(FieldError) as refused:
        Dose(**fields)  # type: ignore[arg-type]  # wrong on purpose
    assert sentence in str(refused.value)


def test_names_are_checked_where_no_type_checker_looks() -> None:
    with pytest.raises(FieldError, match="salt: given 'HCl', expected base or hydrochloride"):
        _require_salt("HCl")
    with pytest.raises(FieldError, match="did you mean esketamine"):
        _known_form("eskatamine")
    assert not is_whole(True, at_least=1)  # noqa: FBT003 - that is the case tested


def test_an_amount_absurd_for_the_weight_is_refused_once_the_weight_is_known() -> None:
    dose = Dose(amount=500.0, route="im")
    with pytest.raises(FieldError, match="at most 15 mg/kg"):
        dose.mg(Person(weight_kg=20.0))


def test_an_infusion_of_days_is_judged_by_the_hour() -> None:
    """Intensive care runs 1.2 mg/kg/h for days (Koppel, in the observations)."""
    assert Dose(amount=1.2, unit="mg/kg/h", duration_h=72.0, route="iv").mg(PERSON) == pytest.approx(6048.0, rel=1e-9)
    with pytest.raises(FieldError, match="at most 15 mg/kg"):
        Dose(amount=16.0, unit="mg/kg/h", duration_h=100.0, route="iv")


def test_routes_have_many_words_and_one_name() -> None:
    assert {route_name(word) for word in ("iv", "I.V.", "intravenous", "intravenously")} == {"intravenous"}
    assert route_name("oral film", ["oral_film"]) == "oral_film"
    assert route_name("intrathecal") == "intrathecal"
    with pytest.raises(UnknownNameError, match="did you mean intranasal"):
        route_name("intranasall", ["intranasal", "oral"])


def test_a_unit_is_a_mass_perhaps_per_weight_and_time() -> None:
    assert Unit.parse("mg/kg/day").per_h == pytest.approx(1 / 24)
    assert Unit.parse("mg").per_h is None
