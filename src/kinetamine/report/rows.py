"""The row that tables, JSON and the command line share, and what fills it: peaks, areas, half-lives."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float, Int

from kinetamine import exposure
from kinetamine.engine.trajectory import Series
from kinetamine.report.words import duration, figure, shown_unit

PERCENTILES = (5.0, 95.0)
_FADED = 1e-3
"""Below this part of the peak a tail is no longer looked at."""
_SAME = 1e-3
_CHANCES = ("Probability", "Response", "Remission", "Still well")
"""How quantities begin that are chances over people: a hundred of them tell no decimals."""


@dataclass(frozen=True, kw_only=True)
class Row:
    """One line of the summary.

    Attributes:
        time: when, in words; empty where the quantity has no time.
        time_h: the same in hours since the first record, or None.
        range: 5th and 95th percentile between virtual people, or None where none were drawn.
        mean: of the virtual people; beside the typical person's value where effects differ much between people.
    """

    section: str
    quantity: str
    value: float
    unit: str
    time: str = ""
    time_h: float | None = None
    range: tuple[float, float] | None = None
    note: str = ""
    mean: float | None = None

    @property
    def shown(self) -> str:
        """The value as printed: three figures, and whole per cent where it is a chance."""
        if not self.quantity.startswith(_CHANCES):
            return figure(self.value)
        return f"{self.value:.0f}" if self.value >= 1.0 else "<1"

    @property
    def shown_range(self) -> str:
        """The range as printed; empty where there is none."""
        if self.range is None or self.range[1] <= self.range[0]:
            return ""
        return f"{figure(self.range[0])}–{figure(self.range[1])}"


@dataclass(frozen=True, kw_only=True)
class Span:
    """A stretch of a trajectory, as indices of its times.

    Attributes:
        starts_h: of the sessions within it; times in words are counted from the one that holds the peak.
        named: whether words must say which session that is.
    """

    section: str
    times_h: Float[np.ndarray, " time"]
    inside: Int[np.ndarray, " inside"]
    starts_h: tuple[float, ...]
    named: bool = False

    def words(self, time_h: float) -> str:
        """For example ``40 min after its start`` or ``40 min into session 2``."""
        number = max(1, sum(start <= time_h + 1e-9 for start in self.starts_h))
        start = self.starts_h[number - 1] if self.starts_h else float(self.times_h[0])
        after = duration(time_h - start)
        if not self.named:
            return f"{after} after its start"
        return f"{after} into session {number}" if len(self.starts_h) > 1 else f"{after} after the first dose"


def spread(values: Float[np.ndarray, " people"] | None) -> tuple[float, float] | None:
    """5th and 95th percentile; None without people."""
    if values is None:
        return None
    low, high = np.percentile(values, PERCENTILES)
    return float(low), float(high)


def peak(span: Span, series: Series, quantity: str, note: str = "", *, lowest: bool = False) -> Row:
    """The highest (or lowest) value within a span, its time, and the range of each person's own."""
    factor, unit = shown_unit(series.unit)
    sign = -1.0 if lowest else 1.0
    typical = sign * series.typical[span.inside]
    time_h = _when(span, typical)
    own = None if series.people is None else sign * factor * (sign * series.people[:, span.inside]).max(axis=1)
    moved = float(np.ptp(typical)) > 0.0
    return Row(
        section=span.section,
        quantity=quantity,
        value=sign * factor * float(typical.max()),
        unit=unit,
        time=span.words(time_h) if moved else "",
        time_h=time_h if moved else None,
        range=spread(own),
        note=note,
    )


def _when(span: Span, values: Float[np.ndarray, " inside"]) -> float:
    """Time of the peak in the first session that reaches it: a thousandth more in a later one is not news."""
    times = span.times_h[span.inside]
    nearly = values.max() - _SAME * np.ptp(values)
    for start, stop in zip(span.starts_h, (*span.starts_h[1:], np.inf), strict=True):
        part = np.flatnonzero((times >= start - 1e-9) & (times < stop))
        if len(part) and values[part].max() >= nearly:
            return float(times[part[values[part].argmax()]])
    return float(times[values.argmax()])


def area(
    times: Float[np.ndarray, " time"], values: Float[np.ndarray, "*people time"]
) -> Float[np.ndarray, "*people"] | float:
    """Area under the curve, of each person, by the rule of ``exposure.area``."""
    total = exposure.area(np.moveaxis(values, -1, 0), times)
    return total if total.ndim else float(total)


def terminal_rate(times: Float[np.ndarray, " time"], values: Float[np.ndarray, " time"]) -> float | None:
    """Slope (1/h) of the log-linear tail: the last third of what is above a thousandth of the peak; None without."""
    top = int(values.argmax())
    seen = np.flatnonzero((values > _FADED * values[top]) & (np.arange(len(values)) >= top))
    if not values[top] > 0.0 or len(seen) < 3:
        return None
    last, first = times[seen[-1]], times[top]
    late = seen[times[seen] >= first + 2.0 / 3.0 * (last - first)]
    late = late if len(late) >= 3 else seen[-3:]
    slope = float(np.polyfit(times[late], np.log(values[late]), 1)[0])
    return -slope if slope < 0.0 else None
