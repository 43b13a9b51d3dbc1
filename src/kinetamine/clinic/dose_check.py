"""Two people for one dose: the second works it out from order, weight and vial, and never sees the first result."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import ROUND_HALF_EVEN, Decimal

from kinetamine.clinic.basis import PROJECT
from kinetamine.clinic.dose_range import devices_of, is_spray
from kinetamine.clinic.instants import in_utc
from kinetamine.clinic.signature import Signature
from kinetamine.engine.dose import Dose, Salt
from kinetamine.engine.events import Form
from kinetamine.engine.model import Estimate, Provenance
from kinetamine.engine.person import Person
from kinetamine.errors import FieldError
from kinetamine.units import BASE_PER_HYDROCHLORIDE

MG_STEP = Estimate(0.1, "mg", PROJECT, "dose check", Provenance.ASSUMED, "a step nobody can see in a syringe")
ML_STEP = Estimate(0.01, "mL", PROJECT, "dose check", Provenance.ASSUMED, "the graduation of a 1 mL syringe; set yours")
RATE_STEP = Estimate(0.1, "mL/h", PROJECT, "dose check", Provenance.ASSUMED, "the step of common pumps; set yours")
_ALIKE = 0.01
"""Two ratios are taken for the same slip within one percent."""
_SLIPS = (
    (BASE_PER_HYDROCHLORIDE, "the ratio of base to hydrochloride, 0.867"),
    (1.0 / BASE_PER_HYDROCHLORIDE, "the ratio of hydrochloride to base, 1.153"),
    (10.0, "a factor of ten"),
    (0.1, "a factor of ten"),
    (2.0, "a factor of two, as between racemate and esketamine"),
    (0.5, "a factor of two, as between racemate and esketamine"),
    (2.2046, "the ratio of pounds to kilograms"),
    (1.0 / 2.2046, "the ratio of pounds to kilograms"),
)


@dataclass(frozen=True, kw_only=True)
class Rounding:
    """To which step each result is stated; two who round one number differ by no more than one step."""

    mg: Estimate = MG_STEP
    ml: Estimate = ML_STEP
    ml_per_h: Estimate = RATE_STEP


@dataclass(frozen=True, kw_only=True)
class Vial:
    """What is drawn from, as printed on it.

    Attributes:
        salt: what the printed milligrams are of.
    """

    lot: str
    form: Form
    salt: Salt
    mg_per_ml: float

    def __post_init__(self) -> None:
        """Refuse a strength that is none."""
        if not 0.0 < self.mg_per_ml < math.inf:
            raise FieldError("mg_per_ml", self.mg_per_ml, "the strength printed on the vial, above 0 mg/mL")


@dataclass(frozen=True, kw_only=True)
class Order:
    """What two people work out, each alone: the dose as prescribed, the weight, and what it is drawn from.

    Attributes:
        vial: None for a nasal spray, which comes in devices.
        diluted_to_ml: what the syringe or bag of an infusion holds in all; None for anything given at once.
    """

    dose: Dose
    weight_kg: float
    weighed_at: datetime
    vial: Vial | None
    diluted_to_ml: float | None = None

    def __post_init__(self) -> None:
        """Refuse a vial of another molecule, none where one is needed, and a weight at no time."""
        object.__setattr__(self, "weighed_at", in_utc("weighed_at", self.weighed_at))
        if self.is_spray != (self.vial is None):
            expected = "none for a spray of devices" if self.is_spray else "the vial that the dose is drawn from"
            raise FieldError("vial", self.vial, expected)
        if self.vial is not None and self.vial.form is not self.dose.form:
            raise FieldError("vial", self.vial.form.value, f"{self.dose.form.value}, which was ordered")
        if self.is_infusion != (self.diluted_to_ml is not None):
            expected = "what the syringe or bag holds" if self.is_infusion else "none for a dose given at once"
            raise FieldError("diluted_to_ml", self.diluted_to_ml, expected)
        if self.diluted_to_ml is not None and not 0.0 < self.diluted_to_ml < math.inf:
            raise FieldError("diluted_to_ml", self.diluted_to_ml, "more than 0 mL")
        self.dose.mg(Person(weight_kg=self.weight_kg))

    @property
    def is_infusion(self) -> bool:
        """Whether a pump gives it."""
        return self.dose.duration_h > 0.0

    @property
    def is_spray(self) -> bool:
        """Whether it is given as whole devices, mg of base known for each."""
        return is_spray(self.dose)


@dataclass(frozen=True, kw_only=True)
class Worked:
    """What one person got.

    Attributes:
        mg: of the salt that was ordered; ``base_mg`` of ketamine base, the same drug.
        ml: to draw from the vial; None for a spray.
        ml_per_h: of the pump, for an infusion only.
        devices: of a spray; None for anything else.
    """

    mg: float
    base_mg: float
    ml: float | None = None
    ml_per_h: float | None = None
    devices: int | None = None


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A result and whose it is."""

    worked: Worked
    signature: Signature


@dataclass(frozen=True, kw_only=True)
class Difference:
    """One quantity that two did not get alike.

    Attributes:
        hint: a common slip of that size; empty where none fits.
    """

    quantity: str
    unit: str
    first: float | None
    second: float | None
    software: float | None
    hint: str


@dataclass(frozen=True, kw_only=True)
class Checked:
    """Both results side by side, once both are there.

    Attributes:
        differences: empty where both agree with each other and with the software.
    """

    order: Order
    first: Entry
    second: Entry
    software: Worked
    differences: tuple[Difference, ...]

    @property
    def agrees(self) -> bool:
        """Whether all results are alike within the rounding; who gives the dose decides."""
        return not self.differences


