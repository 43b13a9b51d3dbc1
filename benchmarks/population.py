"""People per second of the population engine, paired with other engines: rounds interleaved, medians, ratios.

W1 and W2 are benchmark models; "full" is the product's own default course for people of its default population. All
engines are given the same traced equations; those that are not installed are left out (see ``peers``). Errors are
against SciPy's Radau at 1e-10.
"""

from __future__ import annotations

import argparse
import os
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import workloads
from peers import PEERS, Task
from scipy.integrate import solve_ivp

from kinetamine import Course, Person
from kinetamine.course import parse_regimen
from kinetamine.engine.model import Values
from kinetamine.engine.vector.equations import Equations
from kinetamine.engine.vector.kernel import Kernel, compile, forget  # noqa: A004 - its name
from kinetamine.engine.vector.method import Collocation, Method, Rosenbrock
from kinetamine.engine.vector.prune import prune
from kinetamine.engine.vector.schedule import Schedule
from kinetamine.engine.vector.whole import assemble
from kinetamine.population.batch import Runner
from kinetamine.population.study import Study

TOLERANCES = {"W1": (1e-7, 1e-7), "W2": (1e-6, 1e-8), "full": (1e-6, 1e-8)}
"""The loosest of numbalsoda that keep its error below 1e-4; the others are given the same."""
MIXED = Collocation(precision="mixed")
REGIMEN = "0.5 mg/kg iv over 40 min, twice weekly for 3 weeks"


@dataclass
class Model:
    """Equations and the people who are given them."""

    equations: Equations
    parameters: np.ndarray
    schedule: Schedule


def model(name: str, count: int) -> Model:
    """One of the three."""
    if name == "full":
        return full(count)
    parameters = workloads.people(count)
    return Model({"W1": workloads.W1, "W2": workloads.W2}[name], parameters, workloads.schedule(parameters))


def full(count: int, outputs: tuple[str, ...] | None = None, regimen: str = REGIMEN) -> Model:
    """The product's own model: kinetics, effects, mechanism and outcomes of a course.

    Args:
        outputs: None: those that a study watches by default.
    """
    course = Course(regimen=parse_regimen(regimen), person=Person(weight_kg=70.0), people=0)
    study = Study(course=course, people=count, outputs=outputs)
    runner = Runner(study)
    people = study.draw(0, count)
    treated = runner.treated(people)
    rows = next(treated.alike(count, runner.taken(people)))
    whole = assemble(treated.problem(rows), workloads.END_H)
    everybody = np.arange(count) % len(rows)  # those outside what was studied give their place to others
    inputs = {name: _of(values, everybody) for name, values in whole.schedule.inputs.items()}
    schedule = Schedule(whole.schedule.times_h, inputs)
    return Model(prune(whole.equations, study.watched), whole.parameters[everybody], schedule)


def _of(values: np.ndarray, people: np.ndarray) -> np.ndarray:
    return values if values.ndim == 1 else values[:, people]


class Case:
    """One model, compiled, and its people."""

    def __init__(self, name: str, count: int, threads: int) -> None:
        """Compile it, cold and from the cache."""
        self.name, self.threads = name, threads
        made = model(name, count)
        self.equations, self.parameters, self.schedule = made.equations, made.parameters, made.schedule
        self.times = workloads.times_h()
        start = time.perf_counter()
        compile(self.equations, stored=False)
        cold = time.perf_counter() - start
        compile(self.equations)
        forget()
        start = time.perf_counter()
        self.kernel: Kernel = compile(self.equations)
        cached = time.perf_counter() - start
        states, outputs = len(self.equations.states), len(self.kernel.output_names)
        print(f"{name}: {states} states, {outputs} outputs; compiled in {cold:.2f} s, from the cache in {cached:.2f} s")
        self.blocks: dict[str, np.ndarray] = {}

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

    def task(self) -> Task:
        """The same for other engines."""
        relative, absolute = TOLERANCES[self.name]
        return Task(
            equations=self.equations,
            parameters=self.parameters,
            schedule=self.schedule,
            times_h=self.times,
            relative=relative,
            absolute=absolute,
        )


def reference(case: Case, person: int) -> np.ndarray:
    """One person by SciPy's Radau, (time, output)."""
    e, task = case.equations, case.task()
    p = Values(**dict(zip(e.parameters, case.parameters[person], strict=True)))
    y = task.begin(person)
    states = np.tile(y, (len(case.times), 1))
    for number, (begin, end) in enumerate(pairwise(case.schedule.times_h)):
        u = Values(**dict(zip(e.inputs, task.inputs[person, number], strict=True)))

        def slopes(_time: float, y: np.ndarray, u: Values = u) -> list[float]:
            found = e.rates(Values(**dict(zip(e.states, y, strict=True))), p, u)
            return [found[name] for name in e.states]

        inside = (case.times > begin + 1e-9) & (case.times < end + 1e-9)
        grid = np.append(np.minimum(case.times[inside], end), end)
        solved = solve_ivp(slopes, (begin, end), y, "Radau", t_eval=np.unique(grid), rtol=1e-10, atol=1e-12)
        states[inside] = solved.y.T[: inside.sum()]
        y = solved.y[:, -1]
    x = Values(**{name: states[:, i] for i, name in enumerate(e.states)})
    u = Values(**dict.fromkeys(e.inputs, 0.0))
    return np.stack([np.broadcast_to(value, len(case.times)) for value in e.outputs(x, p, u).values()], axis=1)


