"""What is left when one matrix is eliminated from another, as matrices in play of a claim about ranks.

With A G A = A, rank([A B]) = rank(A) + rank(B - A G B) and rank([A; B]) = rank(A) + rank(B - B G A)
(Marsaglia and Styan 1974).  An idempotent E is its own G.  So rank(E - F) for idempotents E, F, which is
rank(E - E F) + rank(F - E F), is told by rank([E; F]) and rank([E F]) (Tian and Styan 2001).  What is left is a
block matrix too, and elimination goes on: of [A B; C 0] the column of B leaves [(I - B B^+) A; C], and the row of C
leaves (I - B B^+) A (I - C^+ C).  The facts themselves are instances of the inequality of Frobenius and of
subadditivity (sums.py); what they need is that these matrices are looked at.

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
from dataclasses import dataclass
from itertools import permutations

from lemmata.kernel.poly import Poly, expand, to_term
from lemmata.kernel.term import SCALAR, Term, identity, mul, pinv, subterms, symbols_of
from lemmata.prove.draft import Draft, Ref
from lemmata.prove.rank.sums import by_rank_facts
from lemmata.terms.blocks import selected

__all__ = ["by_elimination", "idempotents"]

MOST_PAIRS = 6


@dataclass(frozen=True)
class Step:
    """Matrices that one elimination puts in play, what is left of B the last, and P = A G or G A within A."""

    matrices: tuple[Term, ...]
    below: tuple[Term, Term, Term, Term]


def by_elimination(draft: Draft, claim: Term) -> Ref | None:
    """A claim about ranks with what elimination leaves of the matrices that it names, columns or rows first."""
    named = [t.args[0] for t in dict.fromkeys(subterms(claim)) if t.head == "rank"]
    looked_at: list[dict[Term, None]] = []
    for rows in (False, True):
        steps = list(_eliminated(draft, claim, named, rows))
        extra = dict.fromkeys(X for step in steps for X in step.matrices)
        if extra and extra.keys() not in [other.keys() for other in looked_at]:
            looked_at.append(extra)
            below = list(dict.fromkeys(step.below for step in steps))
            found = by_rank_facts(draft, claim, extra=list(extra), below=below)
            if found is not None:
                return found
    return None


def _eliminated(draft: Draft, claim: Term, named: Sequence[Term], rows: bool) -> Iterator[Step]:
    """What is left of the blocks of a matrix, and of idempotents that occur."""
    own = idempotents(draft)
    props = (claim, *(fact for fact, _ in draft.facts))
    plus = {t.args[0] for p in props for t in subterms(p) if t.head == "pinv"}
    letters = [E for E in own if any(E in symbols_of(X) for X in named)]
    for A, B in list(permutations(letters, 2))[:MOST_PAIRS]:
        if A.shape == B.shape:
            for side in (False, True):
                yield _rest(A, A, B, side)
    for X in named:
        for side in (rows, not rows):
            left = list(_without_block(X, own, plus, side))
            yield from left
            if left:
                for step in left:
                    yield from _without_block(step.matrices[-1], own, plus, not side)
                break


def _without_block(X: Term, own: Sequence[Term], plus: set[Term], rows: bool) -> Iterator[Step]:
    """What is left of the block columns, or of the block rows, of X without one whose G is known."""
    for A, B in permutations(_blocks(X, rows), 2):
        G = _inner_inverse(A, own, plus)
        if G is not None:
            yield _rest(A, G, B, rows)


def _inner_inverse(A: Term, own: Sequence[Term], plus: set[Term]) -> Term | None:
    """G with A G A = A: A itself, or A^+ where it is named; of a block E A F^T among zeros F G E^T."""
    poly = expand(A)
    before = _common(poly, True)
    poly = poly if before is None else _without(poly, True)
    after = _common(poly, False)
    poly = poly if after is None else _without(poly, False)
    core = to_term(poly)
    if core not in own and core not in plus:
        return None
    factors = [after, core if core in own else pinv(core), None if before is None else before.T]
    return mul(*(x for x in factors if x is not None))


def idempotents(draft: Draft) -> list[Term]:
    """Letters that are idempotent by name, or by an equation."""
    found = []
    for fact, _ in draft.facts:
        if fact.head == "is" and fact.value in ("idempotent", "projection"):
            found.append(fact.args[0])
        elif fact.head == "eq" and fact.args[0].sort == "matrix" and fact.args[0].shape != SCALAR:
            for E in fact.args:
                if E.head == "symbol" and E.shape[0] == E.shape[1]:
                    square = expand(fact.args[0]) - expand(fact.args[1])
                    found += [E] if square in (expand(E * E) - expand(E), expand(E) - expand(E * E)) else []
    return [E for E in dict.fromkeys(found) if E.head == "symbol" and E.shape != SCALAR]


def _rest(A: Term, G: Term, B: Term, rows: bool) -> Step:
    """B - A G B with A G and I - A G; ``rows``: B - B G A with G A and I - G A."""
    P = mul(G, A) if rows else mul(A, G)
    N = expand(identity(P.shape[0])) - expand(P)
    rest = expand(B) * N if rows else N * expand(B)
    one = identity(P.shape[0])
    return Step((to_term(N), to_term(rest)) if rest else (), (P, A, G, one) if rows else (P, A, one, G))


# --- blocks ----------------------------------------------------------------------------------


def _blocks(X: Term, rows: bool) -> list[Term]:
    """The block rows, or the block columns, of a matrix."""
    found: dict[Term, Poly] = {}
    for (scalars, word), value in expand(X).terms.items():
        at = _selector(word, rows)
        if at is None:
            return []
        rest = word[1:] if rows else word[:-1]
        shape = rest[0].shape[0], rest[-1].shape[1]
        found[at] = found.get(at, Poly(shape, {})) + Poly(shape, {(scalars, rest): value})
    return [to_term(poly) for poly in found.values()]


def _selector(word: Sequence[Term], rows: bool) -> Term | None:
    """E of a word E ..., or F of a word ... F^T."""
    if len(word) < 2:
        return None
    if rows:
        return word[0] if selected(word[0]) is not None else None
    last = word[-1].args[0] if word[-1].head == "adjoint" else None
    return last if last is not None and selected(last) is not None else None


def _common(poly: Poly, rows: bool) -> Term | None:
    """The selector with which all words begin, or end."""
    found = {_selector(word, rows) for _, word in poly.terms}
    return found.pop() if len(found) == 1 else None


def _without(poly: Poly, rows: bool) -> Poly:
    """The one block row, or block column, of a matrix whose others vanish."""
    words = {
        (scalars, word[1:] if rows else word[:-1]): value for (scalars, word), value in poly.terms.items()
    }
    word = next(iter(words))[1]
    return Poly((word[0].shape[0], word[-1].shape[1]), words)
