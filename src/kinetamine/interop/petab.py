"""An estimation problem as PEtab 1: the model as SBML, what was measured, and which numbers to find.

A number's bounds and its prior follow from its published interval, taken to hold 95 %: a normal prior on the scale
(logarithmic where the number cannot be negative), bounds four standard deviations away. A number without an interval
gets a range of a hundredfold and no prior. Shares stay between 0 and 1.
"""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kinetamine.course import Course
from kinetamine.engine.maths import Z95
from kinetamine.engine.model import Estimate, Route, Variability
from kinetamine.errors import FieldError, UnknownNameError
from kinetamine.interop.equations import Equations, Quantity, Role, write_down
from kinetamine.interop.measurements import Measurement
from kinetamine.interop.nonmem import proportional_sd
from kinetamine.interop.sbml import document
from kinetamine.interop.symbols import Symbol, inside
from kinetamine.interop.whole import write_texts

CONDITION = "course"
_WIDE = 10.0
_SDS = 4.0
_FILES = {
    "sbml_files": "model.xml",
    "measurement_files": "measurements.tsv",
    "condition_files": "conditions.tsv",
    "observable_files": "observables.tsv",
}
_YAML = "problem.yaml"
_PARAMETERS = "parameters.tsv"
Row = dict[str, object]


def estimation_problem(
    course: Course, measurements: Sequence[Measurement], estimate: Sequence[str] = ()
) -> dict[str, str]:
    """The files of a problem, texts by name.

    Args:
        estimate: which numbers to find, as ``depression.SIZE`` or, of the PK model, ``CL``; none: those with a
            published interval that bear on what was measured.

    Raises:
        MissingExtraError: the library that writes SBML is not installed.
        InputError: nothing was measured, or an output or a number is not one of the course.
    """
    equations = write_down(course)
    if not measurements:
        raise FieldError("measurements", None, "at least one reading of an output of the course")
    for one in measurements:
        if one.output not in equations.outputs:
            raise UnknownNameError("measured output", one.output, equations.outputs)
    chosen = _chosen(equations, measurements, estimate)
    noise = {one.output: _noise_of(one, equations) for one in measurements}
    rows = [*(_parameter(one, _variability(equations, one)) for one in chosen), *_sigmas(measurements, noise)]
    outputs = dict.fromkeys(one.output for one in measurements)
    return {
        _FILES["sbml_files"]: document(equations),
        _FILES["measurement_files"]: _table(_measured(one, noise[one.output]) for one in measurements),
        _FILES["condition_files"]: _table([{"conditionId": CONDITION, "conditionName": course.title}]),
        _FILES["observable_files"]: _table(_observable(name, equations.quantities[name]) for name in outputs),
        _PARAMETERS: _table(rows),
        _YAML: _yaml(),
    }


def write_petab(
    course: Course, measurements: Sequence[Measurement], folder: str | Path, estimate: Sequence[str] = ()
) -> list[Path]:
    """Write a problem into a folder, all of it or nothing.

    Raises:
        MissingExtraError, InputError: as ``estimation_problem``.
    """
    return write_texts(Path(folder), estimation_problem(course, measurements, estimate))


def _chosen(equations: Equations, measurements: Iterable[Measurement], names: Sequence[str]) -> list[Quantity]:
    """The constants to estimate."""
    constants = {_spoken(one, equations): one for one in equations.quantities.values() if one.estimate is not None}
    if names:
        for name in names:
            if name not in constants:
                raise UnknownNameError("number to estimate", name, constants)
            if names.count(name) > 1:
                raise FieldError("estimate", name, "names, each once")
        return [constants[name] for name in names]
    bearing = _bearing(equations, {one.output for one in measurements})
    found = [one for one in constants.values() if one.name in bearing and one.estimate and one.estimate.interval]
    if not found:
        known = ", ".join(name for name, one in constants.items() if one.name in bearing)
        raise FieldError("estimate", None, f"numbers to estimate, as none has a published interval: {known}")
    return found


def _spoken(one: Quantity, equations: Equations) -> str:
    """The name that a course's parameters have: CL of the PK model, depression.SIZE of any other entry."""
    name = one.name.removeprefix(f"{one.entry}_")
    return name if one.entry == equations.problem.model.name else f"{one.entry}.{name}"


def _bearing(equations: Equations, outputs: set[str]) -> set[str]:
    """The names of all that an output follows from, doses included."""
    given: dict[str, list[str]] = {}
    for change in equations.changes:
        for name, value in change.values.items():
            given.setdefault(name, []).extend(one.name for one in inside([value]) if isinstance(one, Symbol))
    found: set[str] = set()
    coming = list(outputs)
    while coming:
        name = coming.pop()
        if name in found or name not in equations.quantities:
            continue
        found.add(name)
        one = equations.quantities[name]
        parts = inside([one.formula, *([] if one.rate is None else [one.rate])])
        coming += [part.name for part in parts if isinstance(part, Symbol)] + given.get(name, [])
    return found


