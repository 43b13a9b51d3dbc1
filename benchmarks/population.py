"""Time per person of the population engine, paired with numbalsoda's LSODA: rounds interleaved, medians, ratios.

By the clock on the wall, and by the time that the processors spent, which other work on the machine disturbs less.

numbalsoda (and numba) are no dependencies: ``pip install numbalsoda``. Without them only our own times are printed.
Its slopes are written from the same traced equations, everything that depends on parameters alone computed once per
person, and compiled; people are spread over the same number of threads. Errors are against SciPy's Radau at 1e-10.
"""

from __future__ import annotations

import argparse
import os
import statistics
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from typing import Any

import numpy as np
import workloads
from scipy.integrate import solve_ivp

from kinetamine.engine.model import Values
from kinetamine.engine.vector.emit import Constants
from kinetamine.engine.vector.equations import Equations, Trace
from kinetamine.engine.vector.kernel import Kernel, compile  # noqa: A004 - its name
from kinetamine.engine.vector.method import Collocation, Method, Rosenbrock
from kinetamine.engine.vector.symbol import Symbol, reached

MODELS = {"W1": workloads.W1, "W2": workloads.W2}
TOLERANCES = {"W1": (1e-7, 1e-7), "W2": (1e-6, 1e-8)}
"""The loosest of numbalsoda that keep its error below 1e-4."""
MIXED = Collocation(precision="mixed")
_PYTHON = {
    "add": "{} + {}",
    "sub": "{} - {}",
    "mul": "{} * {}",
    "div": "{} / {}",
    "pow": "{} ** {}",
    "max": "max({}, {})",
    "min": "min({}, {})",
    "exp": "math.exp({})",
    "log": "math.log({})",
}


def _lines(outputs: list[Symbol], constants: Constants | None, into: str) -> list[str]:
    """Python statements that compute symbols and store them in an array."""

    def place(one: Symbol) -> tuple[str, int] | None:
        return constants.place(one) if constants else None

    names: dict[int, str] = {}
    lines = []
    for one in reached(outputs, beyond=lambda one: place(one) is None):
        if one.operation == "constant":
            names[one.index] = repr(one.number)
        elif (kept := place(one) or (one.place if one.operation == "load" else None)) is not None:
            names[one.index] = f"{kept[0]}[{kept[1]}]"
        else:
            names[one.index] = f"t{one.index}"
            arguments = (names[argument.index] for argument in one.arguments)
            lines.append(f"t{one.index} = {_PYTHON[one.operation].format(*arguments)}")
    return [*lines, *(f"{into}[{row}] = {names[one.index]}" for row, one in enumerate(outputs))]


def _function(name: str, parameters: str, lines: list[str]) -> str:
    return "\n    ".join([f"def {name}({parameters}):", *lines, ""]) + "\n"


def lsoda_people(equations: Equations, relative: float, absolute: float) -> Callable[..., None]:
    """A compiled function that fills (person, time, output) for the people from first up to below last."""
    import numba  # type: ignore[import-untyped] # noqa: PLC0415
    import numbalsoda  # type: ignore[import-not-found] # noqa: PLC0415

    trace, constants = Trace(equations), Constants()
    slopes = _lines(trace.rates, constants, "slopes")
    shown = _lines(trace.outputs, constants, "shown")
    prepare = _lines(constants.symbols, None, "constants")
    begin = _lines(trace.initial, None, "y")
    count = len(constants.symbols)
    size = count + len(trace.inputs)
    unpack = [f"data = numba.carray(data_, ({size},))", f"constants, inputs = data[:{count}], data[{count}:]"]
    text = "".join(
        [
            _function("slopes_of", "t, y, slopes, data_", [*unpack, *slopes]),
            _function("shown_of", "y, constants, inputs, shown", shown),
            _function("prepare", "parameters, constants", prepare),
            _function("begin", "parameters, y", begin),
        ]
    )
    space: dict[str, Any] = {"math": __import__("math"), "numba": numba}
    exec(text, space)  # noqa: S102 - our own text
    address = numba.cfunc(numbalsoda.lsoda_sig)(space["slopes_of"]).address
    shown_of, prepare_of, begin_of = (numba.njit(space[name]) for name in ("shown_of", "prepare", "begin"))
    lsoda, states = numbalsoda.lsoda, len(equations.states)

    @numba.njit(nogil=True)  # type: ignore[untyped-decorator]
    def people(first, last, parameters, inputs, switches, times, found):  # type: ignore[no-untyped-def] # noqa: ANN001, ANN202
        data, y = np.empty(size), np.empty(states)
        for person in range(first, last):
            prepare_of(parameters[person], data[:count])
            begin_of(parameters[person], y)
            shown_of(y, data[:count], data[count:], found[person, 0])
            seen = 1
            for segment in range(len(switches) - 1):
                data[count:] = inputs[person, segment]
                until = np.searchsorted(times, switches[segment + 1] + 1e-9)
                grid = np.empty(until - seen + 2)
                grid[0], grid[-1] = switches[segment], switches[segment + 1]
                grid[1:-1] = times[seen:until]
                exact = until > seen and abs(times[until - 1] - grid[-1]) < 1e-9
                solved, _ = lsoda(address, y, grid[:-1] if exact else grid, data, rtol=relative, atol=absolute)
                for at in range(seen, until):
                    shown_of(solved[at - seen + 1], data[:count], data[count:], found[person, at])
                y[:] = solved[-1]
                seen = until

    return people


