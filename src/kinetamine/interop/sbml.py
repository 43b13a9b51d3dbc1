"""A course as SBML Level 3 Version 2: amounts as species, the rest as parameters, doses as events.

Every number of the library is a parameter with its unit, its source as an annotation (``bqbiol:isDescribedBy``) and
where it stands in its notes. Simulated in any program that reads SBML, the document gives the typical person's
curves under the names that a trajectory has.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from importlib import import_module
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import kinetamine
from kinetamine.citation import Reference, collect
from kinetamine.course import Course
from kinetamine.errors import MissingExtraError, SolverError
from kinetamine.interop.equations import Equations, Quantity, Role, write_down
from kinetamine.interop.mathml import Writer
from kinetamine.interop.symbols import Literal
from kinetamine.interop.timeline import Change
from kinetamine.interop.unit import HOUR, MG, NONE, Unit, base, counted, unit_of
from kinetamine.interop.whole import write_text

PURPOSE = "writing SBML"
_BODY = "body"
_XHTML = "http://www.w3.org/1999/xhtml"


def to_sbml(course: Course) -> str:
    """The SBML document of a course for its typical person.

    Raises:
        MissingExtraError: the library that writes SBML is not installed.
        InputError: the course is not possible, begins in a steady state, or has covariates that change.
    """
    return document(write_down(course))


def document(equations: Equations) -> str:
    """The SBML document of equations.

    Raises:
        MissingExtraError: the library that writes SBML is not installed.
        SolverError: libSBML finds an error in it.
    """
    library = _libsbml()
    made = _Document(library, equations)
    made.write()
    text = str(library.writeSBMLToString(made.document))
    if errors := problems(text, errors_only=True):
        message = f"the SBML document is not valid: {errors[0]}"
        raise SolverError(message)
    return text


def write_sbml(course: Course, path: str | Path) -> Path:
    """Write the document to a file, whole or not at all.

    Raises:
        MissingExtraError, InputError: as ``to_sbml``.
    """
    return write_text(Path(path), to_sbml(course))


def problems(text: str, *, errors_only: bool = False) -> tuple[str, ...]:
    """What libSBML's consistency check says of a document, units included; empty when it says nothing."""
    library = _libsbml()
    document = library.readSBMLFromString(text)
    document.checkConsistency()
    found = [document.getError(number) for number in range(document.getNumErrors())]
    severe = library.LIBSBML_SEV_ERROR
    return tuple(
        f"{one.getErrorId()} line {one.getLine()}: {' '.join(one.getMessage().split())}"
        for one in found
        if not errors_only or one.getSeverity() >= severe
    )


def _libsbml() -> Any:
    try:
        return import_module("libsbml")
    except ImportError as error:
        raise MissingExtraError("interop", PURPOSE) from error


