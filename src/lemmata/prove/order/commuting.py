"""Products of commuting semidefinite matrices are semidefinite: so B <= A gives B^2 <= A^2 where A B = B A.

Let S, T >= 0 commute and S T v = -a v with a > 0.  Then (T v)^* S (T v) = -a v^* T v, so that two numbers that are
not negative add up to nothing: T v = 0, hence a v = 0.  This is proved for letters.  A claim is then a sum of
squares with the products of what is known for middles, as A^2 - B^2 = (A - B)^2 + 2 (A - B) B.

>>> from lemmata.prove.search import prove
>>> from lemmata.kernel.judgement import Statement
>>> from lemmata.prove.standard import standard
>>> from lemmata.terms.claims import read_claims
>>> c = read_claims('''let A, B : R^{n x n}
... assume B >= 0, A >= B, A B = B A
... show A^2 >= B^2''')
>>> prove(standard(Statement(c.given, c.shows[0].prop))).theorem is not None
True

(Riesz and Nagy, Functional Analysis, 104.)
"""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations
from typing import Any

from lemmata.kernel.meaning import difference
from lemmata.kernel.poly import Refused, to_term
from lemmata.kernel.term import SCALAR, Term, identity, make, mul, number, symbol, to_json
from lemmata.prove.algebra import by_ideal, by_squares_sum, with_squares
from lemmata.prove.draft import Draft, Ref
from lemmata.prove.norms.normchains import instance_of
from lemmata.prove.order.eigenvectors import absurd, without_eigenvector
from lemmata.prove.order.ranges import all_vanish
from lemmata.terms.forms import equation, is_, zero

__all__ = ["by_commuting_products"]

ONE = Fraction(1)
MOST_PAIRS = 4
SECONDS = 0.5


def by_commuting_products(draft: Draft, claim: Term) -> Ref | None:
    """An inequality by squares, with the products of commuting semidefinite matrices for middles too."""
    try:
        n = difference(claim).shape
    except Refused:
        return None
    if n[0] != n[1] or claim.head in ("lt", "gt") or claim.value == "spd" or not _tells_of_products(draft):
        return None
    with draft.attempt() as keep:
        if not any([_product(draft, *pair) for pair in _pairs(draft)]):
            return None
        ref = draft.find(claim) or by_squares_sum(draft, claim, SECONDS)
        if ref is not None:
            keep()
        return ref


def _tells_of_products(draft: Draft) -> bool:
    """Whether some hypothesis could say that two matrices commute."""
    matrices = [f for f, _ in draft.facts if f.head == "eq" and f.args[0].sort == "matrix"]
    told = any(f.args[0].shape != SCALAR and f.args[0].shape[0] == f.args[0].shape[1] for f in matrices)
    return told or any(f.head == "is" and f.args[0].head == "mul" for f, _ in draft.facts)


def _pairs(draft: Draft) -> list[tuple[tuple[Term, Ref], tuple[Term, Ref]]]:
    """Two known M >= 0 of one size, letters and differences."""
    known: dict[Term, Ref] = {}
    for fact, ref in draft.facts:
        try:
            M = difference(fact)
        except Refused:
            continue
        if M.shape != SCALAR and all(not scalars and len(word) == 1 for scalars, word in M.terms):
            known.setdefault(to_term(M), ref)
    pairs = combinations(known.items(), 2)
    return [(P, Q) for P, Q in pairs if P[0].shape == Q[0].shape][:MOST_PAIRS]


def _product(draft: Draft, first: tuple[Term, Ref], second: tuple[Term, Ref]) -> Ref | None:
    """P Q >= 0, if P and Q commute."""
    P, Q = first[0], second[0]
    commute = equation(mul(P, Q), mul(Q, P))
    premises = [draft.find(commute) or by_ideal(draft, commute, SECONDS / 4)]
    if premises[0] is None:
        return None
    one = identity(P.shape[0])
    for M, ref in (first, second):
        wanted = is_("psd", M)
        known = draft.find(wanted) or with_squares(
            draft, wanted, difference(wanted), [(ONE, (), one, ref)], SECONDS
        )
        premises.append(known)
    letters = [symbol(name, *P.shape) for name in ("S'", "T'")]
    arrow = instance_of(draft, letters, _lemma, [P, Q], lambda claim: _proof(draft, claim))
    for premise in premises:
        if arrow is None or premise is None:
            return None
        conclusion = draft.fact(arrow).args[1]
        arrow = draft.find(conclusion) or draft.add(conclusion, "logic", of=[arrow, premise])
    return arrow


def _lemma(S: Term, T: Term) -> Term:
    chain = is_("psd", mul(S, T))
    for premise in (is_("psd", T), is_("psd", S), equation(mul(S, T), mul(T, S))):
        chain = make("implies", (premise, chain))
    return chain


def _proof(draft: Draft, claim: Term) -> list[dict[str, Any]] | None:
    """For letters S and T, without an eigenvector of S T below 0."""
    levels, chain = [draft.inner([])], claim
    while chain.head == "implies":
        levels.append(levels[-1].inner([chain.args[0]]))
        chain = chain.args[1]
    inner = levels[-1]
    with inner.only([["given", len(inner.given) - k] for k in (1, 2, 3)]):
        if without_eigenvector(inner, chain, _contradiction) is None:
            return None
    for outer, level in zip(levels[-2::-1], levels[:0:-1], strict=True):
        chain = make("implies", (level.given[-1], chain))
        outer.steps.append({"claim": to_json(chain), "rule": "implies", "steps": level.steps})
    return levels[0].steps


def _contradiction(inner: Draft, v: Term, a: Term) -> Ref | None:
    """a v^* T v + (T v)^* S (T v) = 0, for S T v = -a v: so T v = 0, and v = 0."""
    S, T = (inner.given[-k].args[0] for k in (4, 3))
    images = [equation(mul(T, v), zero(*v.shape))]
    rows = [(ONE, (a,), v, inner.find(is_("psd", T))), (ONE, (), mul(T, v), inner.find(is_("psd", S)))]
    if not all_vanish(inner, images, rows):
        return None
    form = mul(v.T, v)
    with inner.only([["given", len(inner.given) - 1]]):
        if by_squares_sum(inner, make("lt", (number(0), form)), SECONDS) is None:
            return None
    vanishes = by_ideal(inner, equation(mul(a, form), number(0)), SECONDS)
    return None if vanishes is None else absurd(inner, vanishes, a, form)
