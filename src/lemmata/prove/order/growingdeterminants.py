"""Determinants above that of the identity: det(I + S) >= 1 + tr(S) for S >= 0.

First det(I + G^T G) >= 1 + ||G||_F^2 for any G.  Let M = I + s G^T G, p = ||G||_F^2 and q(s) = det(M)/(1 + s p).  By
Jacobi's formula det(M)' = det(M) tr(M^{-1} G^T G), so that q' has the sign of (1 + s p) tr(M^{-1} G^T G) - p, which is
the trace of

    (1 + s p) L - G G^T = s N^T (p I - G^T G) N + s^2 L^T (p I - G G^T) L     with N = M^{-1} G^T and L = G N,

where p I is above G^T G and G G^T.  Hence q(1) >= q(0) = 1.  A semidefinite S is such a G^T G.  Horn and Johnson,
Matrix Analysis, section 7.8.

>>> from lemmata.prove.search import prove
>>> from lemmata.kernel.judgement import Statement
>>> from lemmata.terms.claims import read_claims
>>> c = read_claims("let S : R^{n x n}\\nassume psd(S)\\nshow det(I + S) >= 1 + tr(S)")
>>> prove(Statement(c.given, c.shows[0].prop)).theorem is not None
True
"""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from time import monotonic
from typing import Any

from lemmata.kernel.meaning import difference
from lemmata.kernel.points import value_at
from lemmata.kernel.poly import expand, is_real, to_term
from lemmata.kernel.term import (
    SCALAR,
    Dim,
    Term,
    identity,
    inverse,
    make,
    mul,
    number,
    substitute,
    subterms,
    symbol,
    symbols_of,
    to_json,
)
from lemmata.prove.algebra import by_ideal, with_squares
from lemmata.prove.determinants import by_sign_of_determinant, congruent, note_jacobi, note_product
from lemmata.prove.draft import Draft, Ref
from lemmata.prove.minima.quadratics import fresh
from lemmata.prove.norms.normchains import instance_of, rows_add_up
from lemmata.prove.onematrix import by_singular_values
from lemmata.prove.order.gram import Row
from lemmata.prove.order.semidefinite import by_rows
from lemmata.prove.pruning import moved
from lemmata.prove.scalars import by_arithmetic
from lemmata.prove.search import establish
from lemmata.terms.forms import diff, equation, is_, norm, relation

__all__ = ["by_growing_determinant", "use_growing_determinants"]

ONE = Fraction(1)
MOST = 3
SECONDS = 0.5
SECONDS_FOR_LEMMA = 5.0


def by_growing_determinant(draft: Draft, claim: Term) -> Ref | None:
    """A relation between numbers that names det(I + S), by det(I + S) >= 1 + tr(S) and tr(S) >= 0."""
    if claim.args[0].shape != SCALAR or not is_real(claim):
        return None
    named = [t.args[0] for t in dict.fromkeys(subterms(claim)) if t.head == "det"]
    with draft.attempt() as keep:
        rows = [row for M in named[:MOST] for row in _rows(draft, M)]
        sizes = {M.shape[0] for M in named}
        known = [(f.args[0], ref) for f, ref in draft.facts if f.value in ("psd", "spd")]
        rows += [(ONE, (), identity(S.shape[0]), ref) for S, ref in known if rows and S.shape[0] in sizes]
        ref = by_rows(draft, claim, [*rows, (ONE, (), identity(1), None)]) if rows else None
        if ref is not None:
            keep()
        return ref


def _rows(draft: Draft, M: Term) -> list[Row]:
    """det(M) - 1 - tr(S) and tr(S), where M = I + S and S is semidefinite."""
    one = identity(M.shape[0])
    S = to_term(expand(M) - expand(one))
    semidefinite = is_("psd", S)
    fact = draft.find(semidefinite) or establish(draft, semidefinite)
    above = None if fact is None else _above_trace(draft, M, S, fact)
    return [] if above is None else [(ONE, (), number(1), above)]


def _above_trace(draft: Draft, M: Term, S: Term, fact: Ref) -> Ref | None:
    """1 + tr(S) <= det(I + S), from S = G^T G."""
    if not note_lower_bound(draft, S.shape[0]):
        return None
    claim = relation("le", number(1) + make("trace", (S,)), make("det", (M,)))
    G = fresh("G", {x.name for f in (claim, *(f for f, _ in draft.facts)) for x in symbols_of(f)}, S.shape)
    premise = make("exists", (G, equation(S, mul(G.T, G))))
    exists = draft.add(premise, "gram", of=fact)
    inner = draft.inner([premise.args[-1]])
    root: Ref = ["given", len(inner.given) - 1]
    bound = instance_of(inner, [symbol("G'", *S.shape)], lower_bound, [G])
    one = identity(S.shape[0])
    with inner.only([root]):
        same = by_ideal(inner, equation(M, one + mul(G.T, G)), SECONDS)
    if bound is None or same is None:
        return None
    before = len(inner.claims)
    congruent(inner, M, one + mul(G.T, G), same)
    congruent(inner, S, mul(G.T, G), root, "trace")
    equal: list[Ref] = [["step", i] for i in range(before, len(inner.claims))]
    if rows_add_up(inner, claim, [(ONE, (), number(1), bound)], equal) is None:
        return None
    arrow = draft.add(make("implies", (premise, claim)), "implies", steps=inner.steps)
    return draft.add(claim, "logic", of=[arrow, exists])


