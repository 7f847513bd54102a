"""Is a proposition true at given exact data?

Over rational matrices with square roots the answer is exact.  Where the value is neither, balls of
128, then 512, then 2048 bits are asked: a ball that excludes 0 refutes an equation rigorously, one
that contains 0 and is small only agrees with it (`Truth.ENCLOSED`).

>>> from lemmata.kernel.term import symbol
>>> from lemmata.terms.forms import adjoint, equation
>>> from flint import fmpq_mat
>>> A = symbol("A", "n", "n")
>>> decide(equation(adjoint(A), A), Instance({"n": 2}, {"A": fmpq_mat(2, 2, [0, 1, 0, 0])})).name
'FALSE'

Order relations on matrices are the Loewner order; "positive semidefinite" is read off the signs of the
characteristic polynomial, which for a symmetric matrix alternate iff no eigenvalue is negative.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from enum import IntEnum
from fractions import Fraction
from typing import Any

from flint import arb, arb_mat, fmpq_mat

from lemmata.kernel.term import SCALAR, Term, make
from lemmata.refute.balls import Balls
from lemmata.refute.evaluate import Evaluator
from lemmata.refute.exact import Exact, Surd
from lemmata.refute.instance import Instance
from lemmata.refute.rational import precision
from lemmata.refute.system import Irrational, Undecided, Unsupported

__all__ = ["BITS", "Truth", "decide", "decide_all", "infinite", "projector"]

BITS = (128, 512, 2048)
_SMALL = arb(2) ** -16


class Truth(IntEnum):
    """Ordered by how much is known: the conjunction of two is the smaller."""

    FALSE = 0
    UNKNOWN = 1
    ENCLOSED = 2
    TRUE = 3


def decide(prop: Term, instance: Instance) -> Truth:
    """The truth of ``prop`` at the instance.

    Raises Undefined where the proposition has no meaning there and Unsupported where it has no
    numerical one (an open quantifier, a function known at one time only).
    """
    try:
        return _decide(prop, instance.evaluator(Exact()))
    except Irrational:
        pass
    answer = Truth.UNKNOWN
    for bits in BITS:
        with precision(bits):
            try:
                answer = _decide(prop, instance.evaluator(Balls()))
            except Undecided:
                continue
            if answer is not Truth.UNKNOWN:
                return answer
    return answer


def decide_all(props: Iterable[Term], instance: Instance) -> Truth:
    """The conjunction, stopping at the first falsehood."""
    least = Truth.TRUE
    for prop in props:
        least = min(least, decide(prop, instance))
        if least is Truth.FALSE:
            break
    return least


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


# --- values ------------------------------------------------------------------------------------


def _zero(v: Any) -> Truth:
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


def _nonnegative(v: Any, strict: bool) -> Truth:
    sign = _sign(v)
    if isinstance(sign, Truth):
        return Truth.UNKNOWN if strict else sign
    return Truth.TRUE if sign > 0 or (sign == 0 and not strict) else Truth.FALSE


def _both(a: Truth, b: Callable[[], Truth]) -> Truth:
    return a if a is Truth.FALSE else min(a, b())


def _not(a: Truth) -> Truth:
    return {Truth.TRUE: Truth.FALSE, Truth.FALSE: Truth.TRUE}.get(a, Truth.UNKNOWN)


def _definite(e: Evaluator, v: Any, strict: bool) -> Truth:
    """Symmetric and positive semidefinite (strict: definite)."""
    symmetric = _zero(e.system.add(v, e.minus(e.system.transpose(v))))
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
        least = min(least, _nonnegative(cell, strict))
    return least


# --- propositions ------------------------------------------------------------------------------


def _difference(e: Evaluator, a: Term, b: Term) -> Any:
    return e.system.add(e.value(a), e.minus(e.value(b)))


def _equal(e: Evaluator, p: Term) -> Truth:
    left, right = p.args
    if left.sort == "matrix":
        return _zero(_difference(e, left, right))
    if left.sort == "space":
        return _zero(e.system.add(projector(e, left), e.minus(projector(e, right))))
    raise Unsupported("an equation between sets", p)


def _order(e: Evaluator, p: Term) -> Truth:
    small, large = p.args if p.head in ("le", "lt") else p.args[::-1]
    strict = p.head in ("lt", "gt")
    if infinite(small) or infinite(large):
        return Truth.TRUE if infinite(large) > 0 or infinite(small) < 0 else Truth.FALSE
    gap = _difference(e, large, small)
    if p.args[0].shape == SCALAR:
        if e.unit == 2:  # only real numbers are ordered
            imaginary = _zero(e.system.part(gap, 1, 2, 0, 1))
            return _both(imaginary, lambda: _nonnegative(e.system.part(gap, 0, 1, 0, 1), strict))
        return _nonnegative(gap, strict)
    return _definite(e, gap, strict)


def _in(e: Evaluator, p: Term) -> Truth:
    v, place = p.args
    s = e.system
    value = e.value(v)
    if place.sort == "space":
        return _zero(s.add(s.mul(projector(e, place), value), e.minus(value)))
    if place.head == "empty":
        return Truth.FALSE
    if place.head == "set":
        return max((_zero(_difference(e, v, a)) for a in place.args), default=Truth.FALSE)
    if place.head == "interval" and len(place.args) == 2 and v.shape == SCALAR:
        low, high = place.args
        left = make("le" if place.value[0] == "[" else "lt", (low, v))
        right = make("le" if place.value[1] == "]" else "lt", (v, high))
        return _both(_order(e, left), lambda: _order(e, right))
    if place.head in ("span", "affine") and place.args and v.shape[1] == 1:
        base, directions = (None, place.args) if place.head == "span" else (place.args[0], place.args[1:])
        if base is not None:
            value = _difference(e, v, base)
        if not directions:
            return _zero(value)
        m = s.join([[e.value(d) for d in directions]])
        return _zero(s.add(s.mul(m, s.mul(s.pinv(m), value)), e.minus(value)))
    raise Unsupported(f"membership in {place.head}", p)


def _subset(e: Evaluator, p: Term) -> Truth:
    s = e.system
    inner, outer = (projector(e, a) for a in p.args)
    return _zero(s.add(s.mul(outer, inner), e.minus(inner)))


def _is(e: Evaluator, p: Term) -> Truth:
    s = e.system
    a = e.value(p.args[0])
    n = e.size(p.args[0].shape[0]) * e.unit

    def equal(x: Any, y: Any) -> Truth:
        return _zero(s.add(x, e.minus(y)))

    if p.value == "invertible":
        if type(a) is fmpq_mat:
            return Truth.TRUE if a.rank() == n else Truth.FALSE
        return _not(_zero(s.det(a)))
    if p.value in ("psd", "spd"):
        return _definite(e, a, p.value == "spd")
    if p.value == "symmetric":
        return equal(a, s.transpose(a))
    if p.value == "orthogonal":
        return equal(s.mul(s.transpose(a), a), s.eye(n))
    if p.value == "idempotent":
        return equal(s.mul(a, a), a)
    if p.value == "projection":
        return _both(equal(s.mul(a, a), a), lambda: equal(a, s.transpose(a)))
    u = e.unit
    off = [
        _zero(s.part(a, i, i + u, j, j + u)) for i in range(0, n, u) for j in range(0, n, u) if i != j
    ]  # what is left is "diagonal"
    return min(off, default=Truth.TRUE)


def _implies(e: Evaluator, premise: Term, conclusion: Term) -> Truth:
    first = _decide(premise, e)
    if first is Truth.FALSE:
        return Truth.TRUE
    second = _decide(conclusion, e)
    if first is Truth.TRUE or second is not Truth.FALSE:
        return second
    return Truth.UNKNOWN


def _decide(p: Term, e: Evaluator) -> Truth:
    if p.head in _RELATIONS:
        return _RELATIONS[p.head](e, p)
    if p.head == "and":
        least = Truth.TRUE
        for a in p.args:
            least = _both(least, lambda a=a: _decide(a, e))  # type: ignore[misc]
        return least
    if p.head == "or":
        return max(_decide(a, e) for a in p.args)
    if p.head == "not":
        return _not(_decide(p.args[0], e))
    if p.head == "implies":
        return _implies(e, *p.args)
    if p.head == "iff":
        return _both(_implies(e, *p.args), lambda: _implies(e, *p.args[::-1]))
    raise Unsupported(f"a quantifier ({p.head}) inside a proposition", p)


_RELATIONS: dict[str, Callable[[Evaluator, Term], Truth]] = {
    "eq": _equal,
    "ne": lambda e, p: _not(_equal(e, p)),
    **dict.fromkeys(("le", "lt", "ge", "gt"), _order),
    "in": _in,
    "subset": _subset,
    "is": _is,
}


def number(q: Fraction | int) -> fmpq_mat:
    """A rational number as the 1 x 1 matrix that a scalar slot holds."""
    from flint import fmpq

    q = Fraction(q)
    return fmpq_mat(1, 1, [fmpq(q.numerator, q.denominator)])
