"""Dual numbers over any number system: differentiation by the product rule.

A value is a pair (a, b) that stands for a + b eps with eps^2 = 0.  Evaluating an expression at
w + w' eps gives its value and its derivative at once; nothing is approximated.

>>> from lemmata.refute.exact import Exact
>>> D = Dual(Exact())
>>> x = Pair(Exact().rational(Fraction(3)), Exact().rational(Fraction(1)))
>>> D.mul(x, x).dot
[6]

Sources: d(A^{-1}) = -A^{-1} dA A^{-1}; d(A^+) by Golub and Pereyra (1973), valid where the rank is
locally constant; the block exponential e^{[A dA; 0 A]} by Van Loan (1978).
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any, NamedTuple

from flint import fmpq_mat

from lemmata.refute.determinant import determinant, trace
from lemmata.refute.system import System, Undefined, Unsupported

__all__ = ["Dual", "Pair", "at_rest"]


class Pair(NamedTuple):
    """value + dot * eps."""

    value: Any
    dot: Any


def at_rest(a: Any) -> bool:
    """Does a vanish with its derivative?  Then |a| = o(eps) has the derivative 0, though | | has none at 0."""
    return isinstance(a, Pair) and all(type(x) is fmpq_mat and not any(x.entries()) for x in a)


class Dual:
    """Dual numbers over ``base``, itself a number system (balls, floats, or dual numbers again)."""

    def __init__(self, base: System) -> None:
        self.base = base
        self.name = base.name

    def _minus(self, a: Any) -> Any:
        return self.base.scale(self.base.rational(Fraction(-1)), a)

    def lift(self, a: Any) -> Pair:
        return Pair(a, self.base.scale(self.base.rational(Fraction(0)), a))

    def rational(self, q: Fraction) -> Pair:
        return Pair(self.base.rational(q), self.base.zeros(1, 1))

    def zeros(self, rows: int, cols: int) -> Pair:
        return Pair(self.base.zeros(rows, cols), self.base.zeros(rows, cols))

    def eye(self, n: int) -> Pair:
        return Pair(self.base.eye(n), self.base.zeros(n, n))

    def constant(self, name: str) -> Pair:
        return Pair(self.base.constant(name), self.base.zeros(1, 1))  # type: ignore[attr-defined]

    def add(self, a: Pair, b: Pair) -> Pair:
        return Pair(self.base.add(a.value, b.value), self.base.add(a.dot, b.dot))

    def mul(self, a: Pair, b: Pair) -> Pair:
        base = self.base
        return Pair(base.mul(a.value, b.value), base.add(base.mul(a.dot, b.value), base.mul(a.value, b.dot)))

    def scale(self, s: Pair, a: Pair) -> Pair:
        base = self.base
        dot = base.add(base.scale(s.dot, a.value), base.scale(s.value, a.dot))
        return Pair(base.scale(s.value, a.value), dot)

    def transpose(self, a: Pair) -> Pair:
        return Pair(self.base.transpose(a.value), self.base.transpose(a.dot))

    def inverse(self, a: Pair) -> Pair:
        inv = self.base.inverse(a.value)
        return Pair(inv, self._minus(self.base.mul(self.base.mul(inv, a.dot), inv)))

    def pinv(self, a: Pair) -> Pair:
        base = self.base
        mul, t = base.mul, base.transpose
        p, d, d_t = base.pinv(a.value), a.dot, t(a.dot)
        into = self._complement(mul(a.value, p))
        onto = self._complement(mul(p, a.value))
        across = mul(mul(into, d), onto)
        if isinstance(across, fmpq_mat) and any(across.entries()):
            raise Undefined("the derivative of a pseudoinverse where the rank changes")
        first = self._minus(mul(mul(p, d), p))
        second = mul(mul(mul(p, t(p)), d_t), into)
        third = mul(mul(mul(onto, d_t), t(p)), p)
        return Pair(p, base.add(first, base.add(second, third)))

    def _complement(self, projection: Any) -> Any:
        # I - P without asking for the size: P has its own identity, P^0.
        one = self.base.power(projection, self.base.rational(Fraction(0)))
        return self.base.add(one, self._minus(projection))

    def power(self, a: Pair, exponent: Pair) -> Pair:
        n = self.base.index(exponent.value)
        if n.denominator == 1 and abs(n) <= 64:
            if n < 0:
                return self.power(self.inverse(a), Pair(self.base.rational(-n), exponent.dot))
            result = Pair(self.base.power(a.value, self.base.rational(Fraction(0))), self._zero_like(a.dot))
            for _ in range(int(n)):
                result = self.mul(result, a)
            return result
        slope = self.base.mul(exponent.value, self.base.power(a.value, self.base.rational(n - 1)))
        return Pair(self.base.power(a.value, exponent.value), self.base.mul(slope, a.dot))

    def _zero_like(self, a: Any) -> Any:
        return self.base.scale(self.base.rational(Fraction(0)), a)

    def exp(self, a: Pair) -> Pair:
        base = self.base
        block = base.exp(base.join([[a.value, a.dot], [self._zero_like(a.value), a.value]]))
        n = self._rows(a.value)
        return Pair(base.part(block, 0, n, 0, n), base.part(block, 0, n, n, 2 * n))

    @classmethod
    def _rows(cls, a: Any) -> int:
        if isinstance(a, Pair):
            return cls._rows(a.value)
        if hasattr(a, "nrows"):
            return int(a.nrows())
        return int(a.shape[-2])

    def sqrt(self, s: Pair) -> Pair:
        root = self.base.sqrt(s.value)
        try:
            half = self.base.scale(self.base.rational(Fraction(1, 2)), self.base.inverse(root))
        except Undefined:
            raise Undefined("the derivative of a square root at 0") from None
        return Pair(root, self.base.mul(half, s.dot))

    def function(self, name: str, s: Sequence[Pair]) -> Pair:
        base = self.base
        if name == "sqrt":
            return self.sqrt(s[0])
        if len(s) != 1:
            raise Unsupported(f"no derivative of {name}")
        (x,) = s
        if name == "abs":
            return self._absolute(x)
        if name in ("log", "ln"):
            slope = base.inverse(x.value)
        elif name == "exp":
            slope = base.function("exp", [x.value])
        elif name in ("sin", "cos", "sinh", "cosh"):
            other = {"sin": "cos", "cos": "sin", "sinh": "cosh", "cosh": "sinh"}[name]
            slope = base.function(other, [x.value])
            slope = self._minus(slope) if name == "cos" else slope
        else:
            raise Unsupported(f"no derivative of {name}")
        return Pair(base.function(name, [x.value]), base.mul(slope, x.dot))

    def _absolute(self, x: Pair) -> Pair:
        """The sign times the slope; where x vanishes with its slope, so does the derivative."""
        if type(x.value) is not fmpq_mat or type(x.dot) is not fmpq_mat:
            raise Unsupported("the derivative of an absolute value")
        if at_rest(x):
            return x
        if not x.value[0, 0]:
            raise Undefined("the derivative of an absolute value at 0")
        return x if x.value[0, 0] > 0 else Pair(self._minus(x.value), self._minus(x.dot))

    def rank(self, a: Pair) -> Pair:
        raise Unsupported("the derivative of a rank")

    def det(self, a: Pair) -> Pair:
        """d det A = tr(adj(A) dA) (Jacobi 1841), for singular A too."""
        det, adjugate = determinant(self.base, a.value, self._rows(a.value))
        return Pair(det, trace(self.base, self.base.mul(adjugate, a.dot), self._rows(a.value)))

    def spectral(self, a: Pair) -> Pair:
        raise Unsupported("the derivative of a spectral norm")

    def join(self, rows: Sequence[Sequence[Pair]]) -> Pair:
        return Pair(
            self.base.join([[b.value for b in row] for row in rows]),
            self.base.join([[b.dot for b in row] for row in rows]),
        )

    def part(self, a: Pair, r0: int, r1: int, c0: int, c1: int) -> Pair:
        return Pair(self.base.part(a.value, r0, r1, c0, c1), self.base.part(a.dot, r0, r1, c0, c1))

    def settle(self, values: Sequence[Pair]) -> Pair:
        return Pair(self.base.settle([v.value for v in values]), self.base.settle([v.dot for v in values]))

    def index(self, s: Pair) -> Fraction:
        return self.base.index(s.value)
