"""A course of treatment: a person, a regimen and a choice of models; from names and words to a trajectory."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from kinetamine import catalogue
from kinetamine.engine.comparator import HOURS_PER_DAY, Comparator
from kinetamine.engine.events import Event, Form, administrations
from kinetamine.engine.interaction import Interaction, modulation
from kinetamine.engine.model import ADULT_Y, Effect, PKModel, Provenance, Route, Studied
from kinetamine.engine.override import with_values
from kinetamine.engine.person import Person
from kinetamine.engine.problem import Modulation, Problem
from kinetamine.engine.regimen import Regimen
from kinetamine.engine.system import Arm
from kinetamine.engine.trajectory import Trajectory
from kinetamine.errors import FieldError, InputError, OutsideStudiedRangeError, UnknownNameError, nearest
from kinetamine.treatment import DEFAULT_MECHANISM, Shares, chain_of_effects, idle_switches, shares_of

if TYPE_CHECKING:
    from kinetamine.engine.solve import Follow

FEWEST_PEOPLE = 20
"""Virtual people from which a band can be drawn."""
_LONGEST_FOLLOW_UP_D = 366
MOST_DAYS = 2 * 366
"""How long a course can be watched: tested over two years of weekly doses."""
FALLBACK_MODEL = "kamp_2020"
REFERENCE, FAST = ENGINES = ("reference", "fast")
_ANY_WEIGHT_KG = 70.0
"""Where no ketamine is given nothing depends on it, which models of kinetics ask for all the same."""
# Which model answers when none is named: the one whose data hold that drug by that route.
DEFAULT_MODELS: Mapping[tuple[Form, str], str] = {
    (Form.ESKETAMINE, "intranasal"): "perez_ruixo_2021",
    (Form.ESKETAMINE, "oral"): "perez_ruixo_2021",
    (Form.ESKETAMINE, "sublingual"): "simons_2022",
    (Form.ESKETAMINE, "film"): "simons_2022",
}
DEFAULT_EFFECTS = (
    "nmda_occupancy",
    "dissociation",
    "psychotomimetic",
    "sedation",
    "blood_pressure",
    "respiration",
    "analgesia",
)
DEFAULT_OUTCOMES = ("depression", "relapse")
_MADE = ("mechanism", "treatment", "expectancy", "nmda_occupancy")
"""Effects that a course makes or adds by itself; their numbers can be set too."""
CYP2B6_ENTRIES: Mapping[str, tuple[str, ...]] = {
    "*1/*1": (),
    "*1/*6": ("cyp2b6_intermediate",),
    "*6/*6": ("cyp2b6_poor",),
}


@dataclass(frozen=True, kw_only=True)
class Course:
    """Everything that defines one simulated course.

    Attributes:
        regimen: the doses in the clinic's words or as objects; or else
        events: the doses as event records (from a NONMEM table).
        model: name of a PK model; None: the default for the drug and route.
        effects, outcomes: names of what to predict.
        mechanism: how block becomes relief: a name, or names with shares that sum to 1.
        comparator: name of a treatment given in ketamine's place, at the regimen's sessions or on a course of its own.
        background: names of treatments given beside it.
        follow_up_days: how long to go on after the last dose.
        people: virtual people for the bands; 0 draws none.
        outside: go on outside the studied range, and stamp the result.
        engine: ``reference``; or ``fast``, the population engine for what is not linear: within 2e-4 of the peak.
        parameters: values that replace the library's, as pairs of name and number; ``CL`` of the PK model,
            ``depression.EFFICACY`` of another entry.
    """

    person: Person
    regimen: Regimen | None = None
    events: tuple[Event, ...] = ()
    title: str = "A course of ketamine"
    model: str | None = None
    effects: tuple[str, ...] = DEFAULT_EFFECTS
    outcomes: tuple[str, ...] = DEFAULT_OUTCOMES
    mechanism: Shares = DEFAULT_MECHANISM
    comparator: str | None = None
    background: tuple[str, ...] = ()
    follow_up_days: float = 28.0
    times_h: tuple[float, ...] | None = None
    people: int = 100
    seed: int = 20260101
    outside: bool = False
    engine: str = REFERENCE
    parameters: tuple[tuple[str, float], ...] = ()
    person_changes: tuple[tuple[float, Person], ...] = ()

    def __post_init__(self) -> None:
        """Refuse a course without doses, or with numbers that mean nothing; read a regimen given in words."""
        words = cast("object", self.regimen)
        if isinstance(words, str):
            object.__setattr__(self, "regimen", parse_regimen(words))
        object.__setattr__(self, "mechanism", shares_of(self.mechanism))
        self._require_treatment()
        if not 0.0 <= self.follow_up_days <= _LONGEST_FOLLOW_UP_D:
            raise FieldError("follow_up_days", self.follow_up_days, f"0 to {_LONGEST_FOLLOW_UP_D} days")
        _require_whole("people", self.people, most=1000)
        _require_whole("seed", self.seed, most=2**63 - 1)
        if 0 < self.people < FEWEST_PEOPLE:
            raise FieldError("people", self.people, f"0, or {FEWEST_PEOPLE} to 1000: fewer make no band")
        if self.engine not in ENGINES:
            raise UnknownNameError("engine", self.engine, ENGINES)
        twice = [name for name, count in Counter(name for name, _ in self.parameters).items() if count > 1]
        if twice:
            raise FieldError(f"parameter {twice[0]}", "more than one value", "one")
        if self.times_h and self.times_h[-1] > HOURS_PER_DAY * MOST_DAYS:
            raise FieldError("times_h", f"{self.times_h[-1]:g} h", f"at most {MOST_DAYS} days")
        for name in ("effects", "outcomes", "background"):
            given = getattr(self, name)
            if not isinstance(given, tuple) or not all(isinstance(one, str) for one in given):
                raise FieldError(name, given, "a list of names")
            if len(set(given)) < len(given):
                raise FieldError(name, given, "each name once")

    def _require_treatment(self) -> None:
        """Either doses or a treatment with a course of its own; a session needs a regimen to stand in."""
        if self.regimen is not None and self.events:
            raise FieldError("regimen", None, "doses: either a regimen or an event table, not both")
        if self.regimen is not None or self.events:
            return
        if self.comparator is None:
            raise FieldError("regimen", None, "doses: either a regimen or an event table, or else a comparator")
        if catalogue.load("comparators", self.comparator).sessions:
            expected = f"the sessions that {self.comparator} is given at, such as those of ketamine"
            raise FieldError("regimen", None, expected)

    @cached_property
    def replaced(self) -> Comparator | None:
        """What is given in ketamine's place."""
        return None if self.comparator is None else catalogue.load("comparators", self.comparator)

    @cached_property
    def beside(self) -> tuple[Comparator, ...]:
        """What is given beside it.

        Raises:
            FieldError: it takes the place of a session, and cannot be given beside one.
        """
        found = tuple(catalogue.load("comparators", name) for name in self.background)
        for one in found:
            if one.sessions:
                raise FieldError("background", one.name, "a treatment with a course of its own, as oral_antidepressant")
        return found

    @cached_property
    def scheduled(self) -> tuple[Event, ...]:
        """The dose records of the regimen, amounts resolved for this person."""
        return self.regimen.events(self.person) if self.regimen is not None else self.events

    @property
    def doses(self) -> tuple[Event, ...]:
        """What of ketamine is really given: nothing where a comparator takes its place."""
        return self.scheduled if self.comparator is None else ()

    @property
    def contacts(self) -> tuple[tuple[float, float], ...] | None:
        """Begin and end of the sessions, where they are not simply the doses."""
        if self.replaced is None:
            return None
        every = self.replaced.contacts_h
        if every is None:
            return administrations(self.scheduled)
        return tuple((every * count, every * count) for count in range(int(self._horizon_h() / every) + 1))

    @cached_property
    def pk_model(self) -> PKModel:
        """The PK model that answers."""
        return with_values(_plain_model(self), self._values().get("", {}))

    @cached_property
    def routes(self) -> dict[str, Route]:
        """Library routes for those doses whose route the model does not describe itself."""
        names = {event.route for event in self.doses if event.is_dose and event.route}
        missing = sorted(names - set(self.pk_model.absorption))
        return {name: with_values(catalogue.load("routes", name), self._values().get(name, {})) for name in missing}

    @cached_property
    def chosen(self) -> tuple[Effect, ...]:
        """The effects and outcomes, with those that they need, in the order of the chain."""
        return chain_of_effects(self.effects, self.outcomes, self.mechanism, self.replaced, self.beside, self._values())

    @cached_property
    def interactions(self) -> tuple[Interaction, ...]:
        """What acts on the kinetics: drugs named as comedication, and what genotype and liver imply if it is on."""
        named = tuple(catalogue.load("interactions", name) for name in self.person.comedication)
        return named + tuple(one for one in self.implied if one.default_on and one not in named)

    @cached_property
    def implied(self) -> tuple[Interaction, ...]:
        """Entries for the person's genotype and liver, whether they act or not."""
        return tuple(catalogue.load("interactions", name) for name in _implied_names(self.person))

    def problem(self) -> Problem:
        """The explicit problem for the engine.

        Raises:
            OutsideStudiedRangeError: and ``outside`` is not set.
        """
        reasons = self.outside_reasons()
        if reasons and not self.outside:
            raise OutsideStudiedRangeError(reasons)
        person = self.person
        if not self.doses and person.weight_kg is None:
            person = replace(person, weight_kg=_ANY_WEIGHT_KG)
        return Problem(
            model=self.pk_model,
            events=self.doses,
            person=person,
            routes=self.routes,
            effects=self.chosen,
            person_changes=self.person_changes,
            modulation=self._modulation(),
            arm=_arm(),
            contacts=self.contacts,
            horizon_h=None if self.times_h else self._horizon_h(),
            times_h=self.times_h,
            people=self.people,
            seed=self.seed,
        )

    def outside_reasons(self) -> tuple[str, ...]:
        """Each way in which the person or the doses lie outside what the model was built on."""
        reasons = self.built_on.reasons_outside(self.person, self.doses)
        if self.adults_only and self.person.age_y < ADULT_Y[0]:
            reasons += (f"effects and outcomes at {self.person.age_y:g} years (studied: adults)",)
        return reasons + self.treatments_outside()

    @property
    def built_on(self) -> Studied:
        """What the PK model was built on; library routes carry their own caveat, as a warning."""
        return replace(self.pk_model.studied, routes=())

    @property
    def adults_only(self) -> bool:
        """Whether something is asked for that was studied in adults only."""
        return bool(self.effects or self.outcomes)

    def treatments_outside(self) -> tuple[str, ...]:
        """Each other treatment that is given for longer than it was studied."""
        others = (*(() if self.replaced is None else (self.replaced,)), *self.beside)
        return tuple(reason for one in others for reason in one.reasons_outside(self._treated_h(one)))

    def warnings(self) -> tuple[str, ...]:
        """What a reader of the result must know."""
        return tuple(dict.fromkeys(_warnings(self)))

    def _values(self) -> dict[str, dict[str, float]]:
        """The user's values by entry; those of the PK model under the empty name."""
        model = _plain_model(self).name
        given = {event.route for event in self.doses if event.route}
        known = {model, *self.effects, *self.outcomes, *_MADE, *(given & set(catalogue.names("routes")))}
        found: dict[str, dict[str, float]] = {}
        for name, value in self.parameters:
            owner, _, parameter = name.rpartition(".")
            if owner and owner not in known:
                raise UnknownNameError(f"entry of parameter {name}", owner, sorted(known))
            found.setdefault("" if owner == model else owner, {})[parameter] = value
        return found

    def _modulation(self) -> Modulation:
        return modulation(self.interactions, well_stirred=self.pk_model.well_stirred)

    def _treated_h(self, treatment: Comparator) -> float:
        """For how long a treatment is given: to the last session, or all the time where it has its own course."""
        ends = [end for _, end in administrations(self.scheduled)]
        return max(ends, default=0.0) if treatment.sessions else self._horizon_h()

    def _horizon_h(self) -> float:
        """How long the course is watched."""
        ends = [end for _, end in administrations(self.scheduled)]
        last = max(ends, default=0.0)
        if self.times_h:
            return max(last, self.times_h[-1])
        return last + max(HOURS_PER_DAY * self.follow_up_days, 1.0)


