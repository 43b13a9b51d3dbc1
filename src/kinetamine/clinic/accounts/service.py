"""Signing in and out, proving to be there still, and setting credentials.

Every refusal is the same sentence and the same work, whether the clinic, the name, the password or the code was wrong.
Names that fail are counted whether or not they are anybody's.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from kinetamine.clinic.access import credentials
from kinetamine.clinic.access.credentials import Held
from kinetamine.clinic.access.member import Member, Proof
from kinetamine.clinic.access.operator import OPERATOR
from kinetamine.clinic.access.store import records_for
from kinetamine.clinic.accounts import totp
from kinetamine.clinic.accounts.passwords import Passwords
from kinetamine.clinic.audit.row import REFUSED
from kinetamine.clinic.database import Database, Transaction
from kinetamine.clinic.records import SignIn, User
from kinetamine.clinic.records.columns import canonical
from kinetamine.clinic.refusals import NotSignedInError

_SEEN_EVERY = timedelta(seconds=30)
"""How often a sign-in's last request is written down: not with each."""


@dataclass(frozen=True)
class SignedIn:
    """A sign-in that has just begun; the token is nowhere else."""

    member: Member
    token: str = field(repr=False)


@dataclass(frozen=True)
class Badge:
    """Who is signed in, and where, as of now; for what is shown: what is allowed is asked of the records.

    Attributes:
        zone: of the clock on the clinic's wall.
    """

    member: Member
    roles: tuple[str, ...]
    shown_as: str
    person_id: str | None
    clinic: str
    zone: ZoneInfo


@dataclass(frozen=True)
class _Asked:
    """An attempt: as what it was counted, whom it was about, and whether the password matched."""

    counted_as: str
    held: Held | None
    matches: bool

    @property
    def totp(self) -> str:
        return totp.NOBODY if self.held is None else self.held.totp


