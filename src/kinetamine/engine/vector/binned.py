"""Writing the number of the bin that a value lies in, a byte a person, in place of the value."""

from __future__ import annotations

from kinetamine.engine.vector.code import Code

BINNED = ("ptr %numbers", "ptr %firsts", "ptr %inverses", "ptr %top")
"""Of a routine that does so: where bytes go; of each cell where its bins begin and one over their width; above all."""


def place_of(code: Code, value: str, first: str, inverse: str, top: str) -> str:
    """The number of the bin that each value belongs to, not yet whole: 0 below all of them, ``top`` above."""
    vector, one, zero = code.width.vector, code.width.splat(1.0), code.width.splat(0.0)
    place = code.set(f"fmul {vector} {code.set(f'fsub {vector} {value}, {first}')}, {inverse}")
    place = code.choose("olt", code.set(f"fadd {vector} {place}, {one}"), top)
    return code.choose("ogt", place, zero)


class Bins:
    """Writes them, in a routine that has these parameters."""

    def __init__(self, code: Code) -> None:
        """Read what is the same for all cells."""
        self.code = code
        self.top = code.spread(code.load("%top", kind=code.width.number))

    def write(self, value: str, cell: str) -> None:
        """The number of the value's bin; that of no number is without meaning."""
        code, width = self.code, self.code.width
        first, inverse = (code.spread(code.load(name, cell, width.number)) for name in ("%firsts", "%inverses"))
        place = place_of(code, value, first, inverse, self.top)
        whole = code.set(f"fptosi {width.vector} {place} to <{width.lanes} x i32>")
        kind = f"<{width.lanes} x i8>"
        code.store(code.set(f"trunc <{width.lanes} x i32> {whole} to {kind}"), "%numbers", cell, kind)
