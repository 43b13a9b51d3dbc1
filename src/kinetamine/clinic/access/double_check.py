"""What one person worked out, put away until another one has: in between nobody can read it, whatever their role.

It lies in the order itself, encrypted with the records key for this order and this person, and is opened within the
one transaction that also writes down the second result.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from kinetamine.clinic.access.act import Act
from kinetamine.clinic.access.member import Proof
from kinetamine.clinic.access.policy import Action
from kinetamine.clinic.records import Base, Order, Signature
from kinetamine.clinic.records.columns import canonical
from kinetamine.clinic.refusals import NotAllowedError
from kinetamine.errors import FieldError

HELD = "held"
FIRST_CHECKED = "first checked"
_MAY_BEGIN = frozenset({"planned", "checked", "disputed", FIRST_CHECKED})


@dataclass(frozen=True)
class Outcome:
    """What the comparison gave: the order's new state, and what is written down about it."""

    state: str
    content: Mapping[str, Any]


@dataclass(frozen=True)
class Written:
    """The order as it is now, everything that was written, and what the signature means."""

    order: Order
    rows: list[Base]
    meaning: str


Finish = Callable[[Mapping[str, Any]], Outcome]
"""From the first result, which nobody else sees, to what becomes of the order."""


def put_away(act: Act, version: int, shown: Mapping[str, Any], worked: Mapping[str, Any], order_id: str) -> Written:
    """Keep the first result so that nobody can read it; what is ``shown`` anybody may.

    Raises:
        FieldError: the order is not one that is still to be given.
        ConflictError: it has changed since it was seen.
        NotAllowedError: somebody else has begun, and a second person is awaited.
    """
    order = _order(act, order_id, version)
    if order.state not in _MAY_BEGIN:
        raise FieldError("state", order.state, "an order that is still to be given")
    begun = order.details.get("check", {})
    if order.state == FIRST_CHECKED and begun.get("begun_by") != act.user.id:
        raise NotAllowedError(Action.SIGN, Order.kind, "somebody has worked it out; be the second")
    clear = canonical(worked).encode()
    sealed = act.transaction.keys.records.seal(_use(order, act.user.id), clear)
    check = dict(shown) | {"begun_by": act.user.id, HELD: base64.b64encode(sealed).decode()}
    values = {"state": FIRST_CHECKED, "details": order.details | {"check": check}}
    return _signed(act, order, act.change(order, values, "worked out by the first person"), "worked out first")


def take_out(act: Act, version: int, finish: Finish, order_id: str) -> Written:
    """Open the first result, compare, and write both down.

    Raises:
        NotAllowedError: the same person again.
        FieldError: nobody has begun.
        ConflictError: it has changed since it was seen.
    """
    order = _order(act, order_id, version)
    check = order.details.get("check", {})
    if order.state != FIRST_CHECKED or HELD not in check:
        raise FieldError("state", order.state, "an order that a first person has worked out")
    if check["begun_by"] == act.user.id:
        raise NotAllowedError(Action.SIGN, Order.kind, "you worked it out first; another person must do it too")
    sealed = base64.b64decode(check[HELD])
    clear = act.transaction.keys.records.open(_use(order, check["begun_by"]), sealed)
    outcome = finish(json.loads(clear))
    after = {name: value for name, value in check.items() if name != HELD} | dict(outcome.content)
    values = {"state": outcome.state, "details": order.details | {"check": after}}
    why = "worked out by the second person and compared"
    return _signed(act, order, act.change(order, values, why), "worked out second")


def require_proof(act: Act, proof: Proof) -> None:
    """Refuse to sign for somebody who may have left.

    Raises:
        NotAllowedError: password and code were not given a moment ago.
    """
    if not proof.holds(act.user.id, act.transaction.now, act.transaction.keys.sign_in):
        raise NotAllowedError(Action.SIGN, act.kind, "give your password and a code again")


def _signed(act: Act, order: Order, revision: Base | None, meaning: str) -> Written:
    """This person's name under the order as it is now."""
    wanted = Signature(signed_kind=order.kind, signed_id=order.id, signed_version=order.version, meaning=meaning)
    return Written(order, [order, *([] if revision is None else [revision]), act.put(wanted)], meaning)


def _order(act: Act, order_id: str, version: int) -> Order:
    order = act.find(Order, order_id)
    if order.version != version:
        raise act.conflict(order, version)
    return order


def _use(order: Order, by: str) -> str:
    return f"orders.details.check/{order.id}/{by}"
