"""Calibrates library/effects/dissociation.py; prints the numbers that stand there and checks them.

Run with ``python docs/fits/dissociation.py``. Targets: population mean peak 18 points and SD 11 at 0.5 mg/kg in
40 min (Moujaes 16.8 SD 10.3, Goldway 24.9 SD 10.8); 20 to 8.8 points from the 1st to the 14th weekly session (Glue).
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from scipy.optimize import brentq

from kinetamine import catalogue
from kinetamine.engine.events import Event, Form
from kinetamine.engine.model import Effect
from kinetamine.engine.person import Person
from kinetamine.engine.problem import Problem
from kinetamine.engine.solve import simulate
from kinetamine.engine.trajectory import Trajectory
from kinetamine.library.arterial import arm

ENTRY: Effect = catalogue.load("effects", "dissociation")
PEOPLE = 1500
MEAN_TARGET = 18.0
GLUE_RATIO = 8.8 / 20.0


def changed(**values: float) -> Effect:
    """The entry with other parameter values; ``omega2_NAME`` changes a variance."""
    parameters, variability = dict(ENTRY.parameters), dict(ENTRY.variability)
    for name, value in values.items():
        if name.startswith("omega2_"):
            own = variability[name[7:]]
            variability[name[7:]] = replace(own, omega2=replace(own.omega2, value=value))
        else:
            parameters[name] = replace(parameters[name], value=value)
    return replace(ENTRY, parameters=parameters, variability=variability)


def infusion(
    effect: Effect, mg_per_kg: float = 0.5, *, people: int = 0, sessions: int = 1, weight: float = 70.0
) -> Trajectory:
    """Weekly infusions of racemate over 40 min."""
    events = tuple(
        Event(time_h=168.0 * week, amount_mg=mg_per_kg * weight, route="intravenous", duration_h=2 / 3)
        for week in range(sessions)
    )
    return simulate(
        Problem(
            model=catalogue.load("pk", "kamp_2020"),
            routes={"intravenous": catalogue.load("routes", "intravenous")},
            events=events,
            person=Person(weight_kg=weight),
            effects=(effect,),
            horizon_h=168.0 * (sessions - 1) + 6.0,
            people=people,
        )
    )


def nasal(effect: Effect, devices: int, people: int) -> Trajectory:
    """Esketamine nasal spray, 28 mg a device, five minutes apart."""
    events = tuple(
        Event(time_h=device / 12, amount_mg=28.0, route="intranasal", form=Form.ESKETAMINE) for device in range(devices)
    )
    return simulate(
        Problem(
            model=catalogue.load("pk", "perez_ruixo_2021"),
            routes={},
            events=events,
            person=Person(weight_kg=74.0),
            effects=(effect,),
            arm=arm(),
            horizon_h=6.0,
            people=people,
        )
    )


def peaks(trajectory: Trajectory) -> np.ndarray:
    """Each virtual person's highest score."""
    people = trajectory["cadss"].people
    assert people is not None
    return np.asarray(people.max(axis=1))


def halves() -> float:
    """HALVES from the published fall between the 1st and the 14th weekly session."""
    kept = np.exp(-168.0 / ENTRY.parameters["TAU"].value)
    remembered = kept * (1.0 - kept**13) / (1.0 - kept)
    return float(remembered / (1.0 / GLUE_RATIO - 1.0))


def main() -> None:
    """Fit and print."""
    print(f"HALVES {halves():.2f} sessions")

    def misfit(omega2: float) -> tuple[float, np.ndarray]:
        emax = brentq(
            lambda emax: peaks(infusion(changed(EMAX=emax, omega2_EMAX=omega2), people=PEOPLE)).mean() - MEAN_TARGET,
            0.2, 0.9, xtol=1e-3,
        )  # fmt: skip
        return emax, peaks(infusion(changed(EMAX=emax, omega2_EMAX=omega2), people=PEOPLE))

    for omega2 in (0.5, 0.75, 1.0):
        emax, found = misfit(omega2)
        print(
            f"omega2 {omega2:.2f}: EMAX {emax:.3f}, mean {found.mean():.1f}, SD {found.std():.1f}, "
            f">4 {100 * (found > 4).mean():.0f} %"
        )

    typical = infusion(ENTRY)
    at = typical.times_h[typical["cadss"].typical.argmax()] * 60
    top = typical["cadss"].typical.max()
    print(f"entry: typical peak {top:.1f} at {at:.0f} min, at 2 h {100 * typical.at('cadss', 2.0) / top:.1f} % of it")
    for name, trajectory in (
        ("0.1 mg/kg", infusion(ENTRY, 0.1, people=PEOPLE)),
        ("0.5 mg/kg", infusion(ENTRY, people=PEOPLE)),
        ("1.0 mg/kg", infusion(ENTRY, 1.0, people=PEOPLE)),
        ("56 mg nasal", nasal(ENTRY, 2, PEOPLE)),
        ("84 mg nasal", nasal(ENTRY, 3, PEOPLE)),
    ):
        found = peaks(trajectory)
        noisy = found + ENTRY.residual["cadss"].value * np.random.default_rng(1).standard_normal(len(found))
        print(
            f"{name}: mean {found.mean():.1f} SD {found.std():.1f}, "
            f"with reading noise above 4: {100 * (noisy > 4).mean():.0f} %"
        )
    weekly = infusion(ENTRY, sessions=14)
    tops = [
        weekly["cadss"].typical[(weekly.times_h >= 168 * w) & (weekly.times_h < 168 * w + 6)].max() for w in range(14)
    ]
    print("weekly peaks:", " ".join(f"{one:.1f}" for one in tops), f"ratio {tops[-1] / tops[0]:.2f}")


if __name__ == "__main__":
    main()
