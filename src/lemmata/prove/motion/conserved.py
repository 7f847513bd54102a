"""What does not change: q = q(0) where dq/dt = 0, and equations that hold at the start and for the rates.

>>> from lemmata.prove.search import prove
>>> from lemmata.kernel.judgement import Statement
>>> from lemmata.terms.claims import read_claims
>>> c = read_claims("let S : R^{n x n}, x : R^n(t)\\nassume S^T = -S, \\\\dot x = S x\\nshow ||x(t)|| = ||x(0)||")
>>> prove(Statement(c.given, c.shows[0].prop)).proof["steps"][-1]["rule"]
'ideal'
"""

from __future__ import annotations

from lemmata.kernel.points import value_at
from lemmata.kernel.poly import Refused, derivative, expand
from lemmata.kernel.term import INDICES, SCALAR, Term, number, substitute, subterms, symbols_of
from lemmata.prove.algebra import by_ideal
from lemmata.prove.draft import Draft, Ref
from lemmata.prove.search import establish
from lemmata.terms.forms import diff, equation, zero

__all__ = ["by_constancy", "use_balances"]


def by_constancy(draft: Draft, claim: Term) -> Ref | None:
    """q = q(0) where a fact says that dq/dt = 0."""
    if claim.head != "eq" or claim.args[0].sort != "matrix":
        return None
    for fact, ref in draft.facts:
        if fact.head != "eq" or fact.args[0].head != "diff" or fact.args[0].shape != claim.args[0].shape:
            continue
        q, rate = fact.args[0].args[0], fact.args[1]
        if not expand(rate) and expand(q) == expand(claim.args[0]):
            try:
                start = value_at(claim.args[0], fact.args[0].value, number(0))
            except Refused:
                continue
            if expand(start) == expand(claim.args[1]):
                return draft.add(claim, "constant", of=ref)
    return _conserved(draft, claim)


def use_balances(draft: Draft) -> bool:
    """An equation between functions at time 0 holds at all times, where its two sides have the same rate."""
    found = False
    for fact, _ in draft.facts:
        starts = {x: x.args[0] for x in subterms(fact) if x.head == "at" and x.args[1] is number(0)}
        if fact.head != "eq" or not starts or fact.args[0].sort != "matrix":
            continue
        lifted = substitute(fact, starts)
        moving = {s for s in symbols_of(lifted) if s.value[4]}
        if len(moving) > 1 and draft.find(lifted) is None:
            found |= by_ideal(draft, lifted, 0.1) is None and by_constancy(draft, lifted) is not None
    return found


def _conserved(draft: Draft, claim: Term) -> Ref | None:
    """q(t) = q(0): the claim is what `constant` gives once dq/dt = 0 is shown; norms by their squares."""
    left, right = claim.args
    if left.head == right.head == "norm":
        squares = equation(left**2, right**2)
        ref = _conserved(draft, squares)
        return None if ref is None else by_ideal(draft, claim, 2.0)
    for variable in sorted({s.value[4] for s in symbols_of(left) if s.value[4]}):
        try:
            same = expand(value_at(left, variable, number(0))) == expand(right)
        except Refused:
            continue
        rate = equation(diff(left, variable), zero(*left.shape) if left.shape != SCALAR else number(0))
        if same and expand(left) != expand(right):
            fact = establish(draft, rate)
            if fact is not None:
                return draft.add(claim, "constant", of=fact)
    ref = _conserved_difference(draft, left - right)
    return None if ref is None else by_ideal(draft, claim, 2.0)


def _conserved_difference(draft: Draft, q: Term) -> Ref | None:
    """A claim left = right between functions of time, where left - right is constant and starts at 0."""
    for variable in sorted({s.value[4] for s in symbols_of(q) if s.value[4]} - INDICES):
        try:
            start = value_at(q, variable, number(0))
            nothing = zero(*q.shape) if q.shape != SCALAR else number(0)
            derivative(expand(q), variable)
        except Refused:
            continue
        with draft.attempt() as keep:
            beginning = by_ideal(draft, equation(start, nothing), 2.0)
            rate = beginning and by_ideal(draft, equation(diff(q, variable), nothing), 2.0)
            if rate:
                draft.add(equation(q, start), "constant", of=rate)
                ref = by_ideal(draft, equation(q, nothing), 2.0)
                if ref is not None:
                    keep()
                    return ref
    return None
