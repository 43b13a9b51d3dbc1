"""The only door to the science: every function of the simulator by name, for worker processes to run.

Names are those of the command line and of Python. Each takes what was asked for as plain values and ``tell``, which
hands on what is known before the end; it returns plain values.
"""

from __future__ import annotations

from collections.abc import Mapping

from kinetamine.web.simulations import alike, arms, course, export, library, studies, walk
from kinetamine.web.simulations.door import Door

_DOORS: tuple[Door, ...] = (
    course.simulate,
    course.view,
    course.plan,
    arms.arms,
    walk.walk,
    alike.doses,
    alike.compare,
    alike.explain,
    export.export,
    library.models,
    library.show,
    library.cite,
    library.validate,
    studies.population,
    studies.predict,
    studies.sensitivity,
    studies.hypotheses,
)
DOORS: Mapping[str, Door] = {one.__name__: one for one in _DOORS}
"""Every function by name."""
