"""Who works here and who may sign in; an admin's work, who sees no patient."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kinetamine.clinic.access import Records
from kinetamine.clinic.care.every import every
from kinetamine.clinic.care.told import ToldError
from kinetamine.clinic.records import Role, User
from kinetamine.clinic.refusals import ConflictError, NoSuchRecordError
from kinetamine.clinic.signature import require_words
from kinetamine.errors import FieldError

ROLES = tuple(one.value for one in Role)


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A user as the form has it.

    Attributes:
        person_id: a patient's own record, for the role of patient alone.
    """

    shown_as: str
    roles: tuple[str, ...]
    person_id: str | None = None

    def __post_init__(self) -> None:
        """Refuse roles that do not go together."""
        require_words("shown_as", self.shown_as)
        if not self.roles:
            raise FieldError("roles", "", "one or more of " + ", ".join(ROLES))
        for role in self.roles:
            if role not in ROLES:
                raise FieldError("roles", role, "one or more of " + ", ".join(ROLES))
        if "patient" in self.roles and len(self.roles) > 1:
            raise ToldError(
                "roles", "A patient's account has no other role; staff who are treated get a second account."
            )
        if ("patient" in self.roles) is not bool(self.person_id):
            said = "Whose record it is: the id on their page." if "patient" in self.roles else "Only for a patient."
            raise ToldError("person_id", said)


def everybody(records: Records) -> list[User]:
    """By name."""
    return sorted(every(records, User), key=lambda one: (not one.active, one.name.casefold()))


def add(records: Records, name: str, asked: Asked) -> User:
    """Somebody new, who cannot sign in before credentials are set.

    Raises:
        InputError: the name is taken, or there is no such person.
        Refusal: not an admin.
    """
    try:
        return records.add(
            User(
                name=require_words("name", name),
                shown_as=asked.shown_as,
                roles=asked.roles,
                active=True,
                person_id=asked.person_id,
            )
        )
    except ConflictError as error:
        raise ToldError("name", "Somebody has that name already; each signs in under their own.") from error
    except NoSuchRecordError as error:
        raise ToldError("person_id", "There is no record of that id.") from error


def change(records: Records, user_id: str, version: int, asked: Asked, why: str) -> User:
    """Other roles, or another name on the screen; in effect at once.

    Raises:
        InputError: no reason is given, or there is no such person.
        Refusal: not an admin.
    """
    require_words("why", why)
    values = {"shown_as": asked.shown_as, "roles": tuple(sorted(asked.roles)), "person_id": asked.person_id}
    try:
        return records.change(User, user_id, version, why, **values)
    except NoSuchRecordError as error:
        if error.kind != "person":
            raise
        raise ToldError("person_id", "There is no record of that id.") from error


def let_in(records: Records, user_id: str, version: int, why: str, *, active: bool) -> User:
    """Stop somebody, or let them in again; every sign-in of theirs ends at once.

    Raises:
        FieldError: no reason is given.
        Refusal: not an admin.
    """
    require_words("why", why)
    return records.change(User, user_id, version, why, active=active)


def names(records: Records, ids: Iterable[str | None]) -> dict[str, str]:
    """What colleagues are called, by their ids; for pages of those who may see the clinic's people."""
    wanted = {one for one in ids if one}
    if not wanted:
        return {}
    return {one.id: one.shown_as for one in every(records, User) if one.id in wanted}
