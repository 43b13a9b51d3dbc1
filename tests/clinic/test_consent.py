"""Consent: by hash, revocable, the same whatever the order in which acts arrive."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinetamine.clinic.consent import ConsentText, Given, Purpose, Revoked, fingerprint, in_force, purpose_of
from kinetamine.clinic.eligibility.rules import Treatment, Use
from kinetamine.clinic.signature import Signature
from kinetamine.engine.events import Form
from kinetamine.errors import FieldError

START = datetime(2026, 1, 1, tzinfo=UTC)
SHOWN = b"You agree to esketamine nasal spray.\n"
TEXT = ConsentText(
    name="esketamine",
    version=1,
    purpose=Purpose.LABELLED,
    language="en",
    sha256=fingerprint(SHOWN),
    valid_from=START,
    retired_at=START + timedelta(days=300),
)
NEWER = replace(TEXT, version=2, sha256=fingerprint(b"v2"), valid_from=START + timedelta(days=30), retired_at=None)
OFF_LABEL = replace(TEXT, name="racemic", purpose=Purpose.OFF_LABEL, sha256=fingerprint(b"off"))


def signed(hours: float, by: str = "p1") -> Signature:
    return Signature(by=by, role="patient", at=START + timedelta(hours=hours))


def gave(name: str, hours: float, text: ConsentText = TEXT) -> Given:
    return Given(name=name, person="p1", text=text, sha256=text.sha256, signature=signed(hours))


def took_back(name: str, hours: float, purpose: Purpose = Purpose.LABELLED) -> Revoked:
    return Revoked(name=name, person="p1", purpose=purpose, signature=signed(hours))


def holds(acts: list[Given | Revoked], hours: float, purpose: Purpose = Purpose.LABELLED) -> bool:
    return in_force("p1", purpose, acts, START + timedelta(hours=hours)).given is not None


def test_consent_holds_from_when_it_was_given_until_it_is_taken_back() -> None:
    acts: list[Given | Revoked] = [gave("a", 10), took_back("b", 20), gave("c", 30)]
    assert [holds(acts, hours) for hours in (9, 10, 19, 20, 29, 30)] == [False, True, True, False, False, True]


def test_esketamine_and_off_label_are_apart() -> None:
    acts: list[Given | Revoked] = [gave("a", 10), gave("b", 10, OFF_LABEL), took_back("c", 20, Purpose.OFF_LABEL)]
    assert holds(acts, 25)
    assert not holds(acts, 25, Purpose.OFF_LABEL)


def test_nobody_else_has_consented() -> None:
    assert in_force("p2", Purpose.LABELLED, [gave("a", 10)], START + timedelta(hours=20)).given is None


def test_at_one_instant_taking_back_wins() -> None:
    assert not holds([gave("a", 10), took_back("b", 10)], 10)


def test_a_newer_text_that_was_not_seen_is_named() -> None:
    late = START + timedelta(days=40)
    held = in_force("p1", Purpose.LABELLED, [gave("a", 10)], late, [TEXT, NEWER, OFF_LABEL])
    assert held.given is not None
    assert held.newer == NEWER
    assert in_force("p1", Purpose.LABELLED, [gave("a", 10)], START + timedelta(days=2), [TEXT, NEWER]).newer is None


def test_what_was_shown_must_be_the_text() -> None:
    with pytest.raises(FieldError, match="the hash of esketamine version 1"):
        replace(gave("a", 10), sha256=fingerprint(SHOWN + b" "))


@pytest.mark.parametrize("hours", [-1.0, 24.0 * 300.0])
def test_nobody_agrees_to_a_text_that_is_not_current(hours: float) -> None:
    with pytest.raises(FieldError, match="is current"):
        gave("a", hours)


def test_the_same_act_twice_counts_once_and_two_of_one_name_are_refused() -> None:
    assert holds([gave("a", 10), gave("a", 10)], 11)
    with pytest.raises(FieldError, match="two that differ"):
        holds([gave("a", 10), gave("a", 12)], 13)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"sha256": "abc"}, "64 hexadecimal digits"),
        ({"version": 0}, "1 or more"),
        ({"retired_at": START}, "after"),
        ({"valid_from": START.replace(tzinfo=None)}, "a time with its zone"),
    ],
)
def test_a_text_is_judged(change: dict[str, object], message: str) -> None:
    with pytest.raises(FieldError, match=message):
        replace(TEXT, **change)  # type: ignore[arg-type]  # wrong on purpose


@pytest.mark.parametrize(
    ("form", "route", "use", "purpose"),
    [
        (Form.ESKETAMINE, "intranasal", Use.RESISTANT_DEPRESSION, Purpose.LABELLED),
        (Form.ESKETAMINE, "intranasal", Use.PTSD, Purpose.OFF_LABEL),
        (Form.ESKETAMINE, "intravenous", Use.RESISTANT_DEPRESSION, Purpose.OFF_LABEL),
        (Form.RACEMIC, "intravenous", Use.RESISTANT_DEPRESSION, Purpose.OFF_LABEL),
    ],
)
def test_the_purpose_follows_from_the_treatment(form: Form, route: str, use: Use, purpose: Purpose) -> None:
    assert purpose_of(Treatment(form=form, route=route, use=use)) is purpose


ACTS = st.lists(st.tuples(st.booleans(), st.integers(0, 48)), max_size=8).map(
    lambda drawn: [
        gave(f"{place}", hours) if gives else took_back(f"{place}", hours) for place, (gives, hours) in enumerate(drawn)
    ]
)


@given(ACTS, st.integers(0, 60), st.randoms(use_true_random=False))
def test_the_order_of_arrival_does_not_matter(acts: list[Given | Revoked], hours: int, random: object) -> None:
    shuffled = [*acts, *acts]
    random.shuffle(shuffled)  # type: ignore[attr-defined]  # random.Random
    at = START + timedelta(hours=hours)
    assert in_force("p1", Purpose.LABELLED, shuffled, at) == in_force("p1", Purpose.LABELLED, acts, at)


@given(ACTS, st.integers(0, 48))
def test_after_taking_back_nothing_holds_until_it_is_given_again(acts: list[Given | Revoked], hours: int) -> None:
    given_later = [one.signature.at for one in acts if isinstance(one, Given)]
    moment = START + timedelta(hours=hours)
    held = holds([*acts, took_back("last", hours)], hours)
    assert not held
    again = min((at for at in given_later if at > moment), default=None)
    until = START + timedelta(hours=60) if again is None else again - timedelta(seconds=1)
    assert in_force("p1", Purpose.LABELLED, [*acts, took_back("last", hours)], until).given is None
