"""The only door to the science: every function of the simulator by name, for worker processes to run.

Names are those of the command line and of Python. Each takes what was asked for as plain values and ``tell``, which
hands on what is known before the end; it returns plain values.
"""

from __future__ import annotations

from collections.abc import Mapping

from kinetamine.web.simulations.course import simulate, view
from kinetamine.web.simulations.door import Door
from kinetamine.web.simulations.walk import walk

DOORS: Mapping[str, Door] = {one.__name__: one for one in (simulate, view, walk)}
"""Every function by name."""
