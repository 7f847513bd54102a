"""The value of a written-out term: a rational matrix where it is one, complex balls where it is not.

>>> from lemmata.kernel.term import number, pinv
>>> from lemmata.terms.forms import literal
>>> evaluate(pinv(literal([[number(1), number(2)]])))
[1/5]
[2/5]

Functions are computed for one number; a matrix has sums, products, powers, inverse, pseudoinverse, adjoint,
exponential, trace, determinant, rank and norms (``lemmata.grade.evaluate.arithmetic``).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import lru_cache
from typing import Any

from flint import acb, acb_mat, fmpq, fmpq_mat, fmpz

from lemmata.grade.evaluate.arithmetic import (
    NegativeFactorial,
    NoValue,
    TooLarge,
    Undefined,
    Value,
    adjoint_of,
    agree,
    as_ball,
    bits,
    close,
    enclosed,
    exp_of,
    eye,
    finite,
    fractions,
    inverse_of,
    is_zero,
    norm_of,
    pinv_of,
    plus,
    power_of,
    rational,
    scalar,
    sqrt_of,
    times,
    value_of_rows,
)
from lemmata.grade.evaluate.matrix_functions import definite_power
from lemmata.kernel.term import Term, number, subterms
from lemmata.terms.blocks import selected, size_of
from lemmata.terms.forms import literal

__all__ = [
    "NegativeFactorial", "NoValue", "TooLarge", "Undefined", "Value", "adjoint_of", "agree", "as_ball", "as_term",
    "close", "enclosed", "evaluate", "exact", "eye", "fractions", "is_zero", "pinv_of", "plus", "rational",
    "scalar", "times",
    "value_of_rows",
]  # fmt: skip


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


_BALL_FUNCTIONS: dict[str, Callable[[acb], acb]] = {
    "sin": acb.sin, "cos": acb.cos, "tan": acb.tan, "cot": acb.cot, "sec": acb.sec, "csc": acb.csc,
    "sinh": acb.sinh, "cosh": acb.cosh, "tanh": acb.tanh, "log": acb.log, "arcsin": acb.asin,
    "arccos": acb.acos, "arctan": acb.atan,
}  # fmt: skip


def _call(name: str, args: list[Value]) -> Value:
    if name == "sqrt":
        return sqrt_of(args[0])
    if name == "exp":
        return exp_of(args[0])
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
    if bits(args[0]) > 4096:
        raise TooLarge(f"{name} of a number of thousands of digits")
    return acb_mat([[finite(function(as_ball(args[0])[0, 0]))]])


def _real_function(name: str, args: list[Value]) -> Value:
    if name == "abs" and not rational(args[0]):
        return acb_mat([[acb(abs(args[0][0, 0]))]])
    if not all(rational(a) for a in args):
        raise NoValue(f"{name} of a number that is not rational")
    numbers = [a[0, 0] for a in args]
    if name == "factorial":
        n = numbers[0]
        if int(n.q) != 1 or n < 0:
            raise (NegativeFactorial if int(n.q) == 1 else Undefined)(
                "the factorial of a number that is not natural"
            )
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

LARGEST_SIZE = 200  # of what is written as I_{n} or 0_{m x n}, without its entries

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
    for node in _in_order(term):
        if node not in done:
            done[node] = _node(node, [done[a] for a in node.args], dims)
    return done[term]


@lru_cache(maxsize=2048)
def _in_order(term: Term) -> tuple[Term, ...]:
    """The same term is evaluated on many instances: what has to be computed first is found once."""
    return tuple(subterms(term))


@lru_cache(maxsize=512)
def _number(value: Fraction) -> fmpq_mat:
    return scalar(value)


def _dimension(d: int | str, dims: Mapping[str, int]) -> int:
    try:
        size = size_of(d, dims)
    except KeyError:
        raise NoValue(f"the dimension {d} has no size") from None
    if size > LARGEST_SIZE:
        raise TooLarge(f"a matrix with {d} rows or columns")
    return size


def _node(node: Term, args: list[Value], dims: Mapping[str, int]) -> Value:
    head, value = node.head, node.value
    if head == "number":
        return _number(value)
    if head == "dim":
        return scalar(_dimension(value, dims))
    if head == "constant":
        return acb_mat([[_CONSTANTS[value]()]])
    if head == "identity":
        return eye(_dimension(value, dims))
    if head == "zero":
        return fmpq_mat(_dimension(value[0], dims), _dimension(value[1], dims))
    if head == "symbol" and (place := selected(node)) is not None:
        sizes = [_dimension(p, dims) for p in place[0]]
        before = sum(sizes[: place[1]])
        return fmpq_mat(
            sum(sizes),
            sizes[place[1]],
            [int(r == before + c) for r in range(sum(sizes)) for c in range(sizes[place[1]])],
        )
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


def _adjugate(value: Any, args: list[Value]) -> Value:
    """By the minors, as a singular matrix has one too."""
    table, n = args[0].tolist(), args[0].nrows()

    def minor(i: int, j: int) -> Any:
        rest = [[x for c, x in enumerate(row) if c != i] for r, row in enumerate(table) if r != j]
        return (-1) ** (i + j) * (type(args[0])(rest).det() if rest else 1)

    return type(args[0])([[minor(i, j) for j in range(n)] for i in range(n)])


def _rank(value: Any, args: list[Value]) -> Value:
    if not rational(args[0]):
        raise NoValue("the rank of a matrix that is not rational")
    return scalar(args[0].rank())


def _power(value: Any, args: list[Value]) -> Value:
    base, exponent = args
    if (base.nrows(), base.ncols()) == (1, 1) or not rational(exponent) or int(exponent[0, 0].q) == 1:
        return power_of(base, exponent)
    return definite_power(base, Fraction(int(exponent[0, 0].p), int(exponent[0, 0].q)))


_RULES: dict[str, Callable[[Any, list[Value]], Value]] = {
    "adjoint": lambda v, a: adjoint_of(a[0]),
    "inverse": lambda v, a: inverse_of(a[0]),
    "adjugate": _adjugate,
    "pinv": lambda v, a: pinv_of(a[0]),
    "power": _power,
    "exp": lambda v, a: exp_of(a[0]),
    "norm": lambda v, a: norm_of(a[0], v),
    "inner": lambda v, a: _trace(v, [times(adjoint_of(a[0]), a[1])]),
    "call": _call,
    "trace": _trace,
    "det": _det,
    "rank": _rank,
}  # fmt: skip
