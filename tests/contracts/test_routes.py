"""Laws over every way in: the library's routes and those that models describe themselves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, NamedTuple

import pytest

from contracts.doses import somebody
from contracts.laws import Entry, each, entries, hold, known
from kinetamine import catalogue
from kinetamine.engine.dose import Dose
from kinetamine.engine.events import Event, Form
from kinetamine.engine.model import Administration, Path, PKModel, Route, Values
from kinetamine.engine.regimen import Regimen

ROUTES = entries("routes")
NAMES = catalogue.names("routes")
CERTAIN = {"routes/intravenous": "complete by definition: nothing about it is uncertain"}
MORE_THAN_THE_DOSE = {
    "simons_2022 film": "published fractions 0.26 and 1.16: the second only sets the scale of the metabolites"
}


class Way(NamedTuple):
    """One way in, for one receiver."""

    name: str
    paths: tuple[Path, ...]

    def __str__(self) -> str:
        """For example ``oral into kamp_2020``."""
        return self.name


def _administrations(route: str, species: str) -> Iterator[Administration]:
    for form in Form:
        for amount_mg, device in ((14.0, 1), (28.0, 1), (28.0, 3), (300.0, 1)):
            event = Event(time_h=0.0, amount_mg=amount_mg, form=form, route=route)
            yield Administration(event=event, species=species, device=device)


def _ways() -> Iterator[Way]:
    for entry in entries("pk"):
        model: PKModel = entry.held
        for species in model.species:
            values = Values(**model.individual(model.typical(), somebody(model), species))
            for name, paths in model.absorption.items():
                yield from (
                    Way(f"{model.name} {name}", paths(values, given)) for given in _administrations(name, species)
                )
            for one in ROUTES:
                yield from _library_ways(one.held, model.roles, species, model.name)


def _library_ways(route: Route, roles: Mapping[str, str], species: str, receiver: str) -> Iterator[Way]:
    for given in _administrations(route.name, species):
        yield Way(f"{route.name} into {receiver}", route.paths(route.typical(), roles, given))


WAYS = tuple(dict.fromkeys(_ways()))
WAY_NAMES = tuple(dict.fromkeys(way.name for way in WAYS))


@each(WAY_NAMES)
def test_no_more_arrives_than_was_given(case: str) -> None:
    hold((wrong for way in WAYS if way.name == case for wrong in _generous(way)), case, MORE_THAN_THE_DOSE)


def _generous(way: Way) -> Iterator[str]:
    fractions = {path.name: float(path.fraction) for path in way.paths}
    yield from (f"{name}: {fraction:g}" for name, fraction in fractions.items() if not 0.0 <= fraction <= 1.0)
    if not 0.0 < sum(fractions.values()) <= 1.0 + 1e-9:
        yield f"in all {sum(fractions.values()):g}"
    for path in way.paths:
        if min(path.release_h, path.lag_h) < 0.0 or (path.ka_per_h is not None and path.ka_per_h <= 0.0):
            yield f"{path.name} takes negative time"


@each(ROUTES)
def test_paths_end_where_the_receiver_says(case: Entry) -> None:
    for roles in (
        {"parent": "blood"},
        {"parent": "blood", "norketamine": "first metabolite"},
        {"parent": "blood", "portal": "liver", "norketamine": "first metabolite"},
    ):
        for way in _library_ways(case.held, roles, "S", "a receiver"):
            assert {path.into for path in way.paths} <= set(roles.values())
            assert len({path.name for path in way.paths}) == len(way.paths)


@each(ROUTES)
def test_a_route_says_what_is_known_and_what_is_not(case: Entry) -> None:
    hold(_silent(case), case, CERTAIN)


def _silent(case: Entry) -> Iterator[str]:
    for field in ("verified", "uncertain"):
        if not getattr(case.held, field).endswith("."):
            yield f"{field}: {getattr(case.held, field)!r}"


@each(ROUTES)
def test_a_route_is_accepted_in_a_dose_and_in_words(case: Entry) -> None:
    assert Dose(amount=10.0, route=case.name).route == case.name
    speed = " bolus" if case.name == "intravenous" else ""
    (dose,) = Regimen.parse(f"10 mg {case.name.replace('_', ' ')}{speed}", known_routes=NAMES)
    assert dose.route == case.name


def test_no_word_means_two_routes() -> None:
    words = Counter(word for one in ROUTES for word in {one.name.replace("_", " "), *one.held.synonyms})
    assert [word for word, times in words.items() if times > 1] == []


def test_quarantine_holds_routes_only() -> None:
    known(CERTAIN, ROUTES)
    known(MORE_THAN_THE_DOSE, WAY_NAMES)


@pytest.mark.parametrize(
    "changed", [{"fraction": 1.2}, {"fraction": -0.1}, {"fraction": 0.0}, {"lag_h": -1.0}, {"ka_per_h": 0.0}]
)
def test_a_law_over_routes_can_fail(changed: dict[str, Any]) -> None:
    assert list(_generous(Way("broken", (replace(Path(name="gut", into="blood"), **changed),))))


def test_a_silent_route_is_found() -> None:
    assert list(_silent(ROUTES[0]._replace(held=replace(ROUTES[0].held, verified=""))))
