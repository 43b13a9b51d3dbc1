"""What each clause of a course said, what it takes from the one before, and when its doses are due."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from kinetamine.engine.dose import Dose, Salt, Unit
from kinetamine.engine.events import Form
from kinetamine.engine.schedule import DAY_H, MOST_DOSES, OnDays, Pattern, Schedule
from kinetamine.errors import FieldError

_ONCE = Schedule(pattern=OnDays((1,)))


@dataclass(frozen=True, kw_only=True)
class Clause:
    """What one clause said; None where it said nothing.

    Attributes:
        amounts: several for a taper, one step each.
        doses, span_h: how many, or for how long, the pattern goes on.
        words: as written, for messages.
    """

    amounts: tuple[float, ...] | None = None
    unit: str | None = None
    form: Form | None = None
    salt: Salt | None = None
    route: str | None = None
    duration_h: float | None = None
    pattern: Pattern | None = None
    doses: int | None = None
    span_h: float | None = None
    words: str = ""

    @property
    def is_rate(self) -> bool:
        """Whether the amount is per time."""
        return self.unit is not None and Unit.parse(self.unit).per_h is not None

    @property
    def schedule(self) -> Schedule | None:
        """When, if it says so.

        Raises:
            FieldError: it says how many but not how often, or both the days and how many.
        """
        counted = self.doses is not None or self.span_h is not None
        if self.pattern is None and (not counted or self.doses == 1):
            return _ONCE if counted else None
        if self.pattern is None:
            raise self.error("how often, such as daily, twice weekly or every 3 days")
        if isinstance(self.pattern, OnDays) and counted:
            raise self.error("either the days or a number of doses, not both")
        return Schedule(pattern=self.pattern, doses=self.doses, span_h=self.span_h)

    def error(self, expected: str) -> FieldError:
        """The error that quotes this clause."""
        return FieldError("regimen", self.words, expected)

    def dose(self, time_h: float) -> Dose:
        """The dose that a complete clause of one amount means."""
        return Dose(
            amount=(self.amounts or (0.0,))[0],
            unit=self.unit or "",
            route=self.route or "",
            form=self.form or Form.RACEMIC,
            salt=self.salt or "base",
            duration_h=self.duration_h or 0.0,
            time_h=time_h,
        )


def complete(clauses: Sequence[Clause]) -> list[Clause]:
    """Clauses of one amount each that take what they left out from the one before.

    A first clause without a route takes what it left out from the first that says it: in ``56 mg then 84 mg
    intranasal esketamine`` both are esketamine.

    Raises:
        FieldError: something a dose depends on was never said.
    """
    filled: list[Clause] = []
    named = _first_named(clauses)
    for clause in clauses:
        before = filled[-1] if filled else named if clause.route is None else Clause()
        if clause.form is None and before.form is None and named.form not in {None, Form.RACEMIC}:
            raise clause.error(f"ketamine, esketamine or arketamine, since {named.form} is named later")
        whole = _filled(clause, before)
        _require_all(whole)
        *steps, last = whole.amounts or ()
        filled += [replace(whole, amounts=(step,), pattern=None, doses=None, span_h=None) for step in steps]
        filled.append(replace(whole, amounts=(last,)))
    return filled


def _first_named(clauses: Sequence[Clause]) -> Clause:
    return Clause(
        form=next((clause.form for clause in clauses if clause.form), None),
        salt=next((clause.salt for clause in clauses if clause.salt), None),
        route=next((clause.route for clause in clauses if clause.route), None),
    )


def _filled(clause: Clause, before: Clause) -> Clause:
    if clause.amounts is None:
        clause = replace(clause, amounts=before.amounts, unit=before.unit)
    alike = clause.route in {None, before.route} and clause.is_rate == before.is_rate
    return replace(
        clause,
        form=clause.form or before.form,
        salt=clause.salt or before.salt,
        route=clause.route or before.route,
        duration_h=before.duration_h if clause.duration_h is None and alike else clause.duration_h,
    )


def _require_all(clause: Clause) -> None:
    if clause.amounts is None:
        raise clause.error("an amount such as 0.5 mg/kg")
    if clause.route is None:
        raise clause.error("a route such as iv, im, intranasal or oral")
    if clause.duration_h is None and clause.is_rate:
        raise clause.error("for how long, such as for 100 h")
    # Into a vein, at once or over 40 minutes is a difference that nobody may guess.
    if clause.duration_h is None and clause.route == "intravenous":
        raise clause.error("how fast, such as over 40 min or bolus")


@dataclass
class Course:
    """Doses placed so far, and steps that wait for a schedule; each step is given in one session."""

    doses: list[Dose] = field(default_factory=list)
    steps: list[list[Clause]] = field(default_factory=list)
    last_h: float | None = None
    free_h: float = 0.0

    def place(self, clauses: Iterable[Clause]) -> tuple[Dose, ...]:
        """The doses of complete clauses.

        Raises:
            FieldError: it is not clear when or how often; the error quotes the clause.
        """
        for clause in clauses:
            self._add(clause)
            schedule = clause.schedule
            if schedule is not None:
                self._give(schedule)
        if self.steps:
            self._give_unscheduled()
        return tuple(self.doses)

    def _add(self, clause: Clause) -> None:
        before = self.steps[-1][-1] if self.steps else None
        if before is not None and _follows_at_once(before, clause):
            self.steps[-1].append(clause)
            return
        if before is not None and (before.route, before.is_rate) != (clause.route, clause.is_rate):
            self._give_unscheduled()  # another kind of treatment, not the next step of this one
        self.steps.append([clause])

    def _give_unscheduled(self) -> None:
        if self.last_h is not None or len(self.steps) > 1:
            raise self.steps[-1][0].error("when, such as weekly x 4 or day 8")
        self._give(_ONCE)

    def _give(self, schedule: Schedule) -> None:
        times = schedule.times(self.last_h, self.free_h, at_least=len(self.steps))
        self._check(schedule, times)
        for turn, time_h in enumerate(times):
            self.free_h = time_h
            for clause in self.steps[min(turn, len(self.steps) - 1)]:
                self.doses.append(clause.dose(self.free_h))
                self.free_h = self.doses[-1].end_h
        self.last_h, self.steps = times[-1], []

    def _check(self, schedule: Schedule, times: tuple[float, ...]) -> None:
        clause = self.steps[-1][-1]
        if not schedule.ends and len(self.steps) == 1:
            raise clause.error("how many, such as x 6 or for 3 weeks")
        if len(times) < len(self.steps):
            raise clause.error(f"at least {len(self.steps)} doses, one for each step")
        if len(times) > MOST_DOSES:
            raise clause.error(f"at most {MOST_DOSES} doses")
        if self.last_h is not None and times[0] < self.last_h:
            raise clause.error(f"a day from day {int(self.last_h // DAY_H) + 1} on, after the doses before it")


def _follows_at_once(before: Clause, clause: Clause) -> bool:
    """A rate takes over from anything; an infusion follows its loading bolus."""
    loaded = before.route == "intravenous" and before.duration_h == 0.0 and bool(clause.duration_h)
    return clause.route == before.route and (clause.is_rate or loaded)
