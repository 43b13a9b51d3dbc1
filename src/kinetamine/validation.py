"""Every PK model against published observations: sampling site respected, errors per model and route."""

from __future__ import annotations

import csv
import math
import statistics
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from functools import cache, cached_property
from importlib import resources
from typing import Any

from kinetamine import course as courses
from kinetamine.course import Course
from kinetamine.engine.dose import Dose
from kinetamine.engine.person import Person
from kinetamine.engine.regimen import Regimen
from kinetamine.engine.trajectory import Trajectory
from kinetamine.errors import FieldError
from kinetamine.exposure import Curve

HORIZON_DAYS = 2.0
OBSERVED = ("reported_observation", "digitised_observation")
"""Evidence that counts as seen in people; estimates of models and second-hand numbers do not."""


@dataclass(frozen=True, kw_only=True)
class Observation:
    """One published number, and who got what when it was seen.

    Attributes:
        analyte: ``ketamine``, ``s_ketamine``, ``norketamine`` ...
        metric: ``Cmax``, ``AUC0-24h``, ``conc_at_t`` ...; ``predict`` lists them.
        site: arterial, venous, both, or not stated.
        fitted: what was fitted to this very row; such a row tests the fit, not the prediction.
    """

    id: str
    regimen: str
    person: Person
    model: str
    population: str
    adults: bool
    people: str
    analyte: str
    metric: str
    time_h: float | None
    value: float
    unit: str
    site: str
    site_stated: bool
    evidence: str
    citation: str
    doi: str
    read_from: str
    fitted: str
    note: str


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """One observation beside one model's prediction of it."""

    observation: Observation
    model: str
    route: str
    predicted: float | None
    reason: str = ""

    @property
    def ratio(self) -> float | None:
        """Predicted over observed."""
        return None if self.predicted is None else self.predicted / self.observation.value

    @property
    def within_two_fold(self) -> bool:
        """Whether the prediction is between half and twice the observation."""
        return self.ratio is not None and 0.5 <= self.ratio <= 2.0


@dataclass(frozen=True, kw_only=True)
class Accuracy:
    """How well one model predicts one group of observations."""

    model: str
    route: str
    site: str
    analyte: str
    rows: int
    median_absolute_error_percent: float
    bias_percent: float
    within_two_fold_percent: float


@cache
def observations() -> tuple[Observation, ...]:
    """All published observations that come with the package."""
    text = (resources.files("kinetamine.library.observations") / "pk.csv").read_text(encoding="utf-8")
    return tuple(_observation(row) for row in csv.DictReader(text.splitlines()))


def validate(models: Iterable[str] | None = None, *, adults: bool = True) -> tuple[Comparison, ...]:
    """Predict every observation; by default each with the model a course would use.

    Args:
        models: names of models to hold against every observation of a form and route they were built for.
        adults: leave children out.
    """
    rows = [one for one in observations() if one.adults or not adults]
    if models is None:
        return tuple(compare(one) for one in rows)
    return tuple(
        compare(one, name)
        for name in models
        for one in rows
        if not replace(_course(one, name), outside=True).pk_model.studied.reasons_outside(one.person, ())
        and _made_for(one, name)
    )


def compare(observation: Observation, model: str | None = None) -> Comparison:
    """One observation beside the prediction of one model, or of the one a course would use."""
    course = _course(observation, model or observation.model or None)
    route = next(dose.route for dose in course.regimen or ())
    try:
        predicted, reason = predict(observation, course), ""
    except FieldError as error:
        predicted, reason = None, str(error)
    return Comparison(
        observation=observation, model=course.pk_model.name, route=route, predicted=predicted, reason=reason
    )


