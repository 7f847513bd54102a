"""Equations between limits: each limit is named by what it is, and the rest is algebra.

What lim f is, the place of the limit tells.  At 0

    f(0)                 with the pseudoinverse for an inverse that is none at 0,
    F'(0)                for f = F/t, where F(0) = 0 (de l'Hospital),

and at infinity e^{-t S} tends to I - S^+ S.  These are guesses; that lim f is so much is established like any
other claim, by singular values or by an oracle, and a wrong guess is not.

>>> from lemmata.prove.search import prove
>>> from lemmata.kernel.judgement import Statement
>>> from lemmata.terms.claims import read_claims
>>> c = read_claims('''let A : R^{m x n}, lambda, mu : positive
... show lim_{lambda -> 0+} (A^T A + lambda I)^{-1} A^T = lim_{mu -> 0+} A^T (A A^T + mu I)^{-1}''')
>>> prove(Statement(c.given, c.shows[0].prop)).theorem is not None
True
"""

from __future__ import annotations

from fractions import Fraction

from lemmata.kernel.poly import Monomial, Poly, Refused, derivative, expand, to_term
from lemmata.kernel.scalar import divisors
from lemmata.kernel.term import (
    SCALAR,
    ShapeError,
    Term,
    exp,
    identity,
    inverse,
    mul,
    number,
    pinv,
    substitute,
    subterms,
    symbols_of,
)
from lemmata.prove.algebra import by_ideal
from lemmata.prove.draft import Draft, Ref
from lemmata.prove.onematrix import by_singular_values
from lemmata.terms.forms import equation

__all__ = ["by_equal_limits"]

MOST_LIMITS = 4
SECONDS = 0.3


def by_equal_limits(draft: Draft, claim: Term) -> Ref | None:
    """An equation in which two limits or more occur, from an equation for each of them."""
    if claim.head != "eq" or claim.args[0].sort != "matrix":
        return None
    limits = list(dict.fromkeys(t for t in subterms(claim) if t.head == "limit"))
    if not 1 < len(limits) <= MOST_LIMITS:
        return None
    with draft.attempt() as keep:
        named = [_named(draft, limit) for limit in limits]
        if None in named:
            return None
        with draft.only([ref for ref in named if ref is not None]):
            ref = by_ideal(draft, claim, SECONDS)
        ref = ref or by_ideal(draft, claim, SECONDS)
        if ref is not None:
            keep()
        return ref


def _named(draft: Draft, limit: Term) -> Ref | None:
    """lim f = L for the first guess L that is established."""
    for value in _guesses(limit):
        said = equation(limit, value)
        ref = draft.find(said) or by_singular_values(draft, said)
        if ref is not None:
            return ref
    return None


def _guesses(limit: Term) -> list[Term]:
    """What the limit may be."""
    f, variable, point = limit.args
    try:
        if point.head == "infinity":
            return [_plain(_at_infinity(f, variable))]
        rate = derivative(_times(expand(f), variable), variable.name)
        found = [_at_zero(to_term(rate), variable)]
        if not any(variable in symbols_of(d) for d in divisors(f) if d.shape == SCALAR):
            found.insert(0, _at_zero(f, variable))
        return [_plain(value) for value in found] if point is number(0) else []
    except (Refused, ShapeError):
        return []


def _plain(value: Term) -> Term:
    return to_term(expand(value))


def _times(f: Poly, t: Term) -> Poly:
    """t f, without t t^{-1}."""
    terms: dict[Monomial, Fraction] = {}
    for (loops, word), value in f.terms.items():
        rest = list(loops)
        if (inverse(t),) in rest:
            rest.remove((inverse(t),))
        else:
            rest.append((t,))
        key = expand(mul(*(mul(*loop) for loop in rest))) if rest else expand(number(1))
        (((scalars, _), one),) = key.terms.items()
        terms[scalars, word] = terms.get((scalars, word), Fraction(0)) + one * value
    return Poly(f.shape, terms)


def _at_zero(f: Term, t: Term) -> Term:
    """f at t = 0, with S^+ for an S^{-1} that is not seen to exist there, and -S^{-1} S' S^{-1} for its rate."""
    if t not in symbols_of(f):
        return f
    if f is t:
        return number(0)
    if f.head == "diff":
        (S,) = f.args[0].args
        rate = _at_zero(to_term(derivative(expand(S), t.name)), t)
        there = _at_zero(f.args[0], t)
        return mul(number(-1), there, rate, there)
    args = tuple(_at_zero(a, t) for a in f.args)
    if f.head == "exp":
        return exp(args[0]) if expand(args[0]) else identity(f.shape[0]) if f.shape != SCALAR else number(1)
    if f.head == "inverse" and f.shape != SCALAR:
        (S,) = args
        return _plain(S) if expand(S) == expand(identity(f.shape[0])) else pinv(_plain(S))
    return Term(f.head, args, f.value)


def _at_infinity(f: Term, t: Term) -> Term:
    """f with I - S^+ S for e^{-t S}."""
    ends: dict[Term, Term] = {}
    for e in (x for x in subterms(f) if x.head == "exp" and x.shape != SCALAR and t in symbols_of(x)):
        S = _plain(mul(number(-1), _at_zero(to_term(derivative(expand(e.args[0]), t.name)), t)))
        ends[e] = identity(S.shape[0]) - mul(pinv(S), S)
    return substitute(f, ends)
