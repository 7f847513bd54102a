"""The value of a written-out term: a rational matrix where it is one, complex balls where it is not.

>>> from lemmata.kernel.term import literal, number, pinv
>>> evaluate(pinv(literal([[number(1), number(2)]])))
[1/5]
[2/5]

A value is an ``fmpq_mat`` (exact) or an ``acb_mat`` (every entry a complex ball that contains the true
entry); one operation with a ball gives a ball.  Everything a student writes passes through here, so
every power is bounded before it is computed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from flint import acb, acb_mat, arb, ctx, fmpq, fmpq_mat, fmpz

from lemmata.kernel.term import Term, literal, number, subterms

__all__ = [
    "NoValue",
    "TooLarge",
    "Undefined",
    "Value",
    "adjoint_of",
    "agree",
    "as_ball",
    "as_term",
    "close",
    "enclosed",
    "evaluate",
    "exact",
    "eye",
    "fractions",
    "is_zero",
    "pinv_of",
    "plus",
    "rational",
    "scalar",
    "times",
    "value_of_rows",
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


def as_term(value: Value) -> Term:
    """An exact value as a number (1 x 1) or a matrix written out.  Raises NoValue for balls."""
    if not rational(value):
        raise NoValue("this value is not rational")
    rows = fractions(value)
    if len(rows) == len(rows[0]) == 1:
        return number(rows[0][0])
    return literal([[number(x) for x in row] for row in rows])


def exact(term: Term, given: Mapping[Term, Value] | None = None) -> Term:
    """The term computed exactly, as a number or a matrix written out."""
    return as_term(evaluate(term, given))


# --- operations: on rationals where possible, else on balls -----------------------------------------


def _pair(a: Value, b: Value) -> tuple[Value, Value]:
    return (a, b) if rational(a) and rational(b) else (as_ball(a), as_ball(b))


def _shape(a: Value) -> tuple[int, int]:
    return a.nrows(), a.ncols()


def _size(a: Value) -> int:
    if not rational(a):
        return 0
    return max((int(x.height_bits()) for x in a.entries()), default=0)


def times(a: Value, b: Value) -> Value:
    """The product, where a 1 x 1 value is a scalar factor.  Raises TooLarge."""
    if _size(a) + _size(b) > BITS:
        raise TooLarge("a number of thousands of digits")
    a, b = _pair(a, b)
    if _shape(a) == (1, 1) != _shape(b) and b.nrows() != 1:
        return b * a[0, 0]
    if _shape(b) == (1, 1) != _shape(a) and a.ncols() != 1:
        return a * b[0, 0]
    return a * b


def plus(a: Value, b: Value) -> Value:
    """The sum."""
    a, b = _pair(a, b)
    return a + b


def adjoint_of(a: Value) -> Value:
    """The conjugate transpose."""
    return a.transpose() if rational(a) else a.transpose().conjugate()


def _inverse(a: Value) -> Value:
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
        return t * _inverse(a * t) if a.nrows() <= a.ncols() else _inverse(t * a) * t
    echelon, rank = a.rref()
    if rank == 0:
        return fmpq_mat(a.ncols(), a.nrows())
    pivots = [next(j for j in range(a.ncols()) if echelon[i, j] != 0) for i in range(rank)]
    f = fmpq_mat([[a[i, j] for j in pivots] for i in range(a.nrows())])
    g = fmpq_mat([[echelon[i, j] for j in range(a.ncols())] for i in range(rank)])
    ft, gt = f.transpose(), g.transpose()
    return gt * (g * gt).inv() * (ft * f).inv() * ft


def _power(a: Value, e: Value) -> Value:
    if rational(e) and int(e[0, 0].q) == 1:
        return _whole_power(a, int(e[0, 0].p))
    if _shape(a) != (1, 1):
        raise NoValue("a matrix to a power that is not an integer")
    if rational(a) and rational(e) and int(e[0, 0].q) == 2 and abs(int(e[0, 0].p)) < 100:
        root = _sqrt(a)
        if rational(root):
            return _whole_power(root, int(e[0, 0].p))
    base, exponent = as_ball(a)[0, 0], as_ball(e)[0, 0]
    if base.is_zero():
        raise Undefined("zero to a power that is not a natural number")
    return acb_mat([[_finite(base**exponent)]])


def _whole_power(a: Value, n: int) -> Value:
    if n < 0:
        return _whole_power(_inverse(a), -n)
    if _shape(a) == (1, 1):
        if rational(a):
            if abs(a[0, 0]) not in (0, 1) and _size(a) * n > BITS:
                raise TooLarge("a power of thousands of digits")
            n = n if abs(a[0, 0]) not in (0, 1) else 2 - n % 2 if n else 0
            return fmpq_mat(1, 1, [a[0, 0] ** n])
        if n > 10**6:
            raise TooLarge(f"a power with the exponent {n if n < 10**12 else 'of many digits'}")
        return acb_mat([[_finite(a[0, 0] ** n)]])
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


def _sqrt(a: Value) -> Value:
    if rational(a) and a[0, 0] >= 0:
        p, q = (fmpz(x).sqrtrem() for x in (a[0, 0].p, a[0, 0].q))
        if p[1] == q[1] == 0:
            return fmpq_mat(1, 1, [fmpq(p[0], q[0])])
    return acb_mat([[as_ball(a)[0, 0].sqrt()]])


def _exp(a: Value) -> Value:
    if rational(a) and all(x == 0 for x in a.entries()):
        return eye(a.nrows())
    if _size(a) > 64 or (rational(a) and any(abs(x) > 10**6 for x in a.entries())):
        raise TooLarge("the exponential of a very large number")
    ball = as_ball(a)
    return acb_mat([[_finite(ball[0, 0].exp())]]) if _shape(a) == (1, 1) else ball.exp()


def _finite(x: acb) -> acb:
    if not x.is_finite():
        raise Undefined("no finite value")
    return x


def _norm(a: Value, kind: str) -> Value:
    if kind == "2" and 1 not in _shape(a):
        gram = as_ball(times(adjoint_of(a), a))
        largest = None
        for x in gram.eig(algorithm="rump", tol=1e-30):
            bound = x.real
            largest = bound if largest is None else largest.max(bound)
        assert largest is not None
        return acb_mat([[acb(largest).sqrt()]])
    total = scalar(0)
    for row in a.tolist():
        for x in row:
            entry = fmpq_mat(1, 1, [x]) if rational(a) else acb_mat([[x]])
            total = plus(total, times(entry, adjoint_of(entry)))
    return _sqrt(total)


_BALL_FUNCTIONS: dict[str, Callable[[acb], acb]] = {
    "sin": acb.sin, "cos": acb.cos, "tan": acb.tan, "cot": acb.cot, "sec": acb.sec, "csc": acb.csc,
    "sinh": acb.sinh, "cosh": acb.cosh, "tanh": acb.tanh, "log": acb.log, "arcsin": acb.asin,
    "arccos": acb.acos, "arctan": acb.atan,
}  # fmt: skip


def _call(name: str, args: list[Value]) -> Value:
    if name == "sqrt":
        return _sqrt(args[0])
    if name == "exp":
        return _exp(args[0])
    if name in ("abs", "sign", "max", "min", "factorial"):
        return _real_function(name, args)
    function = _BALL_FUNCTIONS.get(name)
    if function is None:
        raise NoValue(f"the function {name} has no value here")
    if rational(args[0]) and name == "log" and args[0][0, 0] == 1:
        return scalar(0)
    if (
        rational(args[0])
        and args[0][0, 0] == 0
        and name in ("sin", "tan", "sinh", "tanh", "arcsin", "arctan")
    ):
        return scalar(0)
    if _size(args[0]) > 4096:
        raise TooLarge(f"{name} of a number of thousands of digits")
    return acb_mat([[_finite(function(as_ball(args[0])[0, 0]))]])


def _real_function(name: str, args: list[Value]) -> Value:
    if name == "abs" and not rational(args[0]):
        return acb_mat([[acb(abs(args[0][0, 0]))]])
    if not all(rational(a) for a in args):
        raise NoValue(f"{name} of a number that is not rational")
    numbers = [a[0, 0] for a in args]
    if name == "factorial":
        n = numbers[0]
        if int(n.q) != 1 or n < 0:
            raise Undefined("the factorial of a number that is not natural")
        if n > 1000:
            raise TooLarge("the factorial of a very large number")
        return fmpq_mat(1, 1, [fmpq(fmpz.fac_ui(n.p))])
    choices: dict[str, Callable[[], fmpq]] = {
        "abs": lambda: abs(numbers[0]),
        "max": lambda: max(numbers),
        "min": lambda: min(numbers),
        "sign": lambda: fmpq(int(numbers[0] > 0) - int(numbers[0] < 0)),
    }
    return fmpq_mat(1, 1, [choices[name]()])


_CONSTANTS: dict[str, Callable[[], acb]] = {
    "pi": acb.pi, "e": lambda: acb(1).exp(), "i": lambda: acb(0, 1),
}  # fmt: skip


# --- evaluation ------------------------------------------------------------------------------------


@enclosed
def evaluate(
    term: Term, given: Mapping[Term, Value] | None = None, dims: Mapping[str, int] | None = None
) -> Value:
    """The value of a matrix term under values for its symbols and sizes for its dimensions.

    Raises Undefined (1/0, singular inverse), TooLarge, or NoValue naming what has no value.
    """
    dims = dims or {}
    done: dict[Term, Value] = dict(given or {})
    for node in subterms(term):
        if node not in done:
            done[node] = _node(node, [done[a] for a in node.args], dims)
    return done[term]


def _dimension(d: int | str, dims: Mapping[str, int]) -> int:
    if isinstance(d, int):
        return d
    if d not in dims:
        raise NoValue(f"the dimension {d} has no size")
    return dims[d]


def _node(node: Term, args: list[Value], dims: Mapping[str, int]) -> Value:
    head, value = node.head, node.value
    if head == "number":
        return scalar(value)
    if head == "dim":
        return scalar(_dimension(value, dims))
    if head == "constant":
        return acb_mat([[_CONSTANTS[value]()]])
    if head == "identity":
        return eye(_dimension(value, dims))
    if head == "zero":
        return fmpq_mat(_dimension(value[0], dims), _dimension(value[1], dims))
    if head == "literal":
        entries = [a[0, 0] for a in args]
        if all(rational(a) for a in args):
            return fmpq_mat(value[0], value[1], entries)
        return acb_mat(value[0], value[1], [as_ball(a)[0, 0] for a in args])
    if head in ("add", "mul"):
        combine = plus if head == "add" else times
        total = args[0]
        for a in args[1:]:
            total = combine(total, a)
        return total
    rule = _RULES.get(head)
    if rule is None:
        what = f"the name {node.name}" if head == "symbol" else f"an expression with {head}"
        raise NoValue(f"{what} has no value here")
    return rule(value, args)


def _trace(value: Any, args: list[Value]) -> Value:
    total = scalar(0)
    for i in range(args[0].nrows()):
        entry = args[0][i, i]
        total = plus(total, fmpq_mat(1, 1, [entry]) if rational(args[0]) else acb_mat([[entry]]))
    return total


def _det(value: Any, args: list[Value]) -> Value:
    found = args[0].det()
    return fmpq_mat(1, 1, [found]) if rational(args[0]) else acb_mat([[found]])


def _rank(value: Any, args: list[Value]) -> Value:
    if not rational(args[0]):
        raise NoValue("the rank of a matrix that is not rational")
    return scalar(args[0].rank())


_RULES: dict[str, Callable[[Any, list[Value]], Value]] = {
    "adjoint": lambda v, a: adjoint_of(a[0]),
    "inverse": lambda v, a: _inverse(a[0]),
    "pinv": lambda v, a: pinv_of(a[0]),
    "power": lambda v, a: _power(a[0], a[1]),
    "exp": lambda v, a: _exp(a[0]),
    "norm": lambda v, a: _norm(a[0], v),
    "inner": lambda v, a: times(adjoint_of(a[0]), a[1]),
    "call": _call,
    "trace": _trace,
    "det": _det,
    "rank": _rank,
}  # fmt: skip


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
