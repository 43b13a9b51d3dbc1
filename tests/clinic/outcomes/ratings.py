"""Ratings for tests: days from the first dose."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from kinetamine.clinic.outcomes.change import Rating

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
RECALL = {"phq9": "2 weeks", "madrs": "1 week", "gad7": "2 weeks", "pcl5": "1 month", "pain_nrs": "24 hours"}
ITEMS = {"phq9": (9, 3), "madrs": (10, 6), "gad7": (7, 3), "pcl5": (20, 4)}


def day(days: float) -> datetime:
    return START + timedelta(days=days)


def answers(scale: str, total: int, *, last: int | None = None) -> tuple[tuple[str, int | None], ...]:
    """Answers that sum to a total, filled from the first item on; ``last`` fixes the last one."""
    if scale == "pain_nrs":
        return (("pain", total),)
    count, most = ITEMS[scale]
    fixed = last or 0
    given: list[tuple[str, int | None]] = []
    left = total - fixed
    for item in range(1, count):
        given.append((str(item), min(most, left)))
        left -= min(most, left)
    return (*given, (str(count), fixed + left))


def rated(scale: str, total: int, days: float, *, last: int | None = None) -> Rating:
    return Rating(
        name=f"{scale}-{days:g}",
        scale=scale,
        at=day(days),
        recall=RECALL[scale],
        answers=answers(scale, total, last=last),
        by="patient-1",
    )


def missing(scale: str, item: str, days: float) -> Rating:
    kept = tuple((name, answer) for name, answer in answers(scale, 9) if name != item)
    return Rating(name=f"{scale}-{days:g}", scale=scale, at=day(days), recall=RECALL[scale], answers=kept, by="p")