class _Document:
    """One document in the making."""

    def __init__(self, library: Any, equations: Equations) -> None:
        self.library, self.equations = library, equations
        self.document = library.SBMLDocument(3, 2)
        self.model = self.document.createModel()
        self.writer = Writer(equations.inference)
        self.units: dict[str, Unit] = {}

    def write(self) -> None:
        """Everything, in the order in which a reader wants it."""
        self._head()
        body = self.model.createCompartment()
        _set(body, id=_BODY, name="the body; all species are amounts", spatialDimensions=3, size=1.0, constant=True)
        body.setUnits(self._unit(unit_of("L")))
        quantities = self.equations.quantities.values()
        for one in quantities:
            self._quantity(one)
        for one in quantities:
            self._equation(one)
        for number, change in enumerate(self.equations.changes, start=1):
            self._event(number, change)
        for unit in (self.units | self.writer.used).values():
            self._define(unit)

    def _head(self) -> None:
        course = self.equations.course
        name = "".join(letter if letter.isalnum() and letter.isascii() else "_" for letter in course.title.lower())
        _set(self.model, id=f"course_{name}".strip("_"), name=course.title, metaId="model")
        hour, mg = self._unit(HOUR), self._unit(MG)
        _set(self.model, timeUnits=hour, substanceUnits=mg, extentUnits=mg, volumeUnits=self._unit(unit_of("L")))
        nature = "A model prediction, not a measurement; not a medical device, no dosing advice."
        lines = [
            f"Written by kinetamine {kinetamine.__version__}. {nature}",
            f"Typical person; PK model {course.pk_model.name}; time in hours since the first record.",
            *(f"{label}: {value}" for label, value in _person(course)),
            *_doses(self.equations),
            *course.warnings(),
            *self.equations.remarks,
            "Scores, counts and shares are dimensionless; their own unit stands in the notes of each.",
        ]
        self.model.setNotes(_notes(lines))
        self._describe(self.model, collect(self.equations.entries))

    def _quantity(self, one: Quantity) -> None:
        """The element that holds a value."""
        if one.is_amount:
            made = self.model.createSpecies()
            _set(made, compartment=_BODY, substanceUnits=self._unit(MG), hasOnlySubstanceUnits=True)
            _set(made, boundaryCondition=False, initialAmount=one.formula.value or 0.0)
        else:
            made = self.model.createParameter()
            made.setUnits(self._unit(one.unit or NONE))
            if one.role is not Role.RULE and one.formula.value is not None:
                made.setValue(one.formula.value)
        _set(made, id=one.name, name=one.title, metaId=f"meta_{one.name}")
        made.setConstant(one.role in {Role.CONSTANT, Role.PERSONAL})
        if lines := list(_said_of(one)):
            made.setNotes(_notes(lines))
        if one.estimate is not None:
            self._describe(made, [one.estimate.source])

    def _equation(self, one: Quantity) -> None:
        """Its rule, its rate, or what its first value follows from."""
        unit = one.unit or NONE
        if one.role is Role.RULE:
            rule = self.model.createAssignmentRule()
            _set(rule, variable=one.name, math=self._math(self.writer.formula(one.formula, unit)))
            return
        if one.role is not Role.CONSTANT and not isinstance(one.formula, Literal):
            start = self.model.createInitialAssignment()
            _set(start, symbol=one.name, math=self._math(self.writer.formula(one.formula, unit)))
        if one.rate is not None:
            rule = self.model.createRateRule()
            formula = self.writer.formula(one.rate, unit.times(HOUR, -1.0))
            _set(rule, variable=one.name, math=self._math(formula))

    def _event(self, number: int, change: Change) -> None:
        event = self.model.createEvent()
        _set(event, id=f"change_{number}", name=f"at {change.time_h:g} h", useValuesFromTriggerTime=True)
        trigger = event.createTrigger()
        _set(trigger, initialValue=True, persistent=True, math=self._math(self.writer.trigger(change.time_h)))
        for name, value in change.values.items():
            unit = self.equations.quantities[name].unit or NONE
            made = event.createEventAssignment()
            _set(made, variable=name, math=self._math(self.writer.formula(value, unit)))

    def _math(self, text: str) -> Any:
        made = self.library.readMathMLFromString(text)
        if made is None:
            message = f"an equation could not be written as MathML: {text}"
            raise SolverError(message)
        return made

    def _unit(self, unit: Unit) -> str:
        self.units[unit.name] = unit
        return unit.name

    def _define(self, unit: Unit) -> None:
        """A unit definition; a pure number needs none."""
        if not unit.powers:
            return
        definition = self.model.createUnitDefinition()
        _set(definition, id=unit.name)
        for name, power in unit.powers:
            kind, factor = base(name)
            part = definition.createUnit()
            part.setKind(self.library.UnitKind_forName(kind))
            _set(part, exponent=power, scale=0, multiplier=factor)

    def _describe(self, element: Any, references: Iterable[Reference]) -> None:
        """Publications by DOI, PubMed or address."""
        for address in dict.fromkeys(itertools.chain.from_iterable(map(_addresses, references))):
            term = self.library.CVTerm()
            term.setQualifierType(self.library.BIOLOGICAL_QUALIFIER)
            term.setBiologicalQualifierType(self.library.BQB_IS_DESCRIBED_BY)
            term.addResource(address)
            element.addCVTerm(term)


def _set(element: Any, **values: object) -> None:
    """Set attributes; libSBML answers with a code where others raise."""
    for name, value in values.items():
        code = getattr(element, f"set{name[0].upper()}{name[1:]}")(value)
        if code != 0:
            message = f"SBML does not take {value!r} as {name} of {element.getElementName()}"
            raise SolverError(message)


def _said_of(one: Quantity) -> Iterable[str]:
    """Unit in the library's words, source and how far to trust it."""
    if counted(one.unit_words):
        yield f"unit: {one.unit_words}; SBML has none for it"
    if (estimate := one.estimate) is None:
        return
    yield f"{estimate.value:g} {estimate.unit}; {estimate.provenance.value}"
    yield f"{estimate.source.short()}, {estimate.where}"
    if estimate.interval is not None:
        yield f"interval: {estimate.interval[0]:g} to {estimate.interval[1]:g}"
    if estimate.note:
        yield estimate.note


def _addresses(reference: Reference) -> Iterable[str]:
    if reference.doi:
        yield f"https://identifiers.org/doi:{reference.doi}"
    if reference.pmid:
        yield f"https://identifiers.org/pubmed:{reference.pmid}"
    if not reference.doi and not reference.pmid:
        yield reference.url


def _person(course: Course) -> Iterable[tuple[str, object]]:
    person = course.person
    yield "age", f"{person.age_y:g} years"
    if person.weight_kg is not None:
        yield "weight", f"{person.weight_kg:g} kg"
    for name in ("sex", "cyp2b6", "hepatic", "comedication"):
        if given := getattr(person, name):
            yield name, ", ".join(given) if isinstance(given, tuple) else given


def _doses(equations: Equations) -> Iterable[str]:
    """Each dose in a line."""
    for event in equations.problem.events:
        if event.is_dose:
            repeats = f", {event.additional} more every {event.interval_h:g} h" if event.additional else ""
            over = f" over {60.0 * event.length_h:g} min" if event.length_h else ""
            way = event.route or event.compartment or "default compartment"
            yield f"dose at {event.time_h:g} h: {event.amount_mg:g} mg of {event.form.value} base, {way}{over}{repeats}"


def _notes(lines: Iterable[str]) -> str:
    inner = "".join(f"<p>{escape(line)}</p>" for line in lines)
    return f'<body xmlns="{_XHTML}">{inner}</body>'
