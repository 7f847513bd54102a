"""Whether a proposition about written-out data is true.

>>> from lemmata.kernel.term import number
>>> from lemmata.terms.forms import is_, literal
>>> holds(is_("symmetric", literal([[number(1), number(2)], [number(2), number(1)]])))
True

Solutions of exercises, criteria of partial credit and hypotheses of probing instances are decided here:
exactly for rationals, by enclosures of 256 bits where a square root or an exponential occurs.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from flint import fmpq, fmpq_mat

from lemmata.grade.values import (
    NoValue,
    Value,
    adjoint_of,
    agree,
    enclosed,
    evaluate,
    eye,
    is_zero,
    pinv_of,
    plus,
    rational,
    scalar,
    times,
)
from lemmata.kernel.term import Term

__all__ = ["holds"]


@enclosed
def holds(
    prop: Term, given: Mapping[Term, Value] | None = None, dims: Mapping[str, int] | None = None
) -> bool:
    """Whether a proposition without free symbols is true.

    Knows =, !=, <, <=, >, >= of scalars, equality of matrices, membership in Col, Row and Null, the
    predicates symmetric, idempotent, projection, orthogonal, invertible, diagonal, psd, spd, and, or, not.
    Raises NoValue for anything else, and Undefined where a side has no value.
    """
    head, args = prop.head, prop.args
    if head in ("and", "or"):
        truth = [holds(a, given, dims) for a in args]
        return all(truth) if head == "and" else any(truth)
    if head == "not":
        return not holds(args[0], given, dims)
    if head == "in" and args[1].head in ("col", "row", "null"):
        return _member(evaluate(args[0], given, dims), evaluate(args[1].args[0], given, dims), args[1].head)
    values = [evaluate(a, given, dims) for a in args]
    if head in ("eq", "ne"):
        return agree(*values) == (head == "eq")
    if head in ("lt", "le", "gt", "ge") and args[0].is_scalar:
        return _ordered(head, *values)
    if head == "is":
        return _property(prop.value, values[0])
    raise NoValue(f"a proposition with {head} cannot be decided here")


def _member(vector: Value, matrix: Value, space: str) -> bool:
    if space == "null":
        return is_zero(times(matrix, vector))
    basis = matrix if space == "col" else adjoint_of(matrix)
    return agree(times(times(basis, pinv_of(basis)), vector), vector)


def _ordered(head: str, a: Value, b: Value) -> bool:
    difference = plus(a, times(scalar(-1), b))[0, 0]
    if not isinstance(difference, fmpq):
        difference = difference.real
    if difference > 0 or difference < 0:
        return bool(difference > 0) == (head in ("gt", "ge"))
    return head in ("le", "ge")


def _property(name: str, a: Value) -> bool:
    n, t = a.nrows(), adjoint_of(a)
    off_diagonal = [a[i, j] for i in range(n) for j in range(n) if i != j]
    tests: dict[str, Callable[[], bool]] = {
        "symmetric": lambda: agree(a, t),
        "idempotent": lambda: agree(times(a, a), a),
        "projection": lambda: agree(a, t) and agree(times(a, a), a),
        "orthogonal": lambda: agree(times(t, a), eye(n)),
        "invertible": lambda: a.rank() == n if rational(a) else not a.det().contains(0),
        "diagonal": lambda: all(x == 0 if rational(a) else x.contains(0) for x in off_diagonal),
        "psd": lambda: agree(a, t) and rational(a) and _no_negative_root(a),
        "spd": lambda: agree(a, t) and rational(a) and all(_minor(a, k) > 0 for k in range(1, n + 1)),
    }  # fmt: skip
    if name not in tests:
        raise NoValue(f"whether a matrix is {name} cannot be decided here")
    return tests[name]()


def _minor(a: fmpq_mat, k: int) -> fmpq:
    return fmpq_mat([[a[i, j] for j in range(k)] for i in range(k)]).det()


def _no_negative_root(a: Value) -> bool:
    """All roots of a real-rooted characteristic polynomial are >= 0: its coefficients alternate (Descartes)."""
    n, coefficients = a.nrows(), a.charpoly().coeffs()
    return all(c * (-1) ** (n - i) >= 0 for i, c in enumerate(coefficients))