def simulate(course: Course) -> Trajectory:
    """Simulate a course.

    Raises:
        InputError: something in the course is not possible, not known or not studied.
        SolverError: a computation failed its own check.
    """
    from kinetamine.engine.solve import simulate as solve  # noqa: PLC0415 - SciPy, only once there is work to do

    trajectory = solve(course.problem(), _follow(course.engine))
    return replace(
        trajectory,
        person=course.person,
        used=(*trajectory.used, *course.interactions),
        warnings=(*course.warnings(), *trajectory.warnings),
        attributes={"title": course.title, "model": course.pk_model.name, "engine": course.engine},
    )


def _follow(engine: str) -> Follow:
    """What answers for the states of effects."""
    if engine == FAST:
        from kinetamine.engine.vector.follow import follow  # noqa: PLC0415 - as above

        return follow
    from kinetamine.engine.states import integrate  # noqa: PLC0415 - as above

    return integrate


def compare(course: Course, models: Iterable[str] | None = None) -> dict[str, Trajectory]:
    """The same course by several PK models, concentrations only; by default all that were built for it.

    Models outside their studied range are left out, or included and stamped when ``course.outside`` is set.

    Raises:
        InputError: the course is not possible by its own model, the range apart, or not by a model that was named.
    """
    own = replace(course, outside=True).problem().model.name
    found: dict[str, Trajectory] = {}
    for name in models or catalogue.names("pk"):
        one = by_model(course, name)
        try:
            if one.outside_reasons() and not course.outside and models is None:
                continue
            found[name] = simulate(one)
        except InputError:
            if models is not None or name == own:
                raise
    return found


