"""What is given in ketamine's place or beside it: each treatment with its own course in time.

A treatment acts on an outcome in two ways. What its arm believes is the expectancy effect's, which takes the
treatment's conviction and its contacts. What it does beyond a placebo is here, as one effect named "treatment".
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from kinetamine.citation import Reference, collect
from kinetamine.engine.evidence import Evidence
from kinetamine.engine.maths import Number, exp, maximum
from kinetamine.engine.model import Effect, Estimate, Readout, Values, Variability
from kinetamine.errors import FieldError

HOURS_PER_DAY = 24.0
_SAME_DAYS = 0.5
"""Half a day more is no longer treatment: the last session has a length of its own."""
EXPECTANCY = ("CONVICTION", "CONVICTION_PTSD", "CONVICTION_CHRONIC_PAIN", "RISE", "FADE")
"""Parameters that a treatment hands to expectancy: how strongly its arm believes (1: as a ketamine arm), and, where
that is not as with sessions of ketamine, how fast its contacts persuade and how long that is kept."""


@dataclass(frozen=True, kw_only=True)
class Comparator:
    """One treatment other than ketamine, or its absence.

    Attributes:
        sessions: True where it is given at the regimen's sessions, in ketamine's place; False where it has a course
            of its own from time 0.
        course: parameters and hours since the course began to how much of its full effect is reached, 0 to 1.
        sizes: outcome to the parameter that says which fraction of what is left its full effect takes away, beyond
            a placebo; an outcome that is absent has no data.
        population: whom the numbers were found in.
        contacts_h: hours between its own contacts with care; None where the regimen's sessions are its contacts.
        days: for how long it was studied, from and to.
        evidence: what speaks for and against it.
    """

    name: str
    title: str
    references: tuple[Reference, ...]
    parameters: Mapping[str, Estimate]
    sessions: bool
    course: Callable[[Values, Number], Number]
    sizes: Mapping[str, str]
    population: str
    evidence: tuple[Evidence, ...]
    contacts_h: float | None = None
    days: tuple[float, float] = (0.0, 84.0)
    variability: Mapping[str, Variability] = field(default_factory=dict)
    notes: tuple[str, ...] = ()

    def typical(self) -> Values:
        """Typical values of all parameters."""
        return Values(**{name: estimate.value for name, estimate in self.parameters.items()})

    def reasons_outside(self, treated_h: float) -> tuple[str, ...]:
        """Why so long a treatment is longer than what was studied, in words; empty when it is not."""
        days, studied = treated_h / HOURS_PER_DAY, self.days[1]
        return (
            (f"{self.name} for {round(days, 1):g} days (studied: {studied:g})",) if days > studied + _SAME_DAYS else ()
        )


def at_once(_p: Values, time_h: Number) -> Number:
    """All of it from the first moment on."""
    return 1.0 + 0.0 * time_h


def rising(p: Values, time_h: Number) -> Number:
    """Fast at first, then ever slower: 1 - exp(-time / ONSET)."""
    return 1.0 - exp(-maximum(time_h, 0.0) / p.ONSET)


def in_two_parts(p: Values, time_h: Number) -> Number:
    """A SHARE with the time constant ONSET, the rest with ONSET_later."""
    since = maximum(time_h, 0.0)
    return p.SHARE * (1.0 - exp(-since / p.ONSET)) + (1.0 - p.SHARE) * (1.0 - exp(-since / p.ONSET_later))


def compose(comparator: Comparator | None, background: tuple[Comparator, ...], outcomes: tuple[str, ...]) -> Effect:
    """One effect, "treatment", of everything given beside ketamine or in its place.

    For each outcome it publishes which fraction of what is left the treatments take away together:

        benefit = 1 - product over treatments of (1 - size x course(time))

    Parameters carry the treatment's name in front, as SSRI_SIZE_DEPRESSION. Those of ``EXPECTANCY`` are not among them.

    Raises:
        FieldError: a treatment has no size for one of the outcomes, or is given twice.
    """
    given = (*(() if comparator is None else (comparator,)), *background)
    _refuse(given, outcomes)
    return Effect(
        name="treatment",
        title="Other treatment: " + (", ".join(one.title for one in given) or "none"),
        stage="mood",
        references=collect(given),
        parameters={_prefixed(one, name): one.parameters[name] for one in given for name in _acting(one)},
        drivers=("time_h",),
        readouts=tuple(_readout(given, outcome) for outcome in outcomes),
        variability={
            _prefixed(one, name): one.variability[name]
            for one in given
            for name in _acting(one)
            if name in one.variability
        },
        notes=tuple(dict.fromkeys(note for one in given for note in one.notes)),
    )


def _refuse(given: tuple[Comparator, ...], outcomes: tuple[str, ...]) -> None:
    names = [one.name for one in given]
    for name in names:
        if names.count(name) > 1:
            raise FieldError("treatment", name, "each treatment once")
    for one in given:
        for outcome in outcomes:
            if outcome not in one.sizes:
                known = ", ".join(sorted(one.sizes)) or "none"
                raise FieldError("outcome", outcome, f"an outcome that {one.name} has a size for: {known}")


def _acting(one: Comparator) -> Iterator[str]:
    """The parameters that act in time; the others act through expectancy."""
    return (name for name in one.parameters if name not in EXPECTANCY)


def _prefixed(one: Comparator, name: str) -> str:
    return f"{one.name.upper()}_{name}"


def _readout(given: tuple[Comparator, ...], outcome: str) -> Readout:
    def benefit(_x: Values, c: Values, p: Values) -> Number:
        left = 1.0 + 0.0 * c.time_h  # as many as there are times
        for one in given:
            own = Values(**{name: getattr(p, _prefixed(one, name)) for name in _acting(one)})
            left = left * (1.0 - getattr(own, one.sizes[outcome]) * one.course(own, c.time_h))
        return 1.0 - left

    return Readout(
        name=f"benefit_{outcome}",
        title=f"Benefit of the other treatment: {outcome.replace('_', ' ')}",
        unit="fraction",
        of=benefit,
        bounds=(0.0, 1.0),
    )
