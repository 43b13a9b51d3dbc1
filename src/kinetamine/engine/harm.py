"""Harms: how often something unwanted happens, from what a trial counted over its course to one session.

People differ and rates fall. A person with proneness ``a`` (mean 1, gamma distributed with variance v, the frailty)
meets session k with hazard ``a h d**(k - 1)``, d being DECLINE, so over sessions m to n

    P(at least once) = 1 - (1 + v h S)**(-1 / v),   S = d**(m-1) + ... + d**(n-1)

in closed form: the share of people seen with it at least once, whatever happened before. Without frailty it would be
1 - exp(-h S), and eight sessions would then mark far more people than trials found; without decline late sessions would
be as bad as the first. The trial's percentage over its N sessions gives h; its first week beside it gives v. Where no
first week was counted, v follows from CORRELATION, how far the first session tells the second (phi of the two): a
correlation can be carried from one event to another that is commoner or rarer, a variance of hazards cannot.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from scipy.optimize import brentq

from kinetamine.citation import Reference
from kinetamine.engine.events import Form
from kinetamine.engine.maths import Z95
from kinetamine.engine.model import Estimate, Provenance
from kinetamine.engine.person import Person
from kinetamine.engine.visit import Visit
from kinetamine.errors import FieldError

ROUNDING = 0.1
"""Doses and lengths are rounded in practice: so far outside a studied range still counts as inside."""
_NONE = 1e-9
"""A frailty below this is none: people are alike."""
_LEAST, _MOST = 1e-6, 600.0
"""A frailty is looked for from hardly any up to where exp(frailty x cumulative hazard) can still be written down."""


@dataclass(frozen=True)
class Probability:
    """A probability, or a difference of two, with its 95 % interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Law:
    """Frailty and decline: the hazard of a mean person in session 1, the variance of proneness, the ratio d."""

    hazard: float
    frailty: float
    decline: float

    def between(self, first: int, last: int) -> float:
        """Share of people with the event at least once in sessions ``first`` to ``last``."""
        return _met(self.hazard * _exposure(self.decline, first, last), self.frailty)

    def in_session(self, session: int) -> float:
        """Share of people with the event in one session."""
        return self.between(session, session)

    def by(self, sessions: int) -> float:
        """Share of people with the event at least once in the first so many sessions."""
        return self.between(1, sessions)

    def correlation(self) -> float:
        """Phi of having the event in session 1 and in session 2."""
        first, second = self.in_session(1), self.in_session(2)
        both = first + second - self.by(2)
        return (both - first * second) / math.sqrt(first * (1.0 - first) * second * (1.0 - second))


def law_through(share: float, sessions: int, frailty: float, decline: float) -> Law:
    """The law under which this share of people has the event at least once in so many sessions."""
    if not 0.0 <= share < 1.0:
        raise FieldError("share", share, "from 0 to below 1")
    needed = math.expm1(-frailty * math.log1p(-share)) / frailty if frailty > _NONE else -math.log1p(-share)
    return Law(needed / _exposure(decline, 1, sessions), frailty, decline)


def frailty_through(first: float, total: float, sessions: tuple[int, int], decline: float) -> float:
    """The frailty with which both the share after the first few sessions and the share after all come out.

    Raises:
        FieldError: no frailty can: the first share is too small for what follows, or not below the whole.
    """
    early, late = sessions

    def missed(frailty: float) -> float:
        return law_through(total, late, frailty, decline).by(early) - first

    low, high = _bounds(total)
    if not missed(low) <= 0.0 <= missed(high):
        least, most = 100.0 * (missed(low) + first), 100.0 * (missed(high) + first)
        expected = f"{least:.1f} to {most:.1f} % beside {100.0 * total:.1f} % in all, or the two count different things"
        raise FieldError("first_week", 100.0 * first, expected)
    return _root(missed, low, high)


def frailty_correlated(correlation: float, total: float, sessions: int, decline: float) -> float:
    """The frailty with which the first two sessions correlate so, beside the share after all sessions."""
    if total == 0.0:
        return 0.0

    def missed(frailty: float) -> float:
        return law_through(total, sessions, frailty, decline).correlation() - correlation

    low, high = _bounds(total)
    if not missed(low) <= 0.0 <= missed(high):
        raise FieldError(
            "correlation", correlation, f"{missed(low) + correlation:.2f} to {missed(high) + correlation:.2f}"
        )
    return _root(missed, low, high)


def wilson(share: float, people: int) -> tuple[float, float]:
    """The Wilson 95 % interval of a share of so many people."""
    shrunk = 1.0 + Z95**2 / people
    middle = (share + Z95**2 / (2.0 * people)) / shrunk
    half = Z95 / shrunk * math.sqrt(share * (1.0 - share) / people + Z95**2 / (4.0 * people**2))
    return max(0.0, middle - half), min(1.0, middle + half)


