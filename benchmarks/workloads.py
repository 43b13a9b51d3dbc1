"""Two models of plausible size for measuring speed: W1, linear kinetics; W2, from dose to mood. Not for ketamine.

Benchmark values only: 39 parameters, log-normal between people, drawn from one fixed stream.
"""

from __future__ import annotations

import numpy as np

from kinetamine.engine.maths import Number, hill, maximum
from kinetamine.engine.model import Values
from kinetamine.engine.vector.equations import Equations
from kinetamine.engine.vector.schedule import Schedule

_TABLE = """
CL 75 .30, V1 20 .30, Q2 120 .25, V2 50 .25, Q3 60 .25, V3 150 .25, FM .80 0, CLM 50 .30, VM1 40 .30, QM 60 .25,
VM2 90 .25, WT 70 .18, KE0 15 .30, KE0N 8 .30, ALPHA .15 .20, IC50 .15 .30, HILL 1.4 .10, KTOL .7 .30, T50 .5 .20,
KD 10 .20, EMD 1 .20, KG 4 .20, SG 3 .30, KTR 1.5 .20, KB .15 .20, SB 1.5 .30, Y50 .5 .20, KS .012 .20, SSY 1 .30,
RM .01 .20, CM .03 .30, HR0 72 .12, MAP0 92 .10, SH .25 .30, SM .20 .30, FB .8 .15, KH 30 .15, KM 60 .15, KR 12 .15
"""
_ROWS = [entry.split() for entry in _TABLE.split(",")]
PARAMETERS = tuple(row[0] for row in _ROWS)
MEDIAN, OMEGA = (np.array([float(row[column]) for row in _ROWS]) for column in (1, 2))
DOSE_DAYS = (0, 3, 7, 10, 14, 17)
INFUSION_H, MG_PER_KG, END_H = 40.0 / 60.0, 0.5, 504.0


def people(count: int) -> np.ndarray:
    """Parameters of so many people, (person, parameter)."""
    z = np.random.default_rng(20261122).standard_normal((max(count, 10_000), len(_ROWS)))[:count]
    return np.asarray(MEDIAN * np.exp(OMEGA * z))


def schedule(parameters: np.ndarray) -> Schedule:
    """0.5 mg/kg over 40 minutes on six days; three weeks."""
    starts = [24.0 * day for day in DOSE_DAYS]
    times = np.array([time for start in starts for time in (start, start + INFUSION_H)] + [END_H])
    running = np.array([1.0, 0.0] * len(starts))
    rate = MG_PER_KG * parameters[:, PARAMETERS.index("WT")] / INFUSION_H
    return Schedule(times, {"rate": running[:, None] * rate[None, :]})


def times_h() -> np.ndarray:
    """Every 15 minutes, and every minute within 4 hours of a dose: 3,361 times."""
    dense = [24 * 60 * day + minute for day in DOSE_DAYS for minute in range(241)]
    return np.array(sorted({*range(0, int(END_H * 60) + 1, 15), *dense})) / 60.0


def _kinetics(x: Values, p: Values, u: Values) -> dict[str, Number]:
    parent, metabolite = x.a1 / p.V1, x.n1 / p.VM1
    to_2 = p.Q2 * (parent - x.a2 / p.V2)
    to_3 = p.Q3 * (parent - x.a3 / p.V3)
    to_n2 = p.QM * (metabolite - x.n2 / p.VM2)
    return {
        "a1": u.rate - p.CL * parent - to_2 - to_3,
        "a2": to_2,
        "a3": to_3,
        "n1": p.FM * p.CL * parent - p.CLM * metabolite - to_n2,
        "n2": to_n2,
    }


def _concentrations(x: Values, p: Values, _u: Values) -> dict[str, Number]:
    return {"C1": x.a1 / p.V1, "CM": x.n1 / p.VM1}


def _occupancy(x: Values, p: Values) -> Number:
    return hill(maximum(x.ce + p.ALPHA * x.cn, 0.0) + 1e-6, p.IC50, p.HILL)


_TRANSITS = tuple(f"x{i}" for i in range(1, 7))


def _rates(x: Values, p: Values, u: Values) -> dict[str, Number]:
    occupancy = _occupancy(x, p)
    effect = occupancy / (1.0 + x.to / p.T50)
    drive = x.x6 - 1.0
    before = (x.g, *(getattr(x, name) for name in _TRANSITS))
    reflex = 1.0 - p.FB * (x.br / p.MAP0 - 1.0)
    return {
        **_kinetics(x, p, u),
        "ce": p.KE0 * (x.a1 / p.V1 - x.ce),
        "cn": p.KE0N * (x.n1 / p.VM1 - x.cn),
        "to": p.KTOL * (occupancy - x.to),
        "di": p.KD * (p.EMD * effect - x.di),
        "g": p.KG * (1.0 + p.SG * effect - x.g),
        **{name: p.KTR * (before[i] - getattr(x, name)) for i, name in enumerate(_TRANSITS)},
        "bd": p.KB * (1.0 + p.SB * drive / (p.Y50 + drive) - x.bd),
        "sy": p.KS * (1.0 + p.SSY * (x.bd - 1.0) - x.sy),
        "mo": p.RM * x.mo * (1.0 - x.mo) - p.CM * (x.sy - 1.0) * x.mo,
        "hr": p.KH * (p.HR0 * (1.0 + p.SH * effect) * reflex - x.hr),
        "mp": p.KM * (p.MAP0 * (1.0 + p.SM * effect) * (0.5 + 0.5 * x.hr / p.HR0) - x.mp),
        "br": p.KR * (x.mp - x.br),
    }


def _outputs(x: Values, p: Values, u: Values) -> dict[str, Number]:
    found = {"RO": _occupancy(x, p), "DI": x.di, "BD": x.bd, "MO": x.mo, "MP": x.mp, "HR": x.hr}
    return _concentrations(x, p, u) | found


W1 = Equations(
    states=("a1", "a2", "a3", "n1", "n2"),
    parameters=PARAMETERS,
    inputs=("rate",),
    rates=_kinetics,
    outputs=_concentrations,
)
W2 = Equations(
    states=(*W1.states, "ce", "cn", "to", "di", "g", *_TRANSITS, "bd", "sy", "mo", "hr", "mp", "br"),
    parameters=PARAMETERS,
    inputs=("rate",),
    initial=lambda p: {
        **dict.fromkeys(("g", *_TRANSITS, "bd", "sy", "mo"), 1.0),
        "hr": p.HR0,
        "mp": p.MAP0,
        "br": p.MAP0,
    },
    rates=_rates,
    outputs=_outputs,
)
