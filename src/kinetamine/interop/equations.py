"""A course as equations: every constant, state, rule and change in time, by name, ready for any language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from kinetamine.course import Course
from kinetamine.engine.model import Effect, Estimate, PKModel, Route
from kinetamine.engine.problem import Problem
from kinetamine.errors import FieldError
from kinetamine.interop.constants import MOLAR
from kinetamine.interop.symbols import Call, Expression, Symbol, inside, noting, rewrite, wrap
from kinetamine.interop.timeline import Change
from kinetamine.interop.unit import HOUR, NONE, Inference, Unit, unit_of


class Role(StrEnum):
    """What a quantity is in the equations."""

    CONSTANT = "constant"
    """A number of the library."""
    PERSONAL = "personal"
    """A value of this person that follows from constants and covariates."""
    STATE = "state"
    RULE = "rule"
    """Holds at all times."""
    INPUT = "input"
    """Changes at certain times only."""


@dataclass(kw_only=True)
class Quantity:
    """One thing that has a value.

    Attributes:
        formula: of a rule, or of the value at the start.
        rate: of a state, per hour.
        unit: None until the equations have told it; ``unit_words`` as the library has it.
        estimate: where a constant comes from; ``entry``: of the library, which it belongs to.
        is_output: whether a simulation shows it, under this name.
    """

    name: str
    role: Role
    title: str
    formula: Expression
    unit: Unit | None = None
    unit_words: str = ""
    rate: Expression | None = None
    estimate: Estimate | None = None
    entry: str = ""
    is_amount: bool = False
    is_output: bool = False
    symbol: Symbol = field(init=False)

    def __post_init__(self) -> None:
        """Make the symbol that equations hold in its place."""
        known = self.formula.value if self.role in {Role.CONSTANT, Role.PERSONAL} else None
        self.symbol = Symbol(self.name, known)


@dataclass(frozen=True, kw_only=True)
class Equations:
    """A whole course.

    Attributes:
        remarks: what a reader must know of how the equations were written down.
    """

    course: Course
    problem: Problem
    quantities: Mapping[str, Quantity]
    changes: tuple[Change, ...]
    remarks: tuple[str, ...]

    @property
    def outputs(self) -> tuple[str, ...]:
        """Names that a simulation of the course has too."""
        return tuple(one.name for one in self.quantities.values() if one.is_output)

    @property
    def entries(self) -> tuple[PKModel | Route | Effect, ...]:
        """Everything of the library that has numbers in it."""
        return (self.problem.model, *self.problem.routes.values(), *self.problem.effects)

    @property
    def inference(self) -> Inference:
        """What knows the unit of every expression."""
        return _inference(self.quantities)


def write_down(course: Course) -> Equations:
    """The equations of a course for its typical person.

    Raises:
        InputError: the course is not possible, or begins in a steady state, or has covariates that change.
        SolverError: an equation branches on what changes in time.
    """
    from kinetamine.interop.scribe import Scribe  # noqa: PLC0415 - it makes quantities

    problem = replace(course.problem(), people=0)
    _require_plain(problem)
    with noting() as decided:
        scribe = Scribe(problem)
        scribe.write()
    changes = scribe.timeline.later()
    _shared(scribe.quantities)
    quantities = _used(_with_masses(scribe.quantities), changes)
    _measure(quantities)
    remarks = tuple(f"For this person and these numbers: {sentence}." for sentence in decided)
    return Equations(course=course, problem=problem, quantities=quantities, changes=changes, remarks=remarks)


def _require_plain(problem: Problem) -> None:
    if problem.person_changes:
        time_h = problem.person_changes[0][0]
        raise FieldError("covariates", f"a change at {time_h:g} h", "covariates that stay as they are in an export")
    if any(event.steady_state for event in problem.events):
        raise FieldError("SS", 1, "0 in an export: write the earlier doses out with II and ADDL")


def _shared(quantities: dict[str, Quantity]) -> None:
    """Where the formula of a rule stands inside another equation, the rule's name takes its place."""
    rules = [one for one in quantities.values() if one.role is Role.RULE and isinstance(one.formula, Call)]
    said: dict[Expression, Expression] = {one.formula: one.symbol for one in reversed(rules)}
    for one in rules:
        own = said[one.formula] is one.symbol
        others = {formula: symbol for formula, symbol in said.items() if not (own and formula is one.formula)}
        one.formula = rewrite(one.formula, others)
    for one in quantities.values():
        if one.rate is not None:
            one.rate = rewrite(one.rate, said)


def _used(quantities: dict[str, Quantity], changes: tuple[Change, ...]) -> dict[str, Quantity]:
    """All but those of the person's values that no equation needs; rules last, each after those it needs."""
    needed = [one.formula for one in quantities.values() if one.role is not Role.PERSONAL]
    needed += [one.rate for one in quantities.values() if one.rate is not None]
    needed += [value for change in changes for value in change.values.values()]
    found = inside(needed)
    kept = {name: one for name, one in quantities.items() if one.role is not Role.PERSONAL or one.symbol in found}
    rules = {name: kept.pop(name) for name, one in quantities.items() if one.role is Role.RULE}
    while rules:
        ready = [name for name, one in rules.items() if not _names(one.formula) & set(rules)]
        kept |= {name: rules.pop(name) for name in ready}
    return kept


def _names(given: Expression) -> set[str]:
    return {one.name for one in inside([given]) if isinstance(one, Symbol)}


def _inference(quantities: Mapping[str, Quantity]) -> Inference:
    return Inference({"time": HOUR} | {one.name: one.unit for one in quantities.values() if one.unit is not None})


def _with_masses(quantities: dict[str, Quantity]) -> dict[str, Quantity]:
    """Molar masses by name, where they stand in the equations."""
    made = [
        Quantity(name=one.name, role=Role.CONSTANT, title=one.title, formula=wrap(value), unit=unit_of(one.unit))
        for value, one in MOLAR.items()
    ]
    symbols: dict[Expression, Expression] = {one.formula: one.symbol for one in made}
    for one in quantities.values():
        if one.role is not Role.CONSTANT:
            one.formula = rewrite(one.formula, symbols)
        if one.rate is not None:
            one.rate = rewrite(one.rate, symbols)
    found = inside(one.formula for one in quantities.values())
    return {one.name: one for one in made if one.symbol in found} | quantities


def _measure(quantities: Mapping[str, Quantity]) -> None:
    """Give a unit to what has none yet: some states are told by others, and the rest are pure numbers."""
    for settle in (False, True):
        for one in quantities.values():
            if one.unit is None:
                found = _inference(quantities).of(one.formula if one.rate is None else one.rate)
                if isinstance(found, Unit):
                    one.unit = found if one.rate is None else found.times(HOUR)
                elif settle:
                    one.unit = NONE
