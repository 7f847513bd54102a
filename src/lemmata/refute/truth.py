"""How true a proposition is, and what values say about it: zero, sign, definiteness, subspaces.

Over rational matrices with square roots an answer is exact.  A ball that excludes 0 decides too; one that
contains 0 and is small only agrees (`Truth.ENCLOSED`).

>>> both(Truth.TRUE, lambda: Truth.ENCLOSED).name, negated(Truth.ENCLOSED).name
('ENCLOSED', 'UNKNOWN')

"Positive semidefinite" is read off the signs of the characteristic polynomial, which for a symmetric
matrix alternate iff no eigenvalue is negative.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from enum import IntEnum
from typing import Any

from flint import arb, arb_mat, fmpq_mat

from lemmata.kernel.term import Term
from lemmata.refute.evaluate import Evaluator
from lemmata.refute.exact import Surd
from lemmata.refute.system import Irrational

__all__ = ["Truth", "both", "definite", "infinite", "negated", "nonnegative", "projector", "zero"]

_SMALL = arb(2) ** -16


class Truth(IntEnum):
    """Ordered by how much is known: the conjunction of two is the smaller."""

    FALSE = 0
    UNKNOWN = 1
    ENCLOSED = 2
    TRUE = 3


def projector(e: Evaluator, space: Term) -> Any:
    """The orthogonal projector onto a subspace: A A^+, A^+ A, I - A^+ A, I - P."""
    s = e.system
    if space.head == "perp":
        p = projector(e, space.args[0])
        return s.add(s.eye(e.size(space.shape[0]) * e.unit), e.minus(p))
    a = e.value(space.args[0])
    if space.head == "col":
        return s.mul(a, s.pinv(a))
    p = s.mul(s.pinv(a), a)
    if space.head == "row":
        return p
    return s.add(s.eye(e.size(space.shape[0]) * e.unit), e.minus(p))


def infinite(term: Term) -> int:
    """1 for oo, -1 for -oo, 0 for everything else."""
    if term.head == "infinity":
        return 1
    if term.head == "mul" and len(term.args) == 2 and term.args[1].head == "infinity":
        return -1 if term.args[0].head == "number" and term.args[0].value < 0 else 1
    return 0


def zero(v: Any) -> Truth:
    if type(v) is fmpq_mat:
        return Truth.FALSE if any(v.entries()) else Truth.TRUE
    if type(v) is Surd:
        return Truth.FALSE
    if any(not x.contains(0) for x in v.entries()):
        return Truth.FALSE
    return Truth.ENCLOSED if _small(v.entries()) else Truth.UNKNOWN


def _small(entries: Iterable[arb]) -> bool:
    return all(x.is_finite() and x.abs_upper() < _SMALL for x in entries)


def _sign(v: Any) -> int | Truth:
    """-1, 0, 1, or how little is known."""
    if type(v) is fmpq_mat:
        return int(v[0, 0] > 0) - int(v[0, 0] < 0)
    if type(v) is Surd:
        return v.sign()
    x = v[0, 0]
    if x > 0:
        return 1
    if x < 0:
        return -1
    return Truth.ENCLOSED if _small([x]) else Truth.UNKNOWN


def nonnegative(v: Any, strict: bool) -> Truth:
    sign = _sign(v)
    if isinstance(sign, Truth):
        return Truth.UNKNOWN if strict else sign
    return Truth.TRUE if sign > 0 or (sign == 0 and not strict) else Truth.FALSE


def both(a: Truth, b: Callable[[], Truth]) -> Truth:
    return a if a is Truth.FALSE else min(a, b())


def negated(a: Truth) -> Truth:
    return {Truth.TRUE: Truth.FALSE, Truth.FALSE: Truth.TRUE}.get(a, Truth.UNKNOWN)


def definite(e: Evaluator, v: Any, strict: bool) -> Truth:
    """Symmetric and positive semidefinite (strict: definite)."""
    symmetric = zero(e.system.add(v, e.minus(e.system.transpose(v))))
    if symmetric is Truth.FALSE:
        return symmetric
    if type(v) is Surd:
        raise Irrational("the definiteness of a matrix with square roots")
    n, coefficients = v.nrows(), v.charpoly().coeffs()
    coefficients += [0] * (n + 1 - len(coefficients))
    least: Truth = symmetric
    for k in range(n):
        c = coefficients[k] * (-1) ** (n - k)
        cell = fmpq_mat(1, 1, [c]) if type(v) is fmpq_mat else arb_mat(1, 1, [c])
        least = min(least, nonnegative(cell, strict))
    return least
