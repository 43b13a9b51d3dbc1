"""What the tests of the interactions share: AUC with over AUC without."""

from __future__ import annotations

from kinetamine import catalogue
from kinetamine.engine.events import Event, Form
from kinetamine.engine.interaction import modulation
from kinetamine.engine.person import Person
from kinetamine.engine.problem import Modulation, Problem
from kinetamine.engine.solve import simulate
from library.pk.courses import Course


def ratio(interaction: str, route: str, model: str = "kamp_2020") -> float:
    """AUC of 28 mg of esketamine to 300 h, with the interaction over without it."""
    entry = catalogue.load("pk", model)
    changed = modulation([catalogue.load("interactions", interaction)], well_stirred=entry.well_stirred)
    return _area(model, route, changed) / _area(model, route, Modulation())


def _area(model: str, route: str, changed: Modulation) -> float:
    problem = Problem(
        model=catalogue.load("pk", model),
        events=(Event(time_h=0.0, amount_mg=28.0, route=route, form=Form.ESKETAMINE),),
        person=Person(weight_kg=70.0),
        routes={route: catalogue.load("routes", route)},
        modulation=changed,
        horizon_h=300.0,
    )
    return Course(simulate(problem)).area("s_ketamine_venous")