def by_model(course: Course, name: str) -> Course:
    """The course by another PK model, concentrations only; numbers of other models and of effects stay behind."""
    owners = {"", name, *catalogue.names("routes")}
    numbers = tuple(one for one in course.parameters if one[0].rpartition(".")[0] in owners)
    return replace(course, model=name, effects=(), outcomes=(), people=0, parameters=numbers)


def _plain_model(course: Course) -> PKModel:
    model: PKModel = catalogue.load("pk", course.model or default_model(course.doses))
    return model


def default_model(events: Iterable[Event]) -> str:
    """The model that answers for these doses when none is named."""
    given = {(event.form, event.route or "") for event in events if event.is_dose}
    chosen = {DEFAULT_MODELS.get(one, FALLBACK_MODEL) for one in given}
    return chosen.pop() if len(chosen) == 1 else FALLBACK_MODEL


def load(path: str | Path) -> Course:
    """Read a course from a TOML file.

    Raises:
        FieldError: the file is missing or malformed, or a key in it is not known.
    """
    try:
        content = tomllib.loads(Path(path).read_text(encoding="utf-8"))
    except OSError as error:
        raise FieldError("course", str(path), "a readable TOML file") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise FieldError("course", str(path), f"valid TOML ({error})") from error
    return from_mapping(content)


