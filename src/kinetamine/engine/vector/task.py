"""What a compiled function is told: one table of addresses and counts, the same for both integrators."""

from __future__ import annotations

from dataclasses import dataclass

from kinetamine.engine.vector.code import VECTOR, Code
from kinetamine.engine.vector.equations import Trace

TASK = (
    *("parameters", "inputs", "boluses", "switch_times", "segments", "output_times", "output_count"),
    *("settings", "status", "estimates", "stored", "values", "summaries", "thresholds", "trapezoids", "areas"),
    *("numbers", "firsts", "inverses", "top"),
    *("lengths", "kind_count", "kinds", "block_segments", "until", "block_count", "basis", "ahead"),
)
"""The 8-byte fields of a task. Arrays of people: (group, row ..., lane)."""
COUNTS = {"segments", "output_count", "stored", "kind_count", "block_count"}
"""Those that are numbers; the others are addresses."""
STEPPED = {"trapezoids", "areas", "basis", "ahead", "firsts", "inverses", "top"}
"""Arrays of numbers for all people that are in the precision of the steps."""
SETTINGS = ("relative", "absolute", "first_step_h", "most_steps")


@dataclass(frozen=True)
class Sizes:
    """Rows per person of each array."""

    parameters: int
    inputs: int
    boluses: int
    states: int
    outputs: int

    @classmethod
    def of(cls, trace: Trace) -> Sizes:
        """The sizes of a model."""
        e = trace.equations
        return cls(len(trace.used), len(e.inputs), len(e.boluses), len(e.states), len(trace.output_names))


def row(code: Code, array: str, index: str, rows: int, more: str = "1") -> str:
    """The address of one row of rows: index x rows x more vectors from the begin."""
    offset = code.set(f"mul i64 {index}, {rows}")
    offset = offset if more == "1" else code.set(f"mul i64 {offset}, {more}")
    return code.set(f"getelementptr inbounds {VECTOR}, ptr {array}, i64 {offset}")
