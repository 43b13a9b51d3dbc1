"""The same equations in other engines, written from one trace; compiled where the engine compiles.

None of these is a dependency: ``pip install numbalsoda heyoka casadi libroadrunner python-libsbml diffrax``. An engine
that is not installed is left out. myokit is left out because it needs a C compiler and SUNDIALS on the machine.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np

from kinetamine.engine.model import Values
from kinetamine.engine.vector.emit import Constants
from kinetamine.engine.vector.equations import Equations, Trace
from kinetamine.engine.vector.schedule import Schedule
from kinetamine.engine.vector.symbol import Symbol, reached

_SAME_H = 1e-9
PYTHON = {
    "add": "{} + {}",
    "sub": "{} - {}",
    "mul": "{} * {}",
    "div": "{} / {}",
    "pow": "{} ** {}",
    "max": "max({}, {})",
    "min": "min({}, {})",
    "abs": "abs({})",
    "sqrt": "math.sqrt({})",
    "exp": "math.exp({})",
    "log": "math.log({})",
}
"""How each operation of a trace is written for ``exec``."""


@dataclass(frozen=True, kw_only=True)
class Task:
    """Equations, people and what they are given, for any engine.

    Attributes:
        equations: without boluses.
        parameters: (person, parameter).
    """

    equations: Equations
    parameters: np.ndarray
    schedule: Schedule
    times_h: np.ndarray
    relative: float
    absolute: float

    @property
    def inputs(self) -> np.ndarray:
        """(person, segment, input)."""
        return self.schedule.rows("inputs", self.equations.inputs, len(self.parameters))

    def segments(self) -> Iterator[tuple[int, float, float, np.ndarray]]:
        """Number, begin and end of each segment, and which output times lie in it, its begin left out."""
        for number, (begin, end) in enumerate(pairwise(self.schedule.times_h)):
            inside = np.flatnonzero((self.times_h > begin + _SAME_H) & (self.times_h < end + _SAME_H))
            yield number, float(begin), float(end), inside

    def begin(self, person: int) -> np.ndarray:
        """Everybody's states at the start."""
        p = Values(**dict(zip(self.equations.parameters, self.parameters[person], strict=True)))
        found = self.equations.initial(p)
        return np.array([float(found.get(name, 0.0)) for name in self.equations.states])


Peer = Callable[[int], np.ndarray]
"""The first so many people, (person, time, output)."""


def lines(outputs: list[Symbol], constants: Constants | None, into: str) -> list[str]:
    """Python statements that compute symbols and store them in an array."""

    def place(one: Symbol) -> tuple[str, int] | None:
        return constants.place(one) if constants else None

    names: dict[int, str] = {}
    found = []
    for one in reached(outputs, beyond=lambda one: place(one) is None):
        if one.operation == "constant":
            names[one.index] = repr(one.number)
        elif (kept := place(one) or (one.place if one.operation == "load" else None)) is not None:
            names[one.index] = f"{kept[0]}[{kept[1]}]"
        else:
            names[one.index] = f"t{one.index}"
            arguments = (names[argument.index] for argument in one.arguments)
            found.append(f"t{one.index} = {PYTHON[one.operation].format(*arguments)}")
    return [*found, *(f"{into}[{row}] = {names[one.index]}" for row, one in enumerate(outputs))]


def evaluated(
    outputs: list[Symbol], loads: dict[tuple[str, int], Any], how: dict[str, Callable[..., Any]]
) -> list[Any]:
    """The symbols in another library's numbers."""
    values: dict[int, Any] = {}
    for one in reached(outputs):
        if one.operation == "constant":
            values[one.index] = one.number
        elif one.operation == "load":
            values[one.index] = loads[one.place]
        else:
            values[one.index] = how[one.operation](*(values[argument.index] for argument in one.arguments))
    return [values[one.index] for one in outputs]


_ARITHMETIC: dict[str, Callable[..., Any]] = {
    "add": lambda a, b: a + b,
    "sub": lambda a, b: a - b,
    "mul": lambda a, b: a * b,
    "div": lambda a, b: a / b,
    "pow": lambda a, b: a**b,
    "sqrt": lambda a: a**0.5,
}