def accuracy(comparisons: Iterable[Comparison], *, observed_only: bool = True) -> tuple[Accuracy, ...]:
    """Errors by model, route, site and analyte; concentrations and exposures only, not times or ratios."""
    groups: dict[tuple[str, str, str, str], list[float]] = {}
    for one in comparisons:
        evidence = one.observation.evidence in OBSERVED or not observed_only
        if one.ratio is not None and evidence and is_level(one.observation.metric):
            key = (one.model, one.route, one.observation.site, one.observation.analyte)
            groups.setdefault(key, []).append(one.ratio)
    return tuple(
        Accuracy(
            model=model,
            route=route,
            site=site,
            analyte=analyte,
            rows=len(ratios),
            median_absolute_error_percent=100.0 * statistics.median(abs(ratio - 1.0) for ratio in ratios),
            bias_percent=100.0 * (math.exp(statistics.fmean(math.log(ratio) for ratio in ratios)) - 1.0),
            within_two_fold_percent=100.0 * statistics.fmean(0.5 <= ratio <= 2.0 for ratio in ratios),
        )
        for (model, route, site, analyte), ratios in sorted(groups.items())
    )


def as_row(one: Comparison) -> dict[str, Any]:
    """A comparison as plain values."""
    row = asdict(one.observation)
    row["person"] = {name: value for name, value in row["person"].items() if value not in {None, ()}}
    return row | {
        "model_used": one.model,
        "route": one.route,
        "predicted": one.predicted,
        "ratio": one.ratio,
        "reason": one.reason,
    }


def is_level(metric: str) -> bool:
    """Whether a metric is a concentration or an exposure."""
    return metric.startswith(("Cmax", "AUC", "conc", "Css")) and not metric.endswith(("ratio", "fold"))


def predict(observation: Observation, course: Course) -> float:
    """What a course predicts for an observation, in the observation's unit.

    Raises:
        FieldError: the model does not predict that analyte, or the metric is not known.
    """
    seen = _Seen(observation, course)
    metric = observation.metric
    if metric.startswith("AUC0-"):
        area = seen.curve.auc(float(metric.removeprefix("AUC0-").split("h")[0]))
        return area / seen.dose_mg if metric.endswith("per_mg") else area
    if metric not in _METRICS:
        raise FieldError("metric", metric, "one of " + ", ".join((*_METRICS, "AUC0-<hours>h")))
    return _METRICS[metric](seen)


class _Seen:
    """The simulated curve that answers to one observation, and what is derived from it."""

    def __init__(self, observation: Observation, course: Course) -> None:
        self.observation, self.course = observation, course

    @cached_property
    def curve(self) -> Curve:
        return _curve(self.course, self.observation.analyte, self.observation.site)

    @cached_property
    def parent(self) -> Curve:
        prefix = self.observation.analyte[:2] if self.observation.analyte[1] == "_" else ""
        return _curve(self.course, f"{prefix}ketamine", self.observation.site)

    @property
    def dose_mg(self) -> float:
        """mg of base of the molecule that the analyte is."""
        enantiomer = self.observation.analyte[0].upper() if self.observation.analyte[1] == "_" else None
        return sum(
            event.amount_mg * (event.form.parts.get(enantiomer, 0.0) if enantiomer else 1.0)
            for event in self.course.doses
        )

    @property
    def clearance_l_per_h(self) -> float:
        return 1000.0 * self.dose_mg / self.curve.auc()

    @property
    def infusion_h(self) -> float:
        return max(event.duration_h or 0.0 for event in self.course.doses)

    @property
    def weight_kg(self) -> float:
        return self.course.person.require_weight("a clearance per kg")

    def in_unit(self, clearance: float) -> float:
        """L/h in the observation's unit."""
        unit = self.observation.unit
        per_kg = self.weight_kg if unit.endswith("/kg") else 1.0
        plain = unit.removesuffix("/kg").split(" ")[0].split("/70")[0]
        scale = {"L/h": 1.0, "L/min": 1 / 60, "mL/min": 1000 / 60}.get(plain)
        if scale is None:
            raise FieldError("unit", unit, "L/h, L/min or mL/min, perhaps per kg")
        return clearance * scale / per_kg

    def without_comedication(self) -> Curve:
        alone = replace(self.course, person=replace(self.course.person, comedication=()))
        return _curve(alone, self.observation.analyte, self.observation.site)

    def by_vein(self) -> Curve:
        doses = [
            Dose(amount=event.amount_mg, form=event.form, route="intravenous", time_h=event.time_h)
            for event in self.course.doses
        ]
        vein = replace(self.course, regimen=Regimen.of(*doses), model=self.course.pk_model.name)
        return _curve(vein, self.observation.analyte, self.observation.site)