def error(found: np.ndarray, exact: np.ndarray) -> float:
    """The largest relative error of (time, output), but not relative to less than a thousandth of the peak."""
    size = np.maximum(np.abs(exact), 1e-3 * np.abs(exact).max(axis=0))
    return float(np.max(np.abs(found - exact) / size))


Program = tuple[Callable[[], object], int]
"""What is timed, and for how many people."""


def programs(case: Case, wanted: tuple[str, ...]) -> dict[str, Program]:
    """Ours, and those of others that are installed."""
    people = len(case.parameters)
    found: dict[str, Program] = {
        "Rosenbrock": (lambda: case.ours(Rosenbrock()), people),
        "collocation": (lambda: case.ours(Collocation()), people),
        "collocation, summaries": (lambda: case.summaries(Collocation()), people),
        "mixed": (lambda: case.ours(MIXED), people),
        "mixed, summaries": (lambda: case.summaries(MIXED), people),
    }
    for name in wanted:
        make, count = PEERS[name]
        try:
            run, few = make(case.task()), min(count, people)
            run(1)
        except (ImportError, KeyError) as missing:
            print(f"  {name} is left out ({missing})")
            continue
        found[name] = (lambda run=run, few=few: run(few), few)  # type: ignore[misc]
    return found


def measure(case: Case, rounds: int, wanted: tuple[str, ...]) -> None:
    """Time all programs round by round; print medians, and the median of the ratios to the first of the others."""
    timed = programs(case, wanted)
    clocks = {"wall": time.perf_counter, "processor": time.process_time}
    seconds: dict[str, list[dict[str, float]]] = {name: [] for name in timed}
    for turn in range(rounds + 1):  # the first warms up
        for name, (program, count) in timed.items():
            start = {clock: now() for clock, now in clocks.items()}
            program()
            if turn:
                seconds[name].append({clock: (now() - start[clock]) / count for clock, now in clocks.items()})
    other = next((seconds[name] for name in wanted if name in seconds), [])
    for name, found in seconds.items():
        print(f"  {name:24}" + "".join(_told(clock, found, other) for clock in clocks))


def _told(clock: str, found: list[dict[str, float]], other: list[dict[str, float]]) -> str:
    """The median of one clock, and of the ratios where there are any."""
    line = f"{1e6 * statistics.median(one[clock] for one in found):10.1f} us {clock}"
    ratios = [than[clock] / one[clock] for one, than in zip(found, other, strict=False)]
    if ratios:
        line += f"{statistics.median(ratios):8.2f} x [{min(ratios):.2f} to {max(ratios):.2f}]"
    return line


def errors(case: Case, people: int, wanted: tuple[str, ...]) -> None:
    """Print the largest error over the first people of every program."""
    exact = [reference(case, person) for person in range(people)]
    for name, method in {"Rosenbrock": Rosenbrock(), "collocation": Collocation(), "mixed": MIXED}.items():
        blocks = case.ours(method)
        lanes = blocks.shape[-1]
        found = max(error(blocks[i // lanes, :, :, i % lanes], one) for i, one in enumerate(exact))
        print(f"  error of {name}: {found:.1e}")
    for name in wanted:
        try:
            values = PEERS[name][0](case.task())(1)
        except (ImportError, KeyError):
            continue
        print(f"  error of {name}: {error(values[0], exact[0]):.1e}")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--models", default="W1,W2,full")
    parser.add_argument("--people", type=int, default=10_000)
    parser.add_argument("--peers", default="numbalsoda LSODA", help="by comma, or all: " + ", ".join(PEERS))
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--reference", type=int, default=5, help="people solved by Radau; takes seconds each")
    given = parser.parse_args()
    wanted = tuple(PEERS) if given.peers == "all" else tuple(one for one in given.peers.split(",") if one)
    print(f"{os.cpu_count()} CPUs, {given.threads} threads, {given.people} people, medians of {given.rounds} rounds")
    for name in given.models.split(","):
        case = Case(name, given.people, given.threads)
        measure(case, given.rounds, wanted)
        errors(case, min(given.reference, given.people), wanted)


if __name__ == "__main__":
    main()
