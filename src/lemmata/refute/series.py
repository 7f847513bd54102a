"""Functions of one variable near a point, exactly: power series over the rationals with their error order.

With x = point + side * h and h > 0 small, e^{-x} - 1, sin x and log(1 + x) at 0 are series in h with
rational coefficients; quotients of such are again series, starting perhaps with a negative power.  A
series knows its terms up to O(h^N) only, so that a limit is taken from terms that are certain.

>>> s = Series()
>>> h = s.near(Fraction(0), 1)
>>> s.limit(s.mul(s.add(s.exp(h), s.rational(Fraction(-1))), s.inverse(h)))     # (e^h - 1) / h
[1]

Matrices are added and multiplied; divided and exponentiated are numbers only.  `germs` can do more
matrices and fewer functions.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from fractions import Fraction
from functools import reduce
from typing import Any, NamedTuple

import flint
from flint import fmpq, fmpq_mat, fmpq_series

from lemmata.refute.rational import fraction, power
from lemmata.refute.system import Diverges, Irrational, Undefined, Unsupported

__all__ = ["Series", "SeriesMatrix", "terms"]


@contextmanager
def terms(count: int) -> Iterator[None]:
    """Compute with so many terms inside the block."""
    before = flint.ctx.cap
    flint.ctx.cap = count
    try:
        yield
    finally:
        flint.ctx.cap = before


class Laurent(NamedTuple):
    """h^shift times a power series."""

    shift: int
    body: Any


class SeriesMatrix(NamedTuple):
    rows: list[list[Laurent]]


def _first(x: Laurent) -> int | None:
    """The index of the first term of the body that is not zero; None if none is known."""
    return next((i for i, c in enumerate(x.body.coeffs()) if c), None)


def _add(x: Laurent, y: Laurent) -> Laurent:
    low = min(x.shift, y.shift)
    one = fmpq_series([1])
    parts = [v.body * (one if v.shift == low else _h(v.shift - low)) for v in (x, y)]
    return Laurent(low, parts[0] + parts[1])


def _h(k: int) -> Any:
    return fmpq_series([0] * k + [1])


def _normal(x: Laurent) -> Laurent:
    """The same with a body that begins with its constant term, so that no precision is lost in products."""
    first = _first(x)
    return Laurent(x.shift + first, x.body / _h(first)) if first else x


def _times(x: Laurent, y: Laurent) -> Laurent:
    x, y = _normal(x), _normal(y)
    return Laurent(x.shift + y.shift, x.body * y.body)


def _inverse(x: Laurent) -> Laurent:
    if _first(x) is None:
        raise Irrational("division by what may be zero")
    x = _normal(x)
    return Laurent(-x.shift, 1 / x.body)


class Series:
    """The number system."""

    name = "series"

    def near(self, point: Fraction, side: int) -> SeriesMatrix:
        body = fmpq_series([fmpq(point.numerator, point.denominator), side])
        return SeriesMatrix([[Laurent(0, body)]])

    def lift(self, a: fmpq_mat) -> SeriesMatrix:
        return SeriesMatrix([[Laurent(0, fmpq_series([x])) for x in row] for row in a.tolist()])

    def limit(self, a: SeriesMatrix) -> fmpq_mat:
        """The entries' limits.  Raises Diverges where one is infinite, Irrational where terms are missing."""
        return fmpq_mat(len(a.rows), len(a.rows[0]), [self._limit(x) for row in a.rows for x in row])

    @staticmethod
    def _limit(x: Laurent) -> fmpq:
        first = _first(x)
        if first is None:
            if x.shift + x.body.prec > 0:
                return fmpq(0)
            raise Irrational("not enough terms of a series")
        if x.shift + first < 0:
            raise Diverges("the values grow beyond all bounds")
        return x.body[first] if x.shift + first == 0 else fmpq(0)

    def rational(self, q: Fraction) -> SeriesMatrix:
        return self.lift(fmpq_mat(1, 1, [fmpq(q.numerator, q.denominator)]))

    def zeros(self, rows: int, cols: int) -> SeriesMatrix:
        return self.lift(fmpq_mat(rows, cols))

    def eye(self, n: int) -> SeriesMatrix:
        return self.lift(fmpq_mat(n, n, [int(i == j) for i in range(n) for j in range(n)]))

    def add(self, a: SeriesMatrix, b: SeriesMatrix) -> SeriesMatrix:
        pairs = zip(a.rows, b.rows, strict=True)
        return SeriesMatrix([[_add(x, y) for x, y in zip(r, s, strict=True)] for r, s in pairs])

    def mul(self, a: SeriesMatrix, b: SeriesMatrix) -> SeriesMatrix:
        out = []
        for row in a.rows:
            cells = []
            for column in zip(*b.rows, strict=True):
                products = [_times(x, y) for x, y in zip(row, column, strict=True)]
                cells.append(reduce(_add, products))
            out.append(cells)
        return SeriesMatrix(out)

    def scale(self, s: SeriesMatrix, a: SeriesMatrix) -> SeriesMatrix:
        f = self._only(s)
        return SeriesMatrix([[_times(f, x) for x in row] for row in a.rows])

    def transpose(self, a: SeriesMatrix) -> SeriesMatrix:
        return SeriesMatrix([list(c) for c in zip(*a.rows, strict=True)])

    @staticmethod
    def _only(a: SeriesMatrix) -> Laurent:
        if len(a.rows) != 1 or len(a.rows[0]) != 1:
            raise Irrational("a series of matrices")
        return a.rows[0][0]

    def inverse(self, a: SeriesMatrix) -> SeriesMatrix:
        return SeriesMatrix([[_inverse(self._only(a))]])

    def pinv(self, a: SeriesMatrix) -> SeriesMatrix:
        return self.inverse(a)

    def power(self, a: SeriesMatrix, exponent: SeriesMatrix) -> SeriesMatrix:
        q = self.index(exponent)
        if q.denominator == 1 and abs(q) <= 64:
            made: SeriesMatrix = power(self, a, int(q)) if q else self.eye(len(a.rows))
            return made
        if q.denominator == 2:
            return self.power(self.sqrt(a), self.rational(Fraction(q.numerator)))
        raise Irrational(f"a power {q}")

    def _without_constant(self, s: SeriesMatrix) -> Any:
        """The series of a number that tends to 0."""
        x = self._only(s)
        if x.shift < 0 or (x.shift == 0 and x.body[0]):
            raise Irrational("a function at a point where it is not rational")
        return x.body * _h(x.shift) if x.shift else x.body

    def exp(self, a: SeriesMatrix) -> SeriesMatrix:
        return SeriesMatrix([[Laurent(0, self._without_constant(a).exp())]])

    def sqrt(self, s: SeriesMatrix) -> SeriesMatrix:
        x = self._only(s)
        first = _first(x)
        if first is None or (x.shift + first) % 2:
            raise Irrational("a square root")
        body = x.body / _h(first) if first else x.body
        if body[0] < 0:
            raise Undefined("the square root of a negative number")
        try:
            return SeriesMatrix([[Laurent((x.shift + first) // 2, body.sqrt())]])
        except ValueError:
            raise Irrational("a square root") from None

    def function(self, name: str, s: Sequence[SeriesMatrix]) -> SeriesMatrix:
        if name == "sqrt":
            return self.sqrt(s[0])
        if name == "abs":
            x = self._only(s[0])
            first = _first(x)
            if first is None:
                raise Irrational("the sign of what may be zero")
            return s[0] if x.body[first] > 0 else self.scale(self.rational(Fraction(-1)), s[0])
        if name in ("log", "ln"):
            x = self._without_constant(self.add(s[0], self.rational(Fraction(-1))))
            return SeriesMatrix([[Laurent(0, (x + 1).log())]])
        if name in ("exp", "sin", "cos", "tan", "sinh", "cosh", "tanh", "atan"):
            return SeriesMatrix([[Laurent(0, getattr(self._without_constant(s[0]), name)())]])
        raise Irrational(name)

    def rank(self, a: SeriesMatrix) -> SeriesMatrix:
        raise Irrational("the rank of a series")

    def det(self, a: SeriesMatrix) -> SeriesMatrix:
        return SeriesMatrix([[self._only(a)]])

    def spectral(self, a: SeriesMatrix) -> SeriesMatrix:
        return self.function("abs", [a])

    def join(self, rows: Sequence[Sequence[SeriesMatrix]]) -> SeriesMatrix:
        out = []
        for row in rows:
            for i in range(len(row[0].rows)):
                out.append([x for block in row for x in block.rows[i]])
        return SeriesMatrix(out)

    def part(self, a: SeriesMatrix, r0: int, r1: int, c0: int, c1: int) -> SeriesMatrix:
        return SeriesMatrix([row[c0:c1] for row in a.rows[r0:r1]])

    def settle(self, values: Sequence[Any]) -> SeriesMatrix:
        raise Irrational("a limit within a limit")

    def index(self, s: SeriesMatrix) -> Fraction:
        x = self._only(s)
        if x.shift or any(x.body.coeffs()[1:]):
            raise Unsupported("a point that moves")
        return fraction(x.body[0])
