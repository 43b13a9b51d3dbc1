"""Forms that are kept, as the pure logic takes them."""

from __future__ import annotations

from collections.abc import Iterable

from kinetamine import catalogue
from kinetamine.clinic.access import Records
from kinetamine.clinic.outcomes.change import Rating
from kinetamine.clinic.records import Person, Score
from kinetamine.errors import FieldError, UnknownNameError

_AT_ONCE = 1000


def of_person(records: Records, person_id: str) -> list[Score]:
    """Every form about somebody, the oldest first, the corrected ones too.

    Raises:
        NoSuchRecordError: there is no such person.
    """
    records.get(Person, person_id)
    return sorted(_all(records, person_id=person_id), key=lambda one: (one.answered_at, one.made_at))


def listened_to(records: Records) -> list[Score]:
    """Every form of the scales on which an answer can open a task."""
    names = [one.name for one in catalogue.load_all("scales") if one.alerts]
    return [form for name in names for form in _all(records, scale=name)]


def _all(records: Records, **equals: str) -> list[Score]:
    found: list[Score] = []
    while page := records.find(Score, limit=_AT_ONCE, skip=len(found), **equals):
        found += page
        if len(page) < _AT_ONCE:
            break
    return found


def standing(scores: Iterable[Score]) -> list[Score]:
    """Those that no correction has taken the place of."""
    listed = list(scores)
    replaced = {one.corrects_id for one in listed}
    return [one for one in listed if one.id not in replaced]


def rating_of(score: Score) -> Rating | None:
    """A stored form as the pure logic takes it; None where the scale of today does not take its answers."""
    try:
        return Rating(
            name=score.id,
            scale=score.scale,
            at=score.answered_at,
            recall=score.recall,
            answers=tuple(score.items.items()),
            by=score.made_by,
        )
    except (FieldError, UnknownNameError):
        return None
