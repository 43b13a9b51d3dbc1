"""Every PK model by every route and with every molecule it was studied with, and simulations of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from contracts.laws import entries
from kinetamine import catalogue
from kinetamine.engine.events import Event, Form
from kinetamine.engine.model import PKModel, Route
from kinetamine.engine.person import Person
from kinetamine.engine.problem import Problem
from kinetamine.engine.solve import simulate

TIMES_H = (1 / 60, 5 / 60, 0.25, 0.5, 1.0, 2.0, 3.0, 3.25, 3.5, 4.0, 5.0, 6.0, 8.0, 12.0, 18.0, 24.0, 30.0)
ONE_MG_PER_KG = 1.0


class Studied(NamedTuple):
    """A model, a route and a molecule that its publication covers."""

    model: PKModel
    route: str
    form: Form

    def __str__(self) -> str:
        """For example ``kamp_2020 intravenous esketamine``."""
        return f"{self.model.name} {self.route} {self.form}"

    @property
    def person(self) -> Person:
        """Somebody in the middle of those studied, as far as that is known."""
        return somebody(self.model)

    @property
    def dose_mg(self) -> float:
        """A dose in the middle of those studied, or else 1 mg/kg."""
        low, high = self.model.studied.dose_mg or (0.0, 0.0)
        return (low * high) ** 0.5 or ONE_MG_PER_KG * self.person.require_weight("a dose")

    def event(self, amount_mg: float, time_h: float = 0.0) -> Event:
        """One dose at once."""
        return Event(time_h=time_h, amount_mg=amount_mg, form=self.form, route=self.route)

    def problem(self, *events: Event) -> Problem:
        """These doses, seen at ``TIMES_H``."""
        return Problem(
            model=self.model, events=events, person=self.person, routes=self.routes, times_h=TIMES_H, horizon_h=30.0
        )

    @property
    def routes(self) -> Mapping[str, Route]:
        """The library's route, where the model has none of its own."""
        return {} if self.route in self.model.absorption else {self.route: catalogue.load("routes", self.route)}

    def curves(self, *events: Event) -> dict[str, np.ndarray]:
        """Every concentration in ng/mL at ``TIMES_H``."""
        return {series.name: series.typical for series in simulate(self.problem(*events))}


def somebody(model: PKModel) -> Person:
    """A person in the middle of the studied weights and ages."""
    age_y = sum(model.studied.age_y or (40.0, 40.0)) / 2.0
    weight_kg = sum(model.studied.weight_kg or (70.0, 70.0)) / 2.0
    return Person(weight_kg=weight_kg, age_y=age_y)


STUDIED = tuple(
    Studied(entry.held, route, form)
    for entry in entries("pk")
    for route in entry.held.studied.routes
    for form in entry.held.studied.forms
)
MODELS = tuple(entries("pk"))
