"""The consent texts: what is hashed is what is shown."""

from __future__ import annotations

import pytest

from clinic.world import START
from kinetamine.clinic import texts
from kinetamine.clinic.consent import Purpose, fingerprint
from kinetamine.clinic.texts import Text

KNOWN = {
    "esketamine_as_labelled 1": "82888bec85b4fa8a884f939d9ab979b4db8f74ea133bc062a773429d17544f6d",
    "off_label 1": "af37269788d173d4235ea2f4d4998c9954bb0a56517a63114eaa52987c20a2a3",
}
"""What was published once is never changed: another wording is another version."""


def test_there_is_one_current_text_for_each_purpose() -> None:
    for purpose in Purpose:
        text = texts.current(purpose, START)
        assert text.about.purpose is purpose
        assert texts.named(text.about.name, str(text.about.version)) == text
    assert texts.named("off_label", "99") is None


@pytest.mark.parametrize("text", texts.every(), ids=lambda text: text.about.name)
def test_a_published_text_is_never_changed(text: Text) -> None:
    assert text.about.sha256 == fingerprint(text.shown)
    assert KNOWN[f"{text.about.name} {text.about.version}"] == text.about.sha256


@pytest.mark.parametrize("text", texts.every(), ids=lambda text: text.about.name)
def test_nothing_of_a_text_is_lost_where_it_is_shown(text: Text) -> None:
    shown = " ".join(("# " if kind == "h3" else "") + words for kind, words in text.blocks)
    assert shown.split() == text.shown.decode().split()
    assert {kind for kind, _ in text.blocks} == {"h3", "p"}


@pytest.mark.parametrize("text", texts.every(), ids=lambda text: text.about.name)
def test_a_text_says_what_must_be_said(text: Text) -> None:
    words = text.shown.decode()
    for said in ("say no", "take this back", "Do not drive", "bladder", "misused", "Other ways", "prediction"):
        assert said in words, said
    assert ("not approved" in words) is (text.about.purpose is Purpose.OFF_LABEL)
