"""Conditions on facts that may be unknown: true, false, or not known (None), after Kleene's strong logic."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from kinetamine.clinic.eligibility.facts import Answer
from kinetamine.engine.model import Estimate

Known = Mapping[str, Answer]


@dataclass(frozen=True)
class Is:
    """A fact has this answer."""

    fact: str
    answer: bool | str = True

    @property
    def facts(self) -> tuple[str, ...]:
        """What must be known."""
        return (self.fact,)

    def holds(self, known: Known) -> bool | None:
        """Whether it is so; None where it is not known."""
        return None if self.fact not in known else known[self.fact] == self.answer


@dataclass(frozen=True)
class Above:
    """A quantity lies above a limit; the limit itself is not above."""

    fact: str
    limit: Estimate

    @property
    def facts(self) -> tuple[str, ...]:
        """What must be known."""
        return (self.fact,)

    def holds(self, known: Known) -> bool | None:
        """Whether it is so; None where it is not known."""
        return None if self.fact not in known else float(known[self.fact]) > self.limit.value


@dataclass(frozen=True)
class Below:
    """A quantity lies below a limit; the limit itself is not below."""

    fact: str
    limit: Estimate

    @property
    def facts(self) -> tuple[str, ...]:
        """What must be known."""
        return (self.fact,)

    def holds(self, known: Known) -> bool | None:
        """Whether it is so; None where it is not known."""
        return None if self.fact not in known else float(known[self.fact]) < self.limit.value


def facts_of(parts: Iterable[Condition]) -> tuple[str, ...]:
    """What must be known for all of them, each once."""
    return tuple(dict.fromkeys(fact for part in parts for fact in part.facts))


@dataclass(frozen=True)
class AnyOf:
    """At least one of these holds."""

    parts: tuple[Condition, ...]

    @property
    def facts(self) -> tuple[str, ...]:
        """What must be known."""
        return facts_of(self.parts)

    def holds(self, known: Known) -> bool | None:
        """True where one holds, whatever else is unknown; false only where all are known and none holds."""
        found = [part.holds(known) for part in self.parts]
        if True in found:
            return True
        return None if None in found else False


@dataclass(frozen=True)
class AllOf:
    """Every one of these holds."""

    parts: tuple[Condition, ...]

    @property
    def facts(self) -> tuple[str, ...]:
        """What must be known."""
        return facts_of(self.parts)

    def holds(self, known: Known) -> bool | None:
        """False where one does not hold, whatever else is unknown; true only where all are known to hold."""
        found = [part.holds(known) for part in self.parts]
        if False in found:
            return False
        return None if None in found else True


Condition = Is | Above | Below | AnyOf | AllOf


def leaves(condition: Condition) -> Iterator[Is | Above | Below]:
    """The plain conditions that a condition is made of."""
    if isinstance(condition, AnyOf | AllOf):
        for part in condition.parts:
            yield from leaves(part)
    else:
        yield condition
