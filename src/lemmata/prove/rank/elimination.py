"""What is left when one matrix is eliminated from another, as matrices in play of a claim about ranks.

With A G A = A, rank([A B]) = rank(A) + rank(B - A G B) and rank([A; B]) = rank(A) + rank(B - B G A)
(Marsaglia and Styan 1974).  An idempotent E is its own G.  So rank(E - F) for idempotents E, F, which is
rank(E - E F) + rank(F - E F), is told by rank([E; F]) and rank([E F]) (Tian and Styan 2001).  The facts
themselves are instances of the inequality of Frobenius and of subadditivity (sums.py); what they need is that
these matrices are looked at.

>>> from lemmata.kernel.judgement import Statement
>>> from lemmata.prove.search import prove
>>> from lemmata.prove.standard import standard
>>> from lemmata.terms.claims import read_claims
>>> c = read_claims('''let E, F : R^{n x n}
... assume idempotent(E), idempotent(F)
... show rank(E - F) = rank([E; F]) + rank([E F]) - rank(E) - rank(F)''')
>>> prove(standard(Statement(c.given, c.shows[0].prop))).theorem is not None
True
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import permutations

from lemmata.kernel.poly import Poly, expand, to_term
from lemmata.kernel.term import SCALAR, Term, identity, mul, pinv, subterms, symbols_of
from lemmata.prove.draft import Draft, Ref
from lemmata.prove.rank.sums import by_rank_facts
from lemmata.terms.blocks import selected

__all__ = ["by_elimination"]

MOST_PAIRS = 6


def by_elimination(draft: Draft, claim: Term) -> Ref | None:
    """A claim about ranks with what elimination leaves of the matrices that it names."""
    named = [t.args[0] for t in dict.fromkeys(subterms(claim)) if t.head == "rank"]
    extra = list(_eliminated(draft, claim, named))
    return by_rank_facts(draft, claim, extra=list(dict.fromkeys(extra))) if extra else None


def _eliminated(draft: Draft, claim: Term, named: Sequence[Term]) -> Iterator[Term]:
    """B - A G B and B - B G A for blocks of a matrix, and for idempotents that occur."""
    own = _idempotents(draft)
    props = (claim, *(fact for fact, _ in draft.facts))
    plus = {t.args[0] for p in props for t in subterms(p) if t.head == "pinv"}
    letters = [E for E in own if any(E in symbols_of(X) for X in named)]
    pairs = [(A, A, B) for A, B in list(permutations(letters, 2))[:MOST_PAIRS] if A.shape == B.shape]
    for A, B in (pair for X in named for pair in permutations(_blocks(X), 2)):
        pairs += [(A, G, B) for G in ([A] if A in own else [pinv(A)] if A in plus else [])]
    for A, G, B in pairs:
        yield from (rest for rest in _rest(A, G, B) if expand(rest))


def _idempotents(draft: Draft) -> list[Term]:
    kinds = ("idempotent", "projection")
    facts = [f.args[0] for f, _ in draft.facts if f.head == "is" and f.value in kinds]
    return [E for E in dict.fromkeys(facts) if E.head == "symbol" and E.shape != SCALAR]


def _rest(A: Term, G: Term, B: Term) -> Iterator[Term]:
    """B - A G B and B - B G A, and the factors I - A G and I - G A."""
    if A.shape[0] == B.shape[0]:
        N = identity(A.shape[0]) - mul(A, G)
        yield from (to_term(expand(N)), to_term(expand(N) * expand(B)))
    if A.shape[1] == B.shape[1]:
        N = identity(A.shape[1]) - mul(G, A)
        yield from (to_term(expand(N)), to_term(expand(B) * expand(N)))


def _blocks(X: Term) -> list[Term]:
    """The blocks of a matrix that is a row or a column of blocks."""
    found: dict[Term, Poly] = {}
    for (scalars, word), value in expand(X).terms.items():
        places = [selected(x.args[0] if x.head == "adjoint" else x) for x in (word[:1] + word[-1:])]
        if len(word) < 2 or (places[0] is None) == (places[1] is None):
            return []
        at, rest = (word[0], word[1:]) if places[0] is not None else (word[-1], word[:-1])
        shape = rest[0].shape[0], rest[-1].shape[1]
        found[at] = found.get(at, Poly(shape, {})) + Poly(shape, {(scalars, rest): value})
    return [to_term(poly) for poly in found.values()]
