"""Virtual people as columns, and one of them as a ``Person``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING

import numpy as np
from jaxtyping import Bool, Float, Int

from kinetamine import catalogue
from kinetamine.citation import Reference
from kinetamine.engine.person import Ancestry, Person
from kinetamine.engine.population import GROUPS, SEXES, Population
from kinetamine.errors import FieldError

if TYPE_CHECKING:
    import pandas as pd

DIPLOTYPES = ("*1/*1", "*1/*6", "*6/*6")
"""Of CYP2B6, by the number of ``*6`` alleles."""
_ACTS: dict[str, Ancestry] = {"asian": "asian", "japanese": "japanese"}
"""Groups that ``Person`` tells apart."""


@dataclass(frozen=True, kw_only=True, repr=False)
class People:
    """People drawn from a population; the i-th row is person ``first + i`` of that seed.

    Attributes:
        numbers: covariates by name, one number for each person; what is absent is as in ``Person()``.
        sex, ancestry, diplotype: codes, positions in ``SEXES``, ``GROUPS`` and ``DIPLOTYPES``; -1: not typed.
        comedication: who takes which drug.
    """

    population: Population
    seed: int
    first: int
    numbers: Mapping[str, Float[np.ndarray, " person"]]
    sex: Int[np.ndarray, " person"]
    ancestry: Int[np.ndarray, " person"]
    diplotype: Int[np.ndarray, " person"]
    hypertension: Bool[np.ndarray, " person"]
    comedication: Mapping[str, Bool[np.ndarray, " person"]] = field(default_factory=dict)

    def __len__(self) -> int:
        """How many they are."""
        return len(self.sex)

    def __repr__(self) -> str:
        """Who they are, in one line."""
        last = self.first + len(self) - 1
        return f"People({len(self)} of {self.population.name}, {self.first} to {last} of seed {self.seed})"

    def __getitem__(self, name: str) -> Float[np.ndarray, " person"]:
        """One numeric covariate of everybody."""
        if name in self.numbers:
            return self.numbers[name]
        default = getattr(Person(), name, None) if name in {one.name for one in fields(Person)} else None
        if isinstance(default, float):
            return np.full(len(self), default)
        raise FieldError("covariate", name, "one of " + ", ".join(self.numbers))

    @property
    def references(self) -> tuple[Reference, ...]:
        """Every publication behind them."""
        return self.population.references

    @property
    def bmi(self) -> Float[np.ndarray, " person"]:
        """Body mass index, kg/m2, from weight and height."""
        return np.asarray(self["weight_kg"] / (self["height_cm"] / 100.0) ** 2)

    def person(self, row: int) -> Person:
        """One of them."""
        if not 0 <= row < len(self):
            raise FieldError("row", row, f"0 to {len(self) - 1}")
        known = {one.name for one in fields(Person)}
        covariates = {name: float(values[row]) for name, values in self.numbers.items() if name in known}
        code = int(self.diplotype[row])
        return Person(
            sex=SEXES[self.sex[row]],
            ancestry=_ACTS.get(GROUPS[self.ancestry[row]], "not stated"),
            cyp2b6=DIPLOTYPES[code] if code >= 0 else None,
            hypertension=bool(self.hypertension[row]),
            comedication=tuple(name for name in _interactions(self) if self.comedication[name][row]),
            **covariates,  # type: ignore[arg-type]  # checked by Person itself
        )

    def __iter__(self) -> Iterator[Person]:
        """Each of them in turn."""
        return (self.person(row) for row in range(len(self)))

    def part(self, begin: int, end: int) -> People:
        """Some of them, rows ``begin`` to ``end`` (not included)."""
        return self.rows(np.arange(begin, min(end, len(self))), first=self.first + begin)

    def rows(self, chosen: np.ndarray, first: int | None = None) -> People:
        """Some of them, in the order given."""
        return People(
            population=self.population,
            seed=self.seed,
            first=self.first if first is None else first,
            numbers={name: values[chosen] for name, values in self.numbers.items()},
            sex=self.sex[chosen],
            ancestry=self.ancestry[chosen],
            diplotype=self.diplotype[chosen],
            hypertension=self.hypertension[chosen],
            comedication={name: taken[chosen] for name, taken in self.comedication.items()},
        )

    def columns(self) -> dict[str, np.ndarray]:
        """All that is known of them by name, categories in words, an element a person."""
        found: dict[str, np.ndarray] = {
            "sex": np.array(SEXES, dtype=object)[self.sex],
            **self.numbers,
            "ancestry": np.array(GROUPS, dtype=object)[self.ancestry],
            "cyp2b6": np.array((*DIPLOTYPES, None), dtype=object)[self.diplotype],  # -1, not typed, is the last
            "hypertension": self.hypertension,
            **{f"takes_{name}": taken for name, taken in self.comedication.items()},
        }
        return found | ({"bmi": self.bmi} if {"weight_kg", "height_cm"} <= set(self.numbers) else {})

    def to_pandas(self) -> pd.DataFrame:
        """One row a person, indexed by the person's number, categories in words."""
        import pandas as pd  # noqa: PLC0415 - a third of a second, only for those who want a table

        index = pd.RangeIndex(self.first, self.first + len(self), name="person_id")
        table = pd.DataFrame(self.columns(), index=index)
        table.attrs.update(
            population=self.population.name,
            seed=self.seed,
            nature="virtual people: drawn, not observed",
            references="; ".join(one.doi or one.url for one in self.references),
        )
        return table


def _interactions(people: People) -> list[str]:
    """Drugs that the library knows to act on ketamine."""
    known = set(catalogue.names("interactions"))
    return [name for name in people.comedication if name in known]
