"""Bounds on spectral norms: ||M|| <= b from ||M x|| <= b ||x|| for a new vector x.

||A + B|| <= ||A|| + ||B|| since ||(A + B) x|| <= ||A x|| + ||B x|| <= (||A|| + ||B||) ||x||.

>>> from lemmata.prove.search import prove
>>> from lemmata.kernel.judgement import Statement
>>> from lemmata.terms.claims import read_claims
>>> c = read_claims("let A, B : R^{m x n}\\nshow ||A + B|| <= ||A|| + ||B||")
>>> prove(Statement(c.given, c.shows[0].prop)).proof["steps"][-1]["rule"]
'root'
"""

from __future__ import annotations

from fractions import Fraction
from itertools import product

from lemmata.kernel.poly import Poly, expand
from lemmata.kernel.scalar import sign_of
from lemmata.kernel.term import SCALAR, Term, add, identity, make, mul, subterms, symbol, to_json
from lemmata.prove.draft import Draft, Ref
from lemmata.prove.order.norms import without_differences
from lemmata.prove.order.semidefinite import by_rows
from lemmata.prove.order.vectors import for_all_vectors, new_vector
from lemmata.prove.search import establish
from lemmata.terms.forms import neg, norm, relation

__all__ = ["by_operator_norm"]

MOST_SUMMANDS = 3
ONE = Fraction(1)


def by_operator_norm(draft: Draft, claim: Term) -> Ref | None:
    """A bound on ||M|| by the norms of matrices of which M is the sum, up to signs."""
    if claim.head not in ("le", "ge") or claim.args[0].shape != SCALAR:
        return None
    moved = without_differences(claim)
    if moved is not claim:
        with draft.attempt() as keep:
            ref = by_operator_norm(draft, moved)
            ref = ref and by_rows(draft, claim, [(ONE, (), identity(1), ref)])
            if ref is not None:
                keep()
            return ref
    small, large = claim.args
    if small.head != "norm" or small.value != "2" or 1 in small.args[0].shape or sign_of(large, False) != 1:
        return None
    (M,) = small.args
    summands = _summands(M, large)
    if summands is None:
        return None
    x = new_vector(draft, claim, M.shape[1])
    inner = draft.inner([])
    length, one = norm(mul(M, x)), identity(1)
    triangle = relation("le", length, add(*(norm(mul(T, x)) for T in summands)))
    refs = [*(_bound(inner, T, x) for T in summands), establish(inner, triangle)]
    if None in refs:
        return None
    ref = by_rows(inner, relation("le", length, mul(large, norm(x))), [(ONE, (), one, r) for r in refs])
    if ref is None:
        return None
    goal = relation("le", mul(x.T, M.T, M, x), mul(large, large, x.T, x))
    # b^2 - a^2 = (b - a) a + (b - a) b
    if by_rows(inner, goal, [(ONE, (length,), one, ref), (ONE, (large, norm(x)), one, ref)]) is None:
        return None
    with draft.attempt() as keep:
        general = draft.add(make("forall", (x, goal)), "forall", steps=inner.steps)
        squares = relation("le", mul(M.T, M), mul(large, large, identity(M.shape[1])))
        whole = for_all_vectors(draft, squares, general)
        if whole is None:
            return None
        keep()
        return draft.add(claim, "root", of=whole)


def _bound(draft: Draft, T: Term, x: Term) -> Ref | None:
    """||T x|| <= ||T|| ||x||, for a compound T from the lemma for a letter."""
    claim = relation("le", norm(mul(T, x)), mul(norm(T), norm(x)))
    if T.head == "symbol":
        return establish(draft, claim)
    Z, z = symbol("Z'", *T.shape, x.value[3]), symbol("z'", *x.shape, x.value[3])
    general = relation("le", norm(mul(Z, z)), mul(norm(Z), norm(z)))
    lemma = make("forall", (Z, z, general))
    ref = draft.find(lemma)
    if ref is None:
        inner = draft.inner([])
        if establish(inner, general) is None:
            return None
        ref = draft.add(lemma, "forall", steps=inner.steps)
    return draft.add(claim, "instance", of=ref, terms=[to_json(T), to_json(x)])


def _summands(M: Term, large: Term) -> list[Term] | None:
    """The T whose norms the bound names, if M is their sum up to signs."""
    named = [t.args[0] for t in dict.fromkeys(subterms(large)) if t.head == "norm" and t.value == "2"]
    named = [T for T in named if T.shape == M.shape]
    for signs in product((1, -1), repeat=len(named)) if 0 < len(named) <= MOST_SUMMANDS else ():
        terms = [T if sign > 0 else neg(T) for T, sign in zip(named, signs, strict=True)]
        total: Poly = sum((expand(T) for T in terms[1:]), expand(terms[0]))
        if total == expand(M):
            return named
    return None
