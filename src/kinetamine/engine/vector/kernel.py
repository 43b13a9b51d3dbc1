"""Compile equations, run people: the front door of the package."""

from __future__ import annotations

import ctypes
from collections.abc import Mapping
from dataclasses import replace

import numpy as np
from jaxtyping import Float, Int

from kinetamine.engine.vector.blocks import cut
from kinetamine.engine.vector.code import LANES
from kinetamine.engine.vector.equations import Equations, Trace
from kinetamine.engine.vector.jit import Library
from kinetamine.engine.vector.job import Job, spread
from kinetamine.engine.vector.layout import groups, pack, room, unpack
from kinetamine.engine.vector.method import Collocation, Method, Rosenbrock
from kinetamine.engine.vector.module import GLIDE, RUN, module
from kinetamine.engine.vector.result import Result
from kinetamine.engine.vector.schedule import Schedule
from kinetamine.engine.vector.show import SUMMARIES, trapezoids
from kinetamine.engine.vector.tableau import RODAS5P, Tableau
from kinetamine.engine.vector.task import SETTINGS
from kinetamine.errors import FieldError, UnknownNameError

TOO_LONG = 5
"""Status of people for whom the blocks of time were too long."""


def compile(equations: Equations, *, tableau: Tableau = RODAS5P, stored: bool = True) -> Kernel:  # noqa: A001 - as in re
    """Trace, differentiate and compile; takes about a second, or a tenth of one from the cache.

    Args:
        stored: whether compiled code may be read from and written to the user's cache.
    """
    trace = Trace(equations)
    text, table_rows = module(trace, tableau)
    return Kernel(trace, Library(text, stored=stored), table_rows)


