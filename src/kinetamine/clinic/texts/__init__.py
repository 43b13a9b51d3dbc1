"""Consent texts in plain words of our own: templates, which a clinic's counsel must read before anybody signs one.

A text is never changed once somebody could have agreed to it: another wording is another version, in another file.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from kinetamine.clinic.consent import ConsentText, Purpose, fingerprint

_HERE = Path(__file__).parent
_SINCE = datetime(2026, 1, 1, tzinfo=UTC)
TEMPLATE = "Template for the clinic's counsel: not yet the clinic's own text."


@dataclass(frozen=True)
class Text:
    """A text and what is known of it; ``shown`` is what the hash is of, to the last byte."""

    about: ConsentText
    shown: bytes

    @property
    def blocks(self) -> tuple[tuple[str, str], ...]:
        """Headings and paragraphs in order: what each is, and its words."""
        parts = [" ".join(part.split()) for part in self.shown.decode().split("\n\n") if part.strip()]
        return tuple(("h3", one[2:]) if one.startswith("# ") else ("p", one) for one in parts)


@cache
def every() -> tuple[Text, ...]:
    """All versions of all texts."""
    return (
        _text("esketamine_as_labelled", 1, Purpose.LABELLED),
        _text("off_label", 1, Purpose.OFF_LABEL),
    )


def current(purpose: Purpose, at: datetime) -> Text:
    """The text that somebody may agree to at a time."""
    found = [one for one in every() if one.about.purpose is purpose and one.about.is_current(at)]
    return max(found, key=lambda one: one.about.version)


def named(name: str, version: str) -> Text | None:
    """The text that a record names; None where this software has none of that name."""
    return next((one for one in every() if (one.about.name, str(one.about.version)) == (name, version)), None)


def _text(name: str, version: int, purpose: Purpose) -> Text:
    shown = (_HERE / f"{name}.{version}.en.txt").read_bytes()
    about = ConsentText(
        name=name,
        version=version,
        purpose=purpose,
        language="en",
        sha256=fingerprint(shown),
        valid_from=_SINCE,
    )
    return Text(about, shown)
