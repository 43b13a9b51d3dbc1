"""What was ordered for a session and agreed on by two people, and where what is given differs from it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from kinetamine.clinic.basis import PROJECT
from kinetamine.clinic.dose_check import MG_STEP, RATE_STEP, shown
from kinetamine.clinic.session.entries import DeviceUsed, InfusionStarted, Injected
from kinetamine.engine.dose import Salt
from kinetamine.engine.model import Estimate, Provenance

STRENGTH = Estimate(1.0, "%", PROJECT, "session", Provenance.ASSUMED, "as a label rounds it")
_AMOUNT = "two minutes of a pump over forty, which is stopped by hand; a third of what base for hydrochloride makes"
AMOUNT = Estimate(5.0, "%", PROJECT, "session", Provenance.ASSUMED, _AMOUNT)


class Way(StrEnum):
    """How a dose is given."""

    PUMP = "an infusion"
    AT_ONCE = "a dose given at once"
    DEVICES = "nasal devices"


_WAYS = {InfusionStarted: Way.PUMP, Injected: Way.AT_ONCE, DeviceUsed: Way.DEVICES}


@dataclass(frozen=True, kw_only=True)
class Agreed:
    """What two people agreed on.

    Attributes:
        mg_per_ml: of ``salt`` in the syringe of an infusion, and its ``ml_per_h``; None for a dose given at once.
    """

    lot: str
    salt: Salt
    mg_per_ml: float | None = None
    ml_per_h: float | None = None


@dataclass(frozen=True, kw_only=True)
class Ordered:
    """What was ordered.

    Attributes:
        base_mg: of ketamine base.
        way: None where the order does not say.
        duration_h: of an infusion; 0 for anything else.
        agreed: None where two people have not agreed, and for a spray, which nobody draws up.
    """

    base_mg: float
    way: Way | None = None
    duration_h: float = 0.0
    agreed: Agreed | None = None

    @property
    def most_base_mg(self) -> float:
        """Beyond it more was given than ordered, and not only by rounding."""
        return self.base_mg * (1.0 + AMOUNT.value / 100.0)

    @property
    def text(self) -> str:
        """The dose in words."""
        return f"{in_mg(self.base_mg)} of base"

    def unlike(self, what: InfusionStarted | Injected | DeviceUsed) -> tuple[str, ...]:
        """In which ways it is another dose; that it is too much in all is not seen here."""
        way = _WAYS[type(what)]
        if self.way not in {None, way}:
            return (f"{way}; ordered: {self.way}",)
        if isinstance(what, InfusionStarted):
            return tuple(self._pump(what))
        if isinstance(what, Injected) and what.base_mg * (1.0 + AMOUNT.value / 100.0) < self.base_mg:
            return (f"{in_mg(what.base_mg)} of base; ordered: {self.text}",)
        return ()

    def other_lot(self, lot: str) -> str:
        """That it is of another lot than was agreed on; empty where it is not, or nobody has agreed on one."""
        if self.agreed is None or lot.strip().casefold() == self.agreed.lot.strip().casefold():
            return ""
        return f"lot {lot}; checked: lot {self.agreed.lot}"

    def _pump(self, what: InfusionStarted) -> Iterator[str]:
        agreed = self.agreed
        if agreed is not None and agreed.ml_per_h is not None and agreed.mg_per_ml is not None:
            if abs(what.ml_per_h - agreed.ml_per_h) > RATE_STEP.value + 1e-9:
                yield f"{what.ml_per_h:g} mL/h; checked: {shown(agreed.ml_per_h, RATE_STEP.value)} mL/h"
            asked = InfusionStarted(**vars(agreed))
            if _differ(what.base_mg_per_ml, asked.base_mg_per_ml, STRENGTH):
                strength = f"{agreed.mg_per_ml:.4g} mg/mL of {agreed.salt}"
                yield f"{what.mg_per_ml:g} mg/mL of {what.salt}; checked: {strength}"
        elif self.duration_h > 0.0:
            per_h, ordered = what.ml_per_h * what.base_mg_per_ml, self.base_mg / self.duration_h
            if _differ(per_h, ordered, AMOUNT):
                yield f"{in_mg(per_h)} of base in an hour; ordered: {in_mg(ordered)}"


def in_mg(value: float) -> str:
    """To the step of a dose check."""
    return f"{shown(value, MG_STEP.value)} mg"


def _differ(given: float, asked: float, most: Estimate) -> bool:
    return abs(given / asked - 1.0) > most.value / 100.0
