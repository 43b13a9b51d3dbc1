"""The entries of one session, merged from every device: a set that only grows, whatever arrives late or twice."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property

from kinetamine.clinic.session.entries import Correction, EnteredInError, Entry, Given, Seen


@dataclass(frozen=True, kw_only=True)
class Standing:
    """What an entry says after all corrections.

    Attributes:
        entry: as it was entered first.
        at: when it happened, corrected where it was; never after it was received.
        history: the entries that changed it, in the order in which they were received.
        in_error: why it counts for nothing; empty where it counts.
    """

    entry: Entry
    at: datetime
    what: Given | Seen
    history: tuple[Entry, ...]
    in_error: str


@dataclass(frozen=True)
class Timeline:
    """All entries ever received, none lost; merging two timelines is the union of both.

    Where two entries share a name and differ, the one received first stands and the other is a conflict to look at.
    """

    entries: frozenset[Entry] = frozenset()

    def merged(self, others: Iterable[Entry]) -> Timeline:
        """With more entries; in any order and any number of times, the outcome is the same."""
        return Timeline(self.entries | frozenset(others))

    @cached_property
    def standing(self) -> tuple[Standing, ...]:
        """What holds now, in the order in which it happened; what is in error is left out."""
        return tuple(one for one in self.everything if not one.in_error)

    @cached_property
    def everything(self) -> tuple[Standing, ...]:
        """Every original with its corrections, in the order in which it happened, errors included."""
        found = [_standing(entry, self._changes) for entry in self._first.values() if not _is_change(entry)]
        return tuple(sorted(found, key=lambda one: (one.at, one.entry.received_at, one.entry.name)))

    @cached_property
    def conflicts(self) -> tuple[Entry, ...]:
        """Entries that use the name of another one for something else; they are kept and count for nothing."""
        others = (one for one in self.entries if not _same(one, self._first[one.name]))
        return tuple(sorted(others, key=_received))

    @cached_property
    def orphans(self) -> tuple[Entry, ...]:
        """Corrections of an entry that has not arrived yet; they take effect when it does."""
        known = {name for name, entry in self._first.items() if not _is_change(entry)}
        return tuple(entry for entry in self._changes if _target(entry) not in known)

    @cached_property
    def _first(self) -> dict[str, Entry]:
        """By name the entry received first."""
        found: dict[str, Entry] = {}
        for entry in sorted(self.entries, key=_received):
            found.setdefault(entry.name, entry)
        return found

    @cached_property
    def _changes(self) -> tuple[Entry, ...]:
        return tuple(sorted((one for one in self._first.values() if _is_change(one)), key=_received))


def _happened(entry: Entry, said: datetime) -> datetime:
    """When it was, at the latest when it was received: a device whose clock is ahead stops a pump now, not later."""
    return min(said, entry.received_at)


def _received(entry: Entry) -> tuple[datetime, str, str]:
    # What an entry says decides between two of one name and one instant, so that no order of arrival does.
    return entry.received_at, entry.name, repr(entry)


def _same(one: Entry, other: Entry) -> bool:
    return replace(one, received_at=other.received_at) == other


def _is_change(entry: Entry) -> bool:
    return isinstance(entry.what, Correction | EnteredInError)


def _target(entry: Entry) -> str:
    return entry.what.of if isinstance(entry.what, Correction | EnteredInError) else ""


def _standing(entry: Entry, changes: tuple[Entry, ...]) -> Standing:
    history = tuple(one for one in changes if _target(one) == entry.name)
    at, what, in_error = _happened(entry, entry.at), entry.what, ""
    for change in history:
        if isinstance(change.what, Correction):
            at, what, in_error = _happened(change, change.what.at or at), change.what.what, ""
        elif isinstance(change.what, EnteredInError):
            in_error = change.what.reason
    assert not isinstance(what, Correction | EnteredInError)  # noqa: S101 - for the type checker: originals only
    return Standing(entry=entry, at=at, what=what, history=history, in_error=in_error)
