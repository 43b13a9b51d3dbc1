"""Where numbers come from, and the BibTeX of exactly what was used."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kinetamine.errors import FieldError


@dataclass(frozen=True)
class Reference:
    """One publication, data set or public code file.

    Attributes:
        key: BibTeX key, ``author_year``.
        authors: as printed, separated by " and ".
        doi: without the resolver's address; empty only where the source has none, then ``url`` is set.
    """

    key: str
    authors: str
    title: str
    journal: str
    year: int
    volume: str = ""
    pages: str = ""
    doi: str = ""
    pmid: str = ""
    url: str = ""

    def bibtex(self) -> str:
        """The reference as one BibTeX entry."""
        fields = {
            "author": self.authors,
            "title": f"{{{self.title}}}",
            "journal": self.journal,
            "year": str(self.year),
            "volume": self.volume,
            "pages": self.pages.replace("-", "--"),
            "doi": self.doi,
            "pmid": self.pmid,
            "url": self.url,
        }
        kind = "article" if self.journal else "misc"
        lines = [f"  {name:7} = {{{value}}}" for name, value in fields.items() if value]
        return f"@{kind}{{{self.key},\n" + ",\n".join(lines) + "\n}"

    def short(self) -> str:
        """First author, year and journal, for one line of a table."""
        first = self.authors.split(" and ")[0].split(",")[0]
        others = " et al." if " and " in self.authors else ""
        return f"{first}{others} {self.year}" + (f", {self.journal}" if self.journal else "")


def cite(*used: object) -> str:
    """The BibTeX of everything the given objects rest on, each reference once, sorted by key.

    Each object is a Reference or has ``references`` (a PKModel, an Effect, a Route, a Trajectory).
    """
    return "\n\n".join(reference.bibtex() for reference in collect(used))


def collect(used: Iterable[object]) -> tuple[Reference, ...]:
    """All references of the given objects, each once, sorted by key.

    Raises:
        FieldError: two that differ have one key.
    """
    found: dict[str, Reference] = {}
    for item in used:
        for one in (item,) if isinstance(item, Reference) else getattr(item, "references", ()):
            if found.setdefault(one.key, one) != one:
                raise FieldError("reference key", one.key, f"a key of its own; {found[one.key].title!r} has it")
    return tuple(found[key] for key in sorted(found))
