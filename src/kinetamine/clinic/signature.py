"""Who did something, in which role, and when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from kinetamine.clinic.instants import in_utc
from kinetamine.errors import FieldError

PHYSICIAN = "physician"
"""The role that may decide against a rule or let somebody leave early."""


@dataclass(frozen=True, kw_only=True)
class Signature:
    """One person's hand under one act.

    Attributes:
        by: the account, never a shared one.
        role: as the clinic's access has it: physician, nurse, monitor, therapist ...
    """

    by: str
    role: str
    at: datetime

    def __post_init__(self) -> None:
        """Refuse an act of nobody, or at no time."""
        for field in ("by", "role"):
            object.__setattr__(self, field, require_words(field, getattr(self, field)))
        object.__setattr__(self, "at", in_utc("at", self.at))

    def require_physician(self, act: str) -> None:
        """Refuse the act to any other role.

        Raises:
            FieldError: the role is not physician.
        """
        if self.role != PHYSICIAN:
            raise FieldError("role", self.role, f"{PHYSICIAN}, who alone may {act}")


def require_words(field: str, given: str) -> str:
    """The text without blanks around it.

    Raises:
        FieldError: nothing is left.
    """
    words = given.strip()
    if not words:
        raise FieldError(field, given, "words, not a blank")
    return words
