"""Claims with e^A: what commutes with A commutes with e^A, and F = e^{tA} C e^{tB} by its rate.

>>> from lemmata.prove.search import prove
>>> from lemmata.kernel.judgement import Statement
>>> from lemmata.terms.claims import read_claims
>>> c = read_claims("let A, P : R^{n x n}\\nassume invertible(P)\\nshow P e^A P^{-1} = e^{P A P^{-1}}")
>>> prove(Statement(c.given, c.shows[0].prop)).theorem is not None
True
"""

from __future__ import annotations

from fractions import Fraction
from itertools import product, takewhile

from lemmata.kernel.points import value_at
from lemmata.kernel.poly import Poly, Refused, expand, to_term
from lemmata.kernel.term import SCALAR, Term, exp, identity, mul, number, subterms, symbols_of
from lemmata.prove.algebra import by_ideal
from lemmata.prove.draft import Draft, Ref, write_combinations
from lemmata.prove.hypotheses import collect
from lemmata.prove.words.completion import Cofactor, Completion, SearchError
from lemmata.terms.forms import adjoint, diff, equation, zero

__all__ = ["by_intertwining", "by_stripping"]

MOST_TRIED = 12


def by_intertwining(draft: Draft, claim: Term) -> Ref | None:
    """The claim by algebra, once A c = c B is established for the exponents A, B that occur."""
    inside = [t for p in (claim, *(f for f, _ in draft.facts)) for t in subterms(p)]
    exponents = list(dict.fromkeys(t.args[0] for t in inside if t.head == "exp" and t.shape != SCALAR))
    if not exponents:
        return None
    exponents += [t for A in list(exponents) if (t := to_term(expand(A.T))) not in exponents]
    exponents += [t for A in list(exponents) if (t := to_term(expand(-A))) not in exponents]
    letters = {t for t in inside if t.head == "symbol" and t.sort == "matrix" and 1 not in t.shape}
    cores = [identity(A.shape[0]) for A in exponents[:1]]  # with it A = B, as in e^{A^*} = e^{-A}
    cores += [x for c in sorted(letters, key=repr) for x in (c, c.T)] + [exp(A) for A in exponents]
    _, polys, _ = collect([expand(t) for t in (*cores, *(exp(A) for A in exponents))], draft)
    system = Completion(polys)
    system.complete(min(0.3, draft.clock()))
    trials = ((A, B, c) for c in cores for A, B in product(exponents, repeat=2))
    gaps = [
        equation(mul(A, c), mul(c, B))
        for A, B, c in trials
        if c.shape == (A.shape[0], B.shape[0])
        and (gap := expand(A @ c) - expand(c @ B))
        and _vanishes(system, gap)
    ]
    with draft.attempt() as keep:
        new = [by_ideal(draft, gap, 0.2) for gap in gaps[:MOST_TRIED]]
        ref = by_ideal(draft, claim, 1.0) if any(new) else None
        if ref is not None:
            keep()
        return ref


def by_stripping(draft: Draft, claim: Term) -> Ref | None:
    """F = e^{tA} C e^{tB}: the derivative of e^{-tA} F e^{-tB} is zero, and its value at 0 is C."""
    if claim.head != "eq" or claim.args[0].sort != "matrix" or claim.args[0].shape == SCALAR:
        return None
    if not any(t.head == "exp" and t.shape != SCALAR for t in subterms(claim)):
        return None
    for whole, other in (claim.args, claim.args[::-1]):
        terms = expand(whole).terms
        if len(terms) != 1:
            continue
        ((_, word),) = terms
        before = list(takewhile(_is_exponential, word))
        after = list(takewhile(_is_exponential, reversed(word[len(before) :])))
        inverses = [_inverse(e) for e in (*before, *after)]
        q = mul(*reversed(inverses[: len(before)]), other, *inverses[len(before) :])
        clocks = {s.name for e in (*before, *after) for s in symbols_of(e) if s.shape == SCALAR}
        for clock in sorted(clocks):
            ref = _constant(draft, claim, q, clock, (before, list(reversed(after))))
            if ref is not None:
                return ref
    return None


def _is_exponential(x: Term) -> bool:
    return x.head == "exp" or (x.head == "adjoint" and x.args[0].head == "exp")


def _inverse(x: Term) -> Term:
    exponent = x.args[0] if x.head == "exp" else adjoint(x.args[0].args[0])
    return exp(to_term(expand(-exponent)))


def _constant(
    draft: Draft, claim: Term, q: Term, clock: str, around: tuple[list[Term], list[Term]]
) -> Ref | None:
    """The claim from q = q(0) between the exponentials, once dq/dt = 0 is shown."""
    declared = next((s for s in symbols_of(claim) if s.name == clock), None)
    try:
        start = value_at(q, clock, number(0), declared)
    except Refused:
        return None
    rate = equation(diff(q, clock), zero(*q.shape))
    with draft.attempt() as keep:
        still = by_ideal(draft, rate, 0.5) or by_intertwining(draft, rate)
        if still is None:
            return None
        kept = draft.add(equation(q, start), "constant", of=still)
        before, after = around
        letters, rows = write_combinations(
            [[Cofactor(Fraction(1), (), tuple(before), 0, False, tuple(after))]]
        )
        link = equation(mul(*before, q, *after), mul(*before, start, *after))
        with draft.only([draft.add(link, "ideal", uses=[kept], letters=letters, combinations=rows)]):
            ref = by_ideal(draft, claim, 0.5)
        ref = ref or by_ideal(draft, claim, 1.0) or by_intertwining(draft, claim)
        if ref is not None:
            keep()
        return ref


def _vanishes(system: Completion, gap: Poly) -> bool:
    try:
        return not system.reduce(gap)[0]
    except SearchError:
        return False