class Kernel:
    """The compiled equations."""

    def __init__(self, trace: Trace, library: Library, table_rows: int) -> None:
        """Made by ``compile``."""
        self.equations, self.output_names = trace.equations, trace.output_names
        self.library, self._table_rows = library, table_rows
        kinds = (ctypes.c_void_p, ctypes.c_int64, ctypes.c_int64, ctypes.c_void_p)
        self._march, self._glide = (library.function(one.name, None, kinds) for one in (RUN, GLIDE))

    def run(
        self,
        parameters: Float[np.ndarray, "person parameter"],
        schedule: Schedule,
        times_h: Float[np.ndarray, " time"],
        *,
        method: Method | None = None,
        threads: int = 2,
        into: np.ndarray | None = None,
    ) -> Result:
        """Simulate people and keep every output at every time; at the time of a switch, what was before it.

        Args:
            times_h: when outputs are wanted, in order.
            into: ``blocks`` of a former result of the same shape, to be overwritten: new memory costs time.

        Raises:
            FieldError: parameters, times or buffer do not fit.
        """
        job = self._job(parameters, schedule, times_h)
        shape = (groups(job.people), len(times_h), len(self.output_names), LANES)
        if into is not None and (into.shape != shape or into.ctypes.data % 64 or not into.flags.c_contiguous):
            raise FieldError("into", into.shape, f"the blocks of a result of shape {shape}")
        values = room(shape) if into is None else into
        solved = self._solve(job, {"values": values}, method or Collocation(), threads)
        return Result(self.output_names, job.people, values, *solved)

    def summarize(
        self,
        parameters: Float[np.ndarray, "person parameter"],
        schedule: Schedule,
        times_h: Float[np.ndarray, " time"],
        *,
        thresholds: Mapping[str, float] | None = None,
        method: Method | None = None,
        threads: int = 2,
    ) -> Result:
        """Simulate people and keep of every output what ``SUMMARIES`` says of its values at the output times.

        Args:
            thresholds: by output, what the time above is counted for; others are never above.

        Raises:
            FieldError: parameters or times do not fit.
            UnknownNameError: a threshold for no output.
        """
        given = dict(thresholds or {})
        for name in given:
            if name not in self.output_names:
                raise UnknownNameError("output", name, self.output_names)
        above = np.array([[given.get(name, np.inf) for name in self.output_names]])
        fixed = {"thresholds": pack(above)[0]} if given else {}
        job = self._job(parameters, schedule, times_h)
        job = replace(job, fixed=job.fixed | fixed | {"trapezoids": trapezoids(job.fixed["output_times"])})
        values = room((groups(job.people), len(SUMMARIES), len(self.output_names), LANES))
        solved = self._solve(job, {"summaries": values}, method or Collocation(), threads)
        return Result(self.output_names, job.people, values, *solved, SUMMARIES)

    def _job(self, parameters: np.ndarray, schedule: Schedule, times_h: np.ndarray) -> Job:
        parameters, times_h = np.asarray(parameters, dtype=float), np.ascontiguousarray(times_h, dtype=float)
        switches, e = np.ascontiguousarray(schedule.times_h, dtype=float), self.equations
        if parameters.ndim != 2 or parameters.shape[1] != len(e.parameters) or not len(parameters):
            expected = f"people by {len(e.parameters)}: {', '.join(e.parameters)}"
            raise FieldError("parameters", parameters.shape, expected)
        if not np.all(np.isfinite(parameters)):
            raise FieldError("parameters", "infinite or no number", "finite numbers")
        if len(times_h) and (times_h[0] < switches[0] or times_h[-1] > switches[-1] or np.any(np.diff(times_h) < 0.0)):
            expected = f"in order, within {switches[0]:g} to {switches[-1]:g} h"
            raise FieldError("times_h", f"{times_h[0]:g} to {times_h[-1]:g}", expected)
        inputs = schedule.rows("inputs", e.inputs, len(parameters))
        boluses = schedule.rows("boluses", e.boluses, len(parameters))
        by_person = {"parameters": parameters, "inputs": inputs, "boluses": boluses}
        return Job(by_person, {"switch_times": switches, "output_times": times_h})

    def _solve(
        self, job: Job, output: Mapping[str, np.ndarray], method: Method, threads: int
    ) -> tuple[Int[np.ndarray, " person"], Float[np.ndarray, " person"]]:
        """Fill the output; status and estimates of all people.

        Whom one method fails is given to the next: collocation, steps in groups, steps alone.
        """
        ((name, values),) = output.items()
        status, estimates = self._once(job, output, method, threads)
        failed = np.flatnonzero(status)
        if len(failed) and job.copies == 1:
            copies, steps = (LANES, method) if isinstance(method, Rosenbrock) else (1, Rosenbrock())
            again = job.pick(failed, copies)
            space = room((groups(again.people), *values.shape[1:]))
            solved = self._solve(again, {name: space}, steps, threads)
            status[failed], estimates[failed] = (one[::copies] for one in solved)
            values[failed // LANES, ..., failed % LANES] = unpack(space, again.people)[::copies]
        lost = np.flatnonzero(status)
        values[lost // LANES, ..., lost % LANES] = np.nan
        return status, estimates

    def _once(
        self, job: Job, output: Mapping[str, np.ndarray], method: Method, threads: int
    ) -> tuple[Int[np.ndarray, " person"], Float[np.ndarray, " person"]]:
        count = groups(job.people)
        arrays = job.arrays() | {"status": room((count, LANES)), "estimates": room((count, LANES)), **output}
        arrays["estimates"][:] = np.nan
        if isinstance(method, Rosenbrock):
            arrays["settings"] = np.array([getattr(method, name) for name in SETTINGS])
            spread(self._march, arrays, threads, 0)
        else:
            blocks = cut(arrays["switch_times"], arrays["output_times"], method)
            arrays |= blocks.arrays()
            if "trapezoids" in arrays:
                arrays["areas"] = blocks.areas(arrays["trapezoids"])
            spread(self._glide, arrays, threads, len(blocks.lengths_h) * self._table_rows)
        status, estimates = (arrays[name].ravel()[: job.people].copy() for name in ("status", "estimates"))
        status = status.astype(np.int64)
        if isinstance(method, Collocation):
            status[(status == 0) & ~(estimates <= method.tolerance)] = TOO_LONG
        return status, estimates
