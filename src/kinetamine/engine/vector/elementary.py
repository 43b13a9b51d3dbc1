"""exp and log for vectors, in LLVM assembly: no library call, all people at once, to the last bit or two.

exp: x = n ln 2 + r, |r| <= ln 2 / 2, a Taylor polynomial in r, and n added to the exponent.
log: x = 2^e m, m in [sqrt 1/2, sqrt 2), log m = 2 artanh((m - 1)/(m + 1)) by its series.
What is not a number stays so; log of a negative is not a number; log 0 is very low, so that 0^n comes out as
nothing; exp holds its argument where the result can be written.
"""

from __future__ import annotations

import math
import struct
from dataclasses import dataclass

from kinetamine.engine.vector.code import DOUBLE, SINGLE, Code, Function, Width


@dataclass(frozen=True)
class _Format:
    """What the functions need to know of a kind of number.

    Attributes:
        mantissa: bits of it.
        bounds: of the argument of exp.
        ln2: in two parts, the first with zeros for its last bits.
        terms: of the polynomial of exp, and of the series of log.
        root_half: the bits of sqrt 1/2.
    """

    mantissa: int
    bounds: tuple[float, float]
    ln2: tuple[float, float]
    terms: tuple[int, int]
    root_half: int


_FORMATS = {
    DOUBLE: _Format(
        mantissa=52,
        bounds=(-690.0, 709.0),
        ln2=(0.693147180369123816490, 1.90821492927058770002e-10),
        terms=(14, 11),
        root_half=struct.unpack(">q", struct.pack(">d", math.sqrt(0.5)))[0],
    ),
    SINGLE: _Format(
        mantissa=23,
        bounds=(-86.0, 88.0),
        ln2=(0.693359375, -2.12194440054690583e-4),
        terms=(8, 5),
        root_half=struct.unpack(">i", struct.pack(">f", math.sqrt(0.5)))[0],
    ),
}


def exp(width: Width) -> Function:
    """e to the power of a vector."""
    return Function(f"exp{width.lanes}", (f"{width.vector} %x",), width.vector)


def log(width: Width) -> Function:
    """The natural logarithm of a vector."""
    return Function(f"log{width.lanes}", (f"{width.vector} %x",), width.vector)


def text(width: Width) -> str:
    """Both, to stand in every module."""
    return _exp(width) + _log(width)


def _polynomial(code: Code, x: str, coefficients: list[float]) -> str:
    """By Horner in x^2 for even and odd powers apart: half the waiting."""
    square = code.set(f"fmul {code.width.vector} {x}, {x}")
    halves = []
    for part in (coefficients[::2], coefficients[1::2]):
        value = code.width.splat(part[-1])
        for one in reversed(part[:-1]):
            value = code.fma(value, square, code.width.splat(one))
        halves.append(value)
    return code.fma(halves[1], x, halves[0])


def _exp(width: Width) -> str:
    code, form = Code(exp(width), "internal", width), _FORMATS[width]
    vector, whole, splat = width.vector, width.whole, width.splat
    x = "%x"
    for comparison, bound in zip(("olt", "ogt"), form.bounds, strict=True):
        mask = code.set(f"fcmp {comparison} {vector} {x}, {splat(bound)}")
        x = code.select(mask, splat(bound), x)
    shift = splat(1.5 * 2.0**form.mantissa)  # added to a number it leaves the nearest whole one in the last bits
    shifted = code.fma(x, splat(1.0 / math.log(2.0)), shift)
    n = code.set(f"fsub {vector} {shifted}, {shift}")
    r = x
    for part in form.ln2:
        r = code.fma(n, splat(-part), r)
    value = _polynomial(code, r, [1.0 / math.factorial(power) for power in range(form.terms[0])])
    bits = code.set(f"bitcast {vector} {value} to {whole}")
    powers = code.set(f"bitcast {vector} {shifted} to {whole}")
    exponent = code.set(f"shl {whole} {powers}, {width.splat_whole(form.mantissa)}")
    total = code.set(f"add {whole} {bits}, {exponent}")
    value = code.set(f"bitcast {whole} {total} to {vector}")
    wrong = code.set(f"fcmp uno {vector} {x}, {x}")
    return code.end(code.select(wrong, x, value))


def _log(width: Width) -> str:
    code, form = Code(log(width), "internal", width), _FORMATS[width]
    vector, whole, splat = width.vector, width.whole, width.splat
    bits = code.set(f"bitcast {vector} %x to {whole}")
    above = code.set(f"sub {whole} {bits}, {width.splat_whole(form.root_half)}")
    e = code.set(f"ashr {whole} {above}, {width.splat_whole(form.mantissa)}")
    power = code.set(f"shl {whole} {e}, {width.splat_whole(form.mantissa)}")
    mantissa = code.set(f"sub {whole} {bits}, {power}")
    m = code.set(f"bitcast {whole} {mantissa} to {vector}")
    f = code.set(f"fsub {vector} {m}, {splat(1.0)}")
    s = code.set(f"fdiv {vector} {f}, {code.set(f'fadd {vector} {f}, {splat(2.0)}')}")
    square = code.set(f"fmul {vector} {s}, {s}")
    series = _polynomial(code, square, [2.0 / (2 * power + 1) for power in range(form.terms[1])])
    exponent = code.set(f"sitofp {whole} {e} to {vector}")
    low = code.fma(exponent, splat(form.ln2[1]), code.set(f"fmul {vector} {s}, {series}"))
    value = code.fma(exponent, splat(form.ln2[0]), low)
    right = code.set(f"fcmp oge {vector} %x, {splat(0.0)}")
    return code.end(code.select(right, value, splat(math.nan)))
