"""The minus order: what follows where rank(U) = rank(V) + rank(W) for U = V + W.

    Col(V) <= Col(U),   Row(V) <= Row(U),   V U^+ V = V,   V U^+ W = 0,   and the same of W.

V U^- V does not depend on the inner inverse then, since V = V U^+ U = U U^+ V: it is V for all of them.  That V <= U in
this sense is also said as rank(U - V) = rank(U) - rank(V) (Hartwig 1980; Marsaglia and Styan 1974, theorem 17).

>>> from lemmata.prove.search import prove
>>> from lemmata.kernel.judgement import Statement
>>> from lemmata.terms.claims import read_claims
>>> text = "let A, B : R^{m x n}\\nassume rank(A - B) = rank(A) - rank(B)\\nshow B A^+ (A - B) = 0"
>>> c = read_claims(text)
>>> prove(Statement(c.given, c.shows[0].prop)).theorem is not None
True
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from lemmata.kernel.poly import expand
from lemmata.kernel.term import Term, mul, pinv
from lemmata.prove.draft import Draft, Ref
from lemmata.prove.rank.equations import vanishes
from lemmata.prove.rank.triples import by_facts, states_equations, triples

__all__ = ["by_rank_additivity"]

MOST_PAIRS = 2


def by_rank_additivity(draft: Draft, claim: Term) -> Ref | None:
    """An equation, once the facts on V and U = V + W are known."""
    pairs = list(islice(_pairs(draft), MOST_PAIRS))
    if not pairs or not states_equations(claim):
        return None
    known = [ref for _, ref in draft.facts]
    with draft.attempt() as keep:
        for U, V, compared in pairs:
            plus = pinv(U)
            for right in (mul(U, plus, V), mul(V, plus, U), mul(V, plus, V)):
                general = [r for f, r in draft.facts if f.head == "forall"]
                with draft.only([compared, *general]):
                    lemma = vanishes(draft, expand(V) - expand(right), rich=True)
                if lemma is None:
                    return None
                known.append(lemma)
        ref = by_facts(draft, claim, known)
        if ref is not None:
            keep()
        return ref


def _pairs(draft: Draft) -> Iterator[tuple[Term, Term, Ref]]:
    """U and V with rank(U) >= rank(V) + rank(W), U = V + W or U = V - W; one V for each."""
    for U, (V, W), ref in triples(draft):
        if U.shape == V.shape == W.shape and expand(W) in (
            expand(U) - expand(V), expand(V) - expand(U), expand(U) + expand(V),
        ):  # fmt: skip
            yield U, V, ref
