"""Against the examples of RFC 6238, appendix B, in six digits."""

from __future__ import annotations

import base64
from datetime import UTC, datetime

import pytest

from kinetamine.clinic.accounts import totp

SECRET = base64.b32encode(b"12345678901234567890").decode()


@pytest.mark.parametrize(
    ("seconds", "code"),
    [(59, "287082"), (1111111109, "081804"), (1111111111, "050471"), (1234567890, "005924"), (2000000000, "279037")],
)
def test_the_standards_examples(seconds: int, code: str) -> None:
    now = datetime.fromtimestamp(seconds, UTC)
    assert totp.matching_steps(SECRET, code, now) == [seconds // 30]
    assert totp.matching_steps(SECRET, code[::-1] + "0", now) == []


@pytest.mark.parametrize("code", ["\ud800", "\0", "١٢٣٤٥٦", ""])
def test_what_no_telephone_shows_is_no_code(code: str) -> None:
    assert totp.matching_steps(SECRET, code, datetime.fromtimestamp(59, UTC)) == []


def test_secrets_are_long_and_differ() -> None:
    assert len(base64.b32decode(totp.new_secret())) == 20
    assert totp.new_secret() != totp.new_secret()
