"""The SBML document: valid, with units and sources, and refused where it would be wrong."""

from __future__ import annotations

import re
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from interop.simulators import library, roadrunner, worst
from kinetamine.course import Course, parse_regimen
from kinetamine.engine.events import Event, EventId, Form
from kinetamine.engine.person import Person
from kinetamine.errors import FieldError, MissingExtraError, OutsideStudiedRangeError
from kinetamine.interop.sbml import problems, to_sbml, write_sbml

library("libsbml")
PERSON = Person(weight_kg=83.0, madrs=34.0)
COURSE = Course(
    person=PERSON,
    regimen=parse_regimen("0.5 mg/kg iv over 40 min, twice weekly for 1 week"),
    effects=("dissociation",),
    people=0,
)
TEXT = to_sbml(COURSE)
BETWEEN_H = tuple(0.11 * number for number in range(1, 60))
"""Times at which no dose is given: levels jump there."""


def _dose(time_h: float = 0.0, **more: object) -> Event:
    given = {"amount_mg": 20.0, "form": Form.RACEMIC, "route": "intravenous", "duration_h": 0.5} | more
    return Event(time_h=time_h, **given)  # type: ignore[arg-type]  # what a test changes


def test_libsbml_finds_no_fault_in_it_not_even_in_its_units() -> None:
    assert problems(TEXT) == ()


def test_it_is_level_3_version_2() -> None:
    assert 'level="3" version="2"' in TEXT


def test_every_number_of_the_library_has_a_unit_and_a_source() -> None:
    model = library("libsbml").readSBMLFromString(TEXT).getModel()
    for name, estimate in COURSE.pk_model.parameters.items():
        parameter = model.getParameter(f"kamp_2020_{name}")
        assert parameter.getValue() == estimate.value
        assert parameter.isSetUnits()
        assert "isDescribedBy" in parameter.getAnnotationString()
        assert f"doi:{estimate.source.doi}" in parameter.getAnnotationString()
        assert estimate.provenance.value in parameter.getNotesString()


def test_units_that_sbml_does_not_have_are_said() -> None:
    model = library("libsbml").readSBMLFromString(TEXT).getModel()
    assert "points; SBML has none" in model.getParameter("cadss").getNotesString()


def test_doses_and_the_person_stand_in_its_notes() -> None:
    assert "41.5 mg of racemic ketamine base" in TEXT
    assert "weight: 83 kg" in TEXT


def test_it_is_the_same_each_time() -> None:
    assert to_sbml(COURSE) == TEXT


def test_a_changed_constant_acts_as_it_does_in_a_course() -> None:
    changed, count = re.subn(r'(id="kamp_2020_CL" name="[^"]*" value=)"84"', r'\1"50"', TEXT)
    assert count == 1
    error, name = worst(changed, replace(COURSE, parameters=(("CL", 50.0),)), roadrunner)
    assert error < 1e-5, name


def test_a_reset_empties_the_system() -> None:
    events = (_dose(), Event(time_h=0.25, evid=EventId.RESET), _dose(1.0, evid=EventId.RESET_AND_DOSE))
    course = replace(COURSE, regimen=None, events=events, times_h=BETWEEN_H)
    error, name = worst(to_sbml(course), course, roadrunner)
    assert error < 1e-5, name


def test_overlapping_infusions_and_boluses_at_one_time() -> None:
    events = (
        _dose(),
        _dose(0.25),
        _dose(0.5, duration_h=None),
        _dose(0.5, duration_h=None),
        _dose(2.0, additional=2, interval_h=0.5),
    )
    course = replace(COURSE, regimen=None, events=events, times_h=BETWEEN_H)
    error, name = worst(to_sbml(course), course, roadrunner)
    assert error < 1e-5, name


def test_a_steady_state_is_refused() -> None:
    course = replace(COURSE, regimen=None, events=(_dose(steady_state=1, interval_h=24.0),), effects=(), outcomes=())
    with pytest.raises(FieldError, match="write the earlier doses out"):
        to_sbml(course)


def test_covariates_that_change_are_refused() -> None:
    with pytest.raises(FieldError, match="stay as they are"):
        to_sbml(replace(COURSE, person_changes=((5.0, replace(PERSON, weight_kg=80.0)),)))


def test_outside_the_studied_range_it_is_refused_or_stamped() -> None:
    course = replace(COURSE, person=replace(PERSON, age_y=95.0))
    with pytest.raises(OutsideStudiedRangeError):
        to_sbml(course)
    assert "OUTSIDE THE STUDIED RANGE" in to_sbml(replace(course, outside=True))


def test_without_the_library_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "libsbml", None)
    with pytest.raises(MissingExtraError, match=r"kinetamine\[interop\]"):
        to_sbml(COURSE)


def test_a_file_is_whole_or_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write_sbml(COURSE, tmp_path / "course.xml")
    assert path.read_text(encoding="utf-8") == TEXT

    def fail(*_given: object, **_more: object) -> None:
        raise OSError(28, "no space left")

    monkeypatch.setattr(Path, "write_text", fail)
    with pytest.raises(OSError, match="no space"):
        write_sbml(COURSE, path)
    assert path.read_text(encoding="utf-8") == TEXT
    assert [one.name for one in tmp_path.iterdir()] == ["course.xml"]
