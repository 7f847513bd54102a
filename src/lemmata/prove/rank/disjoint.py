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

from lemmata.kernel.term import Term, identity, mul, pinv
from lemmata.prove.draft import Draft, Ref
from lemmata.prove.rank.equations import equal_ranges
from lemmata.prove.rank.facts import rank
from lemmata.prove.rank.triples import by_facts, states_equations, triples
from lemmata.prove.search import establish
from lemmata.terms.forms import relation

__all__ = ["by_disjoint_ranges"]

MOST_PAIRS = 2


def by_disjoint_ranges(draft: Draft, claim: Term) -> Ref | None:
    """An equation, once B and (I - A A^+) B are known to have the same rows."""
    pairs = list(islice(_pairs(draft), MOST_PAIRS))
    if not pairs or not states_equations(claim):
        return None
    for rest, B in pairs:
        with draft.attempt() as keep:
            before = len(draft.claims)
            same = establish(draft, relation("le", rank(B), rank(rest)))
            if same is None:
                continue
            with draft.only([same]):
                equal_ranges(draft)
            told = [["step", i] for i in range(before, len(draft.claims)) if _of_matrices(draft.claims[i])]
            ref = by_facts(draft, claim, [*(["given", i] for i in range(len(draft.given))), *told])
            if ref is not None:
                keep()
                return ref
    return None


def _of_matrices(fact: Term) -> bool:
    return fact.head == "eq" and fact.args[0].sort == "matrix" and fact.args[0].shape[0] != 1


def _pairs(draft: Draft) -> Iterator[tuple[Term, Term]]:
    """(I - A A^+) B, or B (I - A^+ A), and B, where rank(K) >= rank(A) + rank(B)."""
    for K, (A, B), _ in triples(draft):
        if A.shape[0] == B.shape[0] == K.shape[0]:
            yield mul(identity(K.shape[0]) - mul(A, pinv(A)), B), B
        if A.shape[1] == B.shape[1] == K.shape[1]:
            yield mul(B, identity(K.shape[1]) - mul(pinv(A), A)), B
