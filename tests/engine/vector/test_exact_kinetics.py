"""Models of the library, compiled, against the exact engine: the same people, doses and routes."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from jaxtyping import Float

from kinetamine import Course, Person, Regimen
from kinetamine.engine.dosing import Action, Delivery, Reset
from kinetamine.engine.kinetics import Kinetics
from kinetamine.engine.maths import Number
from kinetamine.engine.model import Values
from kinetamine.engine.system import System
from kinetamine.engine.vector.equations import Equations
from kinetamine.engine.vector.kernel import compile  # noqa: A004 - its name
from kinetamine.engine.vector.kinetics import numbers_of, schedule_of, with_numbers
from kinetamine.engine.vector.method import Collocation, Rosenbrock
from kinetamine.errors import FieldError

TIMES = np.array([0.0, 0.1, 0.5, 2 / 3, 1.0, 2.0, 6.0, 23.0, 24.5, 30.0, 47.0])


def _kinetics(model: str, regimen: str) -> Kinetics:
    course = Course(
        regimen=Regimen.parse(regimen),
        person=Person(weight_kg=70.0),
        model=model,
        effects=(),
        outcomes=(),
        people=20,
        times_h=(1.0,),
    )
    problem = course.problem()
    return Kinetics(problem, problem.model.species[0])


def _equations_of(system: System, actions: Sequence[Action]) -> tuple[Equations, Float[np.ndarray, "person parameter"]]:
    """The equations of one molecule, and each person's parameters; inputs are named after the states they go into."""
    numbers = numbers_of(system)
    given = [one for one in actions if isinstance(one, Delivery)]
    infused = tuple(dict.fromkeys(one.state for one in given if one.duration_h))

    def rates(x: Values, p: Values, u: Values) -> dict[str, Number]:
        some = with_numbers(system, p)
        found = dict(zip(some.states, some.rates([getattr(x, name) for name in some.states]), strict=True))
        return found | {name: found[name] + getattr(u, name) for name in infused}

    def outputs(x: Values, p: Values, _u: Values) -> dict[str, Number]:
        some = with_numbers(system, p)
        return dict(zip(some.output_names, some.outputs([getattr(x, name) for name in some.states]), strict=True))

    equations = Equations(
        states=system.states,
        parameters=tuple(numbers),
        rates=rates,
        outputs=outputs,
        inputs=infused,
        boluses=tuple(dict.fromkeys(one.state for one in given if not one.duration_h)),
    )
    return equations, np.stack(np.broadcast_arrays(*map(np.atleast_1d, numbers.values())), axis=1).astype(float)


@pytest.mark.parametrize("method", [Rosenbrock(1e-8, 1e-11), Collocation(longest_h=0.25)], ids=["steps", "blocks"])
@pytest.mark.parametrize(
    ("model", "regimen"),
    [
        ("kamp_2020", "0.5 mg/kg iv over 40 min, twice weekly x 2"),
        ("kamp_2020", "20 mg iv bolus, daily x 2"),
        ("perez_ruixo_2021", "84 mg esketamine intranasal, daily x 2"),
    ],
)
def test_the_compiled_model_is_the_exact_one(model: str, regimen: str, method: Rosenbrock | Collocation) -> None:
    kinetics = _kinetics(model, regimen)
    system = kinetics.system()
    equations, parameters = _equations_of(system, kinetics.actions)
    schedule = schedule_of(kinetics.actions, 48.0, len(parameters))
    found = compile(equations).run(parameters, schedule, TIMES, method=method).require()
    exact = kinetics.solve(TIMES)
    before = np.searchsorted(exact.times_h, TIMES)  # actions stand there twice: before and after
    for name in system.output_names:
        known = exact.output(name)[before].T
        assert found[name] == pytest.approx(known, rel=1e-4, abs=1e-5 * known.max()), name


def test_a_steady_state_needs_the_exact_engine() -> None:
    with pytest.raises(FieldError, match="doses only"):
        schedule_of([Reset(0.0)], 24.0, 1)