class Case:
    """One workload: its people, both programs, and what they found."""

    def __init__(self, name: str, count: int, threads: int) -> None:
        """Compile both."""
        self.name, self.threads, self.equations = name, threads, MODELS[name]
        self.parameters, self.times = workloads.people(count), workloads.times_h()
        self.schedule = workloads.schedule(self.parameters)
        start = time.perf_counter()
        compile(self.equations, stored=False)
        cold = time.perf_counter() - start
        compile(self.equations)
        start = time.perf_counter()
        self.kernel: Kernel = compile(self.equations)
        print(
            f"{name}: {count} people, compiled in {cold:.2f} s, from the cache in {time.perf_counter() - start:.2f} s"
        )
        self.blocks: dict[str, np.ndarray] = {}
        self.other: np.ndarray | None = None

    def ours(self, method: Method) -> np.ndarray:
        """All outputs, in a buffer that is used again."""
        precision = getattr(method, "precision", "double")
        into = self.blocks.get(precision)
        found = self.kernel.run(
            self.parameters, self.schedule, self.times, method=method, threads=self.threads, into=into
        )
        self.blocks[precision] = found.require().blocks
        return found.blocks

    def summaries(self, method: Method) -> None:
        """Summaries only."""
        self.kernel.summarize(self.parameters, self.schedule, self.times, method=method, threads=self.threads).require()

    def prepare_lsoda(self, count: int) -> None:
        """Compile numbalsoda's program for the first people."""
        self.program = lsoda_people(self.equations, *TOLERANCES[self.name])
        self.other = np.empty((count, len(self.times), len(self.kernel.output_names)))
        self.inputs = self.schedule.rows("inputs", self.equations.inputs, len(self.parameters))

    def lsoda(self) -> None:
        """The first people by numbalsoda, in as many threads."""
        assert self.other is not None  # noqa: S101 - prepared
        bounds = np.linspace(0, len(self.other), 4 * self.threads + 1).astype(int)
        fixed = (self.parameters, self.inputs, self.schedule.times_h, self.times, self.other)
        with ThreadPoolExecutor(self.threads) as pool:
            for one in [pool.submit(self.program, first, last, *fixed) for first, last in pairwise(bounds)]:
                one.result()


