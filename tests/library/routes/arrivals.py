"""What the tests of the routes share: one dose by a route into kamp_2020, read against the same dose by vein."""

from __future__ import annotations

from kinetamine import catalogue
from kinetamine.engine.events import Event, Form
from kinetamine.engine.person import Person
from kinetamine.engine.problem import Problem
from kinetamine.engine.solve import simulate
from library.pk.courses import Course


def give(route: str, dose_mg: float, form: Form = Form.RACEMIC, horizon_h: float = 24.0) -> Course:
    """One dose to a person of 70 kg."""
    routes = {route: catalogue.load("routes", route)}
    event = Event(time_h=0.0, amount_mg=dose_mg, route=route, form=form)
    model = catalogue.load("pk", "kamp_2020")
    person = Person(weight_kg=70.0)
    return Course(simulate(Problem(model=model, events=(event,), person=person, routes=routes, horizon_h=horizon_h)))


def bioavailability(route: str, form: Form = Form.RACEMIC) -> float:
    """AUC to 200 h over that of the same dose by vein."""
    name = {Form.ESKETAMINE: "s_ketamine_venous", Form.ARKETAMINE: "r_ketamine_venous"}.get(form, "ketamine_venous")
    arrived = give(route, 40.0, form, 200.0).area(name)
    return arrived / give("intravenous", 40.0, form, 200.0).area(name)