class Accounts:
    """Signing in to one database."""

    def __init__(self, database: Database, passwords: Passwords | None = None) -> None:
        """With the passwords' parameters, where they are not the usual ones."""
        self._database, self._passwords = database, passwords or Passwords()
        self._settings, self._ring = database.settings, database.settings.keys.sign_in

    def sign_in(self, clinic: str, name: str, password: str, code: str) -> SignedIn:
        """Begin.

        Raises:
            NotSignedInError: whatever the reason.
        """
        asked, token = self._ask(clinic, name, password), secrets.token_urlsafe(32)
        with self._passing(asked, "sign in", code) as (transaction, member):
            credentials.start(transaction, member, self._ring.mac("token", token.encode()))
        return SignedIn(member, token)

    def member(self, token: str) -> Member:
        """Who a token belongs to, if it still counts; see ``badge``."""
        return self.badge(token).member

    def badge(self, token: str, *, used: bool = True) -> Badge:
        """Who a token belongs to, if it still counts, with their roles and their clinic.

        Args:
            used: somebody did something; a page that is only open does not keep a sign-in alive.

        Raises:
            NotSignedInError: it is forged, ended, or was left alone for too long.
        """
        with self._database.unlogged() as transaction:
            found = self._standing(transaction, token)
            if found is not None and self._counts(*found, transaction.now):
                sign_in, user = found
                if used and transaction.now - sign_in.seen_at >= _SEEN_EVERY:
                    sign_in.seen_at = transaction.now
                member, clinic = Member(user.id, user.clinic_id, user.name), credentials.clinic_of(transaction, user)
                zone = ZoneInfo(clinic.time_zone)
                return Badge(member, user.roles, user.shown_as, user.person_id, clinic.name, zone)
        raise self._refused(found)

    def sign_out(self, token: str) -> None:
        """End; a token that does not count any more is no error."""
        with self._database.transaction() as transaction:
            found = self._standing(transaction, token)
            if found is None:
                credentials.log(transaction, "sign out", "", None)
                return
            sign_in, user = found
            sign_in.ended_at = sign_in.ended_at or transaction.now
            credentials.log(transaction, "sign out", user.id, Member(user.id, user.clinic_id, user.name))

    def prove(self, member: Member, password: str, code: str) -> Proof:
        """That whoever is signed in is still who they were: asked again before they sign.

        Raises:
            NotSignedInError: it is not them, or too many tried.
        """
        with self._database.unlogged() as transaction:
            clinic, name = credentials.sign_in_name(transaction, member)
        with self._passing(self._ask(clinic, name, password), "prove", code) as (transaction, _):
            return Proof.made(member.user_id, transaction.now, self._ring)

    def witness(self, beside: Member, name: str, password: str, code: str) -> tuple[Member, Proof]:
        """Who stands beside somebody who is signed in, and that it is them; no sign-in begins.

        Raises:
            NotSignedInError: it is nobody of that clinic, or too many tried.
        """
        with self._database.unlogged() as transaction:
            clinic, _ = credentials.sign_in_name(transaction, beside)
        with self._passing(self._ask(clinic, name, password), "prove", code) as (transaction, member):
            return member, Proof.made(member.user_id, transaction.now, self._ring)

    def set_credentials(self, by: Member, user_id: str, password: str) -> str:
        """A new password and second factor for somebody of the same clinic, by its admin; the factor's address.

        Raises:
            FieldError: a weak password.
            Refusal: not an admin, or nobody of theirs.
        """
        records, secret = records_for(self._database, by), totp.new_secret()
        hashed = self._passwords.hash(password, records.get(User, user_id).name)
        clinic, name = records.set_credential(user_id, hashed, secret)
        return totp.address(secret, name, clinic)

    def set_first_credentials(self, member: Member, password: str) -> str:
        """The same, by whoever runs the server."""
        hashed, secret = self._passwords.hash(password, member.name), totp.new_secret()
        with self._database.transaction() as transaction:
            clinic, name = credentials.sign_in_name(transaction, member)
            credential = credentials.put(transaction, member, hashed, secret)
            credentials.log(transaction, "set credentials", OPERATOR, member, written=(credential,))
        return totp.address(secret, name, clinic)

    def change_password(
        self, member: Member, password: str, code: str, new: str, *, fresh_factor: bool = False
    ) -> str | None:
        """One's own password; every sign-in ends, and the second factor stays, or is replaced: then its address.

        Raises:
            FieldError: a weak new password.
            NotSignedInError: the old one, or the code, is wrong.
        """
        hashed = self._passwords.hash(new, member.name)
        with self._database.unlogged() as transaction:
            clinic, name = credentials.sign_in_name(transaction, member)
        asked = self._ask(clinic, name, password)
        with self._passing(asked, "prove", code) as (transaction, _):
            secret = totp.new_secret() if fresh_factor else asked.totp
            credential = credentials.put(transaction, member, hashed, secret)
            action = "set credentials" if fresh_factor else "change password"
            credentials.log(transaction, action, member.user_id, member, written=(credential,))
        return totp.address(secret, name, clinic) if fresh_factor else None

    def _ask(self, clinic: str, name: str, password: str) -> _Asked:
        """Count the attempt before it is looked at: many at once are still counted one by one."""
        counted_as = self._ring.mac("attempt", canonical([clinic, name]).encode())
        with self._database.unlogged() as transaction:
            attempt = credentials.attempt(transaction, counted_as)
            waits = credentials.later(attempt.until, transaction.now)
            if not waits:
                attempt.failures += 1
                attempt.until = self._until(attempt.failures, transaction.now)
            # What no database can hold is nobody's name.
            held = None if "\0" in clinic + name else credentials.by_name(transaction, clinic, name)
        matches = self._passwords.match(None if held is None or waits else held.password, password)
        return _Asked(counted_as, held, matches)

    def _until(self, failures: int, now: datetime) -> datetime | None:
        over = failures - self._settings.failures
        if over < 0:
            return None
        delay = min(self._settings.first_delay_s * 2.0 ** min(over, 30), self._settings.longest_delay_s)
        return now + timedelta(seconds=delay)

    @contextmanager
    def _passing(self, asked: _Asked, action: str, code: str) -> Iterator[tuple[Transaction, Member]]:
        """A transaction for whoever passes; who does not is written down, and told no reason."""
        held = asked.held
        with self._database.transaction() as transaction:
            steps = totp.matching_steps(asked.totp, code, transaction.now)
            if held is not None and asked.matches:
                member = held.member
                if any(credentials.use_step(transaction, member.user_id, step) for step in steps):
                    attempt = credentials.attempt(transaction, asked.counted_as)
                    attempt.failures, attempt.until = 0, None
                    credentials.log(transaction, action, member.user_id, member)
                    yield transaction, member
                    return
            about = None if held is None else held.member
            credentials.log(transaction, action, "", about, outcome=REFUSED, name=asked.counted_as)
        raise NotSignedInError

    def _standing(self, transaction: Transaction, token: str) -> tuple[SignIn, User] | None:
        macs = [self._ring.mac("token", token.encode(errors="replace"), key.name) for key in self._ring.keys]
        found = credentials.standing(transaction, macs)
        if found is None or not any(hmac.compare_digest(found[0].mac, mac) for mac in macs):
            return None
        return found

    def _counts(self, sign_in: SignIn, user: User, now: datetime) -> bool:
        idle = timedelta(minutes=self._settings.idle_min)
        absolute = timedelta(hours=self._settings.absolute_h)
        lasting = now - sign_in.seen_at <= idle and now - sign_in.made_at <= absolute
        return user.active and sign_in.ended_at is None and lasting

    def _refused(self, found: tuple[SignIn, User] | None) -> NotSignedInError:
        about = None if found is None else Member(found[1].id, found[1].clinic_id, found[1].name)
        with self._database.transaction() as transaction:
            credentials.log(transaction, "come back", "", about, outcome=REFUSED)
        return NotSignedInError()
