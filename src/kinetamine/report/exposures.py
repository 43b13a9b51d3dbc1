"""Exposure of one course by several PK models: what the comparison prints."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from kinetamine import catalogue
from kinetamine.course import Course, by_model
from kinetamine.engine.events import Form
from kinetamine.errors import FieldError, InputError
from kinetamine.exposure import Curve

if TYPE_CHECKING:
    from kinetamine.engine.trajectory import Trajectory
_ONE_SESSION_H = 1.0


@dataclass(frozen=True, kw_only=True)
class Exposure:
    """What one model predicts at one site, in ng/mL, h and ng*h/mL.

    Attributes:
        tmax_h: from the start of the session that has the peak.
        half_life_h: terminal, after the last dose; None where the curve does not show one.
        outside: why the course is outside what the model was built on; empty when it is not.
    """

    model: str
    analyte: str
    site: str
    cmax: float
    tmax_h: float
    auc: float | None
    half_life_h: float | None
    population: str
    outside: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Plain values; units beside."""
        units = {"cmax": "ng/mL", "tmax_h": "h", "auc": "ng*h/mL", "half_life_h": "h"}
        return asdict(self) | {"units": units}


def exposures(found: Mapping[str, Trajectory], course: Course) -> list[Exposure]:
    """Each model's exposure at each site it predicts, parent drug only."""
    return [one for name, trajectory in found.items() for one in _of_model(name, trajectory, course)]


def left_out(found: Iterable[str], course: Course) -> dict[str, tuple[str, ...]]:
    """The models that a comparison of all left out, and why."""
    reasons: dict[str, tuple[str, ...]] = {}
    for name in catalogue.names("pk"):
        if name not in found:
            try:
                reasons[name] = by_model(course, name).outside_reasons() or ("it cannot take this dose",)
            except InputError as error:
                reasons[name] = (str(error),)
    return reasons


def disagreement(rows: Iterable[Exposure], measure: str) -> dict[tuple[str, str], float]:
    """Largest over smallest, by analyte and site, where at least two models can be compared."""
    groups: dict[tuple[str, str], list[float]] = {}
    for row in rows:
        value = getattr(row, measure)
        if value:
            groups.setdefault((row.analyte, row.site), []).append(value)
    return {key: max(values) / min(values) for key, values in groups.items() if len(values) > 1}


def _of_model(name: str, trajectory: Trajectory, course: Course) -> Iterable[Exposure]:
    one = by_model(course, name)
    only_s = all(event.form is Form.ESKETAMINE for event in course.doses if event.is_dose)
    for series in trajectory:
        stem, _, site = series.name.rpartition("_")
        # Enantiomers of a racemate are parts of the sum; of esketamine, the sum is S-ketamine again.
        whole = stem == "ketamine" or (stem == "s_ketamine" and f"ketamine_{site}" not in trajectory.series)
        if not whole:
            continue
        analyte = "S-ketamine" if only_s or stem == "s_ketamine" else "ketamine"
        yield Exposure(
            model=name,
            analyte=analyte,
            site=site,
            population=one.pk_model.studied.population,
            outside=one.outside_reasons(),
            **_measures(trajectory, series.name),
        )


def _session_start(doses: Sequence[float], time_h: float) -> float:
    """The first dose of the session that a time belongs to: devices of a spray, a bolus and its infusion."""
    before = [dose for dose in doses if dose <= time_h]
    start = before.pop() if before else 0.0
    while before and start - before[-1] < _ONE_SESSION_H:
        start = before.pop()
    return start


def _measures(trajectory: Trajectory, name: str) -> dict[str, Any]:
    curve = Curve(trajectory.times_h, trajectory[name].typical)
    doses = trajectory.dose_times_h
    last = max(doses, default=0.0)
    before_peak = _session_start(doses, curve.tmax_h)
    after = curve.times_h >= last
    tail = Curve(curve.times_h[after] - last, curve.values[after])
    measures: dict[str, Any] = {"cmax": curve.cmax, "tmax_h": curve.tmax_h - before_peak}
    try:
        return measures | {"auc": curve.auc(last) + tail.auc(), "half_life_h": tail.half_life_h}
    except FieldError:  # no terminal phase to be seen
        return measures | {"auc": None, "half_life_h": None}
