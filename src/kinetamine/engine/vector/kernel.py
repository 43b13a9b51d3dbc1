"""Compile equations, run people: the front door of the package."""

from __future__ import annotations

import ctypes
from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property, lru_cache

import numpy as np
from jaxtyping import Float, Int

from kinetamine.engine.vector.blocks import cut_again, trapezoids
from kinetamine.engine.vector.code import DOUBLE, LANES, SINGLE, Function, Width
from kinetamine.engine.vector.equations import Equations, Trace
from kinetamine.engine.vector.jit import Library
from kinetamine.engine.vector.job import Job, spread
from kinetamine.engine.vector.layout import ALIGNMENT, groups, room, unpack
from kinetamine.engine.vector.method import Collocation, Method, Rosenbrock
from kinetamine.engine.vector.module import GLIDE, RUN, TABLE_ROWS, blocks_module, steps_module
from kinetamine.engine.vector.output import Output
from kinetamine.engine.vector.result import Result
from kinetamine.engine.vector.schedule import Schedule
from kinetamine.engine.vector.show import SUMMARIES
from kinetamine.engine.vector.sketch import BYTE_BINS, Binned, Edges
from kinetamine.engine.vector.tableau import RODAS5P, Tableau
from kinetamine.engine.vector.task import SETTINGS
from kinetamine.errors import FieldError, UnknownNameError

_KEPT = 64
"""Models whose code a process keeps at hand."""
TOO_LONG = 5
"""Status of people for whom the blocks of time were too long."""


def compile(equations: Equations, *, tableau: Tableau = RODAS5P, stored: bool = True) -> Kernel:  # noqa: A001 - as in re
    """Trace and compile what the default method needs; what was compiled before, here or in the cache, is taken again.

    Args:
        stored: whether compiled code may be read from and written to the user's cache.
    """
    return Kernel(equations, tableau, stored=stored)


def forget() -> None:
    """Let go of the code at hand: the next ``compile`` writes its text again, and looks on the disk."""
    _in_blocks.cache_clear()


