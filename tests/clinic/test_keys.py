from __future__ import annotations

import base64
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic.world import new_keys
from kinetamine.clinic import keys
from kinetamine.clinic.keys import KeyRing, Keys
from kinetamine.clinic.refusals import ClinicError
from kinetamine.errors import FieldError

GOOD, OTHER = (base64.urlsafe_b64encode(bytes(range(first, first + 32))).decode() for first in (0, 32))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "none"),
        ("# only a remark", "none"),
        ("first", "1 words"),
        ("first password", "another form|bytes"),
        ("first " + base64.b64encode(b"short").decode(), "5 bytes"),
        ("first " + base64.b64encode(b"a" * 64).decode(), "not random"),
        ("first " + base64.b64encode(b"changeme" * 8).decode(), "not random"),
        (f"one {GOOD}\none {OTHER}", "one name twice"),
        (f"one {GOOD}\ntwo {GOOD}", "one secret twice"),
        (f"{'n' * 33} {GOOD}", "32 letters"),
    ],
)
def test_weak_and_broken_keys_are_refused_and_never_repeated(text: str, expected: str) -> None:
    with pytest.raises(FieldError, match=expected) as refused:
        keys.ring("audit", text)
    assert all(word not in str(refused.value) for word in text.split()[1:] if len(word) > 12)


def test_one_secret_is_not_used_for_two_purposes() -> None:
    rings = {purpose: keys.ring(purpose, f"one {GOOD}") for purpose in keys.PURPOSES}
    with pytest.raises(FieldError, match="one of its own"):
        Keys(**rings)


def test_a_file_that_others_can_read_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "audit"
    path.write_text(keys.make("one"), encoding="utf-8")
    path.chmod(0o640)
    with pytest.raises(FieldError, match="others can read it"):
        keys.read("audit", path)
    path.chmod(0o600)
    assert keys.read("audit", path).current.name == "one"
    with pytest.raises(FieldError, match="make-keys"):
        keys.read("audit", tmp_path / "none")


def test_secrets_are_not_shown() -> None:
    assert GOOD[:8] not in repr(keys.ring("audit", f"one {GOOD}"))
    assert "secret" not in repr(new_keys())


@given(clear=st.binary(max_size=200), place=st.integers(0, 10_000), bit=st.integers(0, 7))
def test_what_is_sealed_opens_unless_any_bit_was_changed(clear: bytes, place: int, bit: int) -> None:
    ring = new_keys().records
    sealed = ring.seal("people.name", clear)
    assert ring.open("people.name", sealed) == clear
    damaged = bytearray(sealed)
    damaged[place % len(sealed)] ^= 1 << bit
    with pytest.raises(ClinicError):
        ring.open("people.name", bytes(damaged))


def test_what_is_sealed_for_one_use_does_not_open_for_another() -> None:
    ring = new_keys().records
    with pytest.raises(ClinicError, match="comes from elsewhere"):
        ring.open("people.contact", ring.seal("people.name", b"Ada"))
    with pytest.raises(ClinicError):
        ring.open("people.name", b"")


def test_after_a_rotation_the_old_is_read_and_the_new_is_written() -> None:
    old = keys.ring("records", keys.make("old"))
    both = KeyRing("records", (*old.keys, *keys.ring("records", keys.make("new")).keys))
    assert both.open("x", old.seal("x", b"said before")) == b"said before"
    with pytest.raises(ClinicError, match="not in the ring"):
        old.open("x", both.seal("x", b"said after"))
    assert both.mac("row", b"m", "old") == old.mac("row", b"m")
    assert both.mac("row", b"m") != both.mac("other", b"m")
    assert (both.age("old"), both.age("new"), both.age("none")) == (0, 1, None)


def test_new_keys_differ() -> None:
    assert keys.make("a") != keys.make("a")
    assert len(keys.ring("audit", keys.make("a")).current.secret) == 32
