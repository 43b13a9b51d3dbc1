"""Panels as the small JSON that the page's own script draws from; colours stay with the page."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

import numpy as np
from jaxtyping import Float

from kinetamine.report.panels import Panel
from kinetamine.report.zoom import SessionLine, Zoom

_DIGITS = 4
"""Significant digits: more than any screen shows, and half the size of full precision."""


def to_script(data: object) -> str:
    """JSON that can stand inside a script element: no ``<`` survives, so nothing can close it."""
    whole = json.dumps(data, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    return whole.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def panel_data(panel: Panel) -> dict[str, Any]:
    """A panel of the whole course."""
    return _frame(panel) | {
        "traces": [
            {"label": one.label, "name": one.name, "role": one.role, "style": one.style, **_points(one.x, one.y)}
            for one in panel.traces
        ],
        "bands": [
            {
                "trace": one.trace,
                "role": one.role,
                "x": _times(one.x),
                "low": _values(one.low),
                "high": _values(one.high),
            }
            for one in panel.bands
        ],
    }


def zoom_data(zoom: Zoom) -> dict[str, Any]:
    """A panel of sessions: how each trace looks, and its data session by session."""
    shown = {line.trace for line in zoom.lines}
    looks = [
        {"label": one.label, "name": one.name, "role": one.role, "style": one.style}
        for one in zoom.panel.traces
        if one.name in shown
    ]
    return _frame(zoom.panel) | {"traces": looks, "lines": [_line(line) for line in zoom.lines]}


def _frame(panel: Panel) -> dict[str, Any]:
    return {
        "key": panel.key,
        "stage": panel.stage,
        "title": panel.title,
        "x_label": panel.x_label,
        "y_label": panel.y_label,
        "from_zero": panel.from_zero,
        "include": list(panel.include),
        "stamp": panel.stamp,
        "doses": _times(np.asarray(panel.doses_x, dtype=float)),
        "guides": [{"label": one.label, "y": one.y} for one in panel.guides],
    }


def _line(line: SessionLine) -> dict[str, Any]:
    data = {"session": line.session, "trace": line.trace, **_points(line.x, line.y)}
    if len(line.low):
        data |= {"low": _values(line.low), "high": _values(line.high)}
    return data


def _points(x: Float[np.ndarray, " point"], y: Float[np.ndarray, " point"]) -> dict[str, list[float]]:
    return {"x": _times(x), "y": _values(y)}


def _times(x: Float[np.ndarray, " point"]) -> list[float]:
    return [float(one) for one in np.round(x, 5).tolist()]


def _values(y: Iterable[float]) -> list[float]:
    """Rounded to significant digits, or finer where the curve is flat; less than a millionth of a unit is zero."""
    values = np.asarray(y, dtype=float)
    small = np.abs(values) < 1e-6
    places = _DIGITS - 1 - np.floor(np.log10(np.where(small, 1.0, np.abs(values))))
    span = float(np.ptp(values)) if len(values) else 0.0
    if span > 0.0:
        places = np.maximum(places, _DIGITS - np.floor(np.log10(span)))
    scale = 10.0 ** np.minimum(places, 9.0)
    return [float(one) for one in np.where(small, 0.0, np.round(values * scale) / scale).tolist()]
