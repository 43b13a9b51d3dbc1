"""The assembly text of a model: both integrators and all they call."""

from __future__ import annotations

from kinetamine.engine.vector import elementary, show
from kinetamine.engine.vector.code import VECTOR
from kinetamine.engine.vector.emit import Constants, routine, rows
from kinetamine.engine.vector.equations import Trace
from kinetamine.engine.vector.glide import GLIDE, Glide
from kinetamine.engine.vector.march import RUN, March
from kinetamine.engine.vector.rosenbrock import step
from kinetamine.engine.vector.tableau import Tableau

__all__ = ["GLIDE", "RUN", "module"]


_DECLARED = f"""declare {VECTOR} @llvm.fma.v8f64({VECTOR}, {VECTOR}, {VECTOR})
declare {VECTOR} @llvm.fabs.v8f64({VECTOR})
declare {VECTOR} @llvm.sqrt.v8f64({VECTOR})
declare double @llvm.vector.reduce.fminimum.v8f64({VECTOR})
declare double @llvm.vector.reduce.fmaximum.v8f64({VECTOR})
declare void @llvm.memset.p0.i64(ptr, i8, i64, i1)
declare void @llvm.memcpy.p0.p0.i64(ptr, ptr, i64, i1)
"""


def module(trace: Trace, tableau: Tableau) -> tuple[str, int]:
    """The assembly text of a model, and how many rows of workspace it needs for each length of block.

    Functions ``run`` and ``glide`` simulate the groups from first up to below last.
    """
    constants = Constants()
    symbols = step(trace, tableau)
    stepped, step_text = routine(
        "step", ("constants", "y", "inputs", "control", "step"), rows("step", symbols.rows), constants.place
    )
    arrays = ("constants", "y", "inputs", "step", "theta", "values")
    watched, watch_text = routine("watch", arrays, rows("values", symbols.outputs), constants.place)
    glide = Glide(trace, constants, watched)
    glide_text = glide.text()
    begun, begin_text = routine("begin", ("parameters", "y"), rows("y", trace.initial))
    prepared, prepare_text = routine("prepare", ("parameters", "constants"), rows("constants", constants.symbols))
    march = March(trace, len(symbols.rows), len(constants.symbols), (stepped, watched, begun, prepared))
    shown = show.texts(trace.graph, len(trace.outputs))
    texts = (
        _DECLARED,
        elementary.TEXT,
        step_text,
        watch_text,
        begin_text,
        prepare_text,
        shown,
        march.text(),
        glide_text,
    )
    return "\n".join(texts), glide.table_rows
