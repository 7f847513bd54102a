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

Order relations on matrices are the Loewner order.  Quantifiers are the business of `quantified`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from typing import Any

from flint import fmpq, fmpq_mat

from lemmata.kernel.term import SCALAR, Term, make
from lemmata.refute.balls import Balls
from lemmata.refute.evaluate import Evaluator
from lemmata.refute.exact import Exact
from lemmata.refute.instance import Instance
from lemmata.refute.quantified import for_all, there_is
from lemmata.refute.rational import precision
from lemmata.refute.system import Irrational, Undecided, Undefined, Unsupported
from lemmata.refute.truth import Truth, both, definite, infinite, negated, nonnegative, projector, zero

__all__ = ["BITS", "Truth", "decide", "decide_all"]

BITS = (128, 512, 2048)


def decide(prop: Term, instance: Instance) -> Truth:
    """The truth of ``prop`` at the instance.

    Raises Undefined where the proposition has no meaning there and Unsupported where it has no
    numerical one (a function known at one time only).
    """
    try:
        return _decide(prop, instance.evaluator(Exact()))
    except Irrational:
        pass
    answer = Truth.UNKNOWN
    for bits in BITS:
        with precision(bits):
            system = Balls()
            try:
                answer = _decide(prop, instance.evaluator(system))
            except Undecided:
                continue
            if system.guessed:  # values on the way to a limit agree with a claim; they refute nothing
                return Truth.ENCLOSED if answer >= Truth.ENCLOSED else Truth.UNKNOWN
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


# --- propositions ------------------------------------------------------------------------------


def _difference(e: Evaluator, a: Term, b: Term) -> Any:
    return e.system.add(e.value(a), e.minus(e.value(b)))


def _equal(e: Evaluator, p: Term) -> Truth:
    left, right = p.args
    if left.sort == "matrix":
        return zero(_difference(e, left, right))
    if left.sort == "space":
        return zero(e.system.add(projector(e, left), e.minus(projector(e, right))))
    raise Unsupported("an equation between sets", p)


def _order(e: Evaluator, p: Term) -> Truth:
    small, large = p.args if p.head in ("le", "lt") else p.args[::-1]
    strict = p.head in ("lt", "gt")
    if infinite(small) or infinite(large):
        return Truth.TRUE if infinite(large) > 0 or infinite(small) < 0 else Truth.FALSE
    gap = _difference(e, large, small)
    if p.args[0].shape == SCALAR:
        if e.unit == 2:  # only real numbers are ordered
            imaginary = zero(e.system.part(gap, 1, 2, 0, 1))
            return both(imaginary, lambda: nonnegative(e.system.part(gap, 0, 1, 0, 1), strict))
        return nonnegative(gap, strict)
    return definite(e, gap, strict)


def _in(e: Evaluator, p: Term) -> Truth:
    v, place = p.args
    s = e.system
    value = e.value(v)
    if place.sort == "space":
        return zero(s.add(s.mul(projector(e, place), value), e.minus(value)))
    if place.head == "empty":
        return Truth.FALSE
    if place.head == "set":
        return max((zero(_difference(e, v, a)) for a in place.args), default=Truth.FALSE)
    if place.head == "interval" and len(place.args) == 2 and v.shape == SCALAR:
        low, high = place.args
        left = make("le" if place.value[0] == "[" else "lt", (low, v))
        right = make("le" if place.value[1] == "]" else "lt", (v, high))
        return both(_order(e, left), lambda: _order(e, right))
    if place.head in ("span", "affine") and place.args and v.shape[1] == 1:
        base, directions = (None, place.args) if place.head == "span" else (place.args[0], place.args[1:])
        if base is not None:
            value = _difference(e, v, base)
        if not directions:
            return zero(value)
        m = s.join([[e.value(d) for d in directions]])
        return zero(s.add(s.mul(m, s.mul(s.pinv(m), value)), e.minus(value)))
    raise Unsupported(f"membership in {place.head}", p)


def _subset(e: Evaluator, p: Term) -> Truth:
    s = e.system
    inner, outer = (projector(e, a) for a in p.args)
    return zero(s.add(s.mul(outer, inner), e.minus(inner)))


def _is(e: Evaluator, p: Term) -> Truth:
    s = e.system
    a = e.value(p.args[0])
    n = e.size(p.args[0].shape[0]) * e.unit

    def equal(x: Any, y: Any) -> Truth:
        return zero(s.add(x, e.minus(y)))

    if p.value == "invertible":
        if type(a) is fmpq_mat:
            return Truth.TRUE if a.rank() == n else Truth.FALSE
        return negated(zero(s.det(a)))
    if p.value in ("psd", "spd"):
        return definite(e, a, p.value == "spd")
    if p.value == "symmetric":
        return equal(a, s.transpose(a))
    if p.value == "orthogonal":
        return equal(s.mul(s.transpose(a), a), s.eye(n))
    if p.value == "idempotent":
        return equal(s.mul(a, a), a)
    if p.value == "projection":
        return both(equal(s.mul(a, a), a), lambda: equal(a, s.transpose(a)))
    u = e.unit
    off = [
        zero(s.part(a, i, i + u, j, j + u)) for i in range(0, n, u) for j in range(0, n, u) if i != j
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
            least = both(least, lambda a=a: _decide(a, e))  # type: ignore[misc]
        return least
    if p.head == "or":
        return _either(p.args, e)
    if p.head == "not":
        return negated(_decide(p.args[0], e))
    if p.head == "implies":
        return _implies(e, *p.args)
    if p.head == "iff":
        return both(_implies(e, *p.args), lambda: _implies(e, *p.args[::-1]))
    if p.head == "exists":
        return there_is(e, p, _decide)
    if p.head == "forall":
        return for_all(e, p, _decide)
    raise Unsupported(f"{p.head} is no proposition that can be decided", p)


def _either(parts: Sequence[Term], e: Evaluator) -> Truth:
    """One true part is enough, whatever has no meaning in the others: a = 0 or a/a = 1."""
    found, trouble = Truth.FALSE, None
    for part in parts:
        try:
            found = max(found, _decide(part, e))
        except Undefined as error:
            trouble = error
        if found is Truth.TRUE:
            return found
    if trouble is not None:
        raise trouble
    return found


_RELATIONS: dict[str, Callable[[Evaluator, Term], Truth]] = {
    "eq": _equal,
    "ne": lambda e, p: negated(_equal(e, p)),
    **dict.fromkeys(("le", "lt", "ge", "gt"), _order),
    "in": _in,
    "subset": _subset,
    "is": _is,
}


def number(q: Fraction | int) -> fmpq_mat:
    """A rational number as the 1 x 1 matrix that a scalar slot holds."""
    q = Fraction(q)
    return fmpq_mat(1, 1, [fmpq(q.numerator, q.denominator)])
