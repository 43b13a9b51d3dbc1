"""The dose of one order, worked out by two people alone; between them the first result is put away unseen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from kinetamine.clinic import dose_check
from kinetamine.clinic.access import Proof, Records
from kinetamine.clinic.access.double_check import HELD, Outcome
from kinetamine.clinic.care.plan import CHECKED, DISPUTED, FIRST_CHECKED, dose_of, measured_of, require_to_come
from kinetamine.clinic.dose_check import Checked, Difference, Vial, Worked
from kinetamine.clinic.dose_range import is_spray
from kinetamine.clinic.records import Order
from kinetamine.clinic.signature import Signature
from kinetamine.engine.events import Form
from kinetamine.errors import FieldError


@dataclass(frozen=True)
class Seen:
    """An order, and the version of it that somebody had before them."""

    record: Order
    version: int


@dataclass(frozen=True, kw_only=True)
class Begun:
    """A check that waits for its second person: all that anybody may see of it."""

    order: dose_check.Order
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Finished:
    """Both results, once both are there.

    Attributes:
        first, second, software: what each got; ``first_by`` and ``second_by`` the accounts.
    """

    order: dose_check.Order
    first: Worked
    first_by: str
    second: Worked
    second_by: str
    at: datetime
    software: Worked
    differences: tuple[Difference, ...]


def asked(record: Order, vial: Vial | None, diluted_to_ml: float | None) -> dose_check.Order:
    """What is to be worked out: the dose as prescribed, the weight, and what it is drawn from.

    Raises:
        FieldError: the vial is of another drug, or something is missing or too much.
    """
    measured = measured_of(record)
    return dose_check.Order(
        dose=dose_of(record),
        weight_kg=measured.weight_kg,
        weighed_at=measured.taken_at,
        vial=vial,
        diluted_to_ml=diluted_to_ml,
    )


def needs(record: Order) -> frozenset[str]:
    """Which quantities the order has: ``vial``, ``ml_per_h`` or ``devices``."""
    dose = dose_of(record)
    if is_spray(dose):
        return frozenset({"devices"})
    return frozenset({"vial", "ml_per_h"} if dose.duration_h > 0.0 else {"vial"})


def begin(order: dose_check.Order, worked: Worked, by: Signature) -> None:
    """Whether it has the order's shape, before anybody is asked for a password.

    Raises:
        FieldError: a quantity is missing or too much, or the order cannot be drawn from that vial at all.
    """
    dose_check.begin(order, worked, by)
    dose_check.work_out(order)


def first(records: Records, seen: Seen, order: dose_check.Order, worked: Worked, by: Signature, proof: Proof) -> Order:
    """Put away what the first person got.

    Raises:
        FieldError: a quantity is missing, the order cannot be drawn from that vial at all, or it was given already.
        Refusal: not theirs to do, or the order has changed since.
    """
    begin(order, worked, by)
    require_to_come(records, seen.record, "state")
    shown = {
        "vial": None if order.vial is None else _vial_json(order.vial),
        "diluted_to_ml": order.diluted_to_ml,
        "begun_at": by.at.isoformat(),
        "begun_role": by.role,
    }
    return records.begin_check(seen.record.id, seen.version, shown, _json(worked), proof)


def second(records: Records, seen: Seen, worked: Worked, by: Signature, proof: Proof) -> Order:
    """Compare what the second person got with the first result and with the software.

    Raises:
        FieldError: a quantity is missing, nobody has begun, or it was given already.
        Refusal: the same person, or the order has changed since.
    """
    begun = awaited(seen.record)
    require_to_come(records, seen.record, "state")

    def finish(held: Mapping[str, Any]) -> Outcome:
        role = seen.record.details["check"]["begun_role"]
        check = dose_check.begin(begun.order, Worked(**held), Signature(by=begun.by, role=role, at=begun.at))
        done = check.finish(worked, by)
        return Outcome(CHECKED if done.agrees else DISPUTED, _done_json(done))

    return records.finish_check(seen.record.id, seen.version, finish, proof)


def awaited(record: Order) -> Begun:
    """What the second person may see.

    Raises:
        FieldError: nobody has begun.
    """
    begun = begun_of(record)
    if begun is None:
        raise FieldError("state", record.state, "an order that a first person has worked out")
    return begun


def begun_of(record: Order) -> Begun | None:
    """What the second person may see; None where nobody has begun."""
    check = record.details.get("check", {})
    if record.state != FIRST_CHECKED or HELD not in check:
        return None
    at = datetime.fromisoformat(check["begun_at"])
    return Begun(order=_asked_again(record, check), by=check["begun_by"], at=at)


def finished_of(record: Order) -> Finished | None:
    """Both results; None before the second is there."""
    check = record.details.get("check", {})
    if "second" not in check or HELD in check:
        return None
    return Finished(
        order=_asked_again(record, check),
        first=Worked(**check["first"]),
        first_by=check["begun_by"],
        second=Worked(**check["second"]),
        second_by=check["second_by"],
        at=datetime.fromisoformat(check["second_at"]),
        software=Worked(**check["software"]),
        differences=tuple(Difference(**one) for one in check["differences"]),
    )


def _asked_again(record: Order, check: Mapping[str, Any]) -> dose_check.Order:
    held = check["vial"]
    vial = None if held is None else Vial(**held | {"form": Form(held["form"])})
    return asked(record, vial, check["diluted_to_ml"])


def _done_json(done: Checked) -> dict[str, Any]:
    return {
        "first": _json(done.first.worked),
        "second": _json(done.second.worked),
        "second_by": done.second.signature.by,
        "second_role": done.second.signature.role,
        "second_at": done.second.signature.at.isoformat(),
        "software": _json(done.software),
        "differences": [asdict(one) for one in done.differences],
    }


def _vial_json(vial: Vial) -> dict[str, Any]:
    return {"lot": vial.lot, "form": vial.form.value, "salt": vial.salt, "mg_per_ml": vial.mg_per_ml}


def _json(worked: Worked) -> dict[str, Any]:
    return asdict(worked)
