"""The assembly text of a model, in two modules: one for each integrator, with all it calls."""

from __future__ import annotations

from kinetamine.engine.vector import elementary, show
from kinetamine.engine.vector.code import DOUBLE, SINGLE, Width
from kinetamine.engine.vector.emit import Constants, routine, rows
from kinetamine.engine.vector.equations import Trace
from kinetamine.engine.vector.glide import GLIDE, Glide
from kinetamine.engine.vector.march import RUN, March
from kinetamine.engine.vector.rosenbrock import step
from kinetamine.engine.vector.tableau import Tableau

__all__ = ["GLIDE", "RUN", "TABLE_ROWS", "blocks_module", "steps_module"]


def steps_module(trace: Trace, tableau: Tableau) -> str:
    """The function ``run``, which simulates the groups from first up to below last in steps."""
    constants = Constants()
    symbols = step(trace, tableau)
    stepped = routine(
        "step", ("constants", "y", "inputs", "control", "step"), rows("step", symbols.rows), constants.place
    )
    arrays = ("constants", "y", "inputs", "step", "theta", "values")
    watched = routine("watch", arrays, rows("values", symbols.outputs), constants.place)
    begun = routine("begin", ("parameters", "y"), rows("y", trace.initial))
    prepared = routine("prepare", ("parameters", "constants"), rows("constants", constants.symbols))
    routines = (stepped, watched, begun, prepared)
    march = March(trace, len(symbols.rows), len(constants.symbols), tuple(function for function, _ in routines))
    shown = show.texts(trace.graph, len(trace.outputs), DOUBLE)
    return "\n".join((_declared(), elementary.text(DOUBLE), *(text for _, text in routines), shown, march.text()))


TABLE_ROWS = ("each_rows", "other_rows")
"""Functions of the second module: rows of workspace for each length of block, and besides."""


def blocks_module(trace: Trace, width: Width) -> str:
    """The function ``glide``, which does so in blocks."""
    glide, shown = Glide(trace, width), show.texts(trace.graph, len(trace.outputs), width)
    functions = "".join(elementary.text(one) for one in dict.fromkeys((DOUBLE, width)))
    parts = [_declared(), functions, shown, glide.text()]
    # The code itself says how much workspace it needs, so that nothing else must be kept with it.
    parts += [
        f"define i64 @{name}() {{\n  ret i64 {rows}\n}}\n"
        for name, rows in zip(TABLE_ROWS, glide.table_rows, strict=True)
    ]
    return "\n".join(parts)


def _declared() -> str:
    """The functions of LLVM that are called."""
    found = [
        "declare void @llvm.memset.p0.i64(ptr, i8, i64, i1)",
        "declare void @llvm.memcpy.p0.p0.i64(ptr, ptr, i64, i1)",
        f"declare double {DOUBLE.intrinsic('vector.reduce.fminimum')}({DOUBLE.vector})",
    ]
    for width in (DOUBLE, SINGLE):
        for name, count in (("fma", 3), ("fabs", 1), ("sqrt", 1)):
            found.append(f"declare {width.vector} {width.intrinsic(name)}({', '.join([width.vector] * count)})")
    return "\n".join(found) + "\n"