_METRICS: Mapping[str, Callable[[_Seen], float]] = {
    "Cmax": lambda seen: seen.curve.cmax,
    "Tmax": lambda seen: seen.curve.tmax_h,
    "AUCinf": lambda seen: seen.curve.auc(),
    "conc_at_t": lambda seen: seen.curve.at(seen.observation.time_h or 0.0),
    "Css": lambda seen: seen.curve.at(seen.infusion_h),
    "t_half": lambda seen: seen.curve.half_life_h,
    "CL": lambda seen: seen.in_unit(seen.clearance_l_per_h),
    "Vss": lambda seen: seen.clearance_l_per_h * (seen.curve.mrt_h - seen.infusion_h / 2.0) / seen.weight_kg,
    "V_beta": lambda seen: seen.clearance_l_per_h / seen.curve.lambda_z / seen.weight_kg,
    "F": lambda seen: seen.curve.auc() / seen.by_vein().auc(),
    "AUC_ratio": lambda seen: seen.curve.auc() / seen.parent.auc(),
    "Cmax_ratio": lambda seen: seen.curve.cmax / seen.parent.cmax,
    "AUC_fold": lambda seen: seen.curve.auc() / seen.without_comedication().auc(),
    "Cmax_fold": lambda seen: seen.curve.cmax / seen.without_comedication().cmax,
}


def _curve(course: Course, analyte: str, site: str) -> Curve:
    trajectory = _simulated(course)
    wanted = ("arterial", "venous") if site == "arterial" else ("venous", "arterial")
    for one in wanted:
        if f"{analyte}_{one}" in trajectory.series:
            return Curve(trajectory.times_h, trajectory[f"{analyte}_{one}"].typical)
    whole = analyte.removeprefix("s_").removeprefix("r_")
    expected = f"an analyte of {course.pk_model.name}"
    if whole == analyte and any(name.startswith(f"s_{analyte}") for name in trajectory.series):
        return _curve(course, f"s_{analyte}", site)  # a model of one enantiomer given as such
    raise FieldError("analyte", analyte, expected)


@cache
def _simulated(course: Course) -> Trajectory:
    return courses.simulate(course)


@cache
def _regimen(words: str) -> Regimen:
    return courses.parse_regimen(words)


def _course(observation: Observation, model: str | None) -> Course:
    return Course(
        regimen=_regimen(observation.regimen),
        person=observation.person,
        model=model,
        effects=(),
        outcomes=(),
        people=0,
        follow_up_days=HORIZON_DAYS,
        outside=True,
    )


def _made_for(observation: Observation, model: str) -> bool:
    """Whether the model was built for the drug and the route of an observation."""
    course = _course(observation, model)
    studied = course.pk_model.studied
    return all(
        (not studied.forms or event.form in studied.forms) and (not studied.routes or event.route in studied.routes)
        for event in course.doses
    )


def _observation(row: Mapping[str, str]) -> Observation:
    person = Person(
        weight_kg=float(row["weight_kg"]),
        age_y=float(row["age_y"]),
        ancestry=row["ancestry"],  # type: ignore[arg-type]  # Person checks it
        comedication=tuple(row["comedication"].split()),
    )
    return Observation(
        person=person,
        adults=row["adults"] == "yes",
        site_stated=row["site_stated"] == "yes",
        time_h=float(row["time_h"]) if row["time_h"] else None,
        value=float(row["value"]),
        **{
            key: row[key]
            for key in ("id", "regimen", "model", "population", "people", "analyte", "metric", "unit", "site")
        },
        **{key: row[key] for key in ("evidence", "citation", "doi", "read_from", "fitted", "note")},
    )
