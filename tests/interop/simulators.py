"""Independent simulators of SBML documents: libRoadRunner and COPASI."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

import numpy as np
import pytest

from kinetamine.course import Course, simulate
from kinetamine.engine.trajectory import Trajectory

Simulator = Callable[[str, Sequence[str], Sequence[float]], np.ndarray]
_RTOL, _ATOL, _STEPS = 1e-8, 1e-10, 200_000
SMALLEST = 1e-9
"""Outputs below this, in their own unit, are rounding."""


def library(name: str) -> Any:
    """A module of another simulator; the test is skipped where it is not installed."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return pytest.importorskip(name, reason=f"{name} is not installed: pip install '.[interop]' and it")


def roadrunner(text: str, names: Sequence[str], times_h: Sequence[float]) -> np.ndarray:
    """These outputs of a document by time, from libRoadRunner."""
    model = library("roadrunner").RoadRunner(text)
    model.timeCourseSelections = ["time", *names]
    model.integrator.relative_tolerance, model.integrator.absolute_tolerance = _RTOL, _ATOL
    model.integrator.maximum_num_steps = _STEPS
    return np.array(model.simulate(times=_from_zero(times_h)))[-len(times_h) :, 1:]


def _from_zero(times_h: Sequence[float]) -> list[float]:
    """Both begin at the first time that is asked for."""
    return [*([0.0] if times_h[0] > 0.0 else []), *times_h]


def copasi(text: str, names: Sequence[str], times_h: Sequence[float]) -> np.ndarray:
    """These outputs of a document by time, from COPASI."""
    basico = library("basico")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        model = basico.load_model_from_string(text)
        table = basico.get_parameters(model=model)
        known = dict(zip(table.sbml_id, table.index, strict=True))
        wanted = [f"Values[{known[name]}]" for name in names]
        found = basico.run_time_course_with_output(
            wanted, values=_from_zero(times_h), r_tol=_RTOL, a_tol=_ATOL, model=model, use_initial_values=True
        ).to_numpy()
        basico.remove_datamodel(model)
    return np.asarray(found)[-len(times_h) :]


SIMULATORS: tuple[Simulator, ...] = (roadrunner, copasi)


@cache
def _own(course: Course) -> Trajectory:
    """Kinetamine's own solution."""
    return simulate(course)


def errors(text: str, course: Course, simulator: Simulator) -> dict[str, float]:
    """The largest error of each output against Kinetamine's own solution, relative to its peak."""
    own = _own(course)
    names = list(own.series)
    found = simulator(text, names, own.times_h.tolist())
    return {
        name: float(np.max(np.abs(found[:, place] - own[name].typical)))
        / max(float(np.max(np.abs(own[name].typical))), SMALLEST)
        for place, name in enumerate(names)
    }


def worst(text: str, course: Course, simulator: Simulator) -> tuple[float, str]:
    """The largest of these errors, and whose it is."""
    return max((error, name) for name, error in errors(text, course, simulator).items())
