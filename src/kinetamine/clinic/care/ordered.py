"""What a session keeps of its order: the dose, and what two people agreed on, once they have."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kinetamine.clinic.care.dose_check import finished_of, needs
from kinetamine.clinic.care.plan import CHECKED, dose_of
from kinetamine.clinic.records import Order
from kinetamine.clinic.session.ordered import Agreed, Ordered, Way
from kinetamine.units import BASE_PER_HYDROCHLORIDE

ORDER = "order"
"""Its name in the details of a session."""
_OF_ORDER = ("regimen", "drug", "route", "dose_mg", "weight_kg")


def written(order: Order) -> dict[str, Any]:
    """As JSON holds it."""
    found = {name: getattr(order, name) for name in _OF_ORDER}
    if not order.details.get("dose"):
        return found
    needed = needs(order)
    way = Way.DEVICES if "devices" in needed else Way.PUMP if "ml_per_h" in needed else Way.AT_ONCE
    return found | {
        "base_mg": order.details.get("base_mg"),
        "way": way.value,
        "duration_h": dose_of(order).duration_h,
        "agreed": _agreed(order),
    }


def of(details: Mapping[str, Any]) -> Ordered | None:
    """What was ordered, by the details of a session; None where there was no order."""
    held = details.get(ORDER)
    if held is None:
        return None
    if "way" not in held:
        return Ordered(base_mg=_base_mg(held))
    return Ordered(
        base_mg=held["base_mg"] or _base_mg(held),
        way=Way(held["way"]),
        duration_h=held["duration_h"],
        agreed=None if held["agreed"] is None else Agreed(**held["agreed"]),
    )


def is_agreed(details: Mapping[str, Any]) -> bool:
    """Whether it holds what two people agreed on."""
    return bool(details.get(ORDER, {}).get("agreed"))


def _agreed(order: Order) -> dict[str, Any] | None:
    finished = finished_of(order) if order.state == CHECKED else None
    if finished is None or finished.order.vial is None:
        return None
    vial, worked, whole_ml = finished.order.vial, finished.software, finished.order.diluted_to_ml
    found = {"lot": vial.lot, "salt": vial.salt, "ml_per_h": worked.ml_per_h}
    diluted = None if whole_ml is None or worked.ml is None else vial.mg_per_ml * worked.ml / whole_ml
    return found | {"mg_per_ml": diluted}


def _base_mg(held: Mapping[str, Any]) -> float:
    """Of an order that another program wrote; one that names no salt is taken for base, so that less is too much."""
    words = str(held["drug"]).casefold()
    salted = any(word in words for word in ("hydrochloride", "hcl"))
    return float(held["dose_mg"]) * (BASE_PER_HYDROCHLORIDE if salted else 1.0)
