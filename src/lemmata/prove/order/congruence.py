"""Inequalities between matrices with an inverse on both sides: G >= 0 from P G P^* >= 0, where G = W P G P^* W^*.

What stands between W = P^{-1} and its adjoint becomes free of it.  So for R = (S + lambda I)^{-1}

    sigma^2 R S R + lambda^2 R w w^T R <= sigma^2 S^{-1}

says, multiplied by S + lambda I on both sides, that

    lambda^2 w w^T <= 2 lambda sigma^2 I + lambda^2 sigma^2 S^{-1}      (Theobald 1974).

>>> from lemmata.prove.search import prove
>>> from lemmata.kernel.judgement import Statement
>>> from lemmata.terms.claims import read_claims
>>> c = read_claims('''let S, G : R^{n x n}
... assume spd(S), S <= G
... show (S + I)^{-1} S (S + I)^{-1} <= (S + I)^{-1} G (S + I)^{-1}''')
>>> prove(Statement(c.given, c.shows[0].prop)).theorem is not None
True
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import islice

from lemmata.kernel.meaning import difference
from lemmata.kernel.poly import Poly, Refused, expand, to_term
from lemmata.kernel.term import SCALAR, Term, subterms
from lemmata.prove.algebra import with_squares
from lemmata.prove.draft import Draft, Ref
from lemmata.prove.hypotheses import collect
from lemmata.prove.search import establish
from lemmata.prove.words.completion import Completion, SearchError
from lemmata.terms.forms import relation, zero

__all__ = ["by_congruence"]

MOST_INVERSES = 2
SECONDS = 0.3
ONE = Fraction(1)


def by_congruence(draft: Draft, claim: Term) -> Ref | None:
    """A weak inequality between matrices, multiplied by what is inverted at both ends of its words."""
    if claim.head not in ("le", "ge") and claim.value != "psd":
        return None
    try:
        goal = difference(claim)
    except Refused:
        return None
    if goal.shape == SCALAR or goal.shape[0] != goal.shape[1]:
        return None
    for W in islice(_at_both_ends(goal), MOST_INVERSES):
        inside = _inside(draft, goal, W)
        if inside is None:
            continue
        with draft.attempt() as keep:
            below = establish(draft, relation("ge", inside, zero(*inside.shape)))
            if below is None:
                continue
            ref = with_squares(draft, claim, goal, [(ONE, (), W.T, below)], SECONDS)
            if ref is not None:
                keep()
                return ref
    return None


def _at_both_ends(goal: Poly) -> Iterator[Term]:
    """The W = P^{-1} with which a word begins while it ends with W^*, or with W for a Hermitian P."""
    seen = set()
    for _, word in goal.terms:
        W = word[0].args[0] if word and word[0].head == "adjoint" else word[0] if word else None
        if W is None or W.head != "inverse" or len(word) < 3 or W in seen:
            continue
        if word[-1] in (W, W.T) or expand(word[-1]) in (expand(W), expand(W.T)):
            seen.add(W)
            yield word[0]


def _inside(draft: Draft, goal: Poly, W: Term) -> Term | None:
    """P G P^* in normal form, if W is no more in it."""
    P = W.args[0].args[0].T if W.head == "adjoint" else W.args[0]
    product = expand(P) * goal * expand(P).adjoint()
    _, polys, _ = collect([product, goal], draft)
    system = Completion(polys, goals=[product])
    system.complete(min(SECONDS, draft.clock()))
    try:
        inside = to_term(system.normal(product))
    except (SearchError, Refused):
        return None
    inverse = W.args[0] if W.head == "adjoint" else W
    return None if inverse in subterms(inside) else inside
