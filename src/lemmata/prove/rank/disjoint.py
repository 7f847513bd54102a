"""Ranges that meet in 0 alone, as rank([A B]) = rank(A) + rank(B) says, or rank(A + B) = rank(A) + rank(B).

Since rank([A B]) = rank(A) + rank((I - A A^+) B), the rank of B is then that of (I - A A^+) B, so that the two have
the same rows: from (I - A A^+) B u = 0 follows B u = 0.  Hence A v = B u gives A v = B u = 0.  For rows the same is
said of the adjoints.

>>> from lemmata.prove.search import prove
>>> from lemmata.kernel.judgement import Statement
>>> from lemmata.prove.standard import standard
>>> from lemmata.terms.claims import read_claims
>>> c = read_claims('''let A : R^{m x n}, B : R^{m x p}, x : R^m
... assume rank([A B]) = rank(A) + rank(B), x in Col(A), x in Col(B)
... show x = 0''')
>>> prove(standard(Statement(c.given, c.shows[0].prop))).theorem is not None
True

(Marsaglia and Styan, *Equalities and inequalities for ranks of matrices*, 1974, theorem 5.)
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from lemmata.kernel.meaning import zeros
from lemmata.kernel.poly import Refused
from lemmata.kernel.term import Term, identity, mul, pinv
from lemmata.prove.algebra import by_ideal, by_square
from lemmata.prove.draft import Draft, Ref
from lemmata.prove.rank.equations import equal_ranges
from lemmata.prove.rank.facts import rank
from lemmata.prove.rank.programme import sizes_of
from lemmata.prove.search import establish
from lemmata.terms.forms import relation

__all__ = ["by_disjoint_ranges"]

MOST_PAIRS = 2
SECONDS = 0.5


def by_disjoint_ranges(draft: Draft, claim: Term) -> Ref | None:
    """An equation, once B and (I - A A^+) B are known to have the same rows."""
    pairs = list(islice(_pairs(draft), MOST_PAIRS))
    try:
        if not pairs or not any(zeros(claim)):
            return None
    except Refused:
        return None
    for rest, B in pairs:
        with draft.attempt() as keep:
            before = len(draft.claims)
            same = establish(draft, relation("le", rank(B), rank(rest)))
            if same is None:
                continue
            with draft.only([same]):
                equal_ranges(draft)
            # What was found on the way is about ranks; the claim is about what these two have in common.
            told = [["step", i] for i in range(before, len(draft.claims)) if _of_matrices(draft.claims[i])]
            with draft.only([*(["given", i] for i in range(len(draft.given))), *told]):
                ref = by_ideal(draft, claim, SECONDS) or by_square(draft, claim, SECONDS)
            if ref is not None:
                keep()
                if draft.focus is not None:
                    draft.focus.append(ref)
                return ref
    return None


def _of_matrices(fact: Term) -> bool:
    return fact.head == "eq" and fact.args[0].sort == "matrix" and fact.args[0].shape[0] != 1


def _pairs(draft: Draft) -> Iterator[tuple[Term, Term]]:
    """(I - A A^+) B, or B (I - A^+ A), and B, where rank(K) >= rank(A) + rank(B)."""
    for fact, _ in draft.facts:
        row = sizes_of(fact) if fact.head in ("eq", "le", "ge") else None
        if row is None or len(row) != 3 or any(k.head != "rank" for k in row):
            continue
        larger = [k.args[0] for k in row if row[k] > 0]
        smaller = [k.args[0] for k in row if row[k] < 0]
        if fact.head == "eq" and len(larger) == 2:
            larger, smaller = smaller, larger
        if len(larger) != 1 or {abs(value) for value in row.values()} != {1}:
            continue
        (K,), (A, B) = larger, smaller
        if A.shape[0] == B.shape[0] == K.shape[0]:
            yield mul(identity(K.shape[0]) - mul(A, pinv(A)), B), B
        if A.shape[1] == B.shape[1] == K.shape[1]:
            yield mul(B, identity(K.shape[1]) - mul(pinv(A), A)), B
