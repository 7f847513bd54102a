"""Exact and enclosed numbers: rational matrices with square roots, and matrices of balls.

Both systems offer the operations of `System`; a value is a matrix, a scalar is 1 x 1.  `Exact` holds
matrices over Q and sums  M_1 sqrt(d_1) + M_2 sqrt(d_2) + ...  with rational M_i and distinct squarefree
d_i >= 1.  Square roots of distinct squarefree numbers are linearly independent over Q (Besicovitch
1940), so such a sum is zero iff every M_i is: equality is decided, not approximated.

>>> two = Exact().sqrt(Exact().rational(Fraction(8)))
>>> sorted(two.parts)
[2]

`Balls` stays rational as long as it can and turns to intervals (python-flint's arb) when it must: a
rank, an inverse or a pseudoinverse of rational data is then still exact.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from fractions import Fraction
from typing import Any, Protocol

import flint
from flint import acb_mat, arb, arb_mat, fmpq, fmpq_mat, fmpz

__all__ = [
    "Balls", "Diverges", "Exact", "Irrational", "NumberError", "Surd", "System", "Undecided", "Undefined",
    "Unsupported", "exact_pinv", "fraction", "precision",
]  # fmt: skip

Value = Any


class NumberError(ArithmeticError):
    """An expression without a value here; ``place`` is the subterm, filled in by the evaluator."""

    def __init__(self, message: str, place: Any = None) -> None:
        super().__init__(message)
        self.place = place


class Undefined(NumberError):
    """The expression has no value: a singular inverse, a logarithm of 0."""


class Diverges(Undefined):
    """Values on the way to a limit do not settle."""


class Irrational(NumberError):
    """The value exists but not among rational matrices and square roots: ask the balls."""


class Undecided(NumberError):
    """The balls are too wide to tell: ask for more precision."""


class Unsupported(NumberError):
    """This number system has no such operation."""


class System(Protocol):
    """The operations that the evaluator needs.  Matrices are values, scalars are 1 x 1 matrices."""

    name: str

    def rational(self, q: Fraction) -> Value: ...
    def zeros(self, rows: int, cols: int) -> Value: ...
    def eye(self, n: int) -> Value: ...
    def add(self, a: Value, b: Value) -> Value: ...
    def mul(self, a: Value, b: Value) -> Value: ...
    def scale(self, s: Value, a: Value) -> Value: ...
    def transpose(self, a: Value) -> Value: ...
    def inverse(self, a: Value) -> Value: ...
    def pinv(self, a: Value) -> Value: ...
    def power(self, a: Value, exponent: Value) -> Value: ...
    def exp(self, a: Value) -> Value: ...
    def sqrt(self, s: Value) -> Value: ...
    def function(self, name: str, s: Sequence[Value]) -> Value: ...
    def rank(self, a: Value) -> Value: ...
    def det(self, a: Value) -> Value: ...
    def spectral(self, a: Value) -> Value: ...
    def join(self, rows: Sequence[Sequence[Value]]) -> Value: ...
    def part(self, a: Value, r0: int, r1: int, c0: int, c1: int) -> Value: ...
    def settle(self, values: Sequence[Value]) -> Value: ...
    def index(self, s: Value) -> Fraction: ...


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


def _squarefree(n: fmpz) -> tuple[fmpz, fmpz]:
    """(k, d) with n = k^2 d and d squarefree, for n > 0."""
    root = n.isqrt()
    if root * root == n:
        return root, fmpz(1)
    k, d = fmpz(1), fmpz(1)
    for prime, multiplicity in n.factor():
        k *= prime ** (multiplicity // 2)
        d *= prime ** (multiplicity % 2)
    return k, d


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


class _Rational:
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
        k, d = _squarefree(q.p * q.q)
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


def _join(rows: Sequence[Sequence[Any]], new: Any) -> Any:
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


def _part(a: Any, r0: int, r1: int, c0: int, c1: int) -> Any:
    return type(a)(r1 - r0, c1 - c0, [a[i, j] for i in range(r0, r1) for j in range(c0, c1)])


def _power(system: Any, a: Any, n: int) -> Any:
    if n < 0:
        return _power(system, system.inverse(a), -n)
    result = None
    while n:
        if n & 1:
            result = a if result is None else system.mul(result, a)
        n >>= 1
        if n:
            a = system.mul(a, a)
    return result


class Exact(_Rational):
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
                k, f = _squarefree(fmpz(d) * e)
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
            return _power(self, a, int(q)) if q else self.eye(self._shape(a)[0])
        if q.denominator == 2 and self._shape(a) == (1, 1):
            return _power(self, self.sqrt(a), q.numerator)
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
        return (s[0, 0] > 0) - (s[0, 0] < 0)

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
            return _join(rows, fmpq_mat)
        keys = {d for row in rows for b in row for d in self._parts(b)}
        parts = {
            d: _join([[self._parts(b).get(d, fmpq_mat(*self._shape(b))) for b in r] for r in rows], fmpq_mat)
            for d in keys
        }
        first = next(iter(parts.values()))
        return _surd(parts, (first.nrows(), first.ncols()))

    def part(self, a: Value, r0: int, r1: int, c0: int, c1: int) -> Value:
        if type(a) is fmpq_mat:
            return _part(a, r0, r1, c0, c1)
        return self._map(a, lambda m: _part(m, r0, r1, c0, c1))

    def settle(self, values: Sequence[Value]) -> Value:
        raise Irrational("a limit")


class Balls(_Rational):
    """Rational matrices and, where they do not suffice, matrices of balls at the current precision."""

    name = "balls"

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
            base, power = self.ball(a)[0, 0], self.ball(exponent)[0, 0]
            if not base > 0:
                raise Undecided("a fractional power of a number not seen to be positive")
            return self._one((base.log() * power).exp())
        n = int(exponent[0, 0].p)
        if n == 0:
            return self.eye(a.nrows())
        return _power(self, a if abs(n) <= 64 else self.ball(a), n)

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
            return _join(rows, fmpq_mat)
        return _join([[self.ball(b) for b in row] for row in rows], arb_mat)

    def part(self, a: Value, r0: int, r1: int, c0: int, c1: int) -> Value:
        return _part(a, r0, r1, c0, c1)

    def settle(self, values: Sequence[Value]) -> Value:
        """What values at points ever nearer to a limit point tend to.

        The steps between them must at least halve; the last value is then widened by twice the last
        step.  This is evidence, not an enclosure of the limit: nothing bounds what happens beyond.
        """
        if all(type(v) is fmpq_mat for v in values) and values[-1] == values[-2] == values[-3]:
            return values[-1]
        first, second, third = (self.ball(v) for v in values)
        before, after = self._size(second - first), self._size(third - second)
        if not after <= before / 2 and not after < arb(2) ** -40 * (1 + self._size(third)):
            raise Diverges("the values do not settle")
        error = arb(0, (2 * after).upper())
        return arb_mat(third.nrows(), third.ncols(), [x + error for x in third.entries()])

    @staticmethod
    def _size(a: arb_mat) -> arb:
        return max((x.abs_upper() for x in a.entries()), key=lambda x: x.mid())
