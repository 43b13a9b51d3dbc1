"""What a PK model predicts beside what was published: the rows, how far off they are, and two small figures."""

from __future__ import annotations

import math
import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from kinetamine import validation
from kinetamine.report.html import Markup, join, tag
from kinetamine.report.words import figure
from kinetamine.validation import Comparison

_SIZE, _LEFT, _BOTTOM, _TOP, _RIGHT = 300.0, 46.0, 40.0, 26.0, 12.0
_UNITS = {"ng/mL": "levels, ng/mL", "ng*h/mL": "exposures, ng\u00b7h/mL"}
_ROLES = {"ketamine": "venous", "norketamine": "metabolite", "hydroxynorketamine": "metabolite2"}
_FOLD = 2.0


@dataclass(frozen=True)
class Agreement:
    """One model against everything that it was built for."""

    rows: tuple[Comparison, ...]

    @property
    def levels(self) -> tuple[Comparison, ...]:
        """Concentrations and exposures that were seen in people and can be drawn."""
        return tuple(one for one in self.rows if _is_level(one))

    @property
    def within_two_fold_percent(self) -> float:
        """Share of the levels that are predicted within half and twice."""
        return 100.0 * statistics.fmean(one.within_two_fold for one in self.levels)

    @property
    def median_error_percent(self) -> float:
        """Median absolute error of the levels."""
        return 100.0 * statistics.median(abs((one.ratio or 0.0) - 1.0) for one in self.levels)

    @property
    def fitted(self) -> int:
        """How many of the levels something here was fitted to."""
        return sum(bool(one.observation.fitted) for one in self.levels)


def _is_level(one: Comparison) -> bool:
    seen = one.observation
    observed = seen.evidence in validation.OBSERVED and validation.is_level(seen.metric)
    return observed and seen.unit in _UNITS and seen.value > 0.0 and bool(one.predicted and one.predicted > 0.0)


@cache
def agreement(model: str) -> Agreement:
    """Predicted once for each model, then kept."""
    return Agreement(tuple(one for one in validation.validate([model], adults=False) if one.ratio is not None))


def figures(found: Agreement) -> tuple[Markup, ...]:
    """Predicted against reported, levels and exposures apart; both axes logarithmic."""
    groups = [(unit, [one for one in found.levels if one.observation.unit == unit]) for unit in _UNITS]
    return tuple(_drawn(_UNITS[unit], rows) for unit, rows in groups if rows)


def analyte(name: str) -> str:
    """For example S-norketamine."""
    return f"{name[0].upper()}-{name[2:]}" if name[1:2] == "_" else name


def quantity(one: Comparison) -> str:
    """What was seen, for example ``ketamine Cmax, venous``."""
    seen = one.observation
    at = f" at {seen.time_h:g} h" if seen.time_h is not None else ""
    metric = {"conc_at_t": "level", "Css": "level at the end", "t_half": "half-life"}.get(seen.metric, seen.metric)
    return f"{analyte(seen.analyte)} {metric.replace('_', ' ')}{at}, {seen.site}"


def _drawn(unit: str, rows: Sequence[Comparison]) -> Markup:
    values = [value for one in rows for value in (one.observation.value, one.predicted or 1.0)]
    low, high = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)))
    scale = _Scale(low, max(high, low + 1))
    marks = (_mark(scale, one) for one in rows)
    inside = sum(one.within_two_fold for one in rows)
    words = f"Predicted against reported {unit}: {inside} of {len(rows)} predicted within half and twice the report."
    return tag(
        "svg",
        *_frame(scale, unit),
        *marks,
        viewBox=f"0 0 {_SIZE:g} {_SIZE:g}",
        role="img",
        aria_label=words,
        class_="small-figure agreement",
    )


@dataclass(frozen=True)
class _Scale:
    """Decades to places in the figure."""

    low: int
    high: int

    def x(self, value: float) -> float:
        """From the left."""
        return _LEFT + self._share(value) * (_SIZE - _LEFT - _RIGHT)

    def y(self, value: float) -> float:
        """From the top."""
        return _SIZE - _BOTTOM - self._share(value) * (_SIZE - _TOP - _BOTTOM)

    def _share(self, value: float) -> float:
        return min(max((math.log10(value) - self.low) / (self.high - self.low), 0.0), 1.0)


def _frame(scale: _Scale, unit: str) -> Iterable[Markup]:
    low, high = 10.0**scale.low, 10.0**scale.high
    for decade in range(scale.low, scale.high + 1):
        value = 10.0**decade
        x, y = f"{scale.x(value):.1f}", f"{scale.y(value):.1f}"
        yield tag("line", x1=x, x2=x, y1=_TOP, y2=_SIZE - _BOTTOM, class_="grid")
        yield tag("line", x1=_LEFT, x2=_SIZE - _RIGHT, y1=y, y2=y, class_="grid")
        yield tag("text", f"{value:g}", x=x, y=_SIZE - _BOTTOM + 14, text_anchor="middle")
        yield tag("text", f"{value:g}", x=_LEFT - 6, y=f"{scale.y(value) + 3.5:.1f}", text_anchor="end")
    yield _diagonal(scale, (low, low), (high, high), "same")
    yield _diagonal(scale, (low, low * _FOLD), (high / _FOLD, high), "fold")
    yield _diagonal(scale, (low * _FOLD, low), (high, high / _FOLD), "fold")
    yield tag("text", "predicted", x=4, y=14, class_="name")
    yield tag("text", f"reported {unit}", x=_SIZE - _RIGHT, y=_SIZE - 6, text_anchor="end", class_="name")


def _diagonal(scale: _Scale, start: tuple[float, float], end: tuple[float, float], kind: str) -> Markup:
    (x1, y1), (x2, y2) = start, end
    places = {"x1": scale.x(x1), "y1": scale.y(y1), "x2": scale.x(x2), "y2": scale.y(y2)}
    return tag("line", class_=kind, **{name: f"{place:.1f}" for name, place in places.items()})


def _mark(scale: _Scale, one: Comparison) -> Markup:
    """A filled dot for a prediction; a ring where the row was fitted, and so tests nothing but the fit."""
    seen = one.observation
    role = _ROLES.get(seen.analyte.split("_")[-1], "venous")
    ink = {"fill": "none", "stroke": f"var(--c-{role})"} if seen.fitted else {"fill": f"var(--c-{role})"}
    said = f"{quantity(one)}: reported {figure(seen.value)}, predicted {figure(one.predicted)} {seen.unit}. "
    told = join([said, seen.citation, " (fitted)" if seen.fitted else ""])
    place = {"cx": f"{scale.x(seen.value):.1f}", "cy": f"{scale.y(one.predicted or 1.0):.1f}"}
    return tag("circle", tag("title", told), r="3.6", class_="dot", **place, **ink)