class Kernel:
    """The compiled equations; code for steps, and for single precision, is made when it is first needed."""

    def __init__(self, equations: Equations, tableau: Tableau, *, stored: bool) -> None:
        """Made by ``compile``."""
        self.equations, self._tableau, self._stored = equations, tableau, stored
        self.output_names = self._double.trace.output_names

    @property
    def library(self) -> Library:
        """The code of the default method."""
        return self._double.library

    @cached_property
    def _double(self) -> _Compiled:
        return self._blocks(DOUBLE)

    @cached_property
    def _single(self) -> _Compiled:
        return self._blocks(SINGLE)

    @cached_property
    def _steps(self) -> _Compiled:
        trace = Trace(self.equations).packed()
        return _Compiled(trace, Library(steps_module(trace, self._tableau), stored=self._stored), RUN, DOUBLE)

    def _blocks(self, width: Width) -> _Compiled:
        return _in_blocks(Trace(self.equations).packed(), width, self._stored)

    def _of(self, method: Method) -> _Compiled:
        if isinstance(method, Rosenbrock):
            return self._steps
        return self._single if method.precision == "mixed" else self._double

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
        job, method = self._job(parameters, schedule, times_h), method or Collocation()
        values = self._room(job, len(times_h), method, into=into)
        solved = self._solve(job, Output("values", values), method, threads)
        return Result(self.output_names, job.people, values, *solved)

    def tally(
        self,
        parameters: Float[np.ndarray, "person parameter"],
        schedule: Schedule,
        times_h: Float[np.ndarray, " time"],
        edges: Edges,
        *,
        method: Method | None = None,
        threads: int = 2,
        into: np.ndarray | None = None,
    ) -> Binned:
        """Simulate people and keep only the bins their values lie in, for ``Sketch.add_binned``: far less memory.

        Args:
            edges: of every output at every time, 253 bins at most.
            into: ``numbers`` of a former result of the same shape, to be overwritten.

        Raises:
            FieldError: parameters, times, bins or buffer do not fit.
        """
        job, method = self._job(parameters, schedule, times_h), method or Collocation()
        if edges.bins > BYTE_BINS or edges.first.shape != (len(times_h), len(self.output_names)):
            expected = f"at most {BYTE_BINS} of {len(times_h)} times and {len(self.output_names)} outputs"
            raise FieldError("edges", f"{edges.bins} of {edges.first.shape}", expected)
        fixed = {
            "firsts": np.ascontiguousarray(edges.first),
            "inverses": np.ascontiguousarray(1.0 / edges.width),
            "top": np.array([edges.bins + 1.0]),
        }
        numbers = Output("numbers", self._room(job, len(times_h), method, np.uint8, into), edges, _kind(method))
        solved = self._solve(replace(job, fixed=job.fixed | fixed), numbers, method, threads)
        numbers.put(np.arange(job.people, len(numbers.array) * numbers.array.shape[-1]), np.array(np.nan))
        return Binned(edges, job.people, numbers.array, *solved)

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
        above = np.array([given.get(name, np.inf) for name in self.output_names])
        job, method = self._job(parameters, schedule, times_h), method or Collocation()
        job = replace(job, fixed=job.fixed | ({"thresholds": above} if given else {}))
        values = self._room(job, len(SUMMARIES), method)
        solved = self._solve(job, Output("summaries", values), method, threads)
        return Result(self.output_names, job.people, values, *solved, SUMMARIES)

    def _job(self, parameters: np.ndarray, schedule: Schedule, times_h: np.ndarray) -> Job:
        parameters, times_h = np.asarray(parameters, dtype=float), np.ascontiguousarray(times_h, dtype=float)
        switches, e = np.ascontiguousarray(schedule.times_h, dtype=float), self.equations
        if parameters.ndim != 2 or parameters.shape[1] != len(e.parameters) or not len(parameters):
            expected = f"people by {len(e.parameters)}: {', '.join(e.parameters)}"
            raise FieldError("parameters", parameters.shape, expected)
        used = parameters[:, list(self._double.trace.used)]
        if not np.isfinite(used).all():
            raise FieldError("parameters", "infinite or no number", "finite numbers")
        if len(times_h) and (times_h[0] < switches[0] or times_h[-1] > switches[-1] or np.any(np.diff(times_h) < 0.0)):
            expected = f"in order, within {switches[0]:g} to {switches[-1]:g} h"
            raise FieldError("times_h", f"{times_h[0]:g} to {times_h[-1]:g}", expected)
        inputs = schedule.rows("inputs", e.inputs, len(parameters))
        boluses = schedule.rows("boluses", e.boluses, len(parameters))
        by_person = {"parameters": used, "inputs": inputs, "boluses": boluses}
        return Job(by_person, {"switch_times": switches, "output_times": times_h})

    def _room(
        self, job: Job, rows: int, method: Method, kind: type | None = None, into: np.ndarray | None = None
    ) -> np.ndarray:
        """An array for so many rows of outputs, or the one that is there, if it fits."""
        lanes, kind = self._of(method).width.lanes, kind or _kind(method)
        shape = groups(job.people, lanes), rows, len(self.output_names), lanes
        if into is None:
            return room(shape, kind)
        if into.shape != shape or into.dtype != kind or into.ctypes.data % ALIGNMENT or not into.flags.c_contiguous:
            raise FieldError("into", f"{into.dtype} {into.shape}", f"blocks of a result: {np.dtype(kind)} {shape}")
        return into

    def _solve(
        self, job: Job, output: Output, method: Method, threads: int
    ) -> tuple[Int[np.ndarray, " person"], Float[np.ndarray, " person"]]:
        """Fill the output; status and estimates of all people.

        Whom one method fails is given to the next: collocation, steps in groups, steps alone. The groups are those of
        the first eight people, the next eight and so on, so that nobody's numbers depend on who else was failed.
        """
        status, estimates = self._once(job, output, method, threads)
        failed = np.flatnonzero(status)
        if len(failed) and job.copies == 1:
            alone = isinstance(method, Rosenbrock)
            people = failed if alone else np.flatnonzero(np.isin(np.arange(job.people) // LANES, failed // LANES))
            again = job.pick(people, LANES if alone else 1)
            steps = method if isinstance(method, Rosenbrock) else Rosenbrock()
            space = self._room(again, output.array.shape[1], steps)
            solved = self._solve(again, Output(output.of_values, space), steps, threads)
            places = np.searchsorted(people, failed) * again.copies
            status[failed], estimates[failed] = (one[places] for one in solved)
            output.put(failed, unpack(space, again.people)[places])
        output.put(np.flatnonzero(status), np.array(np.nan))
        return status, estimates

    def _once(
        self, job: Job, output: Output, method: Method, threads: int
    ) -> tuple[Int[np.ndarray, " person"], Float[np.ndarray, " person"]]:
        compiled, kind = self._of(method), _kind(method)
        shape, rows, fixed = (groups(job.people, compiled.width.lanes), compiled.width.lanes), 0, job.fixed
        if isinstance(method, Rosenbrock):
            settings = np.array([getattr(method, name) for name in SETTINGS])
            fixed = fixed | {"settings": settings, "trapezoids": trapezoids(fixed["output_times"])}
        else:
            blocks = cut_again(fixed["switch_times"], fixed["output_times"], method)
            each, besides = compiled.table_rows
            rows = len(blocks.lengths_h) * each + besides
            fixed = fixed | blocks.arrays
        told = {name: room(shape, kind) for name in ("status", "estimates")}
        told["estimates"][:] = np.nan
        spread(
            compiled.function,
            replace(job, fixed=fixed).arrays(compiled.width) | told | {output.name: output.array},
            threads,
            rows,
        )
        status, estimates = (told[name].ravel()[: job.people].astype(float) for name in ("status", "estimates"))
        status = status.astype(np.int64)
        if isinstance(method, Collocation):
            status[(status == 0) & ~(estimates <= method.tolerance)] = TOO_LONG
        return status, estimates


class _Compiled:
    """One module of a model, ready to be called."""

    def __init__(
        self, trace: Trace, library: Library, function: Function, width: Width, table_rows: tuple[int, int] = (0, 0)
    ) -> None:
        self.trace, self.library, self.width, self.table_rows = trace, library, width, table_rows
        kinds = (ctypes.c_void_p, ctypes.c_int64, ctypes.c_int64, ctypes.c_void_p)
        self.function = library.function(function.name, None, kinds)


@lru_cache(maxsize=_KEPT)
def _in_blocks(trace: Trace, width: Width, stored: bool) -> _Compiled:  # noqa: FBT001 - a part of the key
    """The code of the default method, once for all equations of one form; its text, which takes long, when needed."""
    library = Library(lambda: blocks_module(trace, width), made_from=f"{trace.form} {width}", stored=stored)
    each, besides = (library.function(name, ctypes.c_int64, ())() for name in TABLE_ROWS)
    return _Compiled(trace, library, GLIDE, width, (each, besides))


def _kind(method: Method) -> type:
    """The type of the numbers that a method gives."""
    return np.float32 if isinstance(method, Collocation) and method.precision == "mixed" else np.float64