def _shown(task: Task, trace: Trace) -> Callable[[np.ndarray, int], np.ndarray]:
    """Outputs of a person from the states at all times, by NumPy."""
    equations = task.equations

    def shown(states: np.ndarray, person: int) -> np.ndarray:
        x = Values(**{name: states[:, i] for i, name in enumerate(equations.states)})
        p = Values(**dict(zip(equations.parameters, task.parameters[person], strict=True)))
        u = Values(**dict.fromkeys(equations.inputs, 0.0))
        found = equations.outputs(x, p, u)
        return np.stack([np.broadcast_to(found[name], len(states)) for name in trace.output_names], axis=1)

    return shown


def scipy_lsoda(task: Task) -> Peer:
    """SciPy's LSODA on Python equations."""
    from scipy.integrate import solve_ivp  # noqa: PLC0415

    trace = Trace(task.equations)
    shown = _shown(task, trace)
    text = ["def slopes_of(t, y, parameters, inputs):", "  slopes = [0.0] * len(y)"]
    text += [f"  {line}" for line in lines(trace.rates, None, "slopes")] + ["  return slopes"]
    space: dict[str, Any] = {"math": __import__("math")}
    exec("\n".join(text), space)  # noqa: S102 - our own text

    def one(person: int) -> np.ndarray:
        y = task.begin(person)
        states = np.tile(y, (len(task.times_h), 1))
        for number, begin, end, inside in task.segments():
            grid = np.append(np.minimum(task.times_h[inside], end), end)
            given = (task.parameters[person].tolist(), task.inputs[person, number].tolist())
            found = solve_ivp(
                space["slopes_of"], (begin, end), y, "LSODA", np.unique(grid), args=given,
                rtol=task.relative, atol=task.absolute,
            )  # fmt: skip
            states[inside], y = found.y.T[: len(inside)], found.y[:, -1]
        return shown(states, person)

    return lambda count: np.stack([one(person) for person in range(count)])


def numba_lsoda(task: Task, threads: int = 2) -> Peer:
    """numbalsoda's LSODA on compiled equations, people spread over threads."""
    program = _lsoda_people(task.equations, task.relative, task.absolute)
    inputs = task.inputs

    def run(count: int) -> np.ndarray:
        trace = Trace(task.equations)
        found = np.empty((count, len(task.times_h), len(trace.outputs)))
        bounds = np.linspace(0, count, 4 * threads + 1).astype(int)
        fixed = (task.parameters, inputs, task.schedule.times_h, task.times_h, found)
        with ThreadPoolExecutor(threads) as pool:
            for one in [pool.submit(program, first, last, *fixed) for first, last in pairwise(bounds)]:
                one.result()
        return found

    return run


def _function(name: str, parameters: str, body: list[str]) -> str:
    return "\n    ".join([f"def {name}({parameters}):", *body, ""]) + "\n"


def _lsoda_people(equations: Equations, relative: float, absolute: float) -> Callable[..., None]:
    """A compiled function that fills (person, time, output) for the people from first up to below last.

    Everything that depends on parameters alone is computed once per person, as in our own engine.
    """
    import numba  # type: ignore[import-untyped] # noqa: PLC0415
    import numbalsoda  # type: ignore[import-not-found] # noqa: PLC0415

    trace, constants = Trace(equations), Constants()
    slopes = lines(trace.rates, constants, "slopes")
    shown = lines(trace.outputs, constants, "shown")
    prepare = lines(constants.symbols, None, "constants")
    begin = lines(trace.initial, None, "y")
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


_BATCH = 8


