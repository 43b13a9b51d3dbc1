"""Two people for one dose: the first result is held back, and the usual slips are named."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinetamine.clinic.dose_check import Check, Order, Rounding, Vial, Worked, begin, rounded, shown, work_out
from kinetamine.clinic.signature import Signature
from kinetamine.engine.dose import Dose, Salt
from kinetamine.engine.events import Form
from kinetamine.errors import FieldError

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
DOSE = Dose(amount=0.5, unit="mg/kg", route="intravenous", salt="hydrochloride", duration_h=2.0 / 3.0)
VIAL = Vial(lot="L1", form=Form.RACEMIC, salt="hydrochloride", mg_per_ml=50.0)
ORDER = Order(dose=DOSE, weight_kg=70.0, weighed_at=AT - timedelta(hours=1), vial=VIAL, diluted_to_ml=50.0)
SPRAY = Order(
    dose=Dose(amount=84.0, route="intranasal", form=Form.ESKETAMINE), weight_kg=70.0, weighed_at=AT, vial=None
)


def signed(by: str, minutes: float = 0.0) -> Signature:
    return Signature(by=by, role="nurse", at=AT + timedelta(minutes=minutes))


def begun(worked: Worked | None = None, order: Order = ORDER) -> Check:
    return begin(order, worked or rounded(work_out(order)), signed("nurse-a"))


def test_the_software_says_mg_of_salt_mg_of_base_and_ml() -> None:
    worked = work_out(ORDER)
    assert (worked.mg, round(worked.base_mg, 3), round(worked.ml or 0.0, 9)) == (35.0, 30.346, 0.7)
    by_base = work_out(replace(ORDER, vial=replace(VIAL, salt="base")))
    assert by_base.ml == pytest.approx(30.3457 / 50.0, abs=1e-5)


def test_two_who_agree_within_the_rounding_agree() -> None:
    done = begun().finish(Worked(mg=35.0, base_mg=30.3, ml=0.7, ml_per_h=75.0), signed("nurse-b", 2.0))
    assert done.agrees
    assert (done.first.signature.by, done.second.signature.by) == ("nurse-a", "nurse-b")


def test_the_first_result_is_nowhere_to_be_seen() -> None:
    check = begun(Worked(mg=12345.5, base_mg=6789.5, ml=4321.5, ml_per_h=75.0))
    seen = repr(check) + repr(check.order) + check.begun_by
    assert not any(number in seen for number in ("12345.5", "6789.5", "4321.5"))
    assert check.order == ORDER
    assert {field.name for field in fields(check.order)} == {
        "dose",
        "weight_kg",
        "weighed_at",
        "vial",
        "diluted_to_ml",
    }


@pytest.mark.parametrize(("by", "minutes", "message"), [("NURSE-A", 2.0, "another person"), ("b", -1.0, "not before")])
def test_the_same_person_cannot_do_both_nor_the_second_come_first(by: str, minutes: float, message: str) -> None:
    with pytest.raises(FieldError, match=message):
        begun().finish(rounded(work_out(ORDER)), signed(by, minutes))


@pytest.mark.parametrize(
    ("second", "quantities", "hint"),
    [
        (Worked(mg=35.0, base_mg=30.3, ml=7.0, ml_per_h=75.0), ["ml"], "a factor of ten"),
        (Worked(mg=35.0, base_mg=30.3, ml=0.61, ml_per_h=75.0), ["ml"], "base to hydrochloride"),
        (Worked(mg=35.0, base_mg=35.0, ml=0.7, ml_per_h=75.0), ["base_mg"], "hydrochloride to base"),
        (Worked(mg=77.2, base_mg=66.9, ml=1.54, ml_per_h=75.0), ["mg", "base_mg", "ml"], "pounds to kilograms"),
        (Worked(mg=35.0, base_mg=30.3, ml=0.35, ml_per_h=75.0), ["ml"], "a factor of two"),
        (Worked(mg=35.0, base_mg=30.3, ml=0.72, ml_per_h=75.0), ["ml"], ""),
        (Worked(mg=35.0, base_mg=30.3, ml=0.7, ml_per_h=7.5), ["ml_per_h"], "a factor of ten"),
        (Worked(mg=35.0, base_mg=30.3, ml=0.7, ml_per_h=50.0), ["ml_per_h"], ""),
    ],
)
def test_a_slip_is_found_and_named(second: Worked, quantities: list[str], hint: str) -> None:
    done = begun().finish(second, signed("nurse-b"))
    assert not done.agrees
    assert [one.quantity for one in done.differences] == quantities
    assert all(hint in one.hint if hint else not one.hint for one in done.differences)


def test_two_who_make_the_same_slip_are_found_by_the_software() -> None:
    wrong = Worked(mg=35.0, base_mg=30.3, ml=7.0, ml_per_h=75.0)
    (one,) = begun(wrong).finish(wrong, signed("nurse-b")).differences
    assert (one.first, one.second, one.hint) == (7.0, 7.0, "they differ by a factor of ten")
    assert one.software == pytest.approx(0.7)


def test_a_spray_is_counted_in_devices() -> None:
    assert work_out(SPRAY) == Worked(mg=84.0, base_mg=84.0, devices=3)
    assert begun(order=SPRAY).finish(Worked(mg=84.0, base_mg=84.0, devices=3), signed("b")).agrees
    (one,) = begun(order=SPRAY).finish(Worked(mg=84.0, base_mg=84.0, devices=2), signed("b")).differences
    assert (one.quantity, one.second, one.software) == ("devices", 2, 3)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"vial": None}, "the vial that the dose is drawn from"),
        ({"vial": replace(VIAL, form=Form.ESKETAMINE)}, "racemic ketamine, which was ordered"),
        ({"weight_kg": 0.1}, "weight_kg"),
        ({"diluted_to_ml": None}, "what the syringe or bag holds"),
        ({"diluted_to_ml": 0.0}, "more than 0 mL"),
        ({"dose": replace(DOSE, duration_h=0.0)}, "none for a dose given at once"),
        ({"weighed_at": AT.replace(tzinfo=None)}, "with its zone"),
    ],
)
def test_an_order_is_judged(change: dict[str, object], message: str) -> None:
    with pytest.raises(FieldError, match=message):
        replace(ORDER, **change)  # type: ignore[arg-type]  # wrong on purpose


@pytest.mark.parametrize(
    ("order", "worked"),
    [
        (ORDER, Worked(mg=35.0, base_mg=30.3)),
        (ORDER, Worked(mg=35.0, base_mg=30.3, ml=0.7)),
        (
            replace(ORDER, dose=replace(DOSE, duration_h=0.0), diluted_to_ml=None),
            Worked(mg=35.0, base_mg=30.3, ml=0.7, ml_per_h=75.0),
        ),
        (ORDER, Worked(mg=35.0, base_mg=30.3, ml=0.7, ml_per_h=75.0, devices=1)),
        (ORDER, Worked(mg=35.0, base_mg=30.3, ml=-0.7)),
        (SPRAY, Worked(mg=84.0, base_mg=84.0, ml=1.0)),
    ],
)
def test_a_result_has_what_its_order_needs(order: Order, worked: Worked) -> None:
    with pytest.raises(FieldError):
        begin(order, worked, signed("a"))


def test_more_than_the_syringe_holds_is_refused() -> None:
    with pytest.raises(FieldError, match="mL that are drawn"):
        work_out(replace(ORDER, diluted_to_ml=0.5))


def test_a_strength_of_nothing_and_half_a_device_are_refused() -> None:
    with pytest.raises(FieldError, match="mg_per_ml"):
        replace(VIAL, mg_per_ml=0.0)
    with pytest.raises(FieldError, match="whole number of devices"):
        work_out(replace(SPRAY, dose=replace(SPRAY.dose, amount=70.0)))


@given(
    st.floats(0.1, 1.0),
    st.floats(40.0, 160.0),
    st.sampled_from([10.0, 50.0, 100.0]),
    st.sampled_from(["base", "hydrochloride"]),
    st.sampled_from(["base", "hydrochloride"]),
)
def test_two_who_round_correctly_always_agree(
    per_kg: float, weight_kg: float, strength: float, ordered: Salt, printed: Salt
) -> None:
    dose = replace(DOSE, amount=per_kg, salt=ordered)
    vial = replace(VIAL, mg_per_ml=strength, salt=printed)
    order = Order(dose=dose, weight_kg=weight_kg, weighed_at=AT, vial=vial, diluted_to_ml=50.0)
    exact = work_out(order)
    stated = rounded(exact)
    if not all(getattr(stated, name) for name in ("mg", "base_mg", "ml")):
        return
    assert begin(order, stated, signed("a")).finish(exact, signed("b")).agrees
    assert exact.ml is not None
    assert stated.ml is not None
    far = replace(stated, ml=stated.ml + 0.011)
    assert not begin(order, stated, signed("a")).finish(far, signed("b")).agrees


@pytest.mark.parametrize(
    ("value", "step", "text"), [(0.7, 0.01, "0.7"), (35.0, 0.1, "35"), (0.605, 0.01, "0.6"), (100.0, 0.1, "100")]
)
def test_a_number_for_a_label_has_a_zero_before_the_point_and_none_at_the_end(
    value: float, step: float, text: str
) -> None:
    assert shown(value, step) == text


def test_the_steps_are_data() -> None:
    assert {one.unit for one in vars(Rounding()).values()} == {"mg", "mL", "mL/h"}
