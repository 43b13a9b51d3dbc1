"""exp and log for vectors, in LLVM assembly: no library call, all people at once, to the last bit or two.

exp: x = n ln 2 + r, |r| <= ln 2 / 2, a Taylor polynomial of degree 13 in r, and n added to the exponent.
log: x = 2^e m, m in [sqrt 1/2, sqrt 2), log m = 2 artanh((m - 1)/(m + 1)) by its series.
What is not a number stays so; log of a negative is not a number; log 0 is -709.8, so that 0^n comes out as
nothing; exp holds its argument within -690 and 709.
"""

from __future__ import annotations

import math
import struct

from kinetamine.engine.vector.code import MASK, VECTOR, WHOLE, Code, Function, splat, whole

EXP = Function("exp8", (f"{VECTOR} %x",), VECTOR)
LOG = Function("log8", (f"{VECTOR} %x",), VECTOR)

_SHIFT = 1.5 * 2.0**52
"""Added to a number it leaves the nearest whole number in the last bits."""
_LN2_HIGH = 0.693147180369123816490
_LN2_LOW = 1.90821492927058770002e-10
_ROOT_HALF_BITS = struct.unpack(">q", struct.pack(">d", math.sqrt(0.5)))[0]


def _polynomial(code: Code, x: str, coefficients: list[float]) -> str:
    """By Horner in x^2 for even and odd powers apart: half the waiting."""
    square = code.set(f"fmul {VECTOR} {x}, {x}")
    halves = []
    for part in (coefficients[::2], coefficients[1::2]):
        value = splat(part[-1])
        for one in reversed(part[:-1]):
            value = code.fma(value, square, splat(one))
        halves.append(value)
    return code.fma(halves[1], x, halves[0])


def _exp() -> str:
    code = Code(EXP, "internal")
    x = "%x"
    for comparison, bound in (("ogt", 709.0), ("olt", -690.0)):
        mask = code.set(f"fcmp {comparison} {VECTOR} {x}, {splat(bound)}")
        x = code.set(f"select {MASK} {mask}, {VECTOR} {splat(bound)}, {VECTOR} {x}")
    shifted = code.fma(x, splat(1.0 / math.log(2.0)), splat(_SHIFT))
    n = code.set(f"fsub {VECTOR} {shifted}, {splat(_SHIFT)}")
    r = code.fma(n, splat(-_LN2_HIGH), x)
    r = code.fma(n, splat(-_LN2_LOW), r)
    value = _polynomial(code, r, [1.0 / math.factorial(power) for power in range(14)])
    bits = code.set(f"bitcast {VECTOR} {value} to {WHOLE}")
    exponent = code.set(f"shl {WHOLE} {code.set(f'bitcast {VECTOR} {shifted} to {WHOLE}')}, {whole(52)}")
    total = code.set(f"add {WHOLE} {bits}, {exponent}")
    value = code.set(f"bitcast {WHOLE} {total} to {VECTOR}")
    wrong = code.set(f"fcmp uno {VECTOR} {x}, {x}")
    return code.end(f"{code.set(f'select {MASK} {wrong}, {VECTOR} {x}, {VECTOR} {value}')}")


def _log() -> str:
    code = Code(LOG, "internal")
    bits = code.set(f"bitcast {VECTOR} %x to {WHOLE}")
    above = code.set(f"sub {WHOLE} {bits}, {whole(_ROOT_HALF_BITS)}")
    e = code.set(f"ashr {WHOLE} {above}, {whole(52)}")
    mantissa = code.set(f"sub {WHOLE} {bits}, {code.set(f'shl {WHOLE} {e}, {whole(52)}')}")
    m = code.set(f"bitcast {WHOLE} {mantissa} to {VECTOR}")
    f = code.set(f"fsub {VECTOR} {m}, {splat(1.0)}")
    s = code.set(f"fdiv {VECTOR} {f}, {code.set(f'fadd {VECTOR} {f}, {splat(2.0)}')}")
    square = code.set(f"fmul {VECTOR} {s}, {s}")
    series = _polynomial(code, square, [2.0 / (2 * power + 1) for power in range(11)])
    exponent = code.set(f"sitofp {WHOLE} {e} to {VECTOR}")
    low = code.fma(exponent, splat(_LN2_LOW), code.set(f"fmul {VECTOR} {s}, {series}"))
    value = code.fma(exponent, splat(_LN2_HIGH), low)
    right = code.set(f"fcmp oge {VECTOR} %x, {splat(0.0)}")
    return code.end(f"{code.set(f'select {MASK} {right}, {VECTOR} {value}, {VECTOR} {splat(math.nan)}')}")


TEXT = _exp() + _log()
"""Both, to stand in every module."""