@dataclass(frozen=True, kw_only=True, repr=False)
class Check:
    """A check that waits for its second person; the first result is held back, from printing too."""

    order: Order
    _first: Entry

    def __repr__(self) -> str:
        """Who began, and nothing that was worked out."""
        return f"Check(begun by {self._first.signature.by}, result held back)"

    @property
    def begun_by(self) -> str:
        """Who worked it out first."""
        return self._first.signature.by

    def finish(self, worked: Worked, signature: Signature, rounding: Rounding | None = None) -> Checked:
        """Compare the second result with the first and with the software.

        Raises:
            FieldError: it is the same person, or signed before the first was.
        """
        if signature.by.casefold() == self.begun_by.casefold():
            raise FieldError("by", signature.by, f"another person than {self.begun_by}, who worked it out first")
        if signature.at < self._first.signature.at:
            raise FieldError("at", signature.at.isoformat(), f"not before {self._first.signature.at.isoformat()}")
        _require_shape(self.order, worked)
        second = Entry(worked=worked, signature=signature)
        expected = work_out(self.order)
        found = _differences(self._first.worked, worked, expected, rounding or Rounding())
        return Checked(order=self.order, first=self._first, second=second, software=expected, differences=found)


def begin(order: Order, worked: Worked, signature: Signature) -> Check:
    """Hold the first person's result until the second has worked it out.

    Raises:
        FieldError: a quantity is missing, or one is given that the order does not have.
    """
    _require_shape(order, worked)
    return Check(order=order, _first=Entry(worked=worked, signature=signature))


def work_out(order: Order) -> Worked:
    """What the software gets, unrounded: mg as ordered, mg of base, mL and mL/h, or devices."""
    person = Person(weight_kg=order.weight_kg)
    mg, base_mg = order.dose.mg(person), order.dose.base_mg(person)
    if order.vial is None:
        return Worked(mg=mg, base_mg=base_mg, devices=devices_of(order.dose, base_mg))
    base_per_ml = order.vial.mg_per_ml * (BASE_PER_HYDROCHLORIDE if order.vial.salt == "hydrochloride" else 1.0)
    ml = base_mg / base_per_ml
    if order.diluted_to_ml is None:
        return Worked(mg=mg, base_mg=base_mg, ml=ml)
    if ml > order.diluted_to_ml:
        raise FieldError("diluted_to_ml", order.diluted_to_ml, f"at least the {ml:.3g} mL that are drawn")
    return Worked(mg=mg, base_mg=base_mg, ml=ml, ml_per_h=order.diluted_to_ml / order.dose.duration_h)


def rounded(worked: Worked, rounding: Rounding | None = None) -> Worked:
    """A result as it is stated, each quantity to its step."""
    steps = rounding or Rounding()
    return replace(
        worked,
        mg=_to_step(worked.mg, steps.mg.value),
        base_mg=_to_step(worked.base_mg, steps.mg.value),
        ml=None if worked.ml is None else _to_step(worked.ml, steps.ml.value),
        ml_per_h=None if worked.ml_per_h is None else _to_step(worked.ml_per_h, steps.ml_per_h.value),
    )


def shown(value: float, step: float) -> str:
    """A number for a syringe label: a zero before the point, none at the end."""
    text = f"{Decimal(repr(value)).quantize(Decimal(repr(step)), rounding=ROUND_HALF_EVEN):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _to_step(value: float, step: float) -> float:
    exact = Decimal(repr(step))
    return float((Decimal(repr(value)) / exact).quantize(Decimal(1), rounding=ROUND_HALF_EVEN) * exact)


def _require_shape(order: Order, worked: Worked) -> None:
    needed = {"mg": True, "base_mg": True, "ml": not order.is_spray, "ml_per_h": order.is_infusion}
    needed["devices"] = order.is_spray
    for field, wanted in needed.items():
        value = getattr(worked, field)
        if (value is not None) != wanted:
            raise FieldError(field, value, "an amount" if wanted else "nothing: the order has no such quantity")
        if value is not None and not 0.0 < value < math.inf:
            raise FieldError(field, value, "an amount above 0")


def _differences(first: Worked, second: Worked, software: Worked, rounding: Rounding) -> tuple[Difference, ...]:
    asked = (
        ("mg", "mg as ordered", rounding.mg.value),
        ("base_mg", "mg of base", rounding.mg.value),
        ("ml", "mL", rounding.ml.value),
        ("ml_per_h", "mL/h", rounding.ml_per_h.value),
        ("devices", "devices", 0.0),
    )
    found = (_difference(name, unit, (first, second, software), step) for name, unit, step in asked)
    return tuple(one for one in found if one is not None)


def _difference(name: str, unit: str, results: tuple[Worked, Worked, Worked], step: float) -> Difference | None:
    first, second, software = (getattr(one, name) for one in results)
    if software is None:
        return None
    # Who rounds correctly is within half a step of the exact number; two who do are within one step of each other.
    exact = step / 2.0 + 1e-9
    if abs(first - software) <= exact and abs(second - software) <= exact:
        return None
    wrong = second if abs(first - software) <= exact else first
    return Difference(
        quantity=name, unit=unit, first=first, second=second, software=software, hint=_slip(wrong / software)
    )


def _slip(ratio: float) -> str:
    return next((f"they differ by {words}" for slip, words in _SLIPS if abs(ratio / slip - 1.0) <= _ALIKE), "")