def use_growing_determinants(draft: Draft, goal: Term) -> None:
    """Add the lemma before the premises of the goal are, under which it could not be proved."""
    inside = subterms(goal)
    if any(t.head in ("implies", "iff") for t in inside):
        ordered = [t for t in inside if t.head in ("le", "lt", "ge", "gt") and is_real(t)]
        named = {d.args[0].shape[0] for t in ordered for d in subterms(t) if d.head == "det"}
        for size in sorted(named, key=repr)[:MOST]:
            note_lower_bound(draft, size)


def note_lower_bound(draft: Draft, size: Dim) -> bool:
    """Add the lemma for all n x n matrices G; where something holds at one time only, it must be known before."""
    taken = {x.name for f, _ in draft.facts for x in symbols_of(f)}
    if any(f.head == "forall" and len(f.args) == 2 and _is_lower_bound(f, size) for f, _ in draft.facts):
        return True
    G = fresh("G'", taken, (size, size))
    steps = steps_of_bound(lower_bound(G)) if draft.pointwise is None else None
    if steps is None:
        return False
    inside = moved(steps, len(draft.given) + len(draft.claims))
    draft.add(make("forall", (G, lower_bound(G))), "forall", steps=inside)
    return True


def _is_lower_bound(fact: Term, size: Dim) -> bool:
    G, body = fact.args
    return G.shape == (size, size) and body is lower_bound(G)


# --- the lemma -------------------------------------------------------------------------------


def lower_bound(G: Term) -> Term:
    """1 + ||G||_F^2 <= det(I + G^T G)."""
    square = mul(G.T, G)
    size = norm(G, "F")
    return relation("le", number(1) + mul(size, size), make("det", (identity(G.shape[1]) + square,)))


@lru_cache(maxsize=64)
def steps_of_bound(claim: Term) -> list[dict[str, Any]] | None:
    """The proof for a letter G, by the argument above."""
    (G,) = symbols_of(claim)
    draft = Draft([], {}, monotonic() + SECONDS_FOR_LEMMA)
    s = fresh("s'", {G.name}, SCALAR, "nonnegative")
    one, size = identity(G.shape[1]), norm(G, "F")
    p, square = mul(size, size), mul(G.T, G)
    M, inner = one + mul(s, square), draft.inner([])
    d, u = make("det", (M,)), inverse(number(1) + mul(s, p))
    below = by_singular_values(inner, relation("le", square, mul(p, one)))
    exists = establish(inner, is_("invertible", M))
    above = by_sign_of_determinant(inner, relation("ge", d, number(0)), G.name + "'")
    if below is None or exists is None or above is None:
        return None
    by_ideal(inner, equation(make("adjugate", (M,)), mul(d, inverse(M))), SECONDS)
    note_jacobi(inner, M, s.name)
    by_ideal(inner, equation(diff(u, s.name), mul(number(-1), u, u, p)), SECONDS)
    by_arithmetic(inner, equation(mul(u, number(1) + mul(s, p)), number(1)))
    other = by_singular_values(inner, relation("le", mul(G, G.T), mul(p, identity(G.shape[0]))))
    N, L = mul(inverse(M), G.T), mul(G, inverse(M), G.T)
    matrices = relation("le", mul(G, G.T), mul(number(1) + mul(s, p), L))
    rows: list[Row] = [(ONE, (s,), N, below), (ONE, (s, s), L, other)]
    grows = with_squares(inner, matrices, difference(matrices), rows, 2.0)
    flow = make("trace", (mul(inverse(M), square),))
    rate = relation("le", make("trace", (square,)), mul(number(1) + mul(s, p), flow))
    speed = grows and rows_add_up(inner, rate, [(ONE, (), identity(G.shape[0]), grows)])
    if speed is None:
        return None
    q = mul(d, u)
    increases = relation("ge", diff(q, s.name), number(0))
    rising = with_squares(inner, increases, difference(increases), [(ONE, (), u, [above, speed])], 2.0)
    if rising is None:
        return None
    least = relation("ge", q, value_at(q, s.name, number(0), s))
    inner.add(least, "constant", of=rising)
    general = draft.add(make("forall", (s, least)), "forall", steps=inner.steps)
    draft.add(substitute(least, {s: number(1)}), "instance", of=general, terms=[to_json(number(1))])
    last: Ref = ["step", len(draft.claims) - 1]
    note_product(draft, one, one)
    by_arithmetic(draft, equation(mul(inverse(number(1) + p), number(1) + p), number(1)))
    found = with_squares(draft, claim, difference(claim), [(ONE, (number(1) + p,), number(1), last)], 2.0)
    return None if found is None else draft.steps
