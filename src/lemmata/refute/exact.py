"""Exact numbers: rational matrices with square roots.

A value is a matrix over Q or a sum  M_1 sqrt(d_1) + M_2 sqrt(d_2) + ...  with rational M_i and distinct
squarefree d_i >= 1.  Square roots of distinct squarefree numbers are linearly independent over Q
(Besicovitch 1940), so such a sum is zero iff every M_i is: equality is decided, not approximated.

>>> two = Exact().sqrt(Exact().rational(Fraction(8)))
>>> two.parts
{2: [2]}
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from flint import arb, arb_mat, fmpq, fmpq_mat, fmpz

from lemmata.refute.rational import Rational, exact_pinv, join, part, power, precision, squarefree
from lemmata.refute.system import Irrational

__all__ = ["Exact", "Surd"]

Value = Any


class Surd:
    """sum of M_d sqrt(d): ``parts`` maps a squarefree d to a rational matrix that is not zero."""

    __slots__ = ("parts", "shape")

    def __init__(self, parts: dict[int, fmpq_mat], shape: tuple[int, int]) -> None:
        self.parts = parts
        self.shape = shape

    def ball(self) -> arb_mat:
        total = arb_mat(*self.shape)
        for d, m in self.parts.items():
            total += arb_mat(m) * arb(d).sqrt()
        return total

    def sign(self) -> int:
        """The sign of a 1 x 1 sum; never zero, since parts are not, so that refining must end."""
        bits = 64
        while True:
            with precision(bits):
                x = self.ball()[0, 0]
                if x > 0:
                    return 1
                if x < 0:
                    return -1
            bits *= 2


def _surd(parts: dict[int, fmpq_mat], shape: tuple[int, int]) -> Value:
    zero = fmpq_mat(*shape)
    parts = {d: m for d, m in parts.items() if m != zero}
    if not parts:
        return zero
    if len(parts) == 1 and 1 in parts:
        return parts[1]
    return Surd(parts, shape)


class Exact(Rational):
    """Rational matrices and square roots.  Raises Irrational for what does not fit in there."""

    name = "exact"

    @staticmethod
    def _parts(a: Value) -> dict[int, fmpq_mat]:
        return a.parts if type(a) is Surd else {1: a}

    @staticmethod
    def _shape(a: Value) -> tuple[int, int]:
        return a.shape if type(a) is Surd else (a.nrows(), a.ncols())

    def _only(self, a: Value, what: str) -> fmpq_mat:
        if not isinstance(a, fmpq_mat):
            raise Irrational(f"{what} of a matrix with square roots")
        return a

    def _map(self, a: Value, f: Any) -> Value:
        parts = {d: f(m) for d, m in a.parts.items()}
        first = next(iter(parts.values()))
        return _surd(parts, (first.nrows(), first.ncols()))

    def add(self, a: Value, b: Value) -> Value:
        if type(a) is fmpq_mat and type(b) is fmpq_mat:
            return a + b
        total = dict(self._parts(a))
        for d, m in self._parts(b).items():
            total[d] = total[d] + m if d in total else m
        return _surd(total, self._shape(a))

    def _product(self, a: Value, b: Value, times: Any) -> Value:
        total: dict[int, fmpq_mat] = {}
        shape = (1, 1)
        for d, m in self._parts(a).items():
            for e, n in self._parts(b).items():
                k, f = squarefree(fmpz(d) * e)
                term = times(m, n) * fmpq(k)
                shape = (term.nrows(), term.ncols())
                total[int(f)] = total[int(f)] + term if int(f) in total else term
        return _surd(total, shape)

    def mul(self, a: Value, b: Value) -> Value:
        if type(a) is fmpq_mat and type(b) is fmpq_mat:
            return a * b
        return self._product(a, b, lambda x, y: x * y)

    def scale(self, s: Value, a: Value) -> Value:
        if type(s) is fmpq_mat and type(a) is fmpq_mat:
            return a * s[0, 0]
        return self._product(s, a, lambda x, y: y * x[0, 0])

    def transpose(self, a: Value) -> Value:
        return a.transpose() if type(a) is fmpq_mat else self._map(a, lambda m: m.transpose())

    def inverse(self, a: Value) -> Value:
        if type(a) is fmpq_mat:
            return self._inverse(a)
        if len(a.parts) == 1:  # (M sqrt(d))^{-1} = M^{-1} sqrt(d) / d
            ((d, m),) = a.parts.items()
            return _surd({d: self._inverse(m) * fmpq(1, d)}, a.shape)
        if a.shape == (1, 1):
            # Multiply by conjugates in one square root after another until the number is rational.
            prime = max(int(p) for d in a.parts for p, _ in fmpz(d).factor())
            conjugate = _surd({d: (-m if d % prime == 0 else m) for d, m in a.parts.items()}, a.shape)
            return self.scale(conjugate, self.inverse(self.mul(a, conjugate)))
        raise Irrational("an inverse of a matrix with square roots")

    def pinv(self, a: Value) -> Value:
        if type(a) is Surd:
            if a.shape == (1, 1):
                return self.inverse(a)
            if len(a.parts) == 1:
                ((d, m),) = a.parts.items()
                return _surd({d: exact_pinv(m) * fmpq(1, d)}, (a.shape[1], a.shape[0]))
        return exact_pinv(self._only(a, "a pseudoinverse"))

    def power(self, a: Value, exponent: Value) -> Value:
        q = self.index(exponent)
        if q.denominator == 1:
            if abs(q) > 64:
                raise Irrational("a high power")
            return power(self, a, int(q)) if q else self.eye(self._shape(a)[0])
        if q.denominator == 2 and self._shape(a) == (1, 1):
            return power(self, self.sqrt(a), q.numerator)
        raise Irrational(f"a power {q}")

    def exp(self, a: Value) -> Value:
        value = self._exponential(self._only(a, "an exponential"))
        if value is None:
            raise Irrational("an exponential")
        return value

    def sqrt(self, s: Value) -> Value:
        if type(s) is Surd:
            raise Irrational("a nested square root")
        k, d = self._root(s[0, 0])
        return _surd({int(d): fmpq_mat(1, 1, [k])}, (1, 1))

    def function(self, name: str, s: Sequence[Value]) -> Value:
        if name == "sqrt":
            return self.sqrt(s[0])
        if name == "abs":
            return s[0] if self.sign(s[0]) >= 0 else self.scale(self.rational(Fraction(-1)), s[0])
        if name in ("min", "max"):
            best = s[0]
            for x in s[1:]:
                gap = self.sign(self.add(x, self.scale(self.rational(Fraction(-1)), best)))
                if (gap < 0) == (name == "min") and gap:
                    best = x
            return best
        raise Irrational(name)

    def sign(self, s: Value) -> int:
        if type(s) is Surd:
            return int(s.sign())
        return int(s[0, 0] > 0) - int(s[0, 0] < 0)

    def det(self, a: Value) -> Value:
        return fmpq_mat(1, 1, [self._only(a, "a determinant").det()])

    def spectral(self, a: Value) -> Value:
        a = self._only(a, "a spectral norm")
        gram = a.transpose() * a if a.ncols() <= a.nrows() else a * a.transpose()
        top = self._top_eigenvalue(gram)
        if top is None:
            raise Irrational("a spectral norm")
        return self.sqrt(fmpq_mat(1, 1, [top]))

    def join(self, rows: Sequence[Sequence[Value]]) -> Value:
        if all(type(b) is fmpq_mat for row in rows for b in row):
            return join(rows, fmpq_mat)
        keys = {d for row in rows for b in row for d in self._parts(b)}
        parts = {
            d: join([[self._parts(b).get(d, fmpq_mat(*self._shape(b))) for b in r] for r in rows], fmpq_mat)
            for d in keys
        }
        first = next(iter(parts.values()))
        return _surd(parts, (first.nrows(), first.ncols()))

    def part(self, a: Value, r0: int, r1: int, c0: int, c1: int) -> Value:
        if type(a) is fmpq_mat:
            return part(a, r0, r1, c0, c1)
        return self._map(a, lambda m: part(m, r0, r1, c0, c1))

    def settle(self, values: Sequence[Value]) -> Value:
        raise Irrational("a limit")