def from_mapping(content: Mapping[str, Any]) -> Course:
    """A course from plain values, as a TOML file holds them.

    Raises:
        FieldError: a key is not known or a value has the wrong type; the message offers the nearest key.
    """
    given = dict(content)
    person = Person().with_covariates(**_tuples(_table(given, "person")))
    parameters = tuple(_flat(_table(given, "parameters")))
    regimen = given.pop("regimen", None)
    if not isinstance(regimen, str) and not (regimen is None and "comparator" in given):
        raise FieldError("regimen", regimen, 'words such as "0.5 mg/kg iv over 40 min, twice weekly for 3 weeks"')
    _known_keys("course", given, _COURSE_KEYS)
    for key, value in given.items():
        kind = _COURSE_KEYS[key]
        if not isinstance(value, kind) or (isinstance(value, bool) and bool not in kind):
            raise FieldError(key, value, _WORDS[kind])
    doses = None if regimen is None else parse_regimen(regimen)
    return Course(person=person, regimen=doses, parameters=parameters, **_tuples(given))


def parse_regimen(words: str) -> Regimen:
    """A regimen from the clinic's words, or from the name of a library regimen."""
    if words in catalogue.names("regimens"):
        words = catalogue.load("regimens", words).words
    return Regimen.parse(words, known_routes=known_routes())


def known_routes() -> dict[str, tuple[str, ...]]:
    """Every route of the library with the words for it."""
    return {route.name: route.synonyms for route in catalogue.load_all("routes")}


_COURSE_KEYS: Mapping[str, tuple[type, ...]] = {
    "title": (str,),
    "model": (str,),
    "effects": (list,),
    "outcomes": (list,),
    "mechanism": (str, dict),
    "comparator": (str,),
    "background": (list,),
    "follow_up_days": (int, float),
    "people": (int,),
    "seed": (int,),
    "outside": (bool,),
    "engine": (str,),
}


_WORDS: Mapping[tuple[type, ...], str] = {
    (str,): "text",
    (list,): "a list of names",
    (str, dict): "a name, or names with shares",
    (int, float): "a number",
    (int,): "a whole number",
    (bool,): "true or false",
}
"""What a key takes, in words."""


def _require_whole(field: str, value: object, most: int) -> None:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= most:
        raise FieldError(field, value, f"a whole number from 0 to {most}")


def _table(given: dict[str, Any], key: str) -> dict[str, Any]:
    table = given.pop(key, {})
    if not isinstance(table, dict):
        raise FieldError(key, table, f"a table [{key}]")
    return table


