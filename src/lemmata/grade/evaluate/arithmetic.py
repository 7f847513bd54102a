r"""Arithmetic of values: rational matrices as long as possible, matrices of complex balls after that.

>>> times(scalar(3), value_of_rows([[Fraction(1), Fraction(2)]]))
[3, 6]

A value is an ``fmpq_mat`` (exact) or an ``acb_mat`` (every entry a complex ball that contains the true
entry); one operation with a ball gives a ball.  Everything a student writes passes through here, so every
power is bounded before it is computed.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from flint import acb, acb_mat, arb, ctx, fmpq, fmpq_mat, fmpz

__all__ = [
    "NegativeFactorial", "NoValue", "TooLarge", "Undefined", "Value", "adjoint_of", "agree", "as_ball", "bits", "close",
    "enclosed", "exp_of", "eye", "finite", "fractions", "inverse_of", "is_zero", "norm_of", "pinv_of", "plus",
    "power_of", "rational", "scalar", "sqrt_of", "times", "value_of_rows",
]  # fmt: skip

Value = Any  # fmpq_mat | acb_mat
PRECISION = 256
BITS = 20_000  # the largest numerator or denominator that an answer may reach
MATRIX_POWER = 2_000


P = ParamSpec("P")
T = TypeVar("T")


def enclosed(function: Callable[P, T]) -> Callable[P, T]:
    """Decorator: balls are computed with 256 bits inside, and the precision is put back afterwards."""

    @wraps(function)
    def at_precision(*args: P.args, **kwargs: P.kwargs) -> T:
        with ctx.workprec(PRECISION):
            return function(*args, **kwargs)

    return at_precision


class NoValue(ValueError):
    """A term without a value here: a symbol nobody gave a value, a head that is not numerical."""


class Undefined(NoValue):
    """1/0, the inverse of a singular matrix, the logarithm of zero."""


class NegativeFactorial(Undefined):
    """The factorial of a negative whole number, as in n!/(n - 2)! for n = 1."""


class TooLarge(NoValue):
    """A power or a factorial that would fill the memory."""


def rational(value: Value) -> bool:
    """Whether the value is exact."""
    return isinstance(value, fmpq_mat)


def as_ball(value: Value) -> acb_mat:
    """The value as complex balls."""
    return acb_mat(value) if isinstance(value, fmpq_mat) else value


def scalar(q: Fraction | int) -> fmpq_mat:
    """The number as a 1 x 1 matrix."""
    q = Fraction(q)
    return fmpq_mat(1, 1, [fmpq(q.numerator, q.denominator)])


def value_of_rows(rows: list[list[Fraction]]) -> fmpq_mat:
    """The matrix with these rows."""
    entries = [fmpq(Fraction(x).numerator, Fraction(x).denominator) for row in rows for x in row]
    return fmpq_mat(len(rows), len(rows[0]), entries)


def fractions(value: fmpq_mat) -> list[list[Fraction]]:
    """The rows of an exact value."""
    return [[Fraction(int(x.p), int(x.q)) for x in row] for row in value.tolist()]


# --- operations: on rationals where possible, else on balls -----------------------------------------


def _pair(a: Value, b: Value) -> tuple[Value, Value]:
    return (a, b) if rational(a) and rational(b) else (as_ball(a), as_ball(b))


def _shape(a: Value) -> tuple[int, int]:
    return a.nrows(), a.ncols()


def bits(a: Value) -> int:
    """The size of the longest number of an exact value, in bits; 0 for balls."""
    if not rational(a):
        return 0
    return max([int(x.height_bits()) for x in a.entries()], default=0)


def times(a: Value, b: Value) -> Value:
    """The product, where a 1 x 1 value is a scalar factor.  Raises TooLarge."""
    exact = rational(a) and rational(b)
    if not exact:
        a, b = as_ball(a), as_ball(b)
    # Factors are bounded, so that their product can be computed before its size is looked at.
    if a.ncols() == b.nrows() and (a.nrows() != 1 or a.ncols() != 1 or b.ncols() == 1):
        made = a * b
    elif _shape(a) == (1, 1):
        made = b * a[0, 0]
    elif _shape(b) == (1, 1):
        made = a * b[0, 0]
    else:
        made = a * b
    if exact and bits(made) > BITS:
        raise TooLarge("a number of thousands of digits")
    return made


def plus(a: Value, b: Value) -> Value:
    """The sum."""
    a, b = _pair(a, b)
    return a + b


def adjoint_of(a: Value) -> Value:
    """The conjugate transpose."""
    return a.transpose() if rational(a) else a.transpose().conjugate()


def inverse_of(a: Value) -> Value:
    """The inverse.  Raises Undefined."""
    try:
        return a.inv()
    except ZeroDivisionError:
        what = "division by zero" if _shape(a) == (1, 1) else "a singular matrix has no inverse"
        raise Undefined(what) from None


def pinv_of(a: Value) -> Value:
    """The pseudoinverse; for balls only of full row or column rank."""
    if not rational(a):
        # Balls cannot tell a rank; with full row or column rank the Gram matrix has a provable inverse.
        t = adjoint_of(a)
        return t * inverse_of(a * t) if a.nrows() <= a.ncols() else inverse_of(t * a) * t
    echelon, rank = a.rref()
    if rank == 0:
        return fmpq_mat(a.ncols(), a.nrows())
    pivots = [next(j for j in range(a.ncols()) if echelon[i, j] != 0) for i in range(rank)]
    f = fmpq_mat([[a[i, j] for j in pivots] for i in range(a.nrows())])
    g = fmpq_mat([[echelon[i, j] for j in range(a.ncols())] for i in range(rank)])
    ft, gt = f.transpose(), g.transpose()
    return gt * (g * gt).inv() * (ft * f).inv() * ft


def power_of(a: Value, e: Value) -> Value:
    """a^e for a whole or rational exponent.  Raises Undefined or TooLarge."""
    if rational(e) and int(e[0, 0].q) == 1:
        return _whole_power(a, int(e[0, 0].p))
    if _shape(a) != (1, 1):
        raise NoValue("a matrix to a power that is not an integer")
    if rational(a) and rational(e) and int(e[0, 0].q) == 2 and abs(int(e[0, 0].p)) < 100:
        root = sqrt_of(a)
        if rational(root):
            return _whole_power(root, int(e[0, 0].p))
    base, exponent = as_ball(a)[0, 0], as_ball(e)[0, 0]
    if base.is_zero():
        raise Undefined("zero to a power that is not a natural number")
    return acb_mat([[finite(base**exponent)]])


def _whole_power(a: Value, n: int) -> Value:
    if n < 0:
        return _whole_power(inverse_of(a), -n)
    if _shape(a) == (1, 1):
        if rational(a):
            if abs(a[0, 0]) not in (0, 1) and bits(a) * n > BITS:
                raise TooLarge("a power of thousands of digits")
            n = n if abs(a[0, 0]) not in (0, 1) else 2 - n % 2 if n else 0
            return fmpq_mat(1, 1, [a[0, 0] ** n])
        if n > 10**6:
            raise TooLarge(f"a power with the exponent {n if n < 10**12 else 'of many digits'}")
        return acb_mat([[finite(a[0, 0] ** n)]])
    if n > MATRIX_POWER:
        raise TooLarge("a very high power of a matrix")
    result = None
    for bit in bin(n)[2:]:
        result = times(result, result) if result is not None else eye(a.nrows())
        if bit == "1":
            result = times(result, a)
    return result


def eye(n: int) -> fmpq_mat:
    """The identity matrix."""
    return fmpq_mat([[fmpq(int(i == j)) for j in range(n)] for i in range(n)])


def sqrt_of(a: Value) -> Value:
    """The principal square root of a number, exact where it is rational."""
    if rational(a) and a[0, 0] >= 0:
        p, q = (fmpz(x).sqrtrem() for x in (a[0, 0].p, a[0, 0].q))
        if p[1] == q[1] == 0:
            return fmpq_mat(1, 1, [fmpq(p[0], q[0])])
    return acb_mat([[as_ball(a)[0, 0].sqrt()]])


def exp_of(a: Value) -> Value:
    """The exponential of a number or of a square matrix.  Raises TooLarge."""
    if rational(a) and all(x == 0 for x in a.entries()):
        return eye(a.nrows())
    if bits(a) > 64 or (rational(a) and any(abs(x) > 10**6 for x in a.entries())):
        raise TooLarge("the exponential of a very large number")
    ball = as_ball(a)
    return acb_mat([[finite(ball[0, 0].exp())]]) if _shape(a) == (1, 1) else ball.exp()


def finite(x: acb) -> acb:
    """The ball itself.  Raises Undefined where it is not finite."""
    if not x.is_finite():
        raise Undefined("no finite value")
    return x


def norm_of(a: Value, kind: str) -> Value:
    """Euclidean norm of a vector, spectral norm ("2") or Frobenius norm of a matrix."""
    if kind == "2" and 1 not in _shape(a):
        gram = times(adjoint_of(a), a)
        largest = arb(0)
        for x in _eigenvalues(gram):
            largest = largest.max(x.real)
        return acb_mat([[acb(largest).sqrt()]])
    total = scalar(0)
    for row in a.tolist():
        for x in row:
            entry = fmpq_mat(1, 1, [x]) if rational(a) else acb_mat([[x]])
            total = plus(total, times(entry, adjoint_of(entry)))
    return sqrt_of(total)


def _eigenvalues(a: Value) -> list[acb]:
    """The eigenvalues, repeated ones too: roots of the characteristic polynomial where that is rational."""
    if rational(a):
        return [root for root, _ in a.charpoly().numer().complex_roots()]
    try:
        return list(a.eig(multiple=True))
    except ValueError as error:
        raise NoValue("eigenvalues that are too close to each other") from error


# --- comparison ------------------------------------------------------------------------------------


def is_zero(value: Value) -> bool:
    """Exactly zero for rationals; for balls: contains zero and is narrower than 2^-100 of the scale."""
    if rational(value):
        return all(x == 0 for x in value.entries())
    tiny = arb(2) ** -100
    return all(x.contains(0) and bool(abs(x).upper() < tiny) for x in value.entries())


@enclosed
def agree(a: Value, b: Value) -> bool:
    """Equal: exactly for rationals, to more than 40 digits for balls.  Shapes must match."""
    if _shape(a) != _shape(b):
        return False
    if rational(a) and rational(b):
        return bool(a == b)
    return all(
        x.overlaps(y) and bool(abs(x - y).upper() < (arb(2) ** -100) * (1 + abs(x).upper()))
        for x, y in zip(as_ball(a).entries(), as_ball(b).entries(), strict=True)
    )


@enclosed
def close(a: Value, b: Value, tolerance: Fraction) -> bool:
    """Every entry within the tolerance (absolute)."""
    if _shape(a) != _shape(b):
        return False
    bound = arb(fmpq(tolerance.numerator, tolerance.denominator)) * (1 + arb(2) ** -60)
    return all(
        bool(abs(x - y).upper() <= bound)
        for x, y in zip(as_ball(a).entries(), as_ball(b).entries(), strict=True)
    )
