"""What a library entry is: numbers with sources, equations as plain functions.

An entry is data, not a subclass: ``PKModel``, ``Route`` and ``Effect`` are frozen records whose
function fields hold the equations. Equations take ``Values`` (numbers read as attributes,
``p.CL``, ``a.central``) and use only arithmetic and ``engine.maths``.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import SimpleNamespace

from kinetamine.citation import Reference
from kinetamine.engine.events import Event, Form
from kinetamine.engine.maths import Number
from kinetamine.engine.person import Person


class Values(SimpleNamespace):
    """Named numbers, read as attributes."""


class Provenance(StrEnum):
    """How far a number can be trusted, by how it came to be known."""

    MEASURED = "measured"
    """Observed, and printed by the people who observed it."""
    FITTED = "fitted"
    """Estimated from data: the note says which."""
    DERIVED = "derived"
    """Computed from numbers that were read; the note says how."""
    ASSUMED = "assumed"
    """Chosen; the note says why."""
    UNVERIFIED = "unverified"
    """Recalled or second-hand; off by default, never a test target."""


@dataclass(frozen=True)
class Estimate:
    """One number with its unit and its source.

    Attributes:
        where: the table, figure or page of ``source`` it stands in, or the public file it was read in.
        note: what it was fitted to, how it was derived, or why it was assumed.
        interval: as published, usually 95 %.
    """

    value: float
    unit: str
    source: Reference
    where: str
    provenance: Provenance
    note: str = ""
    interval: tuple[float, float] | None = None


@dataclass(frozen=True)
class Variability:
    """How one parameter differs between people.

    Attributes:
        omega2: variance of the random effect; on the log scale unless ``scale`` is "logit".
    """

    omega2: Estimate
    scale: str = "log"

    @property
    def cv_percent(self) -> float:
        """The coefficient of variation that a log-normal of this variance has."""
        return 100.0 * math.sqrt(math.expm1(self.omega2.value))


def omega2_from_cv(cv_percent: float) -> float:
    """The log-scale variance of a log-normal with this coefficient of variation."""
    return math.log1p((cv_percent / 100.0) ** 2)


Range = tuple[float, float] | None
ADULT_Y = (18.0, 65.0)
ADOLESCENT_Y = 15.0


@dataclass(frozen=True, kw_only=True)
class Studied:
    """Whom and what the data behind a model cover."""

    population: str
    people: int | None = None
    age_y: tuple[float, float] | None = None
    weight_kg: tuple[float, float] | None = None
    forms: tuple[Form, ...] = ()
    routes: tuple[str, ...] = ()
    dose_mg: tuple[float, float] | None = None
    site: str = "not stated"

    def reasons_outside(self, person: Person, events: tuple[Event, ...]) -> tuple[str, ...]:
        """Each way in which the person or the doses lie outside, in words; empty when all is inside.

        Adults of 18 to 65 years are taken to be alike where any were studied, and a dose up to twice above or
        below what was given to be in proportion: ``remarks`` says so.
        """
        age, weight, dose = self.limits
        doses = [event for event in events if event.is_dose]
        reasons = [*_ranges(person, doses, age, weight, dose), *self.kinds_outside(events)]
        return tuple(dict.fromkeys(reason for reason in reasons if reason))

    @property
    def limits(self) -> tuple[Range, Range, Range]:
        """Of age, weight and dose in mg: what is refused lies beyond them."""
        age = self.age_y
        if age is not None and age[1] >= ADULT_Y[0] and age[0] >= ADOLESCENT_Y:
            age = (min(age[0], ADULT_Y[0]), max(age[1], ADULT_Y[1]))
        return age, self.weight_kg, self.dose_mg and (self.dose_mg[0] / 2.0, self.dose_mg[1] * 2.0)

    def kinds_outside(self, events: tuple[Event, ...]) -> tuple[str, ...]:
        """Molecules and routes that were not studied, whoever takes them."""
        doses = [event for event in events if event.is_dose]
        forms = {event.form for event in doses} - set(self.forms)
        routes = {event.route for event in doses if event.route} - set(self.routes)
        return (
            *([f"{_join(forms)} (studied: {_join(self.forms)})"] if self.forms and forms else ()),
            *([f"{_join(routes)} (studied: {_join(self.routes)})"] if self.routes and routes else ()),
        )

    def remarks(self, person: Person, events: tuple[Event, ...]) -> tuple[str, ...]:
        """Each way in which the person or the doses differ from those studied, yet not by so much as to refuse."""
        doses = [event for event in events if event.is_dose]
        strict = _ranges(person, doses, self.age_y, self.weight_kg, self.dose_mg)
        refused = self.reasons_outside(person, events)
        names = {reason.split()[0] for reason in refused}
        return tuple(dict.fromkeys(reason for reason in strict if reason and reason.split()[0] not in names))


def _ranges(person: Person, doses: list[Event], age_y: Range, weight_kg: Range, dose_mg: Range) -> tuple[str, ...]:
    return (
        _outside("age", person.age_y, age_y, "years"),
        _outside("weight", person.weight_kg, weight_kg, "kg"),
        *(_outside("dose", dose, dose_mg, "mg of base") for dose in _extremes(doses)),
    )


def _extremes(doses: list[Event]) -> tuple[float, ...]:
    amounts = [dose.amount_mg for dose in doses if dose.amount_mg > 0.0]
    return (min(amounts), max(amounts)) if amounts else ()


SAME = 1e-9
"""What is so little beyond a limit is on it."""


def _outside(what: str, given: float | None, studied: Range, unit: str) -> str:
    if given is None or studied is None or studied[0] - SAME <= given <= studied[1] + SAME:
        return ""
    return f"{what} {given:g} {unit} (studied: {studied[0]:g} to {studied[1]:g})"


def _join(names: object) -> str:
    return ", ".join(sorted(str(name) for name in names))  # type: ignore[attr-defined]


@dataclass(frozen=True, kw_only=True)
class Path:
    """One way that part of a dose takes into the body.

    Attributes:
        into: the compartment of the model it ends in.
        fraction: of the dose, as the amount that arrives.
        release_h: zero-order release into the depot over this long.
        lag_h: before anything happens.
        ka_per_h: first-order absorption out of the depot; None: straight in.
        first_pass: whether gut and liver take their share (interactions act here).
    """

    name: str
    into: str
    fraction: Number = 1.0
    release_h: float = 0.0
    lag_h: float = 0.0
    ka_per_h: Number = None
    first_pass: bool = False


@dataclass(frozen=True, kw_only=True)
class Administration:
    """What a route or a model's own absorption needs to know of one dose.

    Attributes:
        time_h: when this repetition of the event is given.
        device: which device of the session this is, from 1.
    """

    event: Event
    species: str
    time_h: float = 0.0
    device: int = 1


Warn = Callable[[Person, tuple[Event, ...]], tuple[str, ...]]
"""What a reader must know of this entry for this person and these doses, in sentences."""


def _nothing(_person: Person, _events: tuple[Event, ...]) -> tuple[str, ...]:
    return ()


Paths = Callable[[Values, Administration], tuple[Path, ...]]


@dataclass(frozen=True, kw_only=True)
class Output:
    """A concentration that a model predicts: analyte, where the blood is drawn, mg/L from amounts."""

    analyte: str
    site: str
    mg_per_l: Callable[[Values, Values], Number]

    @property
    def name(self) -> str:
        """For example ``ketamine_venous``."""
        return f"{self.analyte}_{self.site}"


@dataclass(frozen=True, kw_only=True)
class PKModel:
    """Where the drug goes, and its metabolites: linear kinetics of one published model.

    Attributes:
        species: which molecules it follows: ("S", "R") apart, ("S",), or ("racemate",).
        individual: typical values, person and species to that person's values; all scaling is visible here.
        rates: d(amount)/dt in mg/h from amounts in mg; one species.
        absorption: routes that the publication itself describes; other routes come from ``library.routes``.
        roles: which compartment takes absorbed parent drug ("parent"), drug swallowed and met by the liver
            first ("portal", where the model has one) and presystemic norketamine ("norketamine").
        clearance: the parameters that an interaction on elimination multiplies.
        takes_no_dose: compartments that hold a concentration, where no ketamine can be put; those named after
            norketamine take none either.
        well_stirred: whether ``clearance`` is intrinsic, so that first pass follows by itself.
        warn: cautions that depend on the person or the doses.
    """

    name: str
    title: str
    references: tuple[Reference, ...]
    studied: Studied
    species: tuple[str, ...]
    parameters: Mapping[str, Estimate]
    individual: Callable[[Values, Person, str], dict[str, Number]]
    compartments: tuple[str, ...]
    rates: Callable[[Values, Values], dict[str, Number]]
    outputs: tuple[Output, ...]
    roles: Mapping[str, str]
    clearance: tuple[str, ...]
    well_stirred: bool = False
    takes_no_dose: tuple[str, ...] = ()
    variability: Mapping[str, Variability] = field(default_factory=dict)
    covariance: Mapping[tuple[str, str], Estimate] = field(default_factory=dict)
    residual: Mapping[str, Estimate] = field(default_factory=dict)
    absorption: Mapping[str, Paths] = field(default_factory=dict)
    warn: Warn = _nothing
    notes: tuple[str, ...] = ()

    def typical(self) -> Values:
        """Typical values of all parameters."""
        return Values(**{name: estimate.value for name, estimate in self.parameters.items()})


@dataclass(frozen=True, kw_only=True)
class Route:
    """A way to give the drug, for models that do not describe it themselves.

    Attributes:
        paths: parameters of the route, the receiving model's roles and the dose to the ways it takes.
        forms: what was given by it in the studies behind the numbers; empty where it makes no difference.
        verified: what is known well, in one sentence; ``uncertain``: what is not.
    """

    name: str
    title: str
    references: tuple[Reference, ...]
    parameters: Mapping[str, Estimate]
    paths: Callable[[Values, Mapping[str, str], Administration], tuple[Path, ...]]
    synonyms: tuple[str, ...] = ()
    forms: tuple[Form, ...] = ()
    verified: str = ""
    uncertain: str = ""

    def typical(self) -> Values:
        """Typical values of all parameters."""
        return Values(**{name: estimate.value for name, estimate in self.parameters.items()})


@dataclass(frozen=True, kw_only=True)
class Readout:
    """One thing an effect predicts; ``of`` takes states, drivers and inputs, and parameters."""

    name: str
    title: str
    unit: str
    of: Callable[[Values, Values, Values], Number]
    bounds: tuple[float, float] = (-math.inf, math.inf)


@dataclass(frozen=True, kw_only=True)
class Effect:
    """Concentrations to something felt, measured or scored.

    Attributes:
        stage: where it stands in the chain: "receptor", "acute", "mechanism" or "mood".
        drivers: what it sees of the course: concentrations in ng/mL, arterial or brought to arterial
            (``s_ketamine``, ``r_ketamine``, ``s_norketamine`` ...); ``time_h``, hours since the course began;
            ``session``, 1 during a session of treatment and else 0.
        inputs: readouts of effects before it in the chain, by name.
        ke0: name of the parameter (1/h) of the first-order effect-site delay that all drivers pass; None: no delay.
        states: initial value by name, as a function of parameters and person.
        rates: d(state)/dt per hour from states, drivers and inputs, and parameters.
        individual: typical values and person to that person's values.
        residual: what a reading adds to the person's true value, by readout name (SD).
        warn: cautions that depend on the person or the doses.
    """

    name: str
    title: str
    stage: str
    references: tuple[Reference, ...]
    parameters: Mapping[str, Estimate]
    drivers: tuple[str, ...]
    readouts: tuple[Readout, ...]
    inputs: tuple[str, ...] = ()
    ke0: str | None = None
    states: Callable[[Values, Person], dict[str, Number]] = lambda _p, _person: {}
    rates: Callable[[Values, Values, Values], dict[str, Number]] = lambda _x, _c, _p: {}
    individual: Callable[[Values, Person], dict[str, Number]] = lambda p, _person: dict(vars(p))
    variability: Mapping[str, Variability] = field(default_factory=dict)
    covariance: Mapping[tuple[str, str], Estimate] = field(default_factory=dict)
    residual: Mapping[str, Estimate] = field(default_factory=dict)
    warn: Warn = _nothing
    notes: tuple[str, ...] = ()

    def typical(self) -> Values:
        """Typical values of all parameters."""
        return Values(**{name: estimate.value for name, estimate in self.parameters.items()})