def heyoka_batch(task: Task, threads: int = 2) -> Peer:
    """heyoka's Taylor series, eight people side by side; a floor that is never reached is left out."""
    import heyoka  # type: ignore[import-not-found] # noqa: PLC0415

    trace = Trace(task.equations)
    shown = _shown(task, trace)
    names = [f"y{i}" for i in range(len(trace.states))]
    variables = heyoka.make_vars(*names)
    count = len(trace.parameters)
    loads = {("y", i): one for i, one in enumerate(variables)}
    loads |= {("parameters", i): heyoka.par[i] for i in range(count)}
    loads |= {("inputs", i): heyoka.par[count + i] for i in range(len(trace.inputs))}
    how = {**_ARITHMETIC, "exp": heyoka.exp, "log": heyoka.log, "max": lambda a, _floor: a, "sqrt": heyoka.sqrt}
    system = list(zip(variables, evaluated(trace.rates, loads, how), strict=True))
    first = [heyoka.taylor_adaptive_batch(
        system, np.zeros((len(names), _BATCH)), tol=task.relative, pars=np.zeros((count + len(trace.inputs), _BATCH)))
        for _ in range(threads)]  # fmt: skip
    inputs = task.inputs

    def some(integrator: Any, people: np.ndarray) -> np.ndarray:
        y = np.stack([task.begin(person) for person in people], axis=1)
        states = np.empty((len(task.times_h), len(names), len(people)))
        states[0] = y
        integrator.pars[:count] = task.parameters[people].T
        integrator.set_time(0.0)
        integrator.state[:] = y
        for number, begin, end, inside in task.segments():
            integrator.pars[count:] = inputs[people, number].T
            grid = np.unique(np.append(np.append(begin, np.minimum(task.times_h[inside], end)), end))
            _, found = integrator.propagate_grid(np.repeat(grid[:, None], _BATCH, axis=1))
            states[inside] = found[1 : len(inside) + 1]
        return np.stack([shown(states[:, :, lane], person) for lane, person in enumerate(people)])

    def run(wanted: int) -> np.ndarray:
        groups = [np.minimum(np.arange(at, at + _BATCH), wanted - 1) for at in range(0, wanted, _BATCH)]
        with ThreadPoolExecutor(threads) as pool:
            parts = [
                pool.submit(lambda k: [some(first[k], one) for one in groups[k::threads]], k) for k in range(threads)
            ]
            found = [one.result() for one in parts]
        ordered = [found[at % threads][at // threads] for at in range(len(groups))]
        return np.concatenate(ordered)[:wanted]

    return run


def casadi_cvodes(task: Task) -> Peer:
    """CasADi's CVODES on a symbolic graph, an integrator for each length of segment."""
    import casadi  # type: ignore[import-untyped] # noqa: PLC0415

    trace = Trace(task.equations)
    shown = _shown(task, trace)
    y = casadi.SX.sym("y", len(trace.states))
    p = casadi.SX.sym("p", len(trace.parameters) + len(trace.inputs))
    loads = {("y", i): y[i] for i in range(len(trace.states))}
    loads |= {("parameters", i): p[i] for i in range(len(trace.parameters))}
    loads |= {("inputs", i): p[len(trace.parameters) + i] for i in range(len(trace.inputs))}
    how = {**_ARITHMETIC, "exp": casadi.exp, "log": casadi.log, "max": casadi.fmax, "min": casadi.fmin}
    ode = {"x": y, "p": p, "ode": casadi.vertcat(*evaluated(trace.rates, loads, how))}
    options = {"reltol": task.relative, "abstol": task.absolute, "max_num_steps": 100_000}
    made = []
    for number, begin, end, inside in task.segments():
        grid = np.unique(np.append(np.minimum(task.times_h[inside], end), end))
        made.append((number, inside, casadi.integrator(f"f{number}", "cvodes", ode, begin, grid, options)))

    def one(person: int) -> np.ndarray:
        now = task.begin(person)
        states = np.tile(now, (len(task.times_h), 1))
        for number, inside, integrator in made:
            given = np.append(task.parameters[person], task.inputs[person, number])
            found = np.array(integrator(x0=now, p=given)["xf"]).T
            states[inside], now = found[: len(inside)], found[-1]
        return shown(states, person)

    return lambda count: np.stack([one(person) for person in range(count)])


def diffrax_tsit5(task: Task) -> Peer:
    """diffrax's Tsit5, all people mapped over at once."""
    import diffrax  # noqa: PLC0415
    import jax  # noqa: PLC0415
    import jax.numpy as jnp  # noqa: PLC0415

    jax.config.update("jax_enable_x64", True)
    equations, switches = task.equations, jnp.asarray(task.schedule.times_h)
    steps = diffrax.PIDController(rtol=task.relative, atol=task.absolute, jump_ts=switches[1:-1])

    def slopes(time_h: Any, y: Any, given: tuple[Any, Any]) -> Any:
        parameters, inputs = given
        segment = jnp.clip(jnp.searchsorted(switches, time_h, side="right") - 1, 0, len(switches) - 2)
        x = Values(**dict(zip(equations.states, y, strict=True)))
        p = Values(**dict(zip(equations.parameters, parameters, strict=True)))
        u = Values(**dict(zip(equations.inputs, inputs[segment], strict=True)))
        found = equations.rates(x, p, u)
        return jnp.stack([found[name] for name in equations.states])

    def one(parameters: Any, inputs: Any, start: Any) -> Any:
        solved = diffrax.diffeqsolve(
            diffrax.ODETerm(slopes), diffrax.Tsit5(), switches[0], switches[-1], 1e-3, start, (parameters, inputs),
            stepsize_controller=steps, saveat=diffrax.SaveAt(ts=jnp.asarray(task.times_h)), max_steps=200_000,
        )  # fmt: skip
        return solved.ys

    compiled = jax.jit(jax.vmap(one))
    trace = Trace(equations)
    shown = _shown(task, trace)

    def run(count: int) -> np.ndarray:
        start = np.stack([task.begin(person) for person in range(count)])
        states = np.asarray(compiled(task.parameters[:count], task.inputs[:count], start))
        return np.stack([shown(states[person], person) for person in range(count)])

    return run


def roadrunner_cvode(task: Task) -> Peer:
    """libRoadRunner's CVODE on SBML rate rules, compiled by its own LLVM."""
    import roadrunner  # noqa: PLC0415

    trace = Trace(task.equations)
    shown = _shown(task, trace)
    model = roadrunner.RoadRunner(_sbml(trace))
    model.integrator.setValue("relative_tolerance", task.relative)
    model.integrator.setValue("absolute_tolerance", task.absolute)
    model.integrator.setValue("maximum_num_steps", 100_000)
    names = [f"y_{i}" for i in range(len(trace.states))]
    model.timeCourseSelections = ["time", *names]

    def one(person: int) -> np.ndarray:
        now = task.begin(person)
        states = np.tile(now, (len(task.times_h), 1))
        for i, value in enumerate(task.parameters[person]):
            model.setValue(f"parameters_{i}", float(value))
        for number, begin, end, inside in task.segments():
            for i, value in enumerate(task.inputs[person, number]):
                model.setValue(f"inputs_{i}", float(value))
            for name, value in zip(names, now, strict=True):
                model.setValue(name, float(value))
            grid = np.unique(np.append(np.append(begin, np.minimum(task.times_h[inside], end)), end))
            found = np.array(model.simulate(times=grid - begin))[:, 1:]
            states[inside], now = found[1 : len(inside) + 1], found[-1]
        return shown(states, person)

    return lambda count: np.stack([one(person) for person in range(count)])


def _sbml(trace: Trace) -> str:
    """The equations as parameters, assignment rules and rate rules."""
    import libsbml  # noqa: PLC0415

    document = libsbml.SBMLDocument(3, 2)
    model = document.createModel()
    infix = {**PYTHON, "pow": "({} ^ {})", "exp": "exp({})", "log": "ln({})", "sqrt": "sqrt({})"}
    names: dict[int, str] = {}
    for array, symbols in (("y", trace.states), ("parameters", trace.parameters), ("inputs", trace.inputs)):
        for i in range(len(symbols)):
            made = model.createParameter()
            made.setId(f"{array}_{i}")
            made.setConstant(False)
            made.setValue(0.0)
    for one in reached(trace.rates):
        if one.operation == "constant":
            names[one.index] = repr(one.number)
        elif one.operation == "load":
            names[one.index] = f"{one.place[0]}_{one.place[1]}"
        else:
            formula = infix[one.operation].format(*(names[argument.index] for argument in one.arguments))
            names[one.index] = f"t{one.index}"
            made = model.createParameter()
            made.setId(names[one.index])
            made.setConstant(False)
            rule = model.createAssignmentRule()
            rule.setVariable(names[one.index])
            rule.setMath(libsbml.parseL3Formula(formula))
    for i, one in enumerate(trace.rates):
        rule = model.createRateRule()
        rule.setVariable(f"y_{i}")
        rule.setMath(libsbml.parseL3Formula(names[one.index]))
    return str(libsbml.writeSBMLToString(document))


PEERS: dict[str, tuple[Callable[[Task], Peer], int]] = {
    "numbalsoda LSODA": (numba_lsoda, 200),
    "heyoka, batches": (heyoka_batch, 64),
    "CasADi CVODES": (casadi_cvodes, 4),
    "libRoadRunner CVODE": (roadrunner_cvode, 4),
    "diffrax Tsit5": (diffrax_tsit5, 8),
    "SciPy LSODA, Python": (scipy_lsoda, 1),
}
"""Each engine, and how many people it is given a round: time is per person."""
