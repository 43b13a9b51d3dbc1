"""Who is next: clients take turns, so that one who asks for much does not keep the others waiting."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Generic, Protocol, TypeVar


class Waiter(Protocol):
    """What stands in the line."""

    client: str
    """Whose it is."""
    long: bool
    """Whether it may keep a process for many seconds."""


One = TypeVar("One", bound=Waiter)


@dataclass
class Line(Generic[One]):
    """Jobs that wait.

    Attributes:
        most: how many may wait; of one client half as many.
    """

    most: int
    waiting: list[One] = field(default_factory=list)
    _last: dict[str, int] = field(default_factory=dict)
    _turn: int = 0

    def is_full(self, client: str) -> bool:
        """Whether there is no more room, or none for this client."""
        own = sum(one.client == client for one in self.waiting)
        return len(self.waiting) >= self.most or own >= max(1, (self.most + 1) // 2)

    def next(self, running: Iterable[One], most_long: int) -> One | None:
        """Take who is next out of the line: of the clients with the fewest running jobs, the one served longest ago.

        Args:
            running: jobs that processes have now.
            most_long: how many of them may be long ones, so that a short one finds a process soon.
        """
        now = list(running)
        found = self._first(self.waiting, Counter(one.client for one in now), self._last, _room(now, most_long))
        if found is not None:
            self.waiting.remove(found)
            self._turn += 1
            self._last[found.client] = self._turn
            self._forget(now)
        return found

    def order(self) -> list[One]:
        """Everybody in the order in which they would be taken, if nobody else came."""
        left, last, turn, found = list(self.waiting), dict(self._last), self._turn, []
        while (one := self._first(left, {}, last, long=True)) is not None:
            left.remove(one)
            found.append(one)
            turn += 1
            last[one.client] = turn
        return found

    @staticmethod
    def _first(waiting: list[One], running: Mapping[str, int], last: Mapping[str, int], long: bool) -> One | None:  # noqa: FBT001 - all by name but here
        able = [one for one in waiting if long or not one.long]
        return min(able, key=lambda one: (running.get(one.client, 0), last.get(one.client, 0)), default=None)

    def _forget(self, running: list[One]) -> None:
        """Clients that ask for nothing any more."""
        there = {one.client for one in (*self.waiting, *running)}
        if len(self._last) > 4 * self.most:
            self._last = {client: turn for client, turn in self._last.items() if client in there}


def _room(running: list[One], most_long: int) -> bool:
    return sum(one.long for one in running) < most_long
