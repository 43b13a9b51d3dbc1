"""Fit what kamp_2020 adds to the published parent: venous mixing, R-norketamine and the hydroxynorketamine level.

Run with `python docs/fits/kamp_2020.py`; it prints the numbers that stand in library/pk/kamp_2020.py.
The parent (V1, V2, V3, CL, Q2, Q3) and norketamine's disposition stay as published. Data: the rows of
library/observations/pk.csv that name kamp_2020 in the column `fitted`. A level's error is 15 % with a floor of
0.3 ng/mL, the size of the digitisation and assay error of Hasan 2021's last samples.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from scipy.optimize import least_squares

from kinetamine import catalogue
from kinetamine.course import Course, parse_regimen
from kinetamine.engine.solve import simulate
from kinetamine.validation import Observation, observations

RELATIVE_SD, FLOOR_NG_PER_ML = 0.15, 0.3
START = {"FV": 0.6, "KV": 1.0, "FM_nk_R_OVER_S": 1.1, "FM_hnk": 0.5}
UPPER = {"FV": 1.0, "KV": 20.0, "FM_nk_R_OVER_S": 3.0, "FM_hnk": 1.0}


def rows() -> list[Observation]:
    """The observations that the additions are fitted to; samples beside a rate change are smeared and left out."""
    return [
        one for one in observations() if one.fitted == "kamp_2020" and "rate change" not in one.note and one.value > 0.0
    ]


def predicted(values: Sequence[float], data: Sequence[Observation]) -> np.ndarray:
    """Predictions of all rows for one set of values."""
    entry = catalogue.load("pk", "kamp_2020")
    changed = {
        name: replace(entry.parameters[name], value=float(value)) for name, value in zip(START, values, strict=True)
    }
    model = replace(entry, parameters={**entry.parameters, **changed})
    found: dict[str, object] = {}
    result = []
    for row in data:
        if row.regimen not in found:
            course = Course(regimen=parse_regimen(row.regimen), person=row.person, effects=(), outcomes=(), people=0)
            found[row.regimen] = simulate(replace(course.problem(), model=model, horizon_h=24.0))
        trajectory = found[row.regimen]
        site = "arterial" if row.site == "arterial" and "norketamine" not in row.analyte else "venous"
        series = trajectory[f"{row.analyte}_{site}"]  # type: ignore[index]
        time_h = row.time_h
        result.append(series.typical.max() if time_h is None else trajectory.at(series.name, time_h))  # type: ignore[attr-defined]
    return np.asarray(result)


def main() -> None:
    """Fit and print."""
    data = rows()
    observed = np.array([row.value for row in data])
    sd = np.sqrt(RELATIVE_SD**2 + (FLOOR_NG_PER_ML / observed) ** 2)
    fit = least_squares(
        lambda values: np.log(predicted(values, data) / observed) / sd,
        list(START.values()),
        bounds=([1e-3] * len(START), list(UPPER.values())),
        x_scale=list(START.values()),
    )
    spread = np.sqrt(np.diag(np.linalg.inv(fit.jac.T @ fit.jac)) * 2 * fit.cost / (len(data) - len(START)))
    for name, value, error in zip(START, fit.x, spread, strict=True):
        print(f"{name:16} {value:.4g}  (SE {error:.2g})")
    ratio = predicted(fit.x, data) / observed
    for analyte in sorted({row.analyte for row in data}):
        chosen = np.array([row.analyte == analyte for row in data])
        error = 100.0 * np.median(np.abs(ratio[chosen] - 1.0))
        print(f"{analyte:24} {chosen.sum():3} rows, median absolute error {error:.1f} %")


if __name__ == "__main__":
    main()
