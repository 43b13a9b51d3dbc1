"""Small figures of an explanation, as SVG: a line, its band, and as few words as will do."""

from __future__ import annotations

from dataclasses import dataclass

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


def svg(
    trajectory: Trajectory,
    picture: Picture,
    *,
    before: Trajectory | None = None,
    beside: tuple[str, str, Trajectory] | None = None,
) -> Markup:
    """The figure; its words are for those who do not see it.

    Args:
        before: another course, drawn behind in grey, by which to see what changed.
        beside: what this course and another are called, and that other, drawn as an equal.
    """
    limits = picture.hours or (0.0, float(trajectory.times_h[-1]))
    curves = [_Curve.of(trajectory, name, limits) for name in picture.series]
    others = [_Curve.of(before, name, limits) for name in picture.series if before is not None and name in before]
    equals = [] if beside is None else [_Curve.of(beside[2], name, limits, "mood2") for name in picture.series]
    frame = _Frame([*curves, *equals, *others])
    shapes = [shape for one in (*others, *equals, *curves) for shape in frame.drawn(one, behind=one in others)]
    labels = [_look(one.series)[0] for one in curves] if beside is None else list(beside[:2])
    named = list(zip(labels, [*curves, *equals], strict=True))
    return tag(
        "svg",
        *frame.grid(),
        *shapes,
        *_legend(named, behind=bool(others)),
        viewBox=f"0 0 {_WIDTH:g} {_HEIGHT:g}",
        role="img",
        aria_label=_words(named),
        class_="small-figure",
    )


@dataclass(frozen=True, eq=False)
class _Curve:
    """One series between two times."""

    series: Series
    times_h: Float[np.ndarray, " time"]
    inside: np.ndarray
    role: str

    @classmethod
    def of(cls, trajectory: Trajectory, name: str, limits: tuple[float, float], role: str = "") -> _Curve:
        """Cut out of a trajectory."""
        times = trajectory.times_h
        inside = np.flatnonzero((times >= limits[0] - 1e-9) & (times <= limits[1] + 1e-9))
        series = trajectory[name]
        return cls(series, times[inside], inside, role or _look(series)[1])

    @property
    def values(self) -> Float[np.ndarray, "curve time"]:
        """The typical line and, where there are people, the ends of the band; in the unit that people read."""
        curves = (self.series.typical, *(self.series.band() or ()))
        found: np.ndarray = shown_unit(self.series.unit)[0] * np.vstack([curve[self.inside] for curve in curves])
        return found


class _Frame:
    """Scales of one figure."""

    def __init__(self, curves: list[_Curve]) -> None:
        """Scales that hold every line and band; scores start at zero."""
        unit = curves[0].series.unit
        self._start, self._end = (float(curves[0].times_h[place]) for place in (0, -1))
        self._unit_h = 1.0 if self._end - self._start <= _LONG_H else _DAY_H
        self._origin = self._start if self._unit_h == 1.0 else 0.0
        low, high = min(float(one.values.min()) for one in curves), max(float(one.values.max()) for one in curves)
        from_zero = unit == "points" or (unit != "ratio" and 0.0 <= low < 0.6 * high)
        self._low = 0.0 if from_zero else low - 0.1 * max(high - low, 0.05 * abs(high))
        self._high = high + 0.06 * max(high - self._low, 1e-9)

    def drawn(self, one: _Curve, *, behind: bool = False) -> list[Markup]:
        """The band, where there are people, and the line."""
        parts = one.values[:1] if behind else one.values
        kept = thin.keep(one.times_h, parts, _POINTS)
        x, parts, ink = self._x(one.times_h[kept]), parts[:, kept], f"var(--c-{one.role})"
        shapes = []
        if len(parts) > 1:
            outline = [*zip(x, self._y(parts[1]), strict=True), *list(zip(x, self._y(parts[2]), strict=True))[::-1]]
            shapes.append(tag("polygon", points=_points(outline), fill=ink, class_="band"))
        line = _points(zip(x, self._y(parts[0]), strict=True))
        kind = "line before" if behind else "line"
        return [*shapes, tag("polyline", points=line, stroke=None if behind else ink, class_=kind)]

    def grid(self) -> list[Markup]:
        """Two horizontal lines with their values, and ticks of time."""
        parts = []
        for value in _nice(self._low, self._high):
            y = float(self._y(np.array([value]))[0])
            parts.append(tag("line", x1=_LEFT, x2=_WIDTH - _RIGHT, y1=f"{y:.1f}", y2=f"{y:.1f}", class_="grid"))
            parts.append(tag("text", figure(value), x=_LEFT - 5, y=f"{y + 3.5:.1f}", text_anchor="end"))
        start, end = ((one - self._origin) / self._unit_h for one in (self._start, self._end))
        noun = "h" if self._unit_h == 1.0 else "d"
        step = next((one for one in _STEPS if (end - start) / one <= 6.0), _STEPS[-1])
        for value in np.arange(np.ceil(start / step) * step, end + 1e-9, step):
            x = float(self._x(np.array([value * self._unit_h + self._origin]))[0])
            parts.append(tag("text", f"{value:g} {noun}", x=f"{x:.1f}", y=_HEIGHT - 8, text_anchor="middle"))
        return parts

    def _x(self, times_h: np.ndarray) -> np.ndarray:
        span = max(self._end - self._start, 1e-9)
        x: np.ndarray = _LEFT + (times_h - self._start) / span * (_WIDTH - _LEFT - _RIGHT)
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


def _legend(named: list[tuple[str, _Curve]], *, behind: bool) -> list[Markup]:
    """What the lines are, in their colours, and the unit."""
    unit = shown_unit(named[0][1].series.unit)[1]
    spans = [tag("tspan", f"{label} ", fill=f"var(--c-{one.role})", class_="name") for label, one in named]
    beside = tag("tspan", {"1": "", "ratio": "(rest is 1)"}.get(unit, unit))
    grey = [tag("text", "grey: as it was", x=_WIDTH - _RIGHT, y=11, text_anchor="end")] if behind else []
    return [tag("text", join([*spans, beside]), x=_LEFT, y=11), *grey]


def _words(named: list[tuple[str, _Curve]]) -> str:
    parts = []
    for label, one in named:
        values, unit = one.values[0], shown_unit(one.series.unit)[1]
        parts.append(
            f"{label}: {figure(float(values[0]))} at first, {figure(float(values.min()))} to "
            f"{figure(float(values.max()))} {unit}"
        )
    return "; ".join(parts)
