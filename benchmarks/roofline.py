"""How far the population engine is from what the machine can do: peak arithmetic and bandwidth, measured here and now.

Arithmetic of a model is counted in its own assembly: what is run once per block, times the blocks; sweeps of loops are
counted once, so that the distance shown is an upper bound where loops sweep often.
"""

from __future__ import annotations

import argparse
import ctypes
import re
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from growth import seconds

from kinetamine.engine.vector.blocks import cut
from kinetamine.engine.vector.code import DOUBLE, LANES, VECTOR, Code, Function
from kinetamine.engine.vector.equations import Trace
from kinetamine.engine.vector.jit import Library
from kinetamine.engine.vector.layout import room
from kinetamine.engine.vector.method import Collocation
from kinetamine.engine.vector.module import blocks_module
from population import Case

CHAINS = 16
"""Sums that do not wait for each other: more than the arithmetic units are deep."""
LOOPS = 4_000_000
BUFFER_MB = 256
_PLAIN = re.compile(r"= (?:fadd|fsub|fmul|fdiv) ")
_FUSED = re.compile(r"@llvm\.(?:fma|fmuladd)\.")


def _peak() -> Callable[[int, int], None]:
    """Fused products and sums in registers."""
    code = Code(Function("peak", ("ptr %into", "i64 %loops")), "")
    sums = [code.room(VECTOR) for _ in range(CHAINS)]
    factor, term = code.load("%into", 0), code.load("%into", 1)  # not known beforehand: nothing can be left out
    for i, one in enumerate(sums):
        code.store(code.load("%into", i), one)
    with code.count_to("%loops"):
        for one in sums:
            code.store(code.fma(code.load(one), factor, term), one)
    for i, one in enumerate(sums):
        code.store(code.load(one), "%into", i)
    declared = f"declare {VECTOR} @llvm.fma.v8f64({VECTOR}, {VECTOR}, {VECTOR})\n"
    return _function("peak", declared + code.end())


def _fill() -> Callable[[int, int], None]:
    """Vectors written one after another."""
    code = Code(Function("fill", ("ptr %into", "i64 %loops")), "")
    with code.count_to("%loops") as index:
        code.store(DOUBLE.splat(1.0), "%into", index)
    return _function("fill", code.end())


def _function(name: str, text: str) -> Callable[[int, int], None]:
    library = Library(text, stored=False)
    function = library.function(name, None, (ctypes.c_void_p, ctypes.c_int64))

    def call(address: int, count: int, _library: Library = library) -> None:
        function(address, count)

    return call


def rate(program: Callable[[int, int], None], count: int, rows: int, threads: int) -> float:
    """Vectors a second, by all threads together, the best of three."""
    rooms = [room((rows, LANES)) for _ in range(threads)]
    for space in rooms:
        space[:] = 0.5
    best = 0.0
    for _ in range(4):  # the first touches the memory
        start = time.perf_counter()
        with ThreadPoolExecutor(threads) as pool:
            for one in [pool.submit(program, space.ctypes.data, count) for space in rooms]:
                one.result()
        best = max(best, threads * count / (time.perf_counter() - start))
    return best


def counted(case: Case) -> tuple[float, int]:
    """Floating-point operations of a person, and how many blocks there are."""
    text = blocks_module(Trace(case.equations), DOUBLE)
    stages = [one for one in text.split("\ndefine ") if re.match(r"internal void @(?:stage|sweep)", one)]
    operations = sum(2 * len(_FUSED.findall(one)) + len(_PLAIN.findall(one)) for one in stages)
    blocks = len(cut(case.schedule.times_h, case.times, Collocation()).kinds)
    return float(operations * blocks), blocks


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--people", type=int, default=4096)
    parser.add_argument("--threads", type=int, default=2)
    given = parser.parse_args()
    flops = 2.0 * LANES * CHAINS * rate(_peak(), LOOPS, CHAINS, given.threads)
    rows = BUFFER_MB * 2**20 // (8 * LANES) // given.threads
    written = 8.0 * LANES * rate(_fill(), rows, rows, given.threads)
    print(f"{given.threads} threads: {flops / 1e9:.0f} GFLOP/s in registers, {written / 1e9:.1f} GB/s written")
    for name in ("W1", "W2", "full"):
        case = Case(name, given.people, given.threads)
        operations, blocks = counted(case)
        size = 8.0 * len(case.times) * len(case.kernel.output_names)
        stored = seconds(lambda case=case: case.ours(Collocation()), 5) / given.people  # type: ignore[misc]
        summed = seconds(lambda case=case: case.summaries(Collocation()), 5) / given.people  # type: ignore[misc]
        floors = operations / flops, size / written
        print(
            f"  {blocks} blocks, {operations / 1e6:.2f} MFLOP and {size / 1e3:.0f} kB a person: at least "
            f"{1e6 * floors[0]:.1f} us of arithmetic, {1e6 * floors[1]:.1f} us of writing"
        )
        print(
            f"  stored {1e6 * stored:.1f} us ({max(floors) / stored:.0%} of the limit), "
            f"summaries {1e6 * summed:.1f} us ({floors[0] / summed:.0%})"
        )


if __name__ == "__main__":
    main()
