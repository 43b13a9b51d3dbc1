"""What devices send, on its way into the records: many at once, and none acknowledged before it is on the disk.

Deliveries that wait at the same time share one transaction: the disk is waited for once for all of them, and each thing
is looked up once. Each is judged by itself all the same: what is refused of one touches no other. Whose they are is
looked up in that transaction, so that a device that was revoked, or a session that was closed, counts from that moment.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from kinetamine.clinic.access.batch import KIND, Batch, recognised
from kinetamine.clinic.access.delivery import Delivery, Receipt, Sent
from kinetamine.clinic.access.member import Member
from kinetamine.clinic.access.policy import Action
from kinetamine.clinic.audit.row import REFUSED, Entry
from kinetamine.clinic.database import Database, Transaction
from kinetamine.clinic.records import SessionEvent
from kinetamine.clinic.refusals import NoOpenSessionError, NotAllowedError, NotSignedInError, Refusal

Written = Callable[[str, Sequence[SessionEvent]], object]
"""Whoever keeps a picture of the sessions: is given the session and its new rows."""
MOST_AT_ONCE = 64
"""Deliveries that share a transaction."""
WAITING_LOGGED_EVERY = timedelta(minutes=10)
"""A monitor that is on all night asks every few seconds for a session: that stands on the audit so often; assumed."""
_MOST_KEPT = 10_000
"""Sessions of which it is kept in mind since when they are open."""


@dataclass(eq=False)
class _Ticket:
    """A delivery that waits, and what becomes of it."""

    delivery: Delivery
    receipt: Receipt | None = None
    error: Exception | None = None

    @property
    def is_done(self) -> bool:
        return self.receipt is not None or self.error is not None


class _NothingToSayError(Exception):
    """Nothing was written, and what was refused stands on the audit already."""


class Intake:
    """The way in, for several threads."""

    def __init__(self, database: Database, written: Written | None = None, at_once: int = MOST_AT_ONCE) -> None:
        """Take deliveries for a database.

        Args:
            written: told of new rows of a session once they are on the disk, in the order in which they came there.
            at_once: how many deliveries may share a transaction; 1 for none.
        """
        self._database, self._written_to, self._at_once = database, written, at_once
        self._waiting: deque[_Ticket] = deque()
        self._lead = threading.Lock()
        self._seen: set[str] = set()
        self._opened: dict[str, datetime] = {}
        self._waits: dict[str, datetime] = {}

    def require_device(self, macs: Sequence[str]) -> None:
        """Before anything that it sent is looked at: that there is such a device; ``take`` says whether there still is.

        Raises:
            NotSignedInError: there is none.
        """
        if not self._seen.isdisjoint(macs):
            return
        with self._database.unlogged() as transaction:
            if found := recognised(transaction, macs):
                self._seen.update(found)
                return
        with self._database.transaction() as transaction:
            transaction.log(_refused(None, NotSignedInError()))
        raise NotSignedInError

    def refused(self, member: Member) -> NotAllowedError:
        """Somebody who is signed in, and no device."""
        error = NotAllowedError(Action.ADD, KIND, "this address is for devices")
        with self._database.transaction() as transaction:
            transaction.log(_refused(member, error))
        return error

    def take(self, delivery: Delivery) -> Receipt:
        """Store it; returns once it is on the disk.

        Raises:
            Refusal: the device is none, or no longer; or the readings belong to no session here.
        """
        ticket = _Ticket(delivery)
        self._waiting.append(ticket)
        with self._lead:
            while not ticket.is_done:
                self._take_waiting()
        if ticket.error is not None:
            if isinstance(ticket.error, NotSignedInError):
                self._seen.difference_update(delivery.macs)
            raise ticket.error
        assert ticket.receipt is not None  # noqa: S101 - it is done
        return ticket.receipt

    def _take_waiting(self) -> None:
        """Those that came first; if they cannot be written together, each by itself, so that nobody is taken along."""
        tickets = [self._waiting.popleft() for _ in range(min(len(self._waiting), self._at_once))]
        if len(self._opened) > _MOST_KEPT:
            self._opened.clear()
        if self._written(tickets) is not None and len(tickets) > 1:
            for ticket in tickets:
                self._written([ticket])
        if self._written_to is not None:
            for receipt in (one.receipt for one in tickets if one.receipt is not None and one.receipt.rows):
                self._written_to(receipt.session_id, receipt.rows)

    def _written(self, tickets: Sequence[_Ticket]) -> Exception | None:
        """In one transaction, which says on the audit what became of each; if it fails, none of them was taken."""
        try:
            with self._database.transaction() as transaction:
                batch = Batch(transaction, [one.delivery for one in tickets], self._opened)
                for ticket in tickets:
                    ticket.receipt = ticket.error = None
                    try:
                        ticket.receipt = batch.take(ticket.delivery)
                    except Exception as error:  # noqa: BLE001 - the others' deliveries are not this one's
                        ticket.error = error
                        self._log(transaction, batch.member(ticket.delivery), error)
                _require_entries(transaction)
        except _NothingToSayError:
            return None
        except Exception as error:  # noqa: BLE001 - each is told by its own thread
            for ticket in tickets:
                ticket.receipt, ticket.error = None, error
            return error
        return None

    def _log(self, transaction: Transaction, member: Member | None, error: Exception) -> None:
        """A refusal; of a device that waits for a session, not each."""
        if member is not None and isinstance(error, NoOpenSessionError):
            before = self._waits.get(member.user_id)
            if before is not None and transaction.now - before < WAITING_LOGGED_EVERY:
                return
            self._waits[member.user_id] = transaction.now
        transaction.log(_refused(member, error))


def _require_entries(transaction: Transaction) -> None:
    if not transaction.entries:
        raise _NothingToSayError


def _refused(member: Member | None, error: Exception) -> Entry:
    status = error.status if isinstance(error, Refusal) else 503
    return Entry(
        actor="" if member is None else member.user_id,
        action=Action.ADD,
        kind=KIND,
        clinic_id="" if member is None else member.clinic_id,
        outcome=REFUSED,
        detail={"status": status, "reason": type(error).__name__},
    )


__all__ = ["Delivery", "Intake", "Receipt", "Sent"]
