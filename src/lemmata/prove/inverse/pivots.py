"""A matrix of two by two blocks, seen from one of its blocks.

>>> from lemmata.kernel.term import symbol
>>> from lemmata.terms.blocks import block
>>> A, B = symbol("A", "m", "m"), symbol("B", "m", "n")
>>> M = block([[A, B], [B.T, None]], ("m", "n"), ("m", "n"))
>>> next(pivots(M)).A is A
True
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from lemmata.kernel.poly import Monomial, Poly, Refused, expand, to_term
from lemmata.kernel.term import Term
from lemmata.terms.blocks import selected, selector

__all__ = ["Pivot", "pivots"]


@dataclass(frozen=True)
class Pivot:
    """A block matrix M = E A F^T + E B K^T + H C F^T + H D K^T, seen from its block A."""

    M: Term
    E: Term
    H: Term
    F: Term
    K: Term
    A: Term
    B: Term
    C: Term
    D: Term

    def complement(self, P: Term) -> Term:
        """D - C P B, multiplied out."""
        return to_term(expand(self.D) - expand(self.C) * expand(P) * expand(self.B))


def pivots(M: Term) -> Iterator[Pivot]:
    """A matrix of two by two blocks seen from each of them, the diagonal ones first."""
    try:
        found = _entries(expand(M))
    except Refused:
        return
    if found is None:
        return
    (E, H), (F, K), entries = found
    corners = [((E, H), (F, K)), ((H, E), (K, F)), ((E, H), (K, F)), ((H, E), (F, K))]
    for (e, h), (f, k) in corners:
        A, B, C, D = (to_term(entries[x, y]) for x, y in ((e, f), (e, k), (h, f), (h, k)))
        yield Pivot(M, e, h, f, k, A, B, C, D)


Pair = tuple[Term, Term]


def _entries(poly: Poly) -> tuple[Pair, Pair, dict[Pair, Poly]] | None:
    """The selectors of the rows and of the columns, and the four entries."""
    terms: dict[Pair, dict[Monomial, Fraction]] = {}
    for (scalars, word), value in poly.terms.items():
        if len(word) < 2 or selected(word[0]) is None:
            return None
        last = word[-1].args[0] if word[-1].head == "adjoint" else None
        if last is None or selected(last) is None:
            return None
        terms.setdefault((word[0], last), {})[scalars, word[1:-1]] = value
    rows, cols = (dict.fromkeys(pair[i] for pair in terms) for i in (0, 1))
    pairs = [_partition(list(side)) for side in (rows, cols)]
    if pairs[0] is None or pairs[1] is None:
        return None
    entries = {
        (e, f): Poly((e.shape[1], f.shape[1]), terms.get((e, f), {})) for e in pairs[0] for f in pairs[1]
    }
    return pairs[0], pairs[1], entries


def _partition(letters: list[Term]) -> Pair | None:
    """The two selectors of a partition in two, if these are among them."""
    place = selected(letters[0]) if letters else None
    if place is None or len(place[0]) != 2:
        return None
    pair = (selector(place[0], 0), selector(place[0], 1))
    return pair if set(letters) <= set(pair) else None