@dataclass(frozen=True)
class _Noise:
    """How far readings of one output stray: by themselves known, by a share, or to be found."""

    sd: float | None = None
    share: float = 0.0


def _noise_of(one: Measurement, equations: Equations) -> _Noise:
    effect = next((effect for effect in equations.problem.effects if one.output in effect.residual), None)
    if effect is not None:
        return _Noise(sd=effect.residual[one.output].value)
    return _Noise(share=proportional_sd(one.output, equations.course))


def _sd(one: Measurement, noise: _Noise) -> float | None:
    if one.sd is not None:
        return one.sd
    return noise.sd if noise.sd is not None else noise.share * abs(one.value) or None


def _sigma(output: str) -> str:
    return f"sd_{output}"


def _measured(one: Measurement, noise: _Noise) -> Row:
    sd = _sd(one, noise)
    return {
        "observableId": f"read_{one.output}",
        "simulationConditionId": CONDITION,
        "measurement": one.value,
        "time": one.time_h,
        "noiseParameters": _sigma(one.output) if sd is None else sd,
        "datasetId": one.source.partition(": ")[0].replace(" ", "_"),
    }


def _observable(name: str, one: Quantity) -> Row:
    return {
        "observableId": f"read_{name}",
        "observableName": one.title,
        "observableFormula": name,
        "noiseFormula": f"noiseParameter1_read_{name}",
        "noiseDistribution": "normal",
    }


def _variability(equations: Equations, one: Quantity) -> Variability | None:
    name = one.name.removeprefix(f"{one.entry}_")
    held = {entry.name: entry.variability for entry in equations.entries if not isinstance(entry, Route)}
    return held.get(one.entry, {}).get(name)


def _parameter(one: Quantity, variability: Variability | None) -> Row:
    estimate = one.estimate
    if estimate is None or one.role is not Role.CONSTANT:
        raise FieldError("estimate", one.name, "a number of the library")
    is_share = estimate.unit.startswith("fraction") or (variability is not None and variability.scale == "logit")
    low, high, prior = _range(estimate)
    return {
        "parameterId": one.name,
        "parameterName": f"{one.title} ({estimate.unit})",
        "parameterScale": "log10" if estimate.value > 0.0 else "lin",
        "lowerBound": low,
        "upperBound": min(high, 1.0) if is_share else high,
        "nominalValue": estimate.value,
        "estimate": 1,
        "objectivePriorType": "parameterScaleNormal" if prior else "",
        "objectivePriorParameters": prior,
    }


def _range(estimate: Estimate) -> tuple[float, float, str]:
    """Bounds, and the mean and SD of a normal prior on the scale."""
    value, interval = estimate.value, estimate.interval
    if value <= 0.0:
        reach = _WIDE * abs(value) or 1.0
        if interval is None:
            return value - reach, value + reach, ""
        sd = (interval[1] - interval[0]) / (2.0 * Z95)
        return value - _SDS * sd, value + _SDS * sd, f"{value!r};{sd!r}"
    if interval is None or interval[1] <= interval[0]:
        return value / _WIDE, value * _WIDE, ""
    middle, above = math.log10(value), math.log10(interval[1])
    # An interval from 0 has no logarithm: then its upper half alone says how wide the prior is.
    sd = (above - math.log10(interval[0])) / (2.0 * Z95) if interval[0] > 0.0 else (above - middle) / Z95
    return 10.0 ** (middle - _SDS * sd), 10.0 ** (middle + _SDS * sd), f"{middle!r};{sd!r}"


def _sigmas(measurements: Sequence[Measurement], noise: Mapping[str, _Noise]) -> Iterator[Row]:
    """An unknown SD for each output of which nobody says how far readings stray."""
    for output in dict.fromkeys(one.output for one in measurements if _sd(one, noise[one.output]) is None):
        largest = max(abs(one.value) for one in measurements if one.output == output) or 1.0
        yield {
            "parameterId": _sigma(output),
            "parameterName": f"SD of readings of {output}",
            "parameterScale": "log10",
            "lowerBound": 1e-3 * largest,
            "upperBound": largest,
            "nominalValue": 0.1 * largest,
            "estimate": 1,
            "objectivePriorType": "",
            "objectivePriorParameters": "",
        }


def _table(rows: Iterable[Row]) -> str:
    """Tab-separated text."""
    listed = list(rows)
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, list(listed[0]), delimiter="\t", lineterminator="\n")
    writer.writeheader()
    writer.writerows(listed)
    return buffer.getvalue()


def _yaml() -> str:
    files = "\n".join(f"    {kind}: [{name}]" for kind, name in _FILES.items())
    return f"format_version: 1\nparameter_file: {_PARAMETERS}\nproblems:\n  -\n{files}\n"
