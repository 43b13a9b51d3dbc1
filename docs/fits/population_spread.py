"""How much virtual people differ, beside how much people differed: nothing is fitted here.

Run with ``python docs/fits/population_spread.py``. Each row is a spread that somebody published, read in the place
named; scores are compared as read, with the error of a reading. Levels are compared by their coefficient of variation,
as means differ for other reasons; scores and pressures by their SD.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import numpy as np

from kinetamine import catalogue
from kinetamine.course import Course
from kinetamine.engine.person import Person
from kinetamine.population.conduct import conduct
from kinetamine.population.findings import Findings
from kinetamine.population.study import Study

PEOPLE = 2000
INFUSION = "0.5 mg/kg iv over 40 min"
SPRAYS = "esketamine 84 mg intranasal, twice weekly for 4 weeks"


@dataclass(frozen=True, kw_only=True)
class Published:
    """A mean and SD between people, and the columns that predict it.

    Attributes:
        people: how many it was seen in; 0: not read.
        since: a column that is taken off, where a change was published.
        read_sd: error of a reading, where the table holds none; ``read_cv`` is a part of the mean.
        relative: whether the SD over the mean is compared, and not the SD.
    """

    name: str
    words: str
    population: str
    column: str
    mean: float
    sd: float
    people: int
    source: str
    since: str = ""
    read_sd: float = 0.0
    read_cv: float = 0.0
    relative: bool = False


MADRS, START = "madrs_{}_read", "madrs_start_read"
_ASSAY = catalogue.load("pk", "kamp_2020").residual["ketamine_venous"].value


def _hasan(analyte: str, mean: float, sd: float) -> Published:
    return Published(
        name=f"Cmax of {analyte}",
        words="5 mg racemic iv over 30 min",
        population="us_adults",
        column=f"{analyte.replace('-', '_').lower()}_venous_max",
        mean=mean,
        sd=sd,
        people=15,
        source="Hasan 2021",
        read_cv=_ASSAY,
        relative=True,
    )


ROWS = (
    _hasan("S-ketamine", 15.6, 4.5),
    _hasan("R-ketamine", 16.5, 4.9),
    _hasan("ketamine", 29.9, 8.48),
    Published(
        name="peak CADSS",
        words=INFUSION,
        population="us_adults",
        column="cadss_max",
        mean=16.8,
        sd=10.3,
        people=0,
        source="Moujaes 2024",
        read_sd=3.0,
    ),
    Published(
        name="peak CADSS",
        words=INFUSION,
        population="us_adults",
        column="cadss_max",
        mean=24.9,
        sd=10.8,
        people=0,
        source="Goldway 2025",
        read_sd=3.0,
    ),
    Published(
        name="systolic rise",
        words=INFUSION,
        population="trd_trials",
        column="systolic_rise_max",
        mean=np.nan,
        sd=11.2,
        people=0,
        source="Yale 2024",
        read_sd=11.0,
    ),
    Published(
        name="diastolic rise",
        words=INFUSION,
        population="trd_trials",
        column="diastolic_rise_max",
        mean=np.nan,
        sd=8.45,
        people=0,
        source="Yale 2024",
        read_sd=8.5,
    ),
    Published(
        name="MADRS, 24 h",
        words=INFUSION,
        population="surgical_mdd",
        column=MADRS.format("24h"),
        mean=12.7,
        sd=7.6,
        people=20,
        source="Lii 2023",
    ),
    Published(
        name="MADRS, 7 d",
        words=INFUSION,
        population="surgical_mdd",
        column=MADRS.format("7d"),
        mean=15.9,
        sd=9.2,
        people=18,
        source="Lii 2023",
    ),
    Published(
        name="MADRS, 24 h",
        words=INFUSION,
        population="trd_trials",
        column=MADRS.format("24h"),
        mean=16.2,
        sd=10.7,
        people=29,
        source="Correia-Melo 2020",
    ),
    Published(
        name="MADRS, 24 h",
        words=INFUSION,
        population="mdd_suicidal_ideation",
        column=MADRS.format("24h"),
        mean=19.5,
        sd=12.3,
        people=0,
        source="Wilkinson 2018",
    ),
    Published(
        name="MADRS change, 2 h",
        words=INFUSION,
        population="trd_trials",
        column=MADRS.format("2h"),
        mean=-18.9,
        sd=6.6,
        people=24,
        source="Murrough 2013",
        since=START,
    ),
    Published(
        name="MADRS change, 24 h",
        words=SPRAYS,
        population="mdd_suicidal_ideation",
        column=MADRS.format("24h"),
        mean=-15.7,
        sd=11.56,
        people=114,
        source="Ionescu 2021",
        since=START,
    ),
    Published(
        name="MADRS change, 4 weeks",
        words=SPRAYS,
        population="trd_trials",
        column=MADRS.format("28d"),
        mean=-21.4,
        sd=12.32,
        people=101,
        source="Popova 2019",
        since=START,
    ),
)


@dataclass(frozen=True)
class Compared:
    """What was published beside what virtual people show."""

    published: Published
    mean: float
    sd: float

    @property
    def ratio(self) -> float:
        """Of the predicted spread to the published one."""
        if self.published.relative:
            return (self.sd / self.mean) / (self.published.sd / self.published.mean)
        return self.sd / self.published.sd


def compared() -> Iterator[Compared]:
    """Each row beside what virtual people show."""
    for row in ROWS:
        found = _found(row.words, row.population)
        values = found.column(row.column) - (found.column(row.since) if row.since else 0.0)
        yield Compared(
            row, float(values.mean()), float(np.hypot(values.std(), row.read_sd + row.read_cv * values.mean()))
        )


@cache
def _found(words: str, population: str) -> Findings:
    course = Course(
        person=Person(),
        regimen=words,  # type: ignore[arg-type]  # read by the course itself
        effects=("dissociation", "blood_pressure"),
        outcomes=("depression",),
        follow_up_days=8.0,
        people=0,
    )
    kept = (*(f"{one}ketamine_venous" for one in ("", "s_", "r_") if "esketamine" not in words), "cadss", "madrs")
    outputs = (*kept, "systolic_rise", "diastolic_rise")
    return conduct(Study(course=course, population=population, people=PEOPLE, outputs=outputs, readings=True))


if __name__ == "__main__":
    print("| what | population | published | virtual people | ratio | source, people |")
    print("|---|---|---:|---:|---:|---|")
    for one in compared():
        row = one.published
        mean = "" if np.isnan(row.mean) else f"{row.mean:g}"
        published = f"{mean} (SD {row.sd:g})".strip()
        print(
            f"| {row.name} | `{row.population}` | {published} | {one.mean:.1f} (SD {one.sd:.1f}) | {one.ratio:.2f} "
            f"| {row.source}{f', {row.people}' if row.people else ''} |"
        )