@dataclass(frozen=True)
class AdverseEvent:
    """One kind of event in one table.

    Attributes:
        drug: % of people with at least one over the trial's sessions; an interval of its own stands in for the
            binomial one.
        control: the same in the control arm; None where none was read, or where it is no background.
        first_week: the same in the first week, where the same thing was counted.
        scale_measured: found by a scale or a cuff at fixed times, not reported.
        declines: whether it grows rarer with the sessions; blood pressure does not.
        correlation: between sessions 1 and 2, where neither the first week nor the table's CORRELATION is to give it.
        people, control_people: where they differ from the table's.
    """

    name: str
    title: str
    drug: Estimate
    control: Estimate | None = None
    first_week: Estimate | None = None
    scale_measured: bool = False
    declines: bool = True
    correlation: Estimate | None = None
    people: int | None = None
    control_people: int | None = None

    @property
    def estimates(self) -> tuple[Estimate, ...]:
        """Every number in it."""
        held = (self.drug, self.control, self.first_week, self.correlation)
        return tuple(estimate for estimate in held if estimate is not None)


@dataclass(frozen=True)
class Counts:
    """Where counts stand: a table, how many people each arm had, and whether several trials were summed for it."""

    source: Reference
    where: str
    people: int
    control_people: int | None = None
    summed: bool = False

    def event(
        self,
        name: str,
        title: str,
        drug: int,
        control: int | None = None,
        *,
        first_week: Estimate | None = None,
        correlation: Estimate | None = None,
        scale_measured: bool = False,
        declines: bool = True,
    ) -> AdverseEvent:
        """One row, as people counted in both arms."""
        controlled = None
        if control is not None and self.control_people is not None:
            controlled = self._percent(control, self.control_people)
        return AdverseEvent(
            name=name,
            title=title,
            drug=self._percent(drug, self.people),
            control=controlled,
            first_week=first_week,
            scale_measured=scale_measured,
            declines=declines,
            correlation=correlation,
            people=self.people,
            control_people=self.control_people,
        )

    def _percent(self, count: int, people: int) -> Estimate:
        provenance = Provenance.DERIVED if self.summed else Provenance.MEASURED
        return Estimate(100.0 * count / people, "%", self.source, self.where, provenance, f"{count} of {people} people")


@dataclass(frozen=True, kw_only=True)
class Harm:
    """A table of adverse events for one product, and for whom it holds.

    Attributes:
        parameters: DECLINE and CORRELATION.
        forms, routes: of every dose; a session that holds another is not covered.
        dose_mg, dose_mg_per_kg: of one session, base, of the form given.
        length_h: how long a session's drug ran; None for a bolus or a spray.
        age_y: from the first age to below the second.
        sessions, days: over which the events were counted.
        people, control_people, control_arm: who, and beside what.
    """

    name: str
    title: str
    references: tuple[Reference, ...]
    parameters: Mapping[str, Estimate]
    forms: tuple[Form, ...]
    routes: tuple[str, ...]
    population: str
    age_y: tuple[float, float]
    sessions: int
    days: float
    people: int
    control_people: int
    control_arm: str
    events: tuple[AdverseEvent, ...]
    dose_mg: tuple[float, float] | None = None
    dose_mg_per_kg: tuple[float, float] | None = None
    length_h: tuple[float, float] | None = None
    first_week_sessions: int = 2
    notes: tuple[str, ...] = field(default=())

    def __post_init__(self) -> None:
        """Refuse a table that its own law cannot hold."""
        names = [event.name for event in self.events]
        if len(set(names)) != len(names):
            raise FieldError("events", sorted(names), "each name once")
        for event in self.events:
            self.risk(event.name)

    @property
    def product(self) -> str:
        """What the table is about, in words."""
        per_kg, mg = self.dose_mg_per_kg, self.dose_mg
        dose = f"{_range(*mg)} mg" if mg else f"{_range(*per_kg)} mg/kg" if per_kg else "any dose"
        return f"{' or '.join(self.forms)}, {' or '.join(self.routes)}, {dose} a session"

    def event(self, name: str) -> AdverseEvent:
        """The event of that name.

        Raises:
            FieldError: the table does not hold it.
        """
        for event in self.events:
            if event.name == name:
                return event
        raise FieldError("event", name, "one of " + ", ".join(event.name for event in self.events))

    def risk(self, name: str) -> Risk:
        """The laws of one event, under drug and in the control arm."""
        event = self.event(name)
        decline = self.parameters["DECLINE"].value if event.declines else 1.0
        frailty = self._frailty(event, decline)

        def laws(estimate: Estimate, people: int) -> Laws:
            share = estimate.value / 100.0
            low, high = estimate.interval or tuple(100.0 * bound for bound in wilson(share, people))
            typical, least, most = (
                law_through(one, self.sessions, frailty, decline) for one in (share, low / 100.0, high / 100.0)
            )
            return Laws(typical, least, most)

        control = event.control and laws(event.control, event.control_people or self.control_people)
        return Risk(event, laws(event.drug, event.people or self.people), control or None)

    def _frailty(self, event: AdverseEvent, decline: float) -> float:
        if event.first_week is not None:
            shares = event.first_week.value / 100.0, event.drug.value / 100.0
            return frailty_through(*shares, (self.first_week_sessions, self.sessions), decline)
        correlation = event.correlation or self.parameters["CORRELATION"]
        return frailty_correlated(correlation.value, event.drug.value / 100.0, self.sessions, decline)

    def reasons_outside(self, given: Iterable[Visit], person: Person) -> tuple[str, ...]:
        """Each way in which the person or the sessions lie outside the table, in words; none when all is inside."""
        visits_given = tuple(given)
        doses = [dose for visit in visits_given for dose in visit.doses]
        forms, routes = {dose.form for dose in doses}, {dose.route for dose in doses}
        low, high = self.age_y
        until = f" to below {high:g}" if math.isfinite(high) else " or more"
        reasons = [
            _other("form", forms - set(self.forms), self.forms),
            _other("route", routes - set(self.routes), self.routes),
            "" if low <= person.age_y < high else f"age {person.age_y:g} (counted: {low:g}{until} years)",
        ]
        if self.sessions == 1 < len(visits_given):
            reasons.append(f"{len(visits_given)} sessions (counted: one)")
        amounts = [visit.amount_mg for visit in visits_given]
        reasons.append(_outside("mg a session", amounts, self.dose_mg))
        if self.dose_mg_per_kg is not None:
            if person.weight_kg is None:
                reasons.append("a body weight is needed, as its doses are per kg")
            else:
                per_kg = [amount / person.weight_kg for amount in amounts]
                reasons.append(_outside("mg/kg a session", per_kg, self.dose_mg_per_kg))
        reasons.append(_outside("h of infusion", [visit.length_h for visit in visits_given], self.length_h))
        return tuple(reason for reason in reasons if reason)


