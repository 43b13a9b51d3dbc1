"""Who is next."""

from __future__ import annotations

from dataclasses import dataclass

from kinetamine.web.jobs.line import Line


@dataclass(eq=False)
class Ticket:
    """Somebody who waits."""

    client: str
    name: str
    long: bool = False


def line_of(*tickets: Ticket, most: int = 64) -> Line[Ticket]:
    found: Line[Ticket] = Line(most)
    found.waiting.extend(tickets)
    return found


def test_clients_take_turns() -> None:
    line = line_of(*(Ticket("a", f"a{number}") for number in range(4)), Ticket("b", "b0"), Ticket("c", "c0"))
    assert [one.name for one in line.order()] == ["a0", "b0", "c0", "a1", "a2", "a3"]
    served = [line.next((), most_long=1) for _ in range(6)]
    assert [one.name for one in served if one] == ["a0", "b0", "c0", "a1", "a2", "a3"]
    assert line.next((), most_long=1) is None


def test_who_has_a_process_comes_after_who_has_none() -> None:
    line = line_of(Ticket("a", "a1"), Ticket("b", "b0"))
    first = line.next([Ticket("a", "a0")], most_long=1)
    assert first is not None
    assert first.name == "b0"


def test_a_long_one_waits_while_another_has_its_place_and_lets_the_short_pass() -> None:
    line = line_of(Ticket("a", "long", long=True), Ticket("b", "short"))
    running = [Ticket("c", "running", long=True)]
    first = line.next(running, most_long=1)
    assert first is not None
    assert first.name == "short"
    assert line.next(running, most_long=1) is None
    assert line.next((), most_long=1) is not None


def test_one_client_has_half_of_the_places() -> None:
    line = line_of(Ticket("a", "0"), Ticket("a", "1"), most=4)
    assert line.is_full("a")
    assert not line.is_full("b")
    line.waiting.extend((Ticket("b", "2"), Ticket("c", "3")))
    assert line.is_full("d")


def test_clients_that_are_gone_are_forgotten() -> None:
    line = line_of(most=2)
    for number in range(100):
        line.waiting.append(Ticket(f"client {number}", "only"))
        line.next((), most_long=1)
    assert len(line._last) <= 4 * line.most
