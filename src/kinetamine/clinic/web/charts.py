"""A course of scores as a picture: places on paper only; colours and words are the template's."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from kinetamine.clinic.bands import Band
from kinetamine.clinic.care.expecting import Given
from kinetamine.clinic.care.outcomes import Track
from kinetamine.clinic.outcomes.trajectory import Place, Point

WIDTH, HEIGHT = 720.0, 300.0
_LEFT, _RIGHT, _TOP, _BOTTOM = 44.0, 14.0, 14.0, 52.0
_DAY_MIN = 1440.0
_STEPS = (1, 2, 5, 10, 20, 50)
_DAY_STEPS = (1, 2, 7, 14, 28, 56, 112, 364)
_MOST_TICKS = 9


@dataclass(frozen=True)
class Tick:
    """A number on an axis, and where."""

    at: float
    text: str


@dataclass(frozen=True)
class Dot:
    """A score; ``y`` is None where it has no total: the place on the axis is marked, and no line is drawn through."""

    x: float
    y: float | None
    place: Place
    text: str


@dataclass(frozen=True)
class Mark:
    """A dose; given, or planned."""

    x: float
    was_given: bool


@dataclass(frozen=True, kw_only=True)
class Picture:
    """All of it, in units of the view box.

    Attributes:
        lines: pieces of line through scores, each without a gap.
        band, typical: the prediction; empty where there is none.
    """

    width: float
    height: float
    left: float
    right: float
    bottom: float
    days: tuple[Tick, ...]
    points: tuple[Tick, ...]
    dots: tuple[Dot, ...]
    lines: tuple[str, ...]
    band: str
    typical: str
    doses: tuple[Mark, ...]


@dataclass(frozen=True)
class _Frame:
    first: float
    last: float
    low: float
    high: float

    def x(self, day: float) -> float:
        share = (day - self.first) / (self.last - self.first)
        return round(_LEFT + share * (WIDTH - _LEFT - _RIGHT), 1)

    def y(self, points: float) -> float:
        share = (points - self.low) / (self.high - self.low)
        return round(HEIGHT - _BOTTOM - share * (HEIGHT - _TOP - _BOTTOM), 1)


def picture(track: Track, doses: Sequence[Given]) -> Picture | None:
    """One scale over time; None where it has no total to be drawn."""
    if not track.scale.has_total:
        return None
    band = track.path.band
    marks = _marks(doses)
    frame = _frame(track, band, [day for day, _ in marks])
    return Picture(
        width=WIDTH,
        height=HEIGHT,
        left=_LEFT,
        right=WIDTH - _RIGHT,
        bottom=HEIGHT - _BOTTOM,
        days=_day_ticks(frame),
        points=_point_ticks(frame),
        dots=tuple(_dot(one, frame) for one in track.path.points),
        lines=tuple(_lines(track.path.points, frame)),
        band="" if band is None else _area(band, frame),
        typical="" if band is None else _run(band, band.typical, frame),
        doses=tuple(Mark(frame.x(day), was_given) for day, was_given in marks),
    )


def _marks(doses: Sequence[Given]) -> list[tuple[float, bool]]:
    """Days from the first dose; without one there is no clock to put planned ones on."""
    given = [one for one in doses if one.was_given]
    if not given:
        return []
    return [((one.at - given[0].at).total_seconds() / 86400.0, one.was_given) for one in doses]


def _frame(track: Track, band: Band | None, marked: Sequence[float]) -> _Frame:
    days = [one.day for one in track.path.points] + list(marked)
    if band is not None:
        days.append(band.times_min[-1] / _DAY_MIN)
    first, last = math.floor(min(0.0, *days)), math.ceil(max(days))
    low, high = track.scale.limits
    return _Frame(first, max(last, first + 7), low, high)


def _point_ticks(frame: _Frame) -> tuple[Tick, ...]:
    step = next(one for one in _STEPS if (frame.high - frame.low) / one <= _MOST_TICKS)
    return tuple(Tick(frame.y(at), str(at)) for at in range(int(frame.low), int(frame.high) + 1, step))


def _day_ticks(frame: _Frame) -> tuple[Tick, ...]:
    span = frame.last - frame.first
    step = next((one for one in _DAY_STEPS if span / one <= _MOST_TICKS), 2 * _DAY_STEPS[-1])
    first = math.ceil(frame.first / step) * step
    return tuple(Tick(frame.x(at), str(at)) for at in range(first, int(frame.last) + 1, step))


def _dot(point: Point, frame: _Frame) -> Dot:
    total = point.rating.score.total
    return Dot(
        frame.x(point.day),
        None if total is None else frame.y(total),
        point.place,
        f"day {point.day:.1f}: " + ("no total" if total is None else f"{total} points"),
    )


def _lines(points: Sequence[Point], frame: _Frame) -> list[str]:
    """From score to score; a form without a total breaks the line."""
    pieces: list[list[str]] = [[]]
    for one in points:
        total = one.rating.score.total
        if total is None:
            pieces.append([])
        else:
            pieces[-1].append(f"{frame.x(one.day)},{frame.y(total)}")
    return [" ".join(piece) for piece in pieces if len(piece) > 1]


def _area(band: Band, frame: _Frame) -> str:
    back = _pairs(band.times_min[::-1], band.low[::-1], frame)
    return " ".join([*_pairs(band.times_min, band.high, frame), *back])


def _run(band: Band, values: Sequence[float], frame: _Frame) -> str:
    return " ".join(_pairs(band.times_min, values, frame))


def _pairs(times_min: Sequence[float], values: Sequence[float], frame: _Frame) -> list[str]:
    pairs = zip(times_min, values, strict=True)
    return [f"{frame.x(minutes / _DAY_MIN)},{frame.y(value)}" for minutes, value in pairs]