@dataclass(frozen=True)
class Laws:
    """One law and the two at the ends of the trial's binomial interval; frailty and decline are held."""

    typical: Law
    low: Law
    high: Law

    def between(self, first: int, last: int) -> Probability:
        """Share of people with the event at least once in sessions ``first`` to ``last``."""
        return Probability(*(law.between(first, last) for law in (self.typical, self.low, self.high)))


@dataclass(frozen=True)
class Risk:
    """How often one event is to be expected, under drug and in the control arm."""

    event: AdverseEvent
    drug: Laws
    control: Laws | None

    def in_session(self, session: int) -> Probability:
        """Share of people with the event in one session."""
        return self.at_least_once(session, session)

    def at_least_once(self, first: int, last: int) -> Probability:
        """Share of people with the event at least once in sessions ``first`` to ``last``."""
        return self.drug.between(first, last)

    def background(self, first: int, last: int) -> Probability | None:
        """The same in the control arm, which is taken to run the same course; None where there is none."""
        return None if self.control is None else self.control.between(first, last)

    def excess(self, first: int, last: int) -> Probability | None:
        """Drug less control, with Newcombe's interval; None where there is no control."""
        drug, control = self.at_least_once(first, last), self.background(first, last)
        if control is None:
            return None
        difference = drug.value - control.value
        below = math.hypot(drug.value - drug.low, control.high - control.value)
        above = math.hypot(drug.high - drug.value, control.value - control.low)
        return Probability(difference, difference - below, difference + above)


def _met(cumulative: float, frailty: float) -> float:
    """Share of people with the event at a cumulative hazard: 1 less the Laplace transform of the gamma distribution."""
    if frailty <= _NONE:
        return -math.expm1(-cumulative)
    return -math.expm1(-math.log1p(frailty * cumulative) / frailty)


def _bounds(total: float) -> tuple[float, float]:
    return _LEAST, _MOST / -math.log1p(-total)


def _root(missed: Callable[[float], float], low: float, high: float) -> float:
    """Where a function of the frailty crosses zero, looked for on the log scale."""
    return math.exp(float(brentq(lambda log: missed(math.exp(log)), math.log(low), math.log(high), xtol=1e-13)))


def _exposure(decline: float, first: int, last: int) -> float:
    """Sum of decline**(k - 1) over sessions k."""
    if first < 1:
        raise FieldError("session", first, "1 or more")
    count = max(last - first + 1, 0)
    return float(count) if decline == 1.0 else decline ** (first - 1) * (1.0 - decline**count) / (1.0 - decline)


def _range(low: float, high: float) -> str:
    return f"{low:g}" if low == high else f"{low:g} to {high:g}"


def _other(kind: str, strange: Iterable[str], known: Iterable[str]) -> str:
    found = sorted(one or "none" for one in strange)
    return f"{kind} {', '.join(found)} (counted: {', '.join(known)})" if found else ""


def _outside(unit: str, found: Iterable[float], studied: tuple[float, float] | None) -> str:
    if studied is None:
        return ""
    low, high = studied
    strange = [one for one in found if not low * (1.0 - ROUNDING) <= one <= high * (1.0 + ROUNDING)]
    return f"{_range(min(strange), max(strange))} {unit} (counted: {_range(low, high)})" if strange else ""
