"""Fewer points for a picture, without losing a peak or a trough."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from jaxtyping import Float, Int

MOST_POINTS = 1500
"""More than a screen has columns; a trace of this many points is as good as the whole."""


def keep(
    times: Float[np.ndarray, " time"], curves: Float[np.ndarray, "curve time"], most: int = MOST_POINTS
) -> Int[np.ndarray, " kept"]:
    """Indices to keep: the ends, and the lowest and highest point of every curve in each of equal runs of points.

    Runs hold equal numbers of points rather than equal times, so that sessions, where the grid is dense, keep detail.
    """
    count = len(times)
    if count <= most:
        return np.arange(count)
    runs = max(1, (most - 2) // (2 * len(curves)))
    edges = np.linspace(0, count, runs + 1).astype(int)
    kept = {0, count - 1}
    for start, stop in pairwise(edges.tolist()):
        part = curves[:, start:stop]
        kept.update((start + part.argmax(axis=1)).tolist())
        kept.update((start + part.argmin(axis=1)).tolist())
    return np.array(sorted(kept))
