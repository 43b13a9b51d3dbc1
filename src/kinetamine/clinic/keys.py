"""Secret keys: one ring for each purpose, read from a file or the environment, never from the database.

A ring holds one key per line, ``name secret``, the oldest first. The last one writes; all of them read. To rotate is
to add a line.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import os
import secrets
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from kinetamine.clinic.refusals import ClinicError
from kinetamine.errors import FieldError

LEAST_BYTES = 32
_LEAST_DISTINCT = 16
"""Of 32 random bytes, fewer than 16 different ones come up less than once in 10^12 times: such a key was typed."""
_NONCE_BYTES = 12
PURPOSES = ("audit", "records", "sign_in", "backups")


@dataclass(frozen=True)
class Key:
    """One secret and the name it goes by in what it signed."""

    name: str
    secret: bytes = field(repr=False)


@dataclass(frozen=True)
class KeyRing:
    """All keys of one purpose, the oldest first."""

    purpose: str
    keys: tuple[Key, ...]

    @property
    def current(self) -> Key:
        """What new things are signed or sealed with."""
        return self.keys[-1]

    def age(self, name: str) -> int | None:
        """The key's place in the ring, or None where it is not in it."""
        return next((place for place, key in enumerate(self.keys) if key.name == name), None)

    def mac(self, use: str, message: bytes, name: str | None = None) -> str:
        """The HMAC-SHA256 of a message, for one use only, under the current key or a named one."""
        return hmac.new(self._derived(use, name), message, hashlib.sha256).hexdigest()

    def seal(self, use: str, clear: bytes) -> bytes:
        """Encrypt with AES-256-GCM under the current key; the result can only be opened for the same use."""
        nonce = os.urandom(_NONCE_BYTES)
        head = self.current.name.encode() + b"\0"
        return head + nonce + self.cipher(use).encrypt(nonce, clear, use.encode())

    def open(self, use: str, sealed: bytes) -> bytes:
        """What was sealed.

        Raises:
            ClinicError: it was changed, moved from elsewhere, or its key is not in the ring.
        """
        name, _, rest = sealed.partition(b"\0")
        cipher = self.cipher(use, name.decode(errors="replace"))
        try:
            return cipher.decrypt(rest[:_NONCE_BYTES], rest[_NONCE_BYTES:], use.encode())
        except (InvalidTag, ValueError) as error:
            message = f"a sealed value of {use} was changed or comes from elsewhere"
            raise ClinicError(message) from error

    def cipher(self, use: str, name: str | None = None) -> AESGCM:
        """AES-256-GCM under a key for one use only; whoever calls must not use a nonce twice."""
        return AESGCM(self._derived(use, name))

    def _derived(self, use: str, name: str | None) -> bytes:
        key = self.current if name is None else next((one for one in self.keys if one.name == name), None)
        if key is None:
            message = f"the {self.purpose} key {name!r} is needed and not in the ring"
            raise ClinicError(message)
        return hmac.new(key.secret, f"kinetamine/{self.purpose}/{use}".encode(), hashlib.sha256).digest()


@dataclass(frozen=True)
class Keys:
    """The four rings."""

    audit: KeyRing
    records: KeyRing
    sign_in: KeyRing
    backups: KeyRing

    def __post_init__(self) -> None:
        """Refuse one secret for two purposes.

        Raises:
            FieldError: and which.
        """
        seen: dict[bytes, str] = {}
        for ring in (self.audit, self.records, self.sign_in, self.backups):
            for key in ring.keys:
                if seen.setdefault(key.secret, ring.purpose) != ring.purpose:
                    raise FieldError(f"{ring.purpose} key {key.name}", "a secret of another ring", "one of its own")


def ring(purpose: str, text: str) -> KeyRing:
    """Read a ring.

    Raises:
        FieldError: there is no key, or a weak one.
    """
    lines = [line.split() for line in text.splitlines() if line.strip() and not line.startswith("#")]
    keys = tuple(_key(purpose, line) for line in lines)
    if not keys:
        raise FieldError(f"{purpose} keys", "none", "one line for each: name, secret")
    for what, values in (("name", [key.name for key in keys]), ("secret", [key.secret for key in keys])):
        if len(set(values)) != len(values):
            raise FieldError(f"{purpose} keys", f"one {what} twice", "another for each key")
    return KeyRing(purpose, keys)


def read(purpose: str, path: Path) -> KeyRing:
    """Read a ring from a file that only its owner can read.

    Raises:
        FieldError: others can read it, it is not there, or it holds a weak key.
    """
    try:
        mode = path.stat().st_mode
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        expected = "a file that can be read; `kinetamine clinic make-keys` makes one"
        raise FieldError(f"{purpose} keys", str(path), expected) from error
    if mode & 0o077:
        raise FieldError(f"{purpose} keys", f"{path} with mode {mode & 0o777:o}", "mode 600: others can read it")
    return ring(purpose, text)


def make(name: str) -> str:
    """A line for a ring: a new random secret."""
    return f"{name} {base64.urlsafe_b64encode(secrets.token_bytes(LEAST_BYTES)).decode()}\n"


def _key(purpose: str, line: list[str]) -> Key:
    # What was given is never repeated: it may be a secret.
    field_name = f"{purpose} key"
    if len(line) != 2 or not line[0].isprintable() or len(line[0]) > 32:
        raise FieldError(field_name, f"{len(line)} words", "a name of at most 32 letters and a secret")
    try:
        secret = base64.b64decode(line[1].encode(), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError) as error:
        raise FieldError(f"{field_name} {line[0]}", "a secret of another form", "base64") from error
    if len(secret) < LEAST_BYTES:
        raise FieldError(f"{field_name} {line[0]}", f"{len(secret)} bytes", f"{LEAST_BYTES} random bytes or more")
    if len(set(secret)) < _LEAST_DISTINCT:
        raise FieldError(f"{field_name} {line[0]}", "a secret that is not random", "`kinetamine clinic make-keys`")
    return Key(line[0], secret)
