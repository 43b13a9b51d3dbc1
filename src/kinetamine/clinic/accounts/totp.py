"""The second factor: time-based codes (RFC 6238), each taken once."""

from __future__ import annotations

import hmac
from datetime import datetime

import pyotp

PERIOD_S = 30
_DRIFT = 1
"""A code counts one period early and late, as telephones' clocks are not ours."""
NOBODY = pyotp.random_base32()
"""A secret to compare with where there is nobody."""


def new_secret() -> str:
    """160 random bits, as authenticator programs take them."""
    return pyotp.random_base32()


def address(secret: str, name: str, clinic: str) -> str:
    """What an authenticator program reads from a picture."""
    return pyotp.TOTP(secret, interval=PERIOD_S).provisioning_uri(name=name, issuer_name=f"Kinetamine {clinic}")


def matching_steps(secret: str, code: str, now: datetime) -> list[int]:
    """The time steps whose code it is, the latest last; all are compared, in constant time each."""
    generator = pyotp.TOTP(secret, interval=PERIOD_S)
    current = int(now.timestamp()) // PERIOD_S
    said = "".join(code.split()).encode(errors="replace")
    steps = range(current - _DRIFT, current + _DRIFT + 1)
    equal = [hmac.compare_digest(generator.generate_otp(step).encode(), said) for step in steps]
    return [step for step, same in zip(steps, equal, strict=True) if same]
