"""Bounds along a flow: Groenwall's lemma and the decay of energies.

u' <= a u gives u(t) <= e^{a t} u(0), since e^{-a t} u does not grow.

>>> from lemmata.prove.search import prove
>>> from lemmata.kernel.judgement import Statement
>>> from lemmata.terms.claims import read_claims
>>> c = read_claims("let u : R(t), c : real\\nassume \\\\dot u <= -c u\\nshow u(t) <= e^{-c t} u(0)")
>>> prove(Statement(c.given, c.shows[0].prop)).theorem is not None
True
"""

from __future__ import annotations

from lemmata.kernel.points import value_at
from lemmata.kernel.poly import Refused, depends_on, expand
from lemmata.kernel.term import INDICES, SCALAR, Term, add, exp, make, mul, number, subterms, symbols_of
from lemmata.prove.algebra import by_squares_sum
from lemmata.prove.draft import Draft, Ref
from lemmata.terms.forms import diff, relation

__all__ = ["by_growth"]


def by_growth(draft: Draft, claim: Term) -> Ref | None:
    """u(t) <= e^a u(0) (or >=) from the sign of the derivative of e^{-a} u."""
    if claim.head not in ("le", "ge") or claim.args[0].shape != SCALAR:
        return None
    if not any(t.head == "at" for t in subterms(claim)):
        return None
    other = "ge" if claim.head == "le" else "le"
    small, large = claim.args
    for u, bound, head in ((small, large, claim.head), (large, small, other)):
        for variable in sorted({s.value[4] for s in symbols_of(u) if s.value[4]} - INDICES):
            with draft.attempt() as keep:
                ref = _compared(draft, claim, u, bound, variable, head)
                if ref is not None:
                    keep()
                    return ref
    return None


def _compared(draft: Draft, claim: Term, u: Term, bound: Term, variable: str, head: str) -> Ref | None:
    if u.head == "norm":
        squares = relation(head, u**2, _squared(bound))
        ref = _compared(draft, squares, u**2, squares.args[1], variable, head)
        if ref is None:
            return None
        sides = [mul(s, s) for s in (claim.args if claim.head == "le" else claim.args[::-1])]
        with draft.only([ref]):
            ref = by_squares_sum(draft, relation("le", *sides), 0.5)
        return None if ref is None else draft.add(claim, "root", of=ref)
    from lemmata.prove.search import establish

    q = mul(exp(-_exponent(bound, variable)), u) if _exponent(bound, variable) is not number(0) else u
    try:
        start = value_at(q, variable, number(0))
        rate = diff(q, variable)
        expand(rate)
    except Refused:
        return None
    sign = establish(draft, relation(head, rate, number(0)))
    if sign is None:
        return None
    fact = draft.add(relation(head, q, start), "constant", of=sign)
    with draft.only([fact, *(ref for f, ref in draft.facts if f.head == "eq")]):
        return draft.find(claim) or by_squares_sum(draft, claim, 0.5)


def _exponent(bound: Term, variable: str) -> Term:
    """a, where the bound is e^a times what does not depend on the variable."""
    factors = bound.args if bound.head == "mul" else (bound,)
    found = [f.args[0] for f in factors if f.head == "exp" and depends_on(f, variable)]
    return add(*found) if found else number(0)


def _squared(bound: Term) -> Term:
    factors = bound.args if bound.head == "mul" else (bound,)
    return mul(
        *(
            exp(mul(number(2), f.args[0])) if f.head == "exp" else make("power", (f, number(2)))
            for f in factors
        )
    )
