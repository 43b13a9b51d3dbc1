"""What was observed beside what was predicted: inside, above or below the band, and since when the two differ."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from kinetamine.clinic.bands import CONTENTS, NATURE
from kinetamine.clinic.plan import SessionPrediction
from kinetamine.clinic.session.entries import Paused, RateChanged, Stopped
from kinetamine.clinic.session.state import SessionState
from kinetamine.clinic.session.timeline import Timeline

COMPLETE = "complete"
"""The reason of a stop that was planned."""


class Place(StrEnum):
    """Where an observed value lies."""

    INSIDE = "inside"
    ABOVE = "above"
    BELOW = "below"
    NOT_PREDICTED = "not predicted"


@dataclass(frozen=True, kw_only=True)
class Compared:
    """One observed value.

    Attributes:
        minute: after the first drug.
        low, high: of the band then; None where nothing was predicted.
        after_change: what was given was by then not as planned or ordered, so the band is of another dose.
    """

    entry: str
    quantity: str
    at: datetime
    minute: float
    observed: float
    low: float | None
    high: float | None
    place: Place
    after_change: bool


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """All observed values of a session against its prediction.

    Attributes:
        changed_at: when what is given first was not as planned or ordered; None where it always was.
        nature, contents: what must stand beside any picture of it.
    """

    compared: tuple[Compared, ...]
    changed_at: datetime | None
    model: str
    version: str
    warnings: tuple[str, ...]
    nature: str = NATURE
    contents: str = CONTENTS

    @property
    def outside(self) -> tuple[Compared, ...]:
        """Values above or below their band."""
        return tuple(one for one in self.compared if one.place in {Place.ABOVE, Place.BELOW})


def compare(timeline: Timeline, state: SessionState, prediction: SessionPrediction) -> Comparison:
    """Hold every value that was read or scored after the first drug against the band."""
    changed_at = _changed_at(timeline, state)
    compared = tuple(_compared(state, prediction, changed_at))
    return Comparison(
        compared=compared,
        changed_at=changed_at,
        model=prediction.model,
        version=prediction.version,
        warnings=prediction.warnings,
    )


def _compared(state: SessionState, prediction: SessionPrediction, changed_at: datetime | None) -> Iterator[Compared]:
    seen = ((at, quantity, value, name) for quantity in state.observed for at, value, name in state.values(quantity))
    for at, quantity, observed, name in sorted(seen):
        minute = state.since_start_min(at)
        if minute is None or minute < 0.0:
            continue
        band = prediction.bands[quantity].at(minute) if quantity in prediction.bands else None
        yield Compared(
            entry=name,
            quantity=quantity,
            at=at,
            minute=minute,
            observed=observed,
            low=band[0] if band else None,
            high=band[1] if band else None,
            place=_place(observed, band),
            after_change=changed_at is not None and at >= changed_at,
        )


def _place(observed: float, band: tuple[float, float] | None) -> Place:
    if band is None:
        return Place.NOT_PREDICTED
    if observed > band[1]:
        return Place.ABOVE
    return Place.BELOW if observed < band[0] else Place.INSIDE


def _changed_at(timeline: Timeline, state: SessionState) -> datetime | None:
    """The first pause, change of rate or early stop, or drug that was not as ordered."""
    pump = next(
        (
            one.at
            for one in timeline.standing
            if one.at <= state.at
            and (
                isinstance(one.what, Paused | RateChanged)
                or (isinstance(one.what, Stopped) and one.what.reason != COMPLETE)
            )
        ),
        None,
    )
    return min((one for one in (pump, state.unlike_since) if one is not None), default=None)
