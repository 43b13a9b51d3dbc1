"""The units Kinetamine uses and how they convert: pint at the boundary, plain floats inside.

Inside, time is in hours, amount in mg of ketamine base, volume in L, weight in kg,
concentration in ng/mL, pressure in mmHg.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from kinetamine.errors import FieldError

if TYPE_CHECKING:
    import pint

# A registry of our own: twenty times quicker to build than pint's full one, and a unit
# nobody doses ketamine in is an error rather than a surprise.
_DEFINITIONS = """
milli- = 1e-3 = m-
micro- = 1e-6 = µ- = u- = mc-
nano- = 1e-9 = n-
kilo- = 1e3 = k-
second = [time] = s = sec
minute = 60 * second = min = minutes
hour = 60 * minute = h = hr = hrs
day = 24 * hour = d
week = 7 * day = wk
gram = [mass] = g
metre = [length] = m
litre = [volume] = L = l
mole = [substance] = mol
mmHg = [pressure]
percent = 0.01 = %
point = []
beat = []
"""

KETAMINE_G_PER_MOL = 237.725
"""Molar mass of ketamine base (NCATS; C13H16ClNO)."""
KETAMINE_HCL_G_PER_MOL = 274.186
"""Molar mass of ketamine hydrochloride (NCATS)."""
NORKETAMINE_G_PER_MOL = 223.70
"""Molar mass of norketamine base (C12H14ClNO)."""
HYDROXYNORKETAMINE_G_PER_MOL = 239.70
"""Molar mass of hydroxynorketamine base (C12H14ClNO2)."""
BASE_PER_HYDROCHLORIDE = KETAMINE_G_PER_MOL / KETAMINE_HCL_G_PER_MOL
"""mg of base in one mg of hydrochloride, 0.867."""


@cache
def _registry() -> pint.UnitRegistry[float]:
    import pint  # noqa: PLC0415 - a quarter second nobody should pay for --help

    registry: pint.UnitRegistry[float] = pint.UnitRegistry(None)
    registry.load_definitions(_DEFINITIONS.strip().splitlines())
    return registry


def convert(value: float, unit: str, to: str, *, field: str = "unit") -> float:
    """Convert a value between units.

    Raises:
        FieldError: the unit is unknown, or measures something else than ``to`` does.
    """
    if unit == to:
        return value
    registry = _registry()
    try:
        return float(registry.Quantity(value, unit).to(to).magnitude)
    except Exception as error:  # pint raises many kinds; each means the same here
        raise FieldError(field, f"{value:g} {unit}", f"a quantity in {to} or a unit that converts to it") from error
