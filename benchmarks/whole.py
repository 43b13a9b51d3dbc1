"""How long a whole course takes, from doses to relapse, beside W2: the same times, round by round.

python benchmarks/whole.py --people 1000 --rounds 5
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable

import numpy as np
import workloads

from kinetamine import Course, Person, Regimen
from kinetamine.engine.vector.kernel import Kernel, compile  # noqa: A004 - its name
from kinetamine.engine.vector.method import Collocation
from kinetamine.engine.vector.prune import prune
from kinetamine.engine.vector.schedule import Schedule
from kinetamine.engine.vector.whole import assemble

WATCHED = (
    *("ketamine_arterial", "ketamine_venous", "norketamine_venous", "nmda_occupancy", "cadss"),
    *("systolic_rise", "diastolic_rise", "relief", "madrs", "relapse_risk"),
)
"""What a study watches unless told otherwise, and relapse."""
METHODS = {"double": Collocation(), "mixed": Collocation(precision="mixed")}
Case = tuple[Kernel, np.ndarray, Schedule]


def cases(people: int) -> dict[str, Case]:
    """W2 first, then the course with the outputs of a study, and with all."""
    regimen = Regimen.parse("0.5 mg/kg iv over 40 min, twice weekly for 3 weeks")
    course = Course(regimen=regimen, person=Person(weight_kg=70, madrs=33), people=people)
    whole = assemble(course.problem(), workloads.END_H)
    parameters = workloads.people(people + 1)
    watched, everything = compile(prune(whole.equations, WATCHED)), compile(whole.equations)
    return {
        "W2": (compile(workloads.W2), parameters, workloads.schedule(parameters)),
        f"course, {len(WATCHED)} outputs": (watched, whole.parameters, whole.schedule),
        f"course, {len(everything.output_names)} outputs": (everything, whole.parameters, whole.schedule),
    }


def program(case: Case, method: Collocation, *, stored: bool) -> Callable[[], int]:
    """A run, which says how many people were solved again in steps."""
    (kernel, parameters, schedule), times = case, workloads.times_h()
    into: list[np.ndarray | None] = [None]

    def run() -> int:
        if stored:
            found = kernel.run(parameters, schedule, times, method=method, into=into[0]).require()
            into[0] = found.blocks
        else:
            found = kernel.summarize(parameters, schedule, times, method=method).require()
        return int(np.isnan(found.estimates).sum())

    return run


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--people", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=5)
    given = parser.parse_args()
    found = cases(given.people)
    for precision, method in METHODS.items():
        for stored in (True, False):
            runs = {name: program(case, method, stored=stored) for name, case in found.items()}
            seconds: dict[str, list[float]] = {name: [] for name in runs}
            stepped = dict.fromkeys(runs, 0)
            for turn in range(given.rounds + 1):  # the first warms up
                for name, run in runs.items():
                    start = time.process_time()
                    stepped[name] = run()
                    if turn:
                        seconds[name].append(time.process_time() - start)
            print(f"{precision}, {'stored' if stored else 'summaries'}")
            for name, some in seconds.items():
                ratio = statistics.median(a / b for a, b in zip(some, seconds["W2"], strict=True))
                micro = 1e6 * statistics.median(some) / (given.people + 1)
                print(f"  {name:20}{micro:8.1f} us a person, {ratio:5.2f} x W2, {stepped[name]} solved in steps")


if __name__ == "__main__":
    main()
