"""What a card is made of; nothing here knows where it will be shown."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from kinetamine.citation import Reference
from kinetamine.engine.evidence import Evidence
from kinetamine.engine.model import Estimate, Provenance, Variability


class Mark(StrEnum):
    """What a sentence is."""

    KNOWN = "known"
    UNKNOWN = "unknown"
    NOTE = "note"


@dataclass(frozen=True)
class Said:
    """One sentence."""

    text: str
    mark: Mark = Mark.NOTE


@dataclass(frozen=True)
class Sentences:
    """Sentences one below the other."""

    said: tuple[Said, ...]


@dataclass(frozen=True)
class Facts:
    """Names with what is said of each."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Argued:
    """What speaks for an entry, then what speaks against it."""

    evidence: tuple[Evidence, ...]


@dataclass(frozen=True)
class Code:
    """Functions as they are run."""

    functions: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """Words and figures in columns.

    Attributes:
        numeric: places of the columns that are set flush right.
        wide: places of the columns that may break their lines.
    """

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: tuple[int, ...] = ()
    wide: tuple[int, ...] = (0,)


@dataclass(frozen=True)
class NumberRow:
    """One number.

    Attributes:
        place: where it was read, as a place in ``Numbers.where``, from 1.
    """

    name: str
    estimate: Estimate
    place: int
    spread: Variability | None = None

    @property
    def unverified(self) -> bool:
        """Whether it is second-hand."""
        return self.estimate.provenance is Provenance.UNVERIFIED


@dataclass(frozen=True)
class Numbers:
    """Numbers with their sources; what many share, where they were read, stands once."""

    rows: tuple[NumberRow, ...]
    where: tuple[str, ...]


@dataclass(frozen=True)
class Cited:
    """Publications."""

    references: tuple[Reference, ...]


Part = Sentences | Facts | Argued | Code | Table | Numbers | Cited


@dataclass(frozen=True)
class Section:
    """One part of a card under its heading."""

    key: str
    heading: str
    part: Part


@dataclass(frozen=True)
class Card:
    """All that is known of one entry."""

    kind: str
    entry: Any
    purpose: str
    sections: tuple[Section, ...]

    @property
    def name(self) -> str:
        """As courses call it."""
        return str(self.entry.name)

    @property
    def title(self) -> str:
        """As people call it, beginning with a capital letter."""
        said = str(self.entry.title)
        return said[:1].upper() + said[1:] if said[1:2].islower() else said
