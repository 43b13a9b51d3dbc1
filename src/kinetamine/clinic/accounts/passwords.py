"""Passwords: argon2id, and the same work whether or not there is anybody to check."""

from __future__ import annotations

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from kinetamine.errors import FieldError

LEAST, MOST = 12, 1024
_LEAST_DISTINCT = 6


class Passwords:
    """Hashing and checking; the library's parameters, which follow RFC 9106, unless others are given."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        """Work out one hash of nothing, to be checked where there is nobody."""
        self._hasher = hasher or PasswordHasher()
        self._nobody = self._hasher.hash("nobody has this password")

    def hash(self, password: str, name: str) -> str:
        """A hash to keep.

        Raises:
            FieldError: too short, too long, or easily guessed; it never repeats the password.
        """
        if not LEAST <= len(password) <= MOST:
            raise FieldError("password", f"{len(password)} characters", f"{LEAST} to {MOST}")
        if len(set(password.casefold())) < _LEAST_DISTINCT or (name and name.casefold() in password.casefold()):
            raise FieldError("password", "one that is easily guessed", "more different letters, and not the name")
        return self._hasher.hash(password)

    def match(self, held: str | None, password: str) -> bool:
        """Whether it is the password; as slow where there is none to compare it with."""
        try:
            self._hasher.verify(held or self._nobody, password[:MOST])
        except (VerificationError, InvalidHashError):
            return False
        return held is not None and len(password) <= MOST
