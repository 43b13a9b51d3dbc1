"""A named regimen: the words of a label or a trial, and where they were read."""

from __future__ import annotations

from dataclasses import dataclass

from kinetamine.citation import Reference


@dataclass(frozen=True, kw_only=True)
class NamedRegimen:
    """A regimen that people call by a name.

    Attributes:
        words: in the clinic's language, as ``Regimen.parse`` reads them.
        note: what the source leaves open and how it was settled here.
    """

    name: str
    title: str
    words: str
    references: tuple[Reference, ...]
    note: str = ""
