"""Inequalities between norms: compare squares, with Cauchy-Schwarz for the mixed terms.

||u + v|| <= ||u|| + ||v|| holds because the squares differ by 2 (||u|| ||v|| - <u, v>), and
<u, v> <= ||u|| ||v|| because ||u||^2 ||v||^2 - <u, v>^2 is half of ||u v^T - v u^T||_F^2.
"""

from __future__ import annotations

from itertools import combinations

from lemmata.kernel.meaning import is_vector_norm
from lemmata.kernel.term import SCALAR, Term, add, make, mul, neg, norm, number, relation, subterms
from lemmata.prove.algebra import by_squares_sum
from lemmata.prove.draft import Draft, Ref

__all__ = ["by_root"]

MOST_NORMS = 4


def by_root(draft: Draft, claim: Term, seconds: float) -> Ref | None:
    """a <= b from a^2 <= b^2, where norms are in play; a - c <= b as a <= b + c."""
    if claim.head not in ("le", "ge") or claim.args[0].shape != SCALAR:
        return None
    if not any(is_vector_norm(t) for t in subterms(claim)):
        return None
    small, large = claim.args if claim.head == "le" else claim.args[::-1]
    negative = [a for a in _summands(small) if a.head == "mul" and a.args[0] is number(-1)]
    if negative:
        positive = [a for a in _summands(small) if a not in negative]
        small = add(*positive) if positive else number(0)
        large = add(*_summands(large), *(mul(*a.args[1:]) for a in negative))
    with draft.attempt() as keep:
        moved = claim if not negative and claim.head == "le" else relation("le", small, large)
        ref = _squared(draft, moved, [], seconds) or _with_cauchy_schwarz(draft, moved, seconds)
        if ref is not None and moved is not claim:
            with draft.only([ref]):
                ref = by_squares_sum(draft, claim, seconds)
        if ref is not None:
            keep()
        return ref


def _summands(term: Term) -> tuple[Term, ...]:
    return term.args if term.head == "add" else (term,)


def _with_cauchy_schwarz(draft: Draft, claim: Term, seconds: float) -> Ref | None:
    """The mixed terms ||u|| ||v|| of the larger side's square are bounded below by <u, v> or -<u, v>."""
    norms = sorted({t for t in subterms(claim.args[1]) if is_vector_norm(t)}, key=repr)
    pairs = [(a.args[0], b.args[0]) for a, b in combinations(norms, 2) if a.args[0].shape == b.args[0].shape]
    for signs in ((1,), (-1,)) if len(norms) <= MOST_NORMS and pairs else ():
        facts = [_cauchy_schwarz(draft, u, v, sign, seconds) for u, v in pairs for sign in signs]
        ref = _squared(draft, claim, [f for f in facts if f is not None], seconds)
        if ref is not None:
            return ref
    return None


def _squared(draft: Draft, claim: Term, facts: list[Ref], seconds: float) -> Ref | None:
    small, large = claim.args
    squares = relation("le", mul(small, small), mul(large, large))
    with draft.only([*facts, *(ref for fact, ref in draft.facts if fact.head == "eq")]):
        ref = by_squares_sum(draft, squares, seconds)
    return None if ref is None else draft.add(claim, "root", of=ref)


def _cauchy_schwarz(draft: Draft, u: Term, v: Term, sign: int, seconds: float) -> Ref | None:
    """<u, v> <= ||u|| ||v||, or the same for -v."""
    product = make("inner", (u, v)) if u.shape[1] == 1 else make("trace", (mul(u.T, v),))
    kind = "2" if u.shape[1] == 1 else "F"
    claim = relation("le", product if sign > 0 else neg(product), mul(norm(u, kind), norm(v, kind)))
    return draft.find(claim) or _squared(draft, claim, [], seconds)
