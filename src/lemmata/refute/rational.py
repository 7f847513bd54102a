"""Rational matrices: what all exact and enclosed arithmetic stands on.

>>> exact_pinv(fmpq_mat(2, 2, [1, 2, 2, 4]))
[1/25, 2/25]
[2/25, 4/25]

`Rational` is the part of a number system that rational matrices can do alone; `Exact` and `Balls` say
what happens beyond.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from fractions import Fraction
from typing import Any

import flint
from flint import fmpq, fmpq_mat, fmpz

from lemmata.refute.system import Irrational, Undefined, Unsupported

__all__ = ["Rational", "exact_pinv", "fraction", "join", "part", "power", "precision", "squarefree"]

Value = Any


@contextmanager
def precision(bits: int) -> Iterator[None]:
    """Work with balls of this many bits inside the block."""
    before = flint.ctx.prec
    flint.ctx.prec = bits
    try:
        yield
    finally:
        flint.ctx.prec = before


def fraction(q: fmpq) -> Fraction:
    return Fraction(int(q.p), int(q.q))


def exact_pinv(a: fmpq_mat) -> fmpq_mat:
    """A^+ = F^T (C^T A F^T)^{-1} C^T for a full-rank factorisation A = C F (MacDuffee)."""
    reduced, r = a.rref()
    if r == 0:
        return fmpq_mat(a.ncols(), a.nrows())
    rows, cols = a.nrows(), a.ncols()
    if r == rows:
        t = a.transpose()
        return t * (a * t).inv()
    if r == cols:
        t = a.transpose()
        return (t * a).inv() * t
    pivots = [next(j for j in range(cols) if reduced[i, j]) for i in range(r)]
    f_t = fmpq_mat(cols, r, [reduced[i, j] for j in range(cols) for i in range(r)])
    c_t = fmpq_mat(r, rows, [a[i, p] for p in pivots for i in range(rows)])
    return f_t * (c_t * a * f_t).inv() * c_t


def squarefree(n: fmpz) -> tuple[fmpz, fmpz]:
    """(k, d) with n = k^2 d and d squarefree, for n > 0."""
    root = n.isqrt()
    if root * root == n:
        return root, fmpz(1)
    k, d = fmpz(1), fmpz(1)
    for prime, multiplicity in n.factor():
        k *= prime ** (multiplicity // 2)
        d *= prime ** (multiplicity % 2)
    return k, d


class Rational:
    """What rational matrices can do alone; a subclass says what happens beyond (`beyond`)."""

    name = "rational"

    def rational(self, q: Fraction) -> Value:
        return fmpq_mat(1, 1, [fmpq(q.numerator, q.denominator)])

    def zeros(self, rows: int, cols: int) -> Value:
        return fmpq_mat(rows, cols)

    def eye(self, n: int) -> Value:
        one = fmpq_mat(n, n)
        for i in range(n):
            one[i, i] = 1
        return one

    def rank(self, a: Value) -> Value:
        if type(a) is not fmpq_mat:
            raise Irrational("the rank of a matrix that is not rational")
        return fmpq_mat(1, 1, [a.rank()])

    def index(self, s: Value) -> Fraction:
        if type(s) is not fmpq_mat:
            raise Unsupported("a point that is not rational")
        return fraction(s[0, 0])

    @staticmethod
    def _inverse(a: fmpq_mat) -> fmpq_mat:
        try:
            return a.inv()
        except ZeroDivisionError:
            raise Undefined("singular") from None

    @staticmethod
    def _exponential(a: fmpq_mat) -> fmpq_mat | None:
        """e^A for a nilpotent A, where it is a rational polynomial."""
        n = a.nrows()
        power, total, zero = fmpq_mat(n, n), fmpq_mat(n, n), fmpq_mat(n, n)
        for i in range(n):
            power[i, i] = total[i, i] = 1
        for k in range(1, n + 1):
            power = power * a * fmpq(1, k)
            if power == zero:
                return total
            total += power
        return None

    @staticmethod
    def _root(q: fmpq) -> tuple[fmpq, fmpz]:
        """sqrt(q) = (rational) * sqrt(squarefree)."""
        if q < 0:
            raise Undefined("the square root of a negative number")
        if q == 0:
            return fmpq(0), fmpz(1)
        k, d = squarefree(q.p * q.q)
        return fmpq(k, q.q), d

    @staticmethod
    def _top_eigenvalue(a: fmpq_mat) -> fmpq | None:
        """The largest eigenvalue of a symmetric rational matrix when the spectrum is rational."""
        numerator = a.charpoly().numer()
        roots = []
        for factor, _ in numerator.factor()[1]:
            if factor.degree() > 1:
                return None
            roots.append(fmpq(-factor[0], factor[1]))
        return max(roots)


def join(rows: Sequence[Sequence[Any]], new: Any) -> Any:
    height, width = sum(r[0].nrows() for r in rows), sum(b.ncols() for b in rows[0])
    out = new(height, width)
    i0 = 0
    for row in rows:
        j0 = 0
        for block in row:
            for i in range(block.nrows()):
                for j in range(block.ncols()):
                    out[i0 + i, j0 + j] = block[i, j]
            j0 += block.ncols()
        i0 += row[0].nrows()
    return out


def part(a: Any, r0: int, r1: int, c0: int, c1: int) -> Any:
    return type(a)(r1 - r0, c1 - c0, [a[i, j] for i in range(r0, r1) for j in range(c0, c1)])


def power(system: Any, a: Any, n: int) -> Any:
    if n < 0:
        return power(system, system.inverse(a), -n)
    result = None
    while n:
        if n & 1:
            result = a if result is None else system.mul(result, a)
        n >>= 1
        if n:
            a = system.mul(a, a)
    return result
