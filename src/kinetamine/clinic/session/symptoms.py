"""Symptoms, from their beginning to their end; what is called other is told apart by the words it began with."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from kinetamine.clinic.session.entries import Symptom
from kinetamine.clinic.session.timeline import Standing

OTHER = "other"
"""The one kind that is many things: two of them are never taken for one."""


@dataclass(frozen=True, kw_only=True)
class OpenSymptom:
    """A symptom, from its beginning to its end; None while it lasts.

    Attributes:
        action: what was done about it, all that was told.
        entries: names of the entries that told of its beginning.
        ended_by: name of the entry that told of its end.
    """

    kind: str
    since: datetime
    until: datetime | None
    action: str
    entries: tuple[str, ...]
    ended_by: str = ""


Symptoms = tuple[OpenSymptom, ...]


def told(known: Symptoms, what: Symptom, standing: Standing) -> tuple[Symptoms, str]:
    """With one more beginning or end, and what is odd about it; empty where nothing is."""
    lasting = [one for one in known if one.kind == what.kind and one.until is None]
    if not what.resolved:
        return _begun(known, lasting, what, standing), ""
    ending = _named(lasting, what.action) if what.kind == OTHER else lasting[-1:]
    name = standing.entry.name
    ended = tuple(
        replace(one, until=standing.at, action=_joined(one.action, what.action), ended_by=name)
        if one in ending
        else one
        for one in known
    )
    return ended, "" if ending else _unfitting(lasting, what)


def ends(everything: Iterable[Standing]) -> dict[str, Standing]:
    """By the name of an entry that told of a beginning, the entry that told of its end."""
    found: Symptoms = ()
    by_name = {one.entry.name: one for one in everything}
    for one in by_name.values():
        if isinstance(one.what, Symptom) and not one.in_error:
            found, _ = told(found, one.what, one)
    return {name: by_name[one.ended_by] for one in found if one.ended_by for name in one.entries}


def _begun(known: Symptoms, lasting: list[OpenSymptom], what: Symptom, standing: Standing) -> Symptoms:
    """A new one; told again while it lasts, it is the same, with what was done since."""
    name = standing.entry.name
    if what.kind == OTHER or not lasting:
        new = OpenSymptom(kind=what.kind, since=standing.at, until=None, action=what.action, entries=(name,))
        return (*known, new)
    same = lasting[-1]
    grown = replace(same, action=_joined(same.action, what.action), entries=(*same.entries, name))
    return tuple(grown if one is same else one for one in known)


def _named(lasting: list[OpenSymptom], words: str) -> list[OpenSymptom]:
    """Those that an end is about: its words begin as theirs did; where either has no words, it must be the only one."""
    said = _split(words)
    if not said or not any(_subject(one.action) for one in lasting):
        return lasting if len(lasting) == 1 else []
    subjects = [(_subject(one.action), one) for one in lasting]
    fitting = [(subject, one) for subject, one in subjects if subject and said[: len(subject)] == subject]
    longest = max((len(subject) for subject, _ in fitting), default=0)
    return [one for subject, one in fitting if len(subject) == longest]


def _subject(action: str) -> list[str]:
    """What it is, in the words before the first stop: chest pain, of *chest pain, ECG done*."""
    return _split(re.split(r"[,;:.\n]", action.strip(), maxsplit=1)[0])


def _split(words: str) -> list[str]:
    return re.findall(r"\w+", words.casefold())


def _joined(before: str, after: str) -> str:
    """Both, each once."""
    if not after.strip() or after in before.split("; "):
        return before
    return f"{before}; {after}" if before.strip() else after


def _unfitting(lasting: list[OpenSymptom], what: Symptom) -> str:
    if not lasting:
        return f"{what.kind} gone, but it had not begun"
    return (
        f"{what.kind} gone, but which of {len(lasting)} is not clear: its end must begin with the words it began with"
    )
