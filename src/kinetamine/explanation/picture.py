"""Small figures of an explanation, as SVG: a line, its band, and as few words as will do."""

from __future__ import annotations

import numpy as np
from jaxtyping import Float

from kinetamine.engine.trajectory import Series, Trajectory
from kinetamine.explanation.step import Picture
from kinetamine.report import thin
from kinetamine.report.html import Markup, join, tag
from kinetamine.report.readouts import RULES
from kinetamine.report.words import figure, shown_unit

_WIDTH, _HEIGHT = 340.0, 150.0
_LEFT, _RIGHT, _TOP, _BOTTOM = 40.0, 8.0, 16.0, 26.0
_POINTS = 700
_DAY_H = 24.0
_LONG_H = 48.0
"""From here on days are counted, below it hours."""
_STEPS = (0.25, 0.5, 1.0, 2.0, 3.0, 6.0, 7.0, 14.0, 28.0, 56.0, 84.0)


def svg(trajectory: Trajectory, picture: Picture) -> Markup:
    """The figure; its words are for those who do not see it."""
    low_h, high_h = picture.hours or (0.0, float(trajectory.times_h[-1]))
    inside = np.flatnonzero((trajectory.times_h >= low_h - 1e-9) & (trajectory.times_h <= high_h + 1e-9))
    series = [trajectory[name] for name in picture.series]
    frame = _Frame(trajectory.times_h[inside], series, inside)
    shapes = [shape for one in series for shape in frame.drawn(one, inside)]
    return tag(
        "svg",
        *frame.grid(),
        *shapes,
        *_legend(series),
        viewBox=f"0 0 {_WIDTH:g} {_HEIGHT:g}",
        role="img",
        aria_label=_words(series, inside),
        class_="small-figure",
    )


class _Frame:
    """Scales of one figure."""

    def __init__(self, times_h: Float[np.ndarray, " time"], series: list[Series], inside: np.ndarray) -> None:
        """Scales that hold every line and band; scores start at zero."""
        self._factor = shown_unit(series[0].unit)[0]
        self._unit_h = 1.0 if times_h[-1] - times_h[0] <= _LONG_H else _DAY_H
        self._times, self._origin = times_h, float(times_h[0]) if self._unit_h == 1.0 else 0.0
        curves = [curve[inside] for one in series for curve in (one.typical, *(one.band() or ()))]
        values = self._factor * np.concatenate(curves)
        low, high = float(values.min()), float(values.max())
        from_zero = series[0].unit == "points" or (series[0].unit != "ratio" and 0.0 <= low < 0.6 * high)
        self._low = 0.0 if from_zero else low - 0.1 * max(high - low, 0.05 * abs(high))
        self._high = high + 0.06 * max(high - self._low, 1e-9)

    def drawn(self, one: Series, inside: np.ndarray) -> list[Markup]:
        """The band, where there are people, and the line."""
        role, curves = _role(one), [one.typical]
        band = one.band()
        if band is not None:
            curves += list(band)
        parts = np.vstack([self._factor * curve[inside] for curve in curves])
        kept = thin.keep(self._times, parts, _POINTS)
        x, parts = self._x(self._times[kept]), parts[:, kept]
        shapes = []
        if band is not None:
            outline = [*zip(x, self._y(parts[1]), strict=True), *list(zip(x, self._y(parts[2]), strict=True))[::-1]]
            shapes.append(tag("polygon", points=_points(outline), style=f"fill: var(--c-{role})", class_="band"))
        line = _points(zip(x, self._y(parts[0]), strict=True))
        return [*shapes, tag("polyline", points=line, style=f"stroke: var(--c-{role})", class_="line")]

    def grid(self) -> list[Markup]:
        """Two horizontal lines with their values, and ticks of time."""
        parts = []
        for value in _nice(self._low, self._high):
            y = float(self._y(np.array([value]))[0])
            parts.append(tag("line", x1=_LEFT, x2=_WIDTH - _RIGHT, y1=f"{y:.1f}", y2=f"{y:.1f}", class_="grid"))
            parts.append(tag("text", figure(value), x=_LEFT - 5, y=f"{y + 3.5:.1f}", text_anchor="end"))
        start = (float(self._times[0]) - self._origin) / self._unit_h
        end = (float(self._times[-1]) - self._origin) / self._unit_h
        noun = "h" if self._unit_h == 1.0 else "d"
        step = next((one for one in _STEPS if (end - start) / one <= 6.0), _STEPS[-1])
        for value in np.arange(np.ceil(start / step) * step, end + 1e-9, step):
            x = float(self._x(np.array([value * self._unit_h + self._origin]))[0])
            parts.append(tag("text", f"{value:g} {noun}", x=f"{x:.1f}", y=_HEIGHT - 8, text_anchor="middle"))
        return parts

    def _x(self, times_h: np.ndarray) -> np.ndarray:
        span = max(float(self._times[-1] - self._times[0]), 1e-9)
        x: np.ndarray = _LEFT + (times_h - self._times[0]) / span * (_WIDTH - _LEFT - _RIGHT)
        return x

    def _y(self, values: np.ndarray) -> np.ndarray:
        part = (np.clip(values, self._low, self._high) - self._low) / max(self._high - self._low, 1e-9)
        y: np.ndarray = _HEIGHT - _BOTTOM - part * (_HEIGHT - _TOP - _BOTTOM)
        return y


def _points(pairs: object) -> str:
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in pairs)  # type: ignore[attr-defined]


def _nice(low: float, high: float) -> list[float]:
    """Two or three round values between the limits."""
    size = 10.0 ** np.floor(np.log10(max(high - low, 1e-9)))
    step = next(factor * size for factor in (0.2, 0.25, 0.5, 1.0, 2.0, 5.0) if (high - low) / (factor * size) <= 3.6)
    return [float(value) for value in np.arange(np.ceil(low / step) * step, high + 1e-9, step)]


def _look(one: Series) -> tuple[str, str]:
    """Label and colour that the report gives this readout."""
    for rule in RULES:
        if one.name in rule.labels:
            return rule.labels[one.name]
    return one.title.partition(",")[0], "venous" if one.stage == "plasma" else "mood"


def _role(one: Series) -> str:
    return _look(one)[1]


def _legend(series: list[Series]) -> list[Markup]:
    """What the lines are, in their colours, and the unit."""
    unit = shown_unit(series[0].unit)[1]
    spans = [tag("tspan", f"{_look(one)[0]} ", style=f"fill: var(--c-{_role(one)})", class_="name") for one in series]
    beside = tag("tspan", {"1": "", "ratio": "(rest is 1)"}.get(unit, unit))
    return [tag("text", join([*spans, beside]), x=_LEFT, y=11)]


def _words(series: list[Series], inside: np.ndarray) -> str:
    parts = []
    for one in series:
        factor, unit = shown_unit(one.unit)
        values = factor * one.typical[inside]
        parts.append(
            f"{_look(one)[0]}: {figure(float(values[0]))} at first, {figure(float(values.min()))} to "
            f"{figure(float(values.max()))} {unit}"
        )
    return "; ".join(parts)
