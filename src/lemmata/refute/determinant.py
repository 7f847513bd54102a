"""Determinant and adjugate in any number system, without dividing by an entry.

With  M_1 = I  and  M_{k+1} = A M_k + c_k I,  c_k = -tr(A M_k) / k,  the determinant is  (-1)^n c_n  and the
adjugate  (-1)^{n-1} M_n  (Le Verrier 1840, Faddeev 1949).  Only sums, products and whole numbers are asked
of the numbers: they may be dual, complex or functions, and A may be singular.

>>> from flint import fmpq_mat
>>> from lemmata.refute.exact import Exact
>>> determinant(Exact(), fmpq_mat(2, 2, [1, 2, 2, 4]), 2)
([0], [ 4, -2]
[-2,  1])
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from lemmata.refute.system import System

__all__ = ["determinant", "trace"]


def trace(s: System, a: Any, n: int, unit: int = 1) -> Any:
    """The sum of the n diagonal entries, each of them ``unit`` x ``unit``."""
    total = s.part(a, 0, unit, 0, unit)
    for i in range(unit, n * unit, unit):
        total = s.add(total, s.part(a, i, i + unit, i, i + unit))
    return total


def determinant(s: System, a: Any, n: int, unit: int = 1) -> tuple[Any, Any]:
    """det A and adj A for an n x n matrix; with ``unit`` 2 each entry a + bi is [[a, -b], [b, a]]."""
    zero = s.zeros(unit, unit)

    def multiple_of_identity(c: Any) -> Any:
        return s.join([[c if i == j else zero for j in range(n)] for i in range(n)])

    sign = s.rational(Fraction((-1) ** (n - 1)))
    m = s.eye(n * unit)
    for k in range(1, n + 1):
        product = s.mul(a, m)
        c = s.scale(s.rational(Fraction(-1, k)), trace(s, product, n, unit))
        if k < n:
            m = s.add(product, multiple_of_identity(c))
    return s.scale(s.scale(s.rational(Fraction(-1)), sign), c), s.scale(sign, m)
