"""Limits inside of claims: lim ||w(t)|| <= ||v||, where w' = c - K w tells what w tends to.

With K p = c and a decay of all that K does not annihilate

    w(t) -> p + (I - K^+ K) (w(0) - p),

and likewise for x_{k+1} = M x_k + c, where K = I - M.  That is a guess, put into what stands under the limit;
the equation  lim f = L  is established like any other, once and before general letters and premises are opened.
A claim that names the limit is then proved for L, since functions of equals are equal.

>>> from lemmata.prove.search import prove
>>> from lemmata.kernel.judgement import Statement
>>> from lemmata.terms.claims import read_claims
>>> c = read_claims('''let A : R^{m x n}, y : R^m, v : R^n, w : R^n(t)
... assume \\\\dot w = -A^T (A w - y), w(0) = 0, A v = y
... show lim_{t -> oo} ||w(t)|| <= ||v||''')
>>> prove(Statement(c.given, c.shows[0].prop)).theorem is not None
True
"""

from __future__ import annotations

from fractions import Fraction

from lemmata.kernel.meaning import is_vector_norm
from lemmata.kernel.poly import expand, is_real
from lemmata.kernel.term import (
    INDICES,
    SCALAR,
    Term,
    identity,
    mul,
    number,
    pinv,
    substitute,
    subterms,
    symbol,
    symbols_of,
    to_json,
)
from lemmata.prove.draft import Draft, Ref, write_combinations
from lemmata.prove.motion.flows import linear_flows
from lemmata.prove.motion.recursions import matrices_of_recursions
from lemmata.prove.norms.normchains import rows_add_up
from lemmata.prove.order.gram import Row
from lemmata.prove.search import establish
from lemmata.prove.words.completion import Cofactor
from lemmata.terms.forms import at, equation, relation

__all__ = ["by_named_limits", "use_named_limits"]

ONE = Fraction(1)
MOST_LIMITS = 2
INEQUALITIES = ("le", "ge", "lt", "gt")


def use_named_limits(draft: Draft, goal: Term) -> None:
    """lim f = L for the limits at infinity that inequalities of the goal name."""
    orders = [p for p in subterms(goal) if p.head in INEQUALITIES]
    bound = {s for p in subterms(goal) if p.head in ("forall", "exists") for s in p.args[:-1]}
    limits = dict.fromkeys(t for p in orders for t in subterms(p) if t.head == "limit")
    for limit in [t for t in limits if not bound & set(symbols_of(t))][:MOST_LIMITS]:
        f, variable, point = limit.args
        if point.head != "infinity" or _value(draft, limit) is not None:
            continue
        ends = _ends(draft, variable.name)
        moving = {s for s in symbols_of(f) if s.value[4] == variable.name}
        if moving and moving <= set(ends) and not any(s.name == variable.name for s in symbols_of(f)):
            fixed: dict[Term, Term] = {t: t for t in subterms(f) if t.head == "at"}
            establish(draft, equation(limit, substitute(f, fixed | {s: ends[s] for s in moving})))


def _ends(draft: Draft, name: str) -> dict[Term, Term]:
    """What the solutions of linear equations may tend to."""
    ends: dict[Term, Term] = {}
    if name in INDICES:
        known = [(x, identity(x.shape[0]) - M, c) for x, M, c in matrices_of_recursions(draft, name)]
    else:
        known = [(w, K, c) for w, K, c in linear_flows(draft) if w.value[4] == name]
    for w, K, c in known:
        start, still = at(w, number(0)), expand(c)
        p = mul(pinv(K), c)
        kept = identity(K.shape[0]) - pinv(K) @ K if K.shape != SCALAR else number(0)
        if expand(kept):
            ends.setdefault(w, p + kept @ (start - p) if still else kept @ start)
    return ends


def _value(draft: Draft, limit: Term) -> tuple[Term, Ref] | None:
    """L and the fact lim f = L."""
    for fact, ref in draft.facts:
        for side, other in (fact.args, fact.args[::-1]) if fact.head == "eq" else ():
            if side is limit and not any(t.head == "limit" for t in subterms(other)):
                return other, ref
    return None


def by_named_limits(draft: Draft, claim: Term) -> Ref | None:
    """a(lim f) <= b(lim f) from a(L) <= b(L)."""
    limits = list(dict.fromkeys(t for t in subterms(claim) if t.head == "limit"))
    if len(limits) != 1 or claim.args[0].shape != SCALAR:
        return None
    (limit,) = limits
    known = _value(draft, limit)
    if known is None:
        return None
    value, equal = known
    same = [_same(draft, side, limit, value, equal) for side in claim.args if limit in subterms(side)]
    if None in same:
        return None
    # With a factor 1: norms that stand alone are compared by their squares.
    sides = [_plain(substitute(side, {limit: value})) for side in claim.args]
    there = establish(draft, relation(claim.head, *sides))
    if there is None:
        return None
    plain = relation(claim.head, *map(_plain, claim.args))
    ref = rows_add_up(draft, plain, [(ONE, (), number(1), there)], [ref for ref in same if ref is not None])
    if ref is None or plain is claim:
        return ref
    # b^2 - a^2 = (b - a) b + (b - a) a, where both are norms
    factors = [(side,) for side in claim.args] if all(map(is_vector_norm, claim.args)) else [()]
    rows: list[Row] = [(ONE, factor, number(1), ref) for factor in factors]
    return rows_add_up(draft, claim, rows)


def _plain(side: Term) -> Term:
    return mul(number(1), side) if is_vector_norm(side) else side


def _same(draft: Draft, side: Term, limit: Term, value: Term, equal: Ref) -> Ref | None:
    """a(lim f) = a(L)."""
    if side is limit:
        return equal
    x = symbol("x'", *limit.shape, domain="real" if is_real(limit) else "complex")
    opened = substitute(side, {limit: x})
    if any(t.head in ("at", "diff", "grad") for t in subterms(opened)):
        return None
    claim = equation(_plain(side), _plain(substitute(side, {limit: value})))
    letters, rows = write_combinations([[Cofactor(ONE, (), (), 0, False, ())]])
    uses = [["congruent", to_json(opened), to_json(x), equal]]
    return draft.add(claim, "ideal", uses=uses, letters=letters, combinations=rows)
