"""How time grows with people, doses and outputs, and the memory it takes; the product's own model, two threads."""

from __future__ import annotations

import argparse
import resource
import statistics
import time
from collections.abc import Callable

import workloads

from kinetamine.engine.vector.kernel import compile  # noqa: A004 - its name
from kinetamine.engine.vector.method import Collocation
from population import Case, full

OUTPUTS = (
    ("madrs",),
    ("ketamine_arterial", "cadss", "madrs"),
    ("ketamine_arterial", "ketamine_venous", "norketamine_venous", "nmda_occupancy", "cadss", "systolic_rise", "madrs"),
)
REGIMENS = {
    1: "0.5 mg/kg iv over 40 min",
    3: "0.5 mg/kg iv over 40 min, three times weekly for 1 weeks",
    6: "0.5 mg/kg iv over 40 min, twice weekly for 3 weeks",
    9: "0.5 mg/kg iv over 40 min, three times weekly for 3 weeks",
    21: "0.5 mg/kg iv over 40 min, daily for 3 weeks",
}


def seconds(program: Callable[[], object], rounds: int) -> float:
    """The median of some runs after a first."""
    program()
    found = []
    for _ in range(rounds):
        start = time.perf_counter()
        program()
        found.append(time.perf_counter() - start)
    return statistics.median(found)


def peak_mb() -> float:
    """The most memory that this process has had."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024.0


def people(most: int, rounds: int) -> None:
    """Ever more of them, summaries only."""
    count = 1
    while count <= most:
        case = Case("W2", count, threads=2)
        taken = seconds(lambda case=case: case.summaries(Collocation()), 1 if count > 100_000 else rounds)  # type: ignore[misc]
        print(f"  {count:9} people {taken:9.3f} s {1e6 * taken / count:10.1f} us a person, {peak_mb():.0f} MB at most")
        count *= 10


def doses(count: int, rounds: int) -> None:
    """The same three weeks with more doses in them."""
    for number, words in REGIMENS.items():
        made = full(count, None, words)
        kernel = compile(made.equations)
        times = workloads.times_h()
        taken = seconds(lambda k=kernel, m=made, t=times: k.summarize(m.parameters, m.schedule, t).require(), rounds)  # type: ignore[misc]
        print(f"  {number:3} doses {1e6 * taken / count:10.1f} us a person")


def outputs(count: int, rounds: int) -> None:
    """More of them from the same course; what none needs is left out of the equations."""
    for names in (*OUTPUTS, None):
        made = full(count, names)
        kernel = compile(made.equations)
        times = workloads.times_h()
        taken = seconds(lambda k=kernel, m=made, t=times: k.summarize(m.parameters, m.schedule, t).require(), rounds)  # type: ignore[misc]
        print(
            f"  {len(kernel.output_names):3} outputs, {len(made.equations.states)} states "
            f"{1e6 * taken / count:10.1f} us a person"
        )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--most", type=int, default=100_000, help="people; ten times as many each time, from 1 on")
    parser.add_argument("--people", type=int, default=2000, help="for doses and outputs")
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    print("W2, summaries, by people")
    people(given.most, given.rounds)
    print("The product's own model, summaries at 3,361 times, by doses in three weeks")
    doses(given.people, given.rounds)
    print("by outputs")
    outputs(given.people, given.rounds)


if __name__ == "__main__":
    main()
