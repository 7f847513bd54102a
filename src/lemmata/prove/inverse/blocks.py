"""What the search knows of block matrices: diagonal blocks, Schur complements, square roots as entries.

With the selectors E_1, E_2 of its partition a semidefinite M = [A B; B^T C] gives R^T M R for

    R = E_1          R^T M R = A                    a diagonal block
    R = E_2 - E_1 W  R^T M R = C - B^T A^{-1} B     for W = A^{-1} B, the Schur complement

and M itself is such a sum, with R = E_1^T + W E_2^T for A and R = E_2^T for the complement.
"""

from __future__ import annotations

from collections.abc import Iterable

from lemmata.kernel.term import (
    SCALAR,
    Term,
    dim,
    inverse,
    make,
    mul,
    substitute,
    subterms,
    symbol,
    symbols_of,
    to_json,
)
from lemmata.prove.draft import Draft, Ref
from lemmata.prove.search import establish
from lemmata.terms.blocks import parts_of, selected
from lemmata.terms.forms import equation, is_

__all__ = ["block_roots", "definite", "is_full_rank"]

MOST_LETTERS = 8


def selectors_of(props: Iterable[Term]) -> list[Term]:
    return list(dict.fromkeys(s for p in props for s in symbols_of(p) if selected(s) is not None))


def block_roots(draft: Draft, claim: Term, strict: bool) -> list[Term]:
    """The R with which a claim about blocks is a sum of R^T M R; first, if ``strict``, those of full rank."""
    props = [claim, *(fact for fact, _ in draft.facts)]
    letters = selectors_of(props)[:MOST_LETTERS]
    if not letters:
        return []
    inverses = [
        inverse(A)
        for A in dict.fromkeys(t.args[0] for p in props for t in subterms(p) if t.head == "inverse")
        if A.shape != SCALAR
    ]
    plain = [s for p in props for s in symbols_of(p) if selected(s) is None and s.shape != SCALAR]
    sides = list(dict.fromkeys(side for X in plain for side in (X, X.T)))[: 2 * MOST_LETTERS]
    words = [mul(L, X) for L in inverses for X in sides if L.shape[1] == X.shape[0]]
    roots = [*letters, *(E.T for E in letters)]
    for E in letters:
        for F in letters:
            if F.shape[0] == E.shape[0] and F is not E:
                fitting = [W for W in words if W.shape == (E.shape[1], F.shape[1])]
                roots += [F - mul(E, W) for W in fitting]
                roots += [E.T + mul(W, F.T) for W in fitting]
    size = claim.args[0].shape[1]
    return sorted(roots, key=lambda R: R.shape[1] != size or not of_full_rank(draft, R)) if strict else roots


def of_full_rank(draft: Draft, R: Term) -> bool:
    """Whether rank(R) is its number of columns, for a matrix made of selectors."""
    wide = R.shape[0] != R.shape[1] and R.shape[0] in parts_of(R.shape[1])
    return bool(selectors_of([R])) and not wide and establish(draft, _full(R)) is not None


def is_full_rank(draft: Draft, R: Term) -> bool:
    """Whether that is known already."""
    return draft.find(_full(R)) is not None


def _full(R: Term) -> Term:
    return equation(make("rank", (R,)), dim(R.shape[1]))


def definite(draft: Draft, claim: Term) -> Ref | None:
    """A semidefinite block matrix with an inverse is definite, as every such S by its singular values."""
    G = claim.args[0]
    if claim.value != "spd" or G.head == "symbol" or not selectors_of([G]):
        return None
    S = symbol("S'", *G.shape)
    chain = make("implies", (is_("psd", S), make("implies", (is_("invertible", S), is_("spd", S)))))
    premises = [establish(draft, is_(name, G)) for name in ("psd", "invertible")]
    general = None if None in premises else establish(draft, make("forall", (S, chain)))
    if general is None:
        return None
    special = substitute(chain, {S: G})
    ref = draft.add(special, "instance", of=general, terms=[to_json(G)])
    for premise in premises:
        special = special.args[1]
        ref = draft.add(special, "logic", of=[ref, premise])
    return ref
