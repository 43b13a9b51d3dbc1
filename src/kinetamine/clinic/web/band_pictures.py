"""Pictures of predicted bands, drawn here: lines and areas that need no script, with their numbers beside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kinetamine.clinic.bands import Band
from kinetamine.clinic.plan import READINGS, SessionPrediction

WIDTH, HEIGHT = 420.0, 230.0
_LEFT, _RIGHT, _TOP, _BOTTOM = 46.0, 12.0, 12.0, 34.0
_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)


@dataclass(frozen=True, kw_only=True)
class Tick:
    """A mark on an axis: where it is, and what is written there."""

    at: float
    text: str


@dataclass(frozen=True, kw_only=True)
class Picture:
    """One quantity over the minutes of a session.

    Attributes:
        area: outline of the band; ``line`` the typical person, both as paths.
    """

    title: str
    unit: str
    area: str
    line: str
    across: tuple[Tick, ...]
    up: tuple[Tick, ...]
    peak: tuple[float, float, float, float]
    has_noise: bool
    width: float = WIDTH
    height: float = HEIGHT
    left: float = _LEFT
    right: float = WIDTH - _RIGHT
    top: float = _TOP
    bottom: float = HEIGHT - _BOTTOM


def pictures(prediction: SessionPrediction) -> tuple[Picture, ...]:
    """One for every quantity that can be held against readings, in one order."""
    return tuple(_picture(prediction.bands[one]) for one in READINGS if one in prediction.bands)


def _picture(band: Band) -> Picture:
    low, high = _nice(min(band.low), max(band.high))
    last = band.times_min[-1]

    def x(minutes: float) -> float:
        return _LEFT + (WIDTH - _LEFT - _RIGHT) * minutes / last

    def y(value: float) -> float:
        return HEIGHT - _BOTTOM - (HEIGHT - _TOP - _BOTTOM) * (value - low) / (high - low)

    def points(values: Sequence[float]) -> list[str]:
        return [f"{x(minutes):.1f},{y(value):.1f}" for minutes, value in zip(band.times_min, values, strict=True)]

    outline = points(band.high) + points(band.low)[::-1]
    hours = range(0, int(last) + 1, 60)
    return Picture(
        title=band.title,
        unit=band.unit,
        area="M" + "L".join(outline) + "Z",
        line="M" + "L".join(points(band.typical)),
        across=tuple(Tick(at=x(float(minutes)), text=str(minutes)) for minutes in hours),
        up=tuple(Tick(at=y(value), text=f"{value:g}") for value in _marks(low, high)),
        peak=band.peak,
        has_noise=band.has_noise,
    )


def _step(span: float) -> float:
    """A round step that gives about four marks."""
    raw = span / 4.0
    ten = 10.0 ** len(str(int(raw))) / 10.0 if raw >= 1.0 else 0.1
    return next((ten * one for one in _STEPS if ten * one >= raw), ten * 10.0)


def _nice(low: float, high: float) -> tuple[float, float]:
    """Ends of the axis at round numbers around what is shown."""
    step = _step(max(high - low, 1.0))
    down, up = step * (low // step), step * -(-high // step)
    return down, up if up > down else down + 4.0 * step


def _marks(low: float, high: float) -> list[float]:
    step = _step(high - low)
    return [low + step * place for place in range(int(round((high - low) / step, 6)) + 1)]
