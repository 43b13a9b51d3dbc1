"""What speaks for and against an entry, each sentence with its source and how far it carries."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from kinetamine.citation import Reference


class Grade(StrEnum):
    """How far one piece of evidence carries."""

    HIGH = "high"
    """Replicated in controlled trials or pooled analyses."""
    MODERATE = "moderate"
    """One good controlled trial, or several that agree in part."""
    LOW = "low"
    """Small, uncontrolled or indirect."""
    CONTRADICTED = "contradicted"
    """Better evidence says otherwise."""
    NONE = "none"
    """Looked for and not found."""


@dataclass(frozen=True)
class Evidence:
    """One sentence that a reader can check.

    Attributes:
        text: what was found, with its number where there is one.
        supports: True where it speaks for the entry, False where it speaks against it.
    """

    text: str
    source: Reference
    supports: bool
    grade: Grade
