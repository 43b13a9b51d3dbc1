"""What the tests of the kinetic models share: doses given, and peaks and areas read off."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from kinetamine import catalogue
from kinetamine.engine.events import Event, Form
from kinetamine.engine.person import Person
from kinetamine.engine.problem import Problem
from kinetamine.engine.solve import simulate
from kinetamine.engine.trajectory import Trajectory

INTRAVENOUS = catalogue.load("routes", "intravenous")


@dataclass(frozen=True)
class Course:
    """A simulated course with the two things that papers print of one."""

    trajectory: Trajectory

    def at(self, name: str, time_h: float) -> float:
        """Concentration in ng/mL at a time."""
        return self.trajectory.at(name, time_h)

    def peak(self, name: str) -> tuple[float, float]:
        """Cmax in ng/mL and Tmax in h."""
        values = self.trajectory[name].typical
        top = int(values.argmax())
        return float(values[top]), float(self.trajectory.times_h[top])

    def area(self, name: str) -> float:
        """AUC in ng*h/mL to the horizon."""
        return float(np.trapezoid(self.trajectory[name].typical, self.trajectory.times_h))

    def half_life(self, name: str, start_h: float, end_h: float) -> float:
        """Hours in which the concentration halves, between two late times."""
        fall = np.log2(self.at(name, start_h) / self.at(name, end_h))
        return float((end_h - start_h) / fall)


def give(model: str, *doses: tuple[float, float, str, float], person: Person, horizon_h: float = 24.0) -> Course:
    """Give doses (time_h, amount_mg, route, duration_h) to a person, by a model."""
    entry = catalogue.load("pk", model)
    form = Form.ESKETAMINE if entry.species == ("S",) else Form.RACEMIC
    events = tuple(
        Event(time_h=time_h, amount_mg=mg, route=route, duration_h=length or None, form=form)
        for time_h, mg, route, length in doses
    )
    routes = {"intravenous": INTRAVENOUS}
    return Course(simulate(Problem(model=entry, events=events, person=person, routes=routes, horizon_h=horizon_h)))
