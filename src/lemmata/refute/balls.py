"""Enclosed numbers: matrices of balls, each sure to contain the true entry.

A value stays a rational matrix as long as it can and turns to balls (python-flint's arb) when it must:
a rank, an inverse or a pseudoinverse of rational data is then still exact.

>>> Balls().exp(fmpq_mat(1, 1, [0])), Balls().exp(fmpq_mat(1, 1, [1]))
([1], [[2.71828182845905 +/- 5.36e-15]])
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flint import acb_mat, arb, arb_mat, fmpq_mat

from lemmata.refute.rational import Rational, exact_pinv, join, part, power
from lemmata.refute.system import Undecided, Undefined, Unsupported

__all__ = ["Balls"]

Value = Any


class Balls(Rational):
    """Rational matrices and, where they do not suffice, matrices of balls at the current precision."""

    name = "balls"

    def __init__(self) -> None:
        self.guessed = False  # was a limit taken from values on the way to it?

    @staticmethod
    def ball(a: Value) -> arb_mat:
        return arb_mat(a) if type(a) is fmpq_mat else a

    @staticmethod
    def _one(x: arb) -> Value:
        if not x.is_finite():
            raise Undecided("a value that no ball encloses")
        return arb_mat(1, 1, [x])

    def add(self, a: Value, b: Value) -> Value:
        return a + b if type(a) is type(b) else self.ball(a) + self.ball(b)

    def mul(self, a: Value, b: Value) -> Value:
        return a * b if type(a) is type(b) else self.ball(a) * self.ball(b)

    def scale(self, s: Value, a: Value) -> Value:
        return a * s[0, 0] if type(a) is type(s) else self.ball(a) * self.ball(s)[0, 0]

    def transpose(self, a: Value) -> Value:
        return a.transpose()

    def inverse(self, a: Value) -> Value:
        if type(a) is fmpq_mat:
            return self._inverse(a)
        try:
            return a.inv()
        except ZeroDivisionError:
            raise Undecided("balls that may be singular") from None

    def pinv(self, a: Value) -> Value:
        if type(a) is fmpq_mat:
            return exact_pinv(a)
        t = a.transpose()
        if a.nrows() <= a.ncols():  # only full rank is visible through balls
            return t * self.inverse(a * t)
        return self.inverse(t * a) * t

    def power(self, a: Value, exponent: Value) -> Value:
        if type(exponent) is not fmpq_mat or exponent[0, 0].q != 1:
            if a.nrows() != 1:
                raise Unsupported("a fractional power of a matrix")
            base, x = self.ball(a)[0, 0], self.ball(exponent)[0, 0]
            if not base > 0:
                raise Undecided("a fractional power of a number not seen to be positive")
            return self._one((base.log() * x).exp())
        n = int(exponent[0, 0].p)
        if n == 0:
            return self.eye(a.nrows())
        return power(self, a if abs(n) <= 64 else self.ball(a), n)

    def exp(self, a: Value) -> Value:
        if type(a) is fmpq_mat:
            value = self._exponential(a)
            if value is not None:
                return value
        return self.ball(a).exp()

    def sqrt(self, s: Value) -> Value:
        if type(s) is fmpq_mat:
            k, d = self._root(s[0, 0])
            return fmpq_mat(1, 1, [k]) if d == 1 else arb_mat(1, 1, [arb(s[0, 0]).sqrt()])
        x = s[0, 0]
        if x < 0:
            raise Undefined("the square root of a negative number")
        # A sum of squares may straddle 0 by rounding alone; the root of its nonnegative part encloses.
        return self._one((x if x >= 0 else x.nonnegative_part()).sqrt())

    def function(self, name: str, s: Sequence[Value]) -> Value:
        if name == "sqrt":
            return self.sqrt(s[0])
        if name in ("min", "max") and len(s) > 1:
            best = self.ball(s[0])[0, 0]
            for other in s[1:]:
                best = getattr(best, name)(self.ball(other)[0, 0])
            return self._one(best)
        x = self.ball(s[0])[0, 0]
        if name in ("log", "ln"):
            if x <= 0:
                raise Undefined("the logarithm of a number that is not positive")
            return self._one(x.log())
        if name == "abs":
            return s[0] if type(s[0]) is fmpq_mat and s[0][0, 0] >= 0 else self._one(abs(x))
        if name in ("sin", "cos", "tan", "sinh", "cosh", "tanh", "exp", "atan"):
            return self._one(getattr(x, name)())
        raise Unsupported(f"no function {name}")

    def constant(self, name: str) -> Value:
        return arb_mat(1, 1, [arb.pi() if name == "pi" else arb.const_e()])

    def det(self, a: Value) -> Value:
        return fmpq_mat(1, 1, [a.det()]) if type(a) is fmpq_mat else self._one(a.det())

    def spectral(self, a: Value) -> Value:
        gram = a.transpose() * a if a.ncols() <= a.nrows() else a * a.transpose()
        if type(a) is fmpq_mat:
            top = self._top_eigenvalue(gram)
            if top is not None:
                return self.sqrt(fmpq_mat(1, 1, [top]))
            roots = [root.real for root, _ in gram.charpoly().numer().complex_roots()]
        else:
            try:
                roots = [root.real for root in acb_mat(gram).eig(multiple=True)]
            except ValueError:
                raise Undecided("eigenvalues that balls do not separate") from None
        best = roots[0]
        for root in roots[1:]:
            best = best.max(root)
        return self.sqrt(arb_mat(1, 1, [best]))

    def join(self, rows: Sequence[Sequence[Value]]) -> Value:
        if all(type(b) is fmpq_mat for row in rows for b in row):
            return join(rows, fmpq_mat)
        return join([[self.ball(b) for b in row] for row in rows], arb_mat)

    def part(self, a: Value, r0: int, r1: int, c0: int, c1: int) -> Value:
        return part(a, r0, r1, c0, c1)

    def settle(self, values: Sequence[Value]) -> Value:
        """What values at points ever nearer to a limit point tend to.

        The steps between them must at least halve; the last value is then widened by twice the last
        step.  This is evidence, not an enclosure of the limit: nothing bounds what happens beyond, so that
        nothing is refuted by it (``guessed`` tells).  Raises Undecided when the steps do not shrink
        (1 / log t settles too slowly to be told) and when the balls are too wide.
        """
        self.guessed = True
        if all(type(v) is fmpq_mat for v in values) and values[-1] == values[-2] == values[-3]:
            return values[-1]
        first, second, third = (self.ball(v) for v in values)
        if not all(x.is_finite() for v in (first, second, third) for x in v.entries()):
            raise Undecided("values on the way to a limit that no ball encloses")
        before, after = self._size(second - first), self._size(third - second)
        small = arb(2) ** -40 * (1 + self._size(third))
        if not after <= before / 2 and not after < small:
            raise Undecided("values that are not seen to settle")
        error = arb(0, (2 * after).upper())
        return arb_mat(third.nrows(), third.ncols(), [x + error for x in third.entries()])

    @staticmethod
    def _size(a: arb_mat) -> arb:
        """The largest entry as a ball."""
        largest = arb(0)
        for x in a.entries():
            largest = largest.max(abs(x))
        return largest
