"""What signing in reads and writes, before anybody is somebody; for ``accounts`` alone."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import select, update

from kinetamine.clinic.access.member import Member
from kinetamine.clinic.audit import content as prints
from kinetamine.clinic.audit.row import DONE, Entry
from kinetamine.clinic.database import Transaction
from kinetamine.clinic.records import Attempt, Base, Clinic, Credential, SignIn, User


class Held(NamedTuple):
    """Who somebody is, and what they must know."""

    member: Member
    password: str
    totp: str
    step: int


def by_name(transaction: Transaction, clinic_code: str, name: str) -> Held | None:
    """An active user with credentials, by what they type."""
    query = (
        select(User, Credential)
        .join(Credential, Credential.user_id == User.id)
        .join(Clinic, Clinic.id == User.clinic_id)
        .where(Clinic.code == clinic_code, User.name == name)
    )
    return _held(transaction.session.execute(query).first())


def sign_in_name(transaction: Transaction, member: Member) -> tuple[str, str]:
    """What somebody types: the clinic's code and their name; of nobody, nothing."""
    query = select(Clinic.code, User.name).join(User, User.clinic_id == Clinic.id).where(User.id == member.user_id)
    found = transaction.session.execute(query).first()
    return ("", "") if found is None else (found[0], found[1])


def clinic_of(transaction: Transaction, user: User) -> Clinic:
    """Where somebody works."""
    return transaction.session.scalars(select(Clinic).where(Clinic.id == user.clinic_id)).one()


def attempt(transaction: Transaction, name: str) -> Attempt:
    """How a name has fared, whether or not it is anybody's."""
    found = transaction.session.get(Attempt, name)
    if found is None:
        found = Attempt(name=name, failures=0, until=None)
        transaction.session.add(found)
    return found


def use_step(transaction: Transaction, user_id: str, step: int) -> bool:
    """Take a time step for a code, once: False where it, or a later one, was taken."""
    query = update(Credential).where(Credential.user_id == user_id, Credential.step < step).values(step=step)
    return transaction.session.execute(query.returning(Credential.user_id)).first() is not None


def put(transaction: Transaction, member: Member, password: str, totp: str) -> Credential:
    """New credentials in place of any older; every sign-in of the old ones ends."""
    credential = transaction.session.get(Credential, member.user_id)
    if credential is None:
        credential = Credential(user_id=member.user_id, step=0)
        transaction.session.add(credential)
    credential.password, credential.totp, credential.set_at = password, totp, transaction.now
    end(transaction, member.user_id)
    transaction.session.flush()
    return credential


def end(transaction: Transaction, user_id: str) -> None:
    """Every sign-in of somebody ends now."""
    standing = update(SignIn).where(SignIn.user_id == user_id, SignIn.ended_at.is_(None))
    transaction.session.execute(standing.values(ended_at=transaction.now))


def start(transaction: Transaction, member: Member, mac: str) -> None:
    """A sign-in begins."""
    now = transaction.now
    transaction.session.add(SignIn(mac=mac, user_id=member.user_id, made_at=now, seen_at=now, ended_at=None))


def standing(transaction: Transaction, macs: list[str]) -> tuple[SignIn, User] | None:
    """The sign-in that a token belongs to, whether or not it still counts."""
    query = select(SignIn, User).join(User, User.id == SignIn.user_id).where(SignIn.mac.in_(macs))
    found = transaction.session.execute(query).first()
    return None if found is None else (found[0], found[1])


def log(
    transaction: Transaction,
    action: str,
    actor: str,
    about: Member | None,
    *,
    outcome: str = DONE,
    written: tuple[Base, ...] = (),
    name: str = "",
) -> None:
    """Say on the audit what became of an attempt."""
    transaction.log(
        Entry(
            actor=actor,
            action=action,
            kind="account",
            clinic_id="" if about is None else about.clinic_id,
            record_id="" if about is None else about.user_id,
            outcome=outcome,
            detail=({"name": name} if name else {}) | dict(prints.fingerprints(written, transaction.keys.audit)),
        )
    )


def later(until: datetime | None, now: datetime) -> bool:
    """Whether somebody has to wait."""
    return until is not None and until > now


def _held(row: Any) -> Held | None:
    if row is None or not row[0].active:
        return None
    user, credential = row
    return Held(Member(user.id, user.clinic_id, user.name), credential.password, credential.totp, credential.step)
