"""Both methods against closed forms and SciPy: switches, boluses, stiffness, failures, lanes and threads."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from scipy.stats import gamma

from engine.vector.models import CLOCK, DECAY, LOGISTIC, VAN_DER_POL, by_scipy, worst
from engine.vector.rodas4 import RODAS4
from kinetamine.engine.maths import exp, maximum
from kinetamine.engine.vector.equations import Equations
from kinetamine.engine.vector.kernel import compile  # noqa: A004 - its name
from kinetamine.engine.vector.method import Collocation, Method, Rosenbrock
from kinetamine.engine.vector.schedule import Schedule
from kinetamine.engine.vector.tableau import RODAS5P, Tableau
from kinetamine.errors import FieldError, SolverError, UnknownNameError

FINE = Rosenbrock(relative=1e-8, absolute=1e-11)
BOTH = pytest.mark.parametrize("method", [FINE, Collocation(first_h=0.002, longest_h=0.1)], ids=["steps", "blocks"])
TIMES = np.linspace(0.0, 9.0, 37)


@BOTH
def test_a_decay_with_an_infusion_and_a_bolus(method: Method) -> None:
    k, x0 = np.linspace(0.1, 3.0, 11), np.linspace(1.0, 2.0, 11)
    schedule = Schedule(
        np.array([0.0, 2.0, 5.0, 9.0]),
        inputs={"rate": np.array([0.0, 4.0, 0.0])},
        boluses={"x": np.stack([0.0 * k, 0.0 * k, k])},
    )
    found = compile(DECAY).run(np.stack([k, x0], axis=1), schedule, TIMES, method=method, threads=1).require()["x"]
    k, x0, t = k[:, None], x0[:, None], TIMES[None, :]
    infused = 4.0 / k * (np.exp(-k * np.maximum(t - 5.0, 0.0)) - np.exp(-k * np.maximum(t - 2.0, 0.0)))
    exact = x0 * np.exp(-k * t) + infused + np.where(t > 5.0, k * np.exp(-k * (t - 5.0)), 0.0)
    assert found == pytest.approx(exact, rel=1e-6)


@BOTH
def test_a_bolus_at_the_begin_comes_after_the_observation(method: Method) -> None:
    schedule = Schedule(np.array([0.0, 1.0]), boluses={"x": np.array([5.0])})
    found = compile(DECAY).run(np.array([[1.0, 2.0]]), schedule, np.array([0.0, 1.0]), method=method)["x"][0]
    assert found == pytest.approx([2.0, 7.0 * np.exp(-1.0)], rel=1e-7)


@BOTH
def test_a_logistic_curve(method: Method) -> None:
    r = np.linspace(0.2, 2.0, 10)
    schedule = Schedule(np.array([0.0, 9.0]))
    found = compile(LOGISTIC).run(np.stack([r, 0.1 + 0.0 * r], axis=1), schedule, TIMES, method=method).require()["x"]
    assert found == pytest.approx(1.0 / (1.0 + 9.0 * np.exp(-r[:, None] * TIMES)), rel=1e-6)


@BOTH
@pytest.mark.parametrize(
    ("equations", "parameters"),
    [(CLOCK, [0.7, 0.4]), (CLOCK, [30.0, 0.01]), (VAN_DER_POL, [0.5]), (VAN_DER_POL, [20.0])],
    ids=["clock", "fast clock", "oscillator", "stiff oscillator"],
)
def test_what_scipy_finds(equations: Equations, parameters: list[float], method: Method) -> None:
    schedule = Schedule(np.array([0.0, 9.0]))
    found = compile(equations).run(np.array([parameters]), schedule, TIMES, method=method).require().array()
    exact = by_scipy(equations, np.array(parameters), schedule, TIMES)[None]
    assert worst(found, exact) < 2e-5


@pytest.mark.parametrize(("tableau", "order"), [(RODAS4, 4), (RODAS5P, 5)])
def test_the_error_falls_with_the_order_of_the_method(tableau: Tableau, order: int) -> None:
    kernel = compile(LOGISTIC, tableau=tableau)
    schedule, end, exact = Schedule(np.array([0.0, 4.0])), np.array([4.0]), 1.0 / (1.0 + 9.0 * np.exp(-4.0))

    def error(relative: float) -> float:
        found = kernel.run(np.array([[1.0, 0.1]]), schedule, end, method=Rosenbrock(relative, relative))["x"]
        return float(abs(found[0, 0] - exact))

    # the error of a step is controlled to the order below, so the error at the end falls a little faster
    assert error(1e-9) < error(1e-5) * (1e-4) ** ((order - 1) / order)


@BOTH
def test_people_do_not_touch_each_other(method: Method) -> None:
    kernel, schedule = compile(CLOCK), Schedule(np.array([0.0, 9.0]))
    people = np.stack([np.linspace(0.1, 5.0, 19), np.linspace(0.1, 1.0, 19)], axis=1)
    together = kernel.run(people, schedule, TIMES, method=method, threads=2).array()
    alone = np.concatenate([kernel.run(one[None], schedule, TIMES, method=method).array() for one in people])
    if isinstance(method, Collocation):
        assert np.array_equal(together, alone)
    assert together == pytest.approx(alone, rel=1e-6, abs=1e-9)
    assert np.array_equal(together, kernel.run(people, schedule, TIMES, method=method, threads=1).array())


def test_memory_is_used_again_and_read_in_three_ways() -> None:
    kernel, schedule, people = compile(CLOCK), Schedule(np.array([0.0, 9.0])), np.array([[1.0, 0.5]] * 9)
    first = kernel.run(people, schedule, TIMES)
    again = kernel.run(people * 1.1, schedule, TIMES, into=first.blocks)
    assert again.blocks is first.blocks
    assert np.array_equal(again["effect"][8], again.person(8)[:, 1])
    assert np.array_equal(again.array()[8, :, 0], again["level"][8])
    with pytest.raises(UnknownNameError, match="output"):
        again["levle"]
    with pytest.raises(FieldError, match="into"):
        kernel.run(people, schedule, TIMES[:-1], into=first.blocks)


@BOTH
def test_summaries_are_those_of_the_trajectories(method: Method) -> None:
    kernel, schedule = compile(CLOCK), Schedule(np.array([0.0, 9.0]))
    people = np.stack([np.linspace(0.1, 5.0, 9), np.linspace(0.1, 1.0, 9)], axis=1)
    found = kernel.summarize(people, schedule, TIMES, thresholds={"effect": 0.3}, method=method).require()
    effect = kernel.run(people, schedule, TIMES, method=method)["effect"]
    assert np.array_equal(found.of("effect", "largest"), effect.max(axis=1))
    assert np.array_equal(found.of("effect", "last"), effect[:, -1])
    assert found.of("effect", "area") == pytest.approx(np.trapezoid(effect, TIMES), rel=1e-12)
    assert found.of("effect", "above") == pytest.approx(np.trapezoid((effect > 0.3).astype(float), TIMES), rel=1e-12)
    assert not found.of("level", "above").any()
    with pytest.raises(UnknownNameError, match="summary"):
        found.of("level", "mean")
    with pytest.raises(UnknownNameError, match="output"):
        kernel.summarize(people, schedule, TIMES, thresholds={"efect": 0.3})


EXPLODES = Equations(
    states=("x",),
    parameters=("A",),
    initial=lambda _p: {"x": 1.0},
    rates=lambda x, p, _u: {"x": p.A * x.x**2},
    outputs=lambda x, _p, _u: {"x": x.x},
)


@pytest.mark.parametrize("method", [Rosenbrock(), Collocation()])
def test_one_who_cannot_be_solved_is_named_and_the_others_are_well(method: Method) -> None:
    a = np.array([0.01] * 4 + [1.0] + [0.01] * 12)  # 1/(1 - a t): the fifth is infinite after an hour
    found = compile(EXPLODES).run(a[:, None], Schedule(np.array([0.0, 9.0])), TIMES, method=method)
    assert np.flatnonzero(found.status).tolist() == [4]
    assert np.all(np.isnan(found["x"][4]))
    others = np.delete(a, 4)[:, None]
    assert np.delete(found["x"], 4, axis=0) == pytest.approx(1.0 / (1.0 - others * TIMES), rel=1e-4)
    with pytest.raises(SolverError, match=r"1 of 17 people, first 4: no step was short enough"):
        found.require()


def test_too_many_steps_are_too_many() -> None:
    found = compile(VAN_DER_POL).run(
        np.array([[5.0]]), Schedule(np.array([0.0, 9.0])), TIMES, method=Rosenbrock(most_steps=10)
    )
    with pytest.raises(SolverError, match="largest number of steps"):
        found.require()


@pytest.mark.parametrize("method", [Rosenbrock(), Collocation()])
def test_an_output_that_is_no_number_is_said(method: Method) -> None:
    bare = Equations(
        states=("x",),
        parameters=("A",),
        rates=lambda _x, _p, _u: {"x": -1.0},
        outputs=lambda x, p, _u: {"root": (x.x + p.A) ** 0.5},
    )
    found = compile(bare).run(np.array([[10.0], [1.0]]), Schedule(np.array([0.0, 9.0])), TIMES, method=method)
    assert found.status.tolist() == [0, 4]
    assert found["root"][0] == pytest.approx(np.sqrt(10.0 - TIMES), rel=1e-4)


def test_elementary_functions_are_exact_to_the_last_bits() -> None:
    shown = Equations(
        states=(),
        parameters=("x", "n"),
        rates=lambda _x, _p, _u: {},
        outputs=lambda _x, p, _u: {
            "exp": exp(p.x - 5.0),
            "log": p.x.__array_namespace__().log(p.x),
            "power": p.x**p.n,
            "root": p.x**0.5,
            "positive": maximum(p.n, 0.0),
        },
    )
    stream = np.random.default_rng(2)
    x, n = np.minimum(stream.lognormal(0.0, 3.0, 5000), 600.0), stream.normal(size=5000) * 2.0
    found = compile(shown).run(np.stack([x, n], axis=1), Schedule(np.array([0.0, 1.0])), np.array([1.0]))
    for name, exact in {"exp": np.exp(x - 5.0), "log": np.log(x), "power": x**n, "root": np.sqrt(x)}.items():
        assert found[name][:, 0] == pytest.approx(exact, rel=1e-13, abs=1e-15), name
    assert np.array_equal(found["positive"][:, 0], np.maximum(n, 0.0))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"parameters": np.ones((2, 3))}, "people by 2: K, X0"),
        ({"parameters": np.array([[np.nan, 1.0]])}, "finite numbers"),
        ({"times_h": np.array([2.0, 1.0])}, "in order, within 0 to 9 h"),
        ({"times_h": np.array([2.0, 10.0])}, "in order, within 0 to 9 h"),
        ({"schedule": Schedule(np.array([0.0, 9.0]), {"rate": np.ones((2, 1))})}, "1 segments of 1 people"),
    ],
)
def test_wrong_input_is_refused(change: dict[str, object], words: str) -> None:
    right: dict[str, object] = {
        "parameters": np.ones((1, 2)),
        "schedule": Schedule(np.array([0.0, 9.0])),
        "times_h": TIMES,
    }
    run: Callable[..., object] = compile(DECAY).run
    with pytest.raises(FieldError, match=words):
        run(**(right | change))


def test_names_are_checked() -> None:
    with pytest.raises(UnknownNameError, match="inputs"):
        compile(DECAY).run(np.ones((1, 2)), Schedule(np.array([0.0, 9.0]), {"rat": np.ones(1)}), TIMES)
    wrong = Equations(
        states=("x",), parameters=(), rates=lambda _x, _p, _u: {"y": 0.0}, outputs=lambda x, _p, _u: vars(x)
    )
    with pytest.raises(UnknownNameError, match="state"):
        compile(wrong)
    with pytest.raises(FieldError, match="at least two times"):
        Schedule(np.array([0.0, 0.0]))


@BOTH
def test_a_chain_too_long_for_one_matrix_is_solved_link_by_link(method: Method) -> None:
    names = tuple(f"x{i}" for i in range(40))
    chain = Equations(
        states=names,
        parameters=("K",),
        initial=lambda _p: {"x0": 1.0},
        rates=lambda x, p, _u: {
            name: p.K * ((getattr(x, names[i - 1]) if i else 0.0) - getattr(x, name)) for i, name in enumerate(names)
        },
        outputs=lambda x, _p, _u: {"last": x.x39},
    )
    k = np.array([3.0, 5.0])
    found = compile(chain).run(k[:, None], Schedule(np.array([0.0, 9.0])), TIMES, method=method).require()["last"]
    assert found == pytest.approx(gamma(40.0, scale=1.0 / k[:, None]).pdf(TIMES) / k[:, None], rel=1e-4, abs=1e-8)


def test_nobody_is_too_few_and_no_time_is_none() -> None:
    kernel, schedule = compile(DECAY), Schedule(np.array([0.0, 1.0]))
    assert kernel.run(np.ones((1, 2)), schedule, np.array([])).array().shape == (1, 0, 1)
    with pytest.raises(FieldError, match="people by 2"):
        kernel.run(np.ones((0, 2)), schedule, TIMES)
