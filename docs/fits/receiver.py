"""What the fits of the routes share: one dose into kamp_2020, and a search for the constants that fit best."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy.optimize import minimize

from kinetamine import catalogue
from kinetamine.engine.events import Event
from kinetamine.engine.model import Administration, Path, Paths, PKModel, Values
from kinetamine.engine.person import Person
from kinetamine.engine.problem import Problem
from kinetamine.engine.solve import simulate

RECEIVER: PKModel = catalogue.load("pk", "kamp_2020")
Curve = np.ndarray


@dataclass(frozen=True)
class Given:
    """One racemic dose of so many mg to a person of this weight."""

    amount_mg: float
    weight_kg: float = 70.0
    horizon_h: float = 24.0

    def by(self, *paths: Path) -> Courses:
        """The curves when the dose takes these paths."""
        model = replace(RECEIVER, absorption={"fitted": _fixed(paths)})
        event = Event(time_h=0.0, amount_mg=self.amount_mg, route="fitted")
        person = Person(weight_kg=self.weight_kg)
        done = simulate(Problem(model=model, events=(event,), person=person, horizon_h=self.horizon_h))
        names = ("ketamine_arterial", "ketamine_venous", "norketamine_venous")
        return Courses(done.times_h, *(done[name].typical for name in names))


def _fixed(paths: tuple[Path, ...]) -> Paths:
    def absorption(_p: Values, _given: Administration) -> tuple[Path, ...]:
        return paths

    return absorption


@dataclass(frozen=True)
class Courses:
    """Three concentration curves in ng/mL, S and R together."""

    times_h: Curve
    arterial: Curve
    venous: Curve
    norketamine: Curve

    def at(self, curve: Curve, time_h: float) -> float:
        """One curve at one time."""
        return float(np.interp(time_h, self.times_h, curve))

    def peak(self, curve: Curve) -> tuple[float, float]:
        """Height in ng/mL and time in h."""
        top = int(curve.argmax())
        return float(curve[top]), float(self.times_h[top])

    def area(self, curve: Curve, until_h: float) -> float:
        """AUC from the dose until this time, ng*h/mL."""
        inside = self.times_h <= until_h + 1e-9
        return float(np.trapezoid(curve[inside], self.times_h[inside]))


def misfit(predicted: Sequence[float], observed: Sequence[float]) -> float:
    """Sum of squared log ratios: each observation counts by its relative error."""
    return float(np.sum(np.log(np.asarray(predicted) / np.asarray(observed)) ** 2))


def fit(
    names: Sequence[str], start: Sequence[float], predict: Callable[..., list[float]], observed: list[float]
) -> None:
    """Find positive constants that predict the observations best, and print both."""

    def cost(logs: np.ndarray[tuple[int], np.dtype[np.float64]]) -> float:
        return misfit(predict(*np.exp(logs)), observed)

    best = minimize(cost, np.log(np.asarray(start)), method="Nelder-Mead", tol=1e-5)
    found = [float(value) for value in np.exp(best.x)]
    print(", ".join(f"{name} {value:.3g}" for name, value in zip(names, found, strict=True)))
    for predicted, seen in zip(predict(*found), observed, strict=True):
        print(f"  observed {seen:8.4g}   predicted {predicted:8.4g}")
