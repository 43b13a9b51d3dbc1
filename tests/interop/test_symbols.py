"""Expressions say what the numbers would have been."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinetamine.engine.maths import exp, hill, maximum, minimum
from kinetamine.errors import SolverError
from kinetamine.interop.symbols import Symbol, call, evaluate, infix, inside, noting, rewrite, wrap

X, Y = Symbol("x"), Symbol("y")
FORMULAS: tuple[Callable[[Any, Any], Any], ...] = (
    lambda x, y: x + 2.0 * y - x / y,
    lambda x, y: -((x - y) ** 2.0) / (1.0 + y),
    lambda x, y: exp(-x / y) * (1.0 - exp(-y)),
    lambda x, y: hill(x, y, 1.7) + hill(x - y, 0.5),
    lambda x, y: minimum(x, 0.4) + maximum(y, 1.1) - maximum(x - y, 0.0),
    lambda x, y: 3.0 - (x - (y - x)) / (y / (x + 1.0)),
    lambda x, y: sum([x, y, x * y]) * np.float64(0.3) + np.maximum(y, x),
)
POSITIVE = st.floats(0.01, 10.0)


@pytest.mark.parametrize("formula", FORMULAS)
@given(x=POSITIVE, y=POSITIVE)
def test_an_expression_has_the_value_of_its_formula(formula: Callable[[Any, Any], Any], x: float, y: float) -> None:
    assert evaluate(formula(X, Y), {"x": x, "y": y}) == pytest.approx(formula(x, y), rel=1e-12, abs=1e-12)


@pytest.mark.parametrize("formula", FORMULAS)
@given(x=POSITIVE, y=POSITIVE)
def test_what_is_printed_means_the_same(formula: Callable[[Any, Any], Any], x: float, y: float) -> None:
    text = infix(formula(X, Y)).replace("^", "**")
    meaning = {"exp": math.exp, "max": max, "min": min, "x": x, "y": y}
    assert eval(text, {"__builtins__": {}}, meaning) == pytest.approx(formula(x, y), rel=1e-12, abs=1e-12)  # noqa: S307


def test_equal_expressions_are_one_object() -> None:
    assert X * Y + 1.0 is X * Y + 1.0
    assert wrap(0.5) is wrap(np.float64(0.5))


def test_what_changes_nothing_is_left_out() -> None:
    assert X + 0.0 is X
    assert 1.0 * X**1.0 is X
    assert infix(0.0 * X) == "0"
    assert infix(minimum(X, 2.0)) == "min(x, 2)"


def test_a_part_can_be_replaced() -> None:
    assert infix(rewrite((X * Y + 1.0) / (X * Y), {X * Y: Symbol("z")})) == "(z + 1) / z"


def test_all_parts_are_found_once() -> None:
    assert len(inside([X * Y + X * Y])) == 4


def test_a_branch_on_a_constant_is_taken_and_noted() -> None:
    with noting() as said:
        ceiling = Symbol("CEILING", 3.0)
        assert min(ceiling, 2.0) == 2.0
    assert said == ["CEILING > 2 is true"]


def test_a_branch_on_what_changes_is_refused() -> None:
    with pytest.raises(SolverError, match="branch on x"):
        max(X, 0.0)


def test_a_symbol_without_a_value_is_no_number() -> None:
    with pytest.raises(SolverError, match="branch on y"):
        evaluate(call("plus", X, Y), {"x": 1.0})
