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
from itertools import islice, permutations

from lemmata.kernel.meaning import zeros
from lemmata.kernel.poly import Refused, expand
from lemmata.kernel.term import Term, mul, pinv
from lemmata.prove.algebra import by_ideal, by_square
from lemmata.prove.draft import Draft, Ref
from lemmata.prove.rank.equations import vanishes
from lemmata.prove.rank.programme import sizes_of

__all__ = ["by_rank_additivity"]

MOST_PAIRS = 2
SECONDS = 0.5


def by_rank_additivity(draft: Draft, claim: Term) -> Ref | None:
    """An equation, once the facts on V and U = V + W are known."""
    pairs = list(islice(_pairs(draft), MOST_PAIRS))
    try:
        if not pairs or not any(zeros(claim)):
            return None
    except Refused:
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
        with draft.only(known):  # what was found on the way is about ranks
            ref = by_ideal(draft, claim, SECONDS) or by_square(draft, claim, SECONDS)
        if ref is not None:
            keep()
            if draft.focus is not None:
                draft.focus.append(ref)
        return ref


def _pairs(draft: Draft) -> Iterator[tuple[Term, Term, Ref]]:
    """U and V with rank(U) >= rank(V) + rank(W), U = V + W or U = V - W; one V for each."""
    for fact, ref in draft.facts:
        row = sizes_of(fact) if fact.head in ("eq", "le", "ge") else None
        if row is None or len(row) != 3 or any(k.head != "rank" for k in row):
            continue
        for U, V, W in permutations(row, 3):
            signs = [int(row[k]) for k in (U, V, W)]
            least = signs == [1, -1, -1] or (fact.head == "eq" and signs == [-1, 1, 1])
            u, v, w = (k.args[0] for k in (U, V, W))
            if least and u.shape == v.shape == w.shape and expand(w) in (
                expand(u) - expand(v), expand(v) - expand(u), expand(u) + expand(v),
            ):  # fmt: skip
                yield u, v, ref
                break
