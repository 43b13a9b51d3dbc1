"""Virtual people: who they are, how they differ, how they fare; the same for a seed, whatever the machine.

Three kinds of not knowing stay apart: people differ (``people``, ``between_people``), sessions and readings differ
(``between_occasions``, ``residuals``), and the numbers of the papers are uncertain (``uncertain``).
"""

from kinetamine.population.differences import between_occasions, between_people, residuals
from kinetamine.population.draw import people
from kinetamine.population.matrix import copes, parameters
from kinetamine.population.run import simulate
from kinetamine.population.table import People
from kinetamine.population.treated import studied
from kinetamine.population.uncertainty import uncertain

__all__ = [
    "People",
    "between_occasions",
    "between_people",
    "copes",
    "parameters",
    "people",
    "residuals",
    "simulate",
    "studied",
    "uncertain",
]