def reference(case: Case, person: int) -> np.ndarray:
    """One person by SciPy's Radau, (time, output)."""
    e, schedule = case.equations, case.schedule
    p = Values(**dict(zip(e.parameters, case.parameters[person], strict=True)))
    y = np.array([float(e.initial(p).get(name, 0.0)) for name in e.states])
    states = np.tile(y, (len(case.times), 1))
    for (begin, end), rate in zip(pairwise(schedule.times_h), schedule.inputs["rate"][:, person], strict=True):
        u = Values(rate=rate)

        def slopes(_time: float, y: np.ndarray, u: Values = u) -> list[float]:
            found = e.rates(Values(**dict(zip(e.states, y, strict=True))), p, u)
            return [found[name] for name in e.states]

        inside = (case.times > begin + 1e-9) & (case.times < end + 1e-9)
        grid = np.append(np.minimum(case.times[inside], end), end)
        solved = solve_ivp(slopes, (begin, end), y, "Radau", t_eval=np.unique(grid), rtol=1e-10, atol=1e-12)
        states[inside] = solved.y.T[: inside.sum()]
        y = solved.y[:, -1]
    x = Values(**{name: states[:, i] for i, name in enumerate(e.states)})
    return np.stack([np.broadcast_to(value, len(case.times)) for value in e.outputs(x, p, u).values()], axis=1)


def error(found: np.ndarray, exact: np.ndarray) -> float:
    """The largest relative error of (time, output), but not relative to less than a thousandth of the peak."""
    size = np.maximum(np.abs(exact), 1e-3 * np.abs(exact).max(axis=0))
    return float(np.max(np.abs(found - exact) / size))


def measure(case: Case, rounds: int, lsoda_count: int) -> None:
    """Time all programs round by round; print medians and the median of the ratios."""
    programs: dict[str, tuple[Callable[[], object], int]] = {
        "Rosenbrock": (lambda: case.ours(Rosenbrock()), len(case.parameters)),
        "collocation": (lambda: case.ours(Collocation()), len(case.parameters)),
        "collocation, summaries": (lambda: case.summaries(Collocation()), len(case.parameters)),
        "mixed": (lambda: case.ours(MIXED), len(case.parameters)),
        "mixed, summaries": (lambda: case.summaries(MIXED), len(case.parameters)),
    }
    try:
        case.prepare_lsoda(lsoda_count)
        programs["numbalsoda"] = (case.lsoda, lsoda_count)
    except ImportError:
        print("numbalsoda is not installed: no ratios")
    clocks = {"wall": time.perf_counter, "processor": time.process_time}
    seconds: dict[str, list[dict[str, float]]] = {name: [] for name in programs}
    for turn in range(rounds + 1):  # the first warms up
        for name, (program, count) in programs.items():
            start = {clock: now() for clock, now in clocks.items()}
            program()
            if turn:
                seconds[name].append({clock: (now() - start[clock]) / count for clock, now in clocks.items()})
    for name, found in seconds.items():
        print(f"  {name:24}" + "".join(_told(clock, found, seconds.get("numbalsoda", [])) for clock in clocks))


def _told(clock: str, found: list[dict[str, float]], other: list[dict[str, float]]) -> str:
    """The median of one clock, and of the ratios where there are any."""
    line = f"{1e6 * statistics.median(one[clock] for one in found):10.1f} us {clock}"
    ratios = [than[clock] / one[clock] for one, than in zip(found, other, strict=False)]
    if ratios:
        line += f"{statistics.median(ratios):8.1f} x [{min(ratios):.0f} to {max(ratios):.0f}]"
    return line


def errors(case: Case, people: int) -> None:
    """Print the largest error over the first people of every program."""
    exact = [reference(case, person) for person in range(people)]
    for name, method in {"Rosenbrock": Rosenbrock(), "collocation": Collocation(), "mixed": MIXED}.items():
        blocks = case.ours(method)
        lanes = blocks.shape[-1]
        found = max(error(blocks[i // lanes, :, :, i % lanes], one) for i, one in enumerate(exact))
        print(f"  error of {name}: {found:.1e}")
    if case.other is not None:
        print(f"  error of numbalsoda: {max(error(case.other[i], one) for i, one in enumerate(exact)):.1e}")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--people", type=int, default=10_000)
    parser.add_argument("--lsoda-people", type=int, default=500, help="numbalsoda's share; its time is per person")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--reference", type=int, default=20, help="people solved by Radau; takes seconds each")
    given = parser.parse_args()
    print(f"{os.cpu_count()} CPUs, {given.threads} threads, medians of {given.rounds} rounds")
    for name in MODELS:
        case = Case(name, given.people, given.threads)
        measure(case, given.rounds, min(given.lsoda_people, given.people))
        errors(case, min(given.reference, given.people))


if __name__ == "__main__":
    main()