def _flat(table: Mapping[str, Any], owner: str = "") -> Iterable[tuple[str, Any]]:
    """Pairs of ``entry.NAME`` and value from nested tables."""
    for name, value in table.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{owner}{name}.")
        else:
            yield f"{owner}{name}", value


def _known_keys(where: str, given: Mapping[str, Any], known: Mapping[str, Any]) -> None:
    for key in given:
        if key not in known:
            choices = ["regimen", "person", "parameters", *known]
            raise FieldError(where, key, "one of the keys " + ", ".join(choices), nearest(key, choices))


def _tuples(given: Mapping[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in given.items()}


def _implied_names(person: Person) -> Iterable[str]:
    if person.cyp2b6 is not None:
        if person.cyp2b6 not in CYP2B6_ENTRIES:
            raise FieldError("cyp2b6", person.cyp2b6, "one of " + ", ".join(CYP2B6_ENTRIES))
        yield from CYP2B6_ENTRIES[person.cyp2b6]
    if f"hepatic_{person.hepatic}" in catalogue.names("interactions"):
        yield f"hepatic_{person.hepatic}"


def _arm() -> Arm:
    from kinetamine.library.arterial import arm  # noqa: PLC0415 - loads an entry

    return arm()


def _warnings(course: Course) -> Iterable[str]:
    yield from _range_warnings(course)
    yield from _treatment_warnings(course)
    yield from course.pk_model.warn(course.person, course.doses)
    for effect in course.chosen:
        yield from effect.warn(course.person, course.doses)
    for route in course.routes.values():
        strange = {event.form for event in course.doses if event.route == route.name} - set(route.forms or Form)
        if strange:
            yield f"{route.title}: {', '.join(sorted(strange))} by this route is modelled as if it were that."
        if route.uncertain:
            yield f"{route.title}: {route.uncertain}"
    yield from _number_warnings(course)
    for interaction in (*course.interactions, *course.implied):
        acts = "" if interaction in course.interactions else " It does not act here."
        if interaction.warning:
            yield f"{interaction.warning}{acts}"
    if course.person.hepatic != "normal":
        yield f"Hepatic impairment ({course.person.hepatic}): levels are higher and last longer than shown."


def _treatment_warnings(course: Course) -> Iterable[str]:
    """What of the course is not given, acts on nothing, or was never tried together."""
    if course.replaced is not None and not course.replaced.sessions and course.scheduled:
        yield (
            f"{course.replaced.name}: it has a course of its own, so that nothing of the regimen is given; leave the "
            "regimen out, or give the treatment beside it."
        )
    if len(course.background) > 1:
        yield f"{' and '.join(course.background)}: their benefits are multiplied; no trial gave them together."
    for name in idle_switches(course.mechanism, course._values().get("mechanism", {})):  # noqa: SLF001 - of this module
        yield f"mechanism: {name} acts on nothing in {', '.join(one for one, _ in course.mechanism)}."


def _range_warnings(course: Course) -> Iterable[str]:
    model = course.pk_model
    reasons = course.outside_reasons()
    if reasons:
        whose = f" of {model.name}" if course.doses else ""
        yield f"OUTSIDE THE STUDIED RANGE{whose}: {'; '.join(reasons)}."
    for remark in model.studied.remarks(course.person, course.doses):
        yield f"{model.name}: {remark}; adults are taken to be alike and doses in proportion."
    names = (*course.effects, *course.outcomes)
    if names and {output.site for output in model.outputs if output.analyte == "ketamine"} == {"venous"}:
        yield (
            f"{model.name} predicts venous blood only; {', '.join(names)} see an arterial level that is estimated "
            "from it, by the venous mixing of kamp_2020 turned round."
        )


def _number_warnings(course: Course) -> Iterable[str]:
    used: list[PKModel | Route | Effect] = [course.pk_model, *course.routes.values(), *course.chosen]
    for entry in used:
        for name, estimate in entry.parameters.items():
            if estimate.note.startswith("set by the user"):
                unit = "" if estimate.unit == "1" else f" {estimate.unit}"
                yield f"{entry.name}: {name} is {estimate.value:g}{unit}, {estimate.note}."
        unverified = [
            name for name, estimate in entry.parameters.items() if estimate.provenance is Provenance.UNVERIFIED
        ]
        if unverified:
            yield f"{entry.name}: unverified numbers ({', '.join(unverified)})."
