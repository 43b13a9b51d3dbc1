"""The virtual people of a series at one time."""

from __future__ import annotations

import numpy as np

from kinetamine.engine.trajectory import Series, Trajectory


def values_at(trajectory: Trajectory, series: Series, time_h: float) -> np.ndarray | None:
    """Every person's own value at a time, linear between the nodes; None where no people were drawn."""
    if series.people is None:
        return None
    times = trajectory.times_h
    if len(times) == 1:
        return series.people[:, 0]
    right = int(np.clip(np.searchsorted(times, time_h), 1, len(times) - 1))
    weight = (time_h - times[right - 1]) / (times[right] - times[right - 1])
    weight = min(max(float(weight), 0.0), 1.0)
    value: np.ndarray = (1.0 - weight) * series.people[:, right - 1] + weight * series.people[:, right]
    return value
