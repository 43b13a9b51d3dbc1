"""The errors Kinetamine raises on purpose; each owns its sentence.

KinetamineError
├── InputError                     what was given is wrong: the command line exits with 2
│   ├── FieldError                 a named field
│   ├── RowError                   a row and column of a table
│   ├── UnknownNameError           no entry of that name; offers the nearest
│   └── OutsideStudiedRangeError   possible, but nobody studied it; the caller may insist
├── MissingExtraError              an optional part is not installed
└── SolverError                    a computation failed its own check
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable


class KinetamineError(Exception):
    """Anything Kinetamine raises on purpose."""


class InputError(KinetamineError):
    """What was given is wrong."""


class FieldError(InputError):
    """One named field holds what it must not."""

    def __init__(self, field: str, given: object, expected: str, nearest: str | None = None) -> None:
        """Say the field, what was given, what is expected and, where there is one, the nearest valid choice."""
        self.field, self.given, self.expected, self.nearest = field, given, expected, nearest
        super().__init__(_sentence(field, given, expected, nearest))


class RowError(InputError):
    """One cell of an event table holds what it must not."""

    def __init__(self, row: int, column: str, given: object, expected: str, nearest: str | None = None) -> None:
        """Rows count from 1 at the first line below the header, as spreadsheets without a header would."""
        self.row, self.column, self.given, self.expected, self.nearest = row, column, given, expected, nearest
        super().__init__(_sentence(f"row {row}, column {column}", given, expected, nearest))


class UnknownNameError(InputError):
    """There is no entry of that name."""

    def __init__(self, kind: str, given: str, known: Iterable[str]) -> None:
        """Offer the nearest known name first, then all of them."""
        self.kind, self.given, self.known = kind, given, tuple(known)
        self.nearest = nearest(given, self.known)
        super().__init__(_sentence(kind, given, "one of " + ", ".join(self.known), self.nearest))


class OutsideStudiedRangeError(InputError):
    """Nobody studied this; the result would be an extrapolation."""

    def __init__(self, reasons: Iterable[str]) -> None:
        """Name each reason and the way to insist."""
        self.reasons = tuple(reasons)
        super().__init__(
            f"outside the studied range: {'; '.join(self.reasons)}. "
            "To extrapolate all the same, and have the result stamped so, "
            "pass outside=True (command line: --outside)."
        )


class MissingExtraError(KinetamineError):
    """An optional part of Kinetamine is not installed."""

    def __init__(self, extra: str, purpose: str) -> None:
        """Say what is missing, what for, and how to get it."""
        how = f"install kinetamine[{extra}] (in a checkout: pip install '.[{extra}]')"
        super().__init__(f"{purpose} needs the extra [{extra}]: {how}")


class SolverError(KinetamineError):
    """A computation failed its own check; no numbers are returned."""


def nearest(given: str, known: Iterable[str]) -> str | None:
    """The known name most like the given one, or None when none is alike."""
    by_folded = {name.casefold(): name for name in known}
    found = difflib.get_close_matches(given.casefold(), by_folded, n=1, cutoff=0.5)
    return by_folded[found[0]] if found else None


def _sentence(where: str, given: object, expected: str, nearest_choice: str | None) -> str:
    hint = f"; did you mean {nearest_choice}?" if nearest_choice else ""
    return f"{where}: given {given!r}, expected {expected}{hint}"
