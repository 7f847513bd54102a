"""Matrices of functions of one variable near infinity, exactly: a number system for limits.

Their entries are quotients of sums of  c s^a mu^s e^{q s}  (see `growth`), an ordered field.  Rational
functions of s, the entries of e^{s M} and those of M^s belong to it when the eigenvalues of M are rational:

    e^{s M} = sum over l of  e^{l s} sum over j of  s^j / j!         (M - l I)^j P_l
    M^s     = sum over l of           sum over j of  (s over j) l^{s-j} (M - l I)^j P_l

with the projections P_l along the generalised eigenspaces.  Inverse, pseudoinverse and rank over a field
need no more than elimination; as everything holds for all large s, limits are read off the leading terms.

>>> g = Germs()
>>> s = g.variable(1, 0)                     # what tends to infinity
>>> t = g.inverse(g.add(g.eye(1), s))        # 1 / (1 + s)
>>> g.limit(g.mul(s, t))
[1]
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from flint import fmpq, fmpq_mat, fmpq_poly

from lemmata.refute.growth import (
    ONE,
    Germ,
    Key,
    Sum,
    constant,
    growth,
    inverse_of,
    lead,
    minus_germ,
    over,
    plus_germ,
    reduced,
    root,
    terms_of,
    times_germ,
)
from lemmata.refute.rational import fraction, power
from lemmata.refute.spectrum import spectrum
from lemmata.refute.system import Diverges, Irrational, NumberError, Undefined, Unsupported

__all__ = ["Alternates", "GermMatrix", "Germs"]

_LARGEST = 600  # multiplications in a product of matrices


class Alternates(NumberError):
    """A power of a negative number: ask for the even and the odd exponents."""


class GermMatrix:
    """A matrix of germs, row by row."""

    __slots__ = ("cols", "rows")

    def __init__(self, rows: list[list[Germ]], cols: int) -> None:
        self.rows = rows
        self.cols = cols


class Germs:
    """The number system; ``natural`` says that the variable takes whole values only."""

    name = "germs"

    def __init__(self, natural: bool = False) -> None:
        self.natural = natural

    # --- making ---

    def variable(self, slope: int, start: Fraction | int) -> GermMatrix:
        """slope s + start."""
        number = {Key(Fraction(0), Fraction(1), 1): fmpq(slope)}
        start = Fraction(start)
        if start:
            number[ONE] = fmpq(start.numerator, start.denominator)
        return GermMatrix([[Germ(number, {ONE: fmpq(1)})]], 1)

    def near(self, point: Fraction, side: int) -> GermMatrix:
        """point + side / s."""
        return self.add(
            self.rational(point),
            GermMatrix([[Germ({Key(Fraction(0), Fraction(1), -1): fmpq(side)}, {ONE: fmpq(1)})]], 1),
        )

    def lift(self, a: fmpq_mat) -> GermMatrix:
        return GermMatrix([[constant(x) for x in row] for row in a.tolist()], a.ncols())

    def rational(self, q: Fraction) -> GermMatrix:
        return self.lift(fmpq_mat(1, 1, [fmpq(q.numerator, q.denominator)]))

    def zeros(self, rows: int, cols: int) -> GermMatrix:
        return self.lift(fmpq_mat(rows, cols))

    def eye(self, n: int) -> GermMatrix:
        return self.lift(fmpq_mat(n, n, [int(i == j) for i in range(n) for j in range(n)]))

    # --- the limit ---

    def limit(self, a: GermMatrix) -> fmpq_mat:
        """The entries' limits.  Raises Diverges where one is infinite."""
        return fmpq_mat(len(a.rows), a.cols, [self._limit(x) for row in a.rows for x in row])

    @staticmethod
    def _limit(x: Germ) -> fmpq:
        if not x.num:
            return fmpq(0)
        top, bottom = lead(x.num), lead(x.den)
        rate = growth(over(top, bottom))
        if rate > 0:
            raise Diverges("the values grow beyond all bounds")
        return x.num[top] / x.den[bottom] if rate == 0 else fmpq(0)

    def sign(self, x: Germ) -> int:
        """The sign for all large s."""
        if not x.num:
            return 0
        c = x.num[lead(x.num)] / x.den[lead(x.den)]
        return 1 if c > 0 else -1

    def constant_part(self, a: GermMatrix) -> fmpq_mat | None:
        """The matrix if it does not vary, else None."""
        cells = [x for row in a.rows for x in row]
        if any(x.num.keys() - {ONE} or x.den.keys() - {ONE} for x in cells):
            return None
        return fmpq_mat(
            len(a.rows), a.cols, [x.num.get(ONE, fmpq(0)) / x.den.get(ONE, fmpq(1)) for x in cells]
        )

    # --- arithmetic ---

    def add(self, a: GermMatrix, b: GermMatrix) -> GermMatrix:
        rows = [
            [plus_germ(x, y) for x, y in zip(r, s, strict=True)] for r, s in zip(a.rows, b.rows, strict=True)
        ]
        return GermMatrix(rows, a.cols)

    def mul(self, a: GermMatrix, b: GermMatrix) -> GermMatrix:
        if len(a.rows) * a.cols * b.cols > _LARGEST:
            raise Irrational("large matrices")
        columns = list(zip(*b.rows, strict=True))
        out = []
        for row in a.rows:
            cells = []
            for column in columns:
                total = constant(fmpq(0))
                for x, y in zip(row, column, strict=True):
                    if x.num and y.num:
                        total = plus_germ(total, times_germ(x, y))
                cells.append(total)
            out.append(cells)
        return GermMatrix(out, b.cols)

    def scale(self, s: GermMatrix, a: GermMatrix) -> GermMatrix:
        factor = s.rows[0][0]
        return GermMatrix([[times_germ(factor, x) for x in row] for row in a.rows], a.cols)

    def transpose(self, a: GermMatrix) -> GermMatrix:
        return GermMatrix([list(c) for c in zip(*a.rows, strict=True)], len(a.rows))

    def _reduce(self, rows: list[list[Germ]], cols: int) -> list[int]:
        """Gauss-Jordan elimination in place, on the first so many columns; the pivots."""
        pivots: list[int] = []
        for j in range(cols):
            at = len(pivots)
            found = next((i for i in range(at, len(rows)) if rows[i][j].num), None)
            if found is None:
                continue
            rows[at], rows[found] = rows[found], rows[at]
            inverse = inverse_of(rows[at][j])
            rows[at] = [times_germ(inverse, x) for x in rows[at]]
            for i, row in enumerate(rows):
                if i != at and row[j].num:
                    factor = minus_germ(row[j])
                    rows[i] = [
                        plus_germ(x, times_germ(factor, y)) for x, y in zip(row, rows[at], strict=True)
                    ]
            pivots.append(j)
        return pivots

    def inverse(self, a: GermMatrix) -> GermMatrix:
        n = len(a.rows)
        if n**3 > _LARGEST:
            raise Irrational("large matrices")
        eye = self.eye(n)
        rows = [[*r, *e] for r, e in zip(a.rows, eye.rows, strict=True)]
        if len(self._reduce(rows, n)) < n:
            raise Undefined("singular")
        return GermMatrix([r[n:] for r in rows], n)

    def pinv(self, a: GermMatrix) -> GermMatrix:
        """F^T (C^T A F^T)^{-1} C^T for a full-rank factorisation A = C F."""
        rows = [list(r) for r in a.rows]
        pivots = self._reduce(rows, a.cols)
        if not pivots:
            return self.zeros(a.cols, len(a.rows))
        f = GermMatrix(rows[: len(pivots)], a.cols)
        c_t = self.transpose(GermMatrix([[r[p] for p in pivots] for r in a.rows], len(pivots)))
        f_t = self.transpose(f)
        return self.mul(self.mul(f_t, self.inverse(self.mul(self.mul(c_t, a), f_t))), c_t)

    def rank(self, a: GermMatrix) -> GermMatrix:
        return self.rational(Fraction(len(self._reduce([list(r) for r in a.rows], a.cols))))

    def det(self, a: GermMatrix) -> GermMatrix:
        """By cofactors along the first row: matrices here are small."""
        return GermMatrix([[self._det(a.rows)]], 1)

    def _det(self, rows: list[list[Germ]]) -> Germ:
        if len(rows) == 1:
            return rows[0][0]
        total = constant(fmpq(0))
        for j, x in enumerate(rows[0]):
            if x.num:
                minor = self._det([[*r[:j], *r[j + 1 :]] for r in rows[1:]])
                total = plus_germ(total, times_germ(x if j % 2 == 0 else minus_germ(x), minor))
        return total

    # --- exponentials and powers ---

    def _linear(self, a: GermMatrix) -> tuple[fmpq_mat, fmpq_mat]:
        """a = constant + s * slope.  Raises Irrational for anything else."""
        slope = Key(Fraction(0), Fraction(1), 1)
        cells = [x for row in a.rows for x in row]
        if any(x.num.keys() - {ONE, slope} or x.den != {ONE: fmpq(1)} for x in cells):
            raise Irrational("an exponent that is not linear")
        shape = (len(a.rows), a.cols)
        return tuple(fmpq_mat(*shape, [x.num.get(k, fmpq(0)) for x in cells]) for k in (ONE, slope))  # type: ignore[return-value]

    def exp(self, a: GermMatrix) -> GermMatrix:
        start, slope = self._linear(a)
        if any(start.entries()):
            raise Irrational("an exponential of a constant")
        parts = []
        for eigenvalue, nilpotents in spectrum(slope):
            factor = fmpq(1)
            for j, n in enumerate(nilpotents):
                factor = factor / j if j else factor
                key = Key(fraction(eigenvalue), Fraction(1), j)
                parts.append(self._scaled({key: factor}, n))
        return self._sum(parts, slope.nrows())

    def _scaled(self, s: Sum, a: fmpq_mat) -> GermMatrix:
        germ = Germ(s, {ONE: fmpq(1)})
        return GermMatrix([[times_germ(germ, constant(x)) for x in row] for row in a.tolist()], a.ncols())

    def _sum(self, parts: Sequence[GermMatrix], n: int) -> GermMatrix:
        total = self.zeros(n, n)
        for p in parts:
            total = self.add(total, p)
        return total

    def power(self, a: GermMatrix, exponent: GermMatrix) -> GermMatrix:
        fixed = self.constant_part(exponent)
        if fixed is not None:
            q = fraction(fixed[0, 0])
            if q.denominator == 1 and abs(q) <= 64:
                made: GermMatrix = power(self, a, int(q)) if q else self.eye(len(a.rows))
                return made
            if q.denominator == 2 and a.cols == 1:
                return self.power(self.sqrt(a), self.rational(Fraction(q.numerator)))
            raise Irrational(f"a power {q}")
        base = self.constant_part(a)
        start, slope = (fraction(x[0, 0]) for x in self._linear(exponent))
        if base is None or start.denominator != 1 or slope.denominator != 1 or abs(start) > 64:
            raise Irrational("a power of what varies")
        if not self.natural and (base.nrows() > 1 or base[0, 0] <= 0):
            raise Irrational("a power with an exponent that is not whole")
        if abs(slope) > 4 or (slope < 0 and base.det() == 0):
            raise Irrational("a power of a singular matrix")
        step = base if slope > 0 else base.inv()
        for _ in range(abs(int(slope)) - 1):
            step = step * (base if slope > 0 else base.inv())
        fixed_part = self.power(a, self.rational(start)) if start >= 0 or base.det() else None
        if fixed_part is None:  # M^{s - 1} of a singular M: let s = r + 1, the limit is the same
            raise Irrational("a power of a singular matrix")
        return self.mul(fixed_part, self._powers(step))

    def _powers(self, m: fmpq_mat) -> GermMatrix:
        """M^s; a nilpotent part has vanished for large s."""
        parts = []
        for eigenvalue, nilpotents in spectrum(m):
            if eigenvalue < 0:
                raise Alternates("a power of a negative number")
            if eigenvalue == 0:
                continue
            rate = fraction(eigenvalue)
            choose = fmpq_poly([1])  # (s over j) as a polynomial in s
            for j, n in enumerate(nilpotents):
                choose = choose * fmpq_poly([fmpq(1 - j, j), fmpq(1, j)]) if j else choose
                scale = fmpq(1) / eigenvalue**j
                terms = {Key(Fraction(0), rate, k.a): c * scale for k, c in terms_of(choose).items()}
                parts.append(self._scaled(terms, n))
        return self._sum(parts, m.nrows())

    def sqrt(self, s: GermMatrix) -> GermMatrix:
        x = s.rows[0][0]
        if self.sign(x) < 0:
            raise Undefined("the square root of a negative number")
        return GermMatrix([[reduced(root(x.num), root(x.den))]], 1)

    def function(self, name: str, s: Sequence[GermMatrix]) -> GermMatrix:
        if name == "sqrt":
            return self.sqrt(s[0])
        if name == "abs":
            x = s[0].rows[0][0]
            return s[0] if self.sign(x) >= 0 else GermMatrix([[minus_germ(x)]], 1)
        if name in ("min", "max"):
            best = s[0].rows[0][0]
            for other in s[1:]:
                gap = self.sign(plus_germ(other.rows[0][0], minus_germ(best)))
                best = other.rows[0][0] if gap and (gap < 0) == (name == "min") else best
            return GermMatrix([[best]], 1)
        raise Irrational(name)

    def spectral(self, a: GermMatrix) -> GermMatrix:
        if a.cols == 1 or len(a.rows) == 1:
            gram = self.mul(self.transpose(a), a) if a.cols == 1 else self.mul(a, self.transpose(a))
            return self.sqrt(gram)
        raise Irrational("a spectral norm")

    # --- shape ---

    def join(self, rows: Sequence[Sequence[GermMatrix]]) -> GermMatrix:
        out = []
        for row in rows:
            for i in range(len(row[0].rows)):
                out.append([x for block in row for x in block.rows[i]])
        return GermMatrix(out, sum(b.cols for b in rows[0]))

    def part(self, a: GermMatrix, r0: int, r1: int, c0: int, c1: int) -> GermMatrix:
        return GermMatrix([row[c0:c1] for row in a.rows[r0:r1]], c1 - c0)

    def settle(self, values: Sequence[Any]) -> GermMatrix:
        raise Irrational("a limit within a limit")

    def index(self, s: GermMatrix) -> Fraction:
        fixed = self.constant_part(s)
        if fixed is None:
            raise Unsupported("a point that moves")
        return fraction(fixed[0, 0])
